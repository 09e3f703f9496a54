// What packages and source files say of their licence, compared with the texts: a contradiction is for a person, never a pass.
import { readFileSync } from 'node:fs'
import parseExpression from 'spdx-expression-parse'
import type { Facts } from '../words.ts'
import { readAll, type Spot, spot } from './check.ts'
import { readToml } from './toml.ts'

export type Expression = ReturnType<typeof parseExpression>
/** `expression` is undefined where words were used that are no licence known by name. */
export type Statement = {
  readonly says: string
  readonly expression: Expression | undefined
  readonly path: string
  readonly spot: Spot
}
type Said = { readonly says: string; readonly line: number }
type Names = { readonly names: Record<string, string>; readonly closed: string[]; readonly silent: string[] }

const known: Names = JSON.parse(readFileSync(new URL('../data/licenceNames.json', import.meta.url), 'utf8')) // our own data file

export function parsed(text: string): Expression | undefined {
  try {
    return parseExpression(text)
  } catch {
    return undefined
  }
}

const named = (text: string): Expression | undefined => {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/licence/g, 'license')
  const expression = Object.hasOwn(known.names, name) ? known.names[name] : undefined
  return expression ? parsed(expression) : parsed(text.trim())
}

/** A file name, or a word that only says that there is a licence, says nothing that could be compared. */
const isSilent = (text: string): boolean =>
  text.trim() === '' ||
  /^see\b|\bfile\b|^licen[sc]e(?:\.\w+)?$/i.test(text.trim()) ||
  known.silent.includes(text.trim().toLowerCase())

const folder = '^(?:[^/]+/){0,2}'
const readers: readonly (readonly [RegExp, (text: string) => Said[]])[] = [
  [new RegExp(`${folder}pyproject\\.toml$`), fromPyproject],
  [new RegExp(`${folder}Cargo\\.toml$`), fromCargo],
  [new RegExp(`${folder}package\\.json$`), fromPackage],
  [new RegExp(`${folder}setup\\.cfg$`), fromSetupCfg],
]
const copies =
  /(?:^|\/)(?:third[-_]?party|vendor|vendored|external|extern|deps|node_modules|tests?|examples?|templates?|fixtures?)\//i

const classifier = /^License :: (?:.* :: )?([^:]+)$/

function fromPyproject(text: string): Said[] {
  return readToml(text).flatMap(({ table, key, strings, raw, line }): Said[] => {
    if (key === 'classifiers') return strings.flatMap(({ text: said, line: at }) => classified(said, at))
    if (!/^(?:project|tool\.poetry|tool\.flit\.metadata)$/.test(table)) return []
    if (key === 'license.text' || (key === 'license' && !/\bfile\s*=/.test(raw)))
      return [{ says: strings.at(-1)?.text ?? '', line }]
    return []
  })
}

const classified = (said: string, line: number): Said[] => {
  const name = classifier.exec(said.trim())?.[1]
  return name ? [{ says: name.trim(), line }] : []
}

function fromCargo(text: string): Said[] {
  return readToml(text)
    .filter(({ table, key }) => /^(?:workspace\.)?package$/.test(table) && key === 'license')
    .map(({ strings, line }) => ({ says: (strings[0]?.text ?? '').replace(/\s*\/\s*/g, ' OR '), line }))
}

function fromPackage(text: string): Said[] {
  const root = quietly(text)
  if (typeof root !== 'object' || root === null) return []
  const { license, licenses } = root as { license?: unknown; licenses?: unknown } // only read as unknown
  const all = [license, ...(Array.isArray(licenses) ? licenses : [])]
  return all.flatMap(item => {
    const says =
      typeof item === 'string'
        ? item
        : typeof item === 'object' && item !== null && 'type' in item
          ? String(item.type)
          : ''
    return says ? [{ says, line: lineWith(text, says) }] : []
  })
}

const quietly = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const lineWith = (text: string, part: string): number =>
  Math.max(1, text.split('\n').findIndex(line => line.includes(part)) + 1)

function fromSetupCfg(text: string): Said[] {
  return text.split(/\r?\n/).flatMap((line, index): Said[] => {
    const [, says] = /^license\s*=\s*(\S.*)$/.exec(line) ?? []
    return says ? [{ says, line: index + 1 }] : classified(line, index + 1)
  })
}

export async function statementsOf(facts: Facts): Promise<Statement[]> {
  const found: Statement[] = []
  for (const [pattern, read] of readers) {
    const paths = facts.files.matching(pattern).filter(path => !copies.test(path))
    const { texts } = await readAll(facts, paths.slice(0, 100))
    for (const { path, text } of texts) found.push(...stated(facts, path, read(text)))
  }
  return found
}

const stated = (facts: Facts, path: string, said: readonly Said[]): Statement[] =>
  said
    .filter(({ says }) => !isSilent(says))
    .map(({ says, line }) => ({
      says,
      path,
      expression: isClosed(says) ? undefined : named(says),
      spot: spot(facts, path, { line }),
    }))

const isClosed = (says: string): boolean => known.closed.includes(says.trim().toLowerCase())

const sourceFile = /\.(?:py|pyi|rs|go|c|cc|cpp|cu|cuh|h|hpp|js|mjs|ts|tsx|java|kt|swift|rb|sh|jl)$/i
const mostHeaders = 40
const header = /SPDX-License-Identifier:[ \t]*([\w.+() -]+?)[ \t]*(?:\*\/|-->|$)/m

/** Headers of source files, evenly spaced over the sorted paths so that the same tree gives the same sample. */
export async function headersOf(facts: Facts): Promise<{ read: number; statements: Statement[] }> {
  const all = facts.files.matching(sourceFile).filter(path => !copies.test(path))
  const step = Math.max(1, Math.ceil(all.length / mostHeaders))
  const { texts } = await readAll(
    facts,
    all.filter((_, index) => index % step === 0),
  )
  const statements = texts.flatMap(({ path, text }): Statement[] => {
    const match = header.exec(text.slice(0, 4000))
    const says = match?.[1]?.trim()
    if (!match || !says) return []
    return [
      {
        says,
        path,
        expression: parsed(says),
        spot: spot(facts, path, { line: text.slice(0, match.index).split('\n').length }),
      },
    ]
  })
  return { read: texts.length, statements }
}

/** Licences that an expression names. */
export const namedIn = (expression: Expression): string[] =>
  'license' in expression ? [expression.license] : [...namedIn(expression.left), ...namedIn(expression.right)]
