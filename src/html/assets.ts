// Files the pages need, each at an address that holds its own hash, so a browser may keep it for ever.
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { sha256 } from '#base/canonical.ts'
import { hallIcon } from './icon.ts'
import { accentShades, themeCss } from './theme.ts'

export type Asset = { readonly path: string; readonly type: string; readonly body: string }
export type ThemeAssets = { readonly css: Asset; readonly icon: Asset }

const sheets = ['base', 'layout', 'page', 'table', 'form', 'parts', 'chart', 'print'] as const

const styles = sheets.map(name => readFileSync(join(import.meta.dirname, 'styles', `${name}.css`), 'utf8')).join('\n')

/** Comments and indentation go; what stays is still readable. */
const slim = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim()

const shortHash = (text: string): string => sha256(text).slice(0, 16)

const assetOf = (ending: string, type: string, body: string): Asset => ({
  path: `/assets/${shortHash(body)}.${ending}`,
  type,
  body,
})

const themes = new Map<string, ThemeAssets>()

/** The stylesheet and the icon in one foundation's accent; made once for each accent. */
export function themeAssets(accent: string): ThemeAssets {
  const made = themes.get(accent) ?? {
    css: assetOf('css', 'text/css; charset=utf-8', `${themeCss(accent)}\n${slim(styles)}\n`),
    icon: assetOf('svg', 'image/svg+xml', hallIcon(accentShades(accent)[0])),
  }
  themes.set(accent, made)
  return made
}

/**
 * Every `.ts` module of a folder with its types stripped. All share one hash in their address, so the modules
 * may import each other by relative path and never mix two versions.
 */
export function scriptAssets(folder: string): readonly Asset[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules = names
    .sort()
    .map(name => ({ name, body: stripTypeScriptTypes(readFileSync(join(folder, name), 'utf8')) }))
  const version = shortHash(JSON.stringify(modules))
  return modules.map(({ name, body }) => ({
    path: `/assets/${version}/${name}`,
    type: 'text/javascript; charset=utf-8',
    body,
  }))
}

/** Assets by address, for the face that serves them. */
export const assetsByPath = (assets: readonly Asset[]): ReadonlyMap<string, Asset> =>
  new Map(assets.map(asset => [asset.path, asset]))
