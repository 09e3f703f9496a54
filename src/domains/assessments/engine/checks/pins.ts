// The versions of a package that CI installs, as far as they are written down: pins, matrices, images, nightly builds.

import { minorOf } from './versions.ts'
import { isObject, parseQuietly } from './workflow.ts'

export type Pin = { readonly minor: string; readonly line: number }
/** `isComputed`: some version is worked out at run time; `isFloating`: the newest at that time is installed. */
export type Pins = {
  readonly pins: readonly Pin[]
  readonly isComputed: boolean
  readonly isFloating: boolean
  readonly isNightly: boolean
}

type Said = { readonly key: string; readonly text: string }
type Seen = { pins: Pin[]; isComputed: boolean; isFloating: boolean; isNightly: boolean }

/** All keys and plain values of a workflow; jobs and steps that are switched off are passed over. */
function saidIn(value: unknown, key: string): Said[] {
  if (Array.isArray(value)) return value.flatMap(item => saidIn(item, key))
  if (isObject(value)) {
    if (value.if === false) return []
    return Object.entries(value).flatMap(([name, item]) => (name === 'exclude' ? [] : saidIn(item, name)))
  }
  return typeof value === 'string' || typeof value === 'number' ? [{ key, text: String(value) }] : []
}

const escaped = (name: string): string => name.replace(/[-_.]/g, '[-_.]')

/** `names`: the package and what else it is called. A key such as `torch-version` holds a version, `torch-spec` a requirement. */
export function pinsIn(text: string, names: readonly string[]): Pins {
  const any = names.map(escaped).join('|')
  const root = parseQuietly(text)
  const said =
    isObject(root) || Array.isArray(root) ? saidIn(root, '') : [{ key: '', text: text.replace(/(?:^|\s)#.*$/gm, '') }]
  const patterns = {
    required: new RegExp(
      `(?:^|[\\s"'=,:(])(?:${any})(?:\\[[^\\]]*\\])?["']?\\s*(===|==|~=|>=|<=|!=|<|>|=)\\s*["']?(\\$\\{\\{[^}]*\\}\\}|[^\\s"',;)]+)`,
      'gi',
    ),
    bare: new RegExp(
      `(?:\\b(?:install|add|sync)\\b[^\\n]*\\s["']?|^)(?:${any})(?:\\[[^\\]]*\\])?["']?(?=\\s|$)(?!\\s*[<>=!~])`,
      'im',
    ),
    key: new RegExp(`^(?:${any})(?:[-_.]?(?:ver|version|release))?s?$`, 'i'),
    image: new RegExp(`(?:^|[\\s/"'])(?:${any})/(?:${any}):(\\d+\\.\\d+[\\w.]*)`, 'gi'),
    word: new RegExp(`\\b(?:${any})\\b`, 'i'),
  }
  const seen: Seen = { pins: [], isComputed: false, isFloating: false, isNightly: false }
  for (const one of said) weigh(one, { seen, said, patterns, text })
  return seen
}

type Patterns = Record<'required' | 'bare' | 'key' | 'image' | 'word', RegExp>
type Weighing = {
  readonly seen: Seen
  readonly said: readonly Said[]
  readonly patterns: Patterns
  readonly text: string
}

function weigh({ key, text }: Said, weighing: Weighing): void {
  const { seen, patterns } = weighing
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const command = line.replace(/(?:^|\s)#.*$/, '')
    if (/^\s*echo\b/.test(command)) continue
    if (patterns.word.test(command) && /whl\/nightly|\s--pre\b|[-/]nightly\b/.test(command)) seen.isNightly = true
    for (const [, operator = '', version = ''] of command.matchAll(patterns.required))
      note(version, { ...weighing, operator })
    for (const [, version = ''] of command.matchAll(patterns.image)) note(version, { ...weighing, operator: '==' })
    if (patterns.bare.test(command)) seen.isFloating = true
  }
  if (patterns.key.test(key)) versionUnder(text, weighing)
}

/** The value of a key that is named after the package. */
function versionUnder(text: string, weighing: Weighing): void {
  const version = text.trim().replace(/^v(?=\d)/, '')
  if (/nightly|^main$/i.test(version)) weighing.seen.isNightly = true
  else if (/^(?:latest|stable|release)$/i.test(version)) weighing.seen.isFloating = true
  else if (version.includes('${{')) note(version, { ...weighing, operator: '==' })
  else if (minorOf(version)) note(version, { ...weighing, operator: '==' })
}

function note(version: string, { seen, said, text, operator }: Weighing & { operator: string }): void {
  if (/dev\d|a0/.test(version)) seen.isNightly = true
  else if (/\$|\{|\(|%/.test(version)) resolve(version, { seen, said, text })
  else if (operator === '==' || operator === '===' || operator === '~=' || operator === '=')
    pin(version, { seen, text })
  else if (operator !== '!=') seen.isFloating = true
}

function pin(version: string, { seen, text }: { seen: Seen; text: string }): void {
  const minor = minorOf(version.replace(/\.\*$/, ''))
  if (!minor) seen.isComputed = true
  else seen.pins.push({ minor, line: lineWith(text, version) })
}

/** A variable whose values stand in the same file, in a matrix or an `env`, is as good as those. */
function resolve(version: string, { seen, said, text }: { seen: Seen; said: readonly Said[]; text: string }): void {
  const name =
    /(?:[\w-]+\.)*([\w-]+)\s*\}\}/.exec(version)?.[1] ?? /^\$\{?(\w+)\}?$/.exec(version.replace(/["']/g, ''))?.[1]
  const values = said
    .filter(({ key, text: value }) => key === name && !value.includes('$'))
    .map(({ text: value }) => value)
  if (values.length === 0 || values.some(value => !minorOf(value))) seen.isComputed = true
  for (const value of values) if (minorOf(value)) pin(value, { seen, text })
}

const lineWith = (text: string, version: string): number => {
  const index = text.split('\n').findIndex(line => line.includes(version) && !/^\s*#/.test(line))
  return index === -1 ? 1 : index + 1
}
