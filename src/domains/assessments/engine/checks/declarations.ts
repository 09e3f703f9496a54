// Where a Python project declares what it depends on: package metadata, requirements files, conda recipes. Nothing is run.
import { posix } from 'node:path'
import { lineOf } from '../files.ts'
import type { Facts } from '../words.ts'
import { readAll } from './check.ts'
import { readToml, type TomlEntry } from './toml.ts'

/** `binds`: whoever installs the project is held to it. Else it holds for tests, examples, some machines or a build. */
export type Declaration = {
  readonly path: string
  readonly line: number
  readonly specifier: string
  readonly binds: boolean
}

type Text = { readonly path: string; readonly text: string }
type Found = Omit<Declaration, 'path'>

const declares =
  /^(?:[^/]+\/){0,3}(?:pyproject\.toml|setup\.cfg|setup\.py|[^/]*requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|meta\.ya?ml|recipe\.ya?ml|environment[^/]*\.ya?ml)$|^(?:[^/]+\/){0,2}requirements\/[^/]+\.(?:txt|in)$/i
const aside =
  /(?:^|\/)(?:docs?|documentation|tests?|testing|examples?|tutorials?|benchmarks?|third[-_]?party|vendor|external|scripts?|tools?|ci|\.ci|\.github|docker|notebooks?)\//i

const sameName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

/** `name[extra] >= 1, < 2 ; marker` or `name @ address`. Undefined for another package or for no requirement. */
export function requirementOf(
  text: string,
  names: ReadonlySet<string>,
): { specifier: string; hasMarker: boolean } | undefined {
  const [plain = '', marker] = text.split(/;(.*)/s)
  const match = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(plain)
  if (!match || !names.has(sameName(match[1] ?? ''))) return undefined
  const rest = (match[2] ?? '').trim()
  const wheel = /^@.*\/[^/]*?-(\d+(?:\.\d+)+)[^/]*\.whl/.exec(rest)
  const specifier = wheel ? `==${wheel[1]}` : rest.startsWith('@') ? 'address' : rest
  if (!/^$|^address$|^\(?\s*[<>=!~^*\d]/.test(specifier)) return undefined
  return { specifier, hasMarker: marker !== undefined && marker.trim() !== '' }
}

export async function declarationsOf(facts: Facts, names: ReadonlySet<string>): Promise<Declaration[]> {
  const { texts } = await readAll(facts, facts.files.matching(declares))
  const bound = boundRequirements(texts)
  return texts.flatMap(file => {
    const binds = !aside.test(file.path)
    return readerFor(file.path)(file, { names, binds, bound }).map(found => ({ ...found, path: file.path }))
  })
}

type Reading = { readonly names: ReadonlySet<string>; readonly binds: boolean; readonly bound: ReadonlySet<string> }
type Reader = (file: Text, reading: Reading) => Found[]

function readerFor(path: string): Reader {
  if (/pyproject\.toml$/i.test(path)) return fromPyproject
  if (/setup\.cfg$/i.test(path)) return fromSetupCfg
  if (/setup\.py$/i.test(path)) return fromSetupPy
  return /\.(?:txt|in)$/i.test(path) ? fromRequirements : fromConda
}

const found = (requirement: string, line: number, { names, binds }: Pick<Reading, 'names' | 'binds'>): Found[] => {
  const read = requirementOf(requirement, names)
  return read ? [{ line, specifier: read.specifier, binds: binds && !read.hasMarker }] : []
}

function fromPyproject({ text }: Text, reading: Reading): Found[] {
  return readToml(text).flatMap(entry => {
    const isMain = entry.table === 'project' && entry.key === 'dependencies'
    if (/^tool\.poetry\.(?:.*\.)?(?:dev-)?dependencies$/.test(entry.table)) return fromPoetry(entry, reading)
    const lists = /^project(?:\.optional-dependencies)?$|^dependency-groups$|^build-system$|^tool\.(?:pdm|uv|hatch)\b/
    if (!lists.test(entry.table)) return []
    return entry.strings.flatMap(({ text: said, line }) =>
      found(said, line, { ...reading, binds: reading.binds && isMain }),
    )
  })
}

function fromPoetry({ table, key, raw, strings, line }: TomlEntry, { names, binds }: Reading): Found[] {
  if (!names.has(sameName(key))) return []
  const version =
    /\bversion\s*=\s*["']([^"']*)["']/.exec(raw)?.[1] ?? (/^\s*["']/.test(raw) ? strings[0]?.text : undefined)
  const isPlain = /^\s*["']/.test(raw) || !/\b(?:python|markers|platform|optional)\s*=|^\s*\[/.test(raw)
  const isBare = version !== undefined && /^\d+(?:\.\d+)*$/.test(version)
  const specifier = isBare ? `==${version}` : (version ?? 'address')
  return [{ line, specifier, binds: binds && isPlain && table === 'tool.poetry.dependencies' }]
}

function fromSetupCfg({ text }: Text, reading: Reading): Found[] {
  let [section, key] = ['', '']
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.replace(/(?:^|\s)[#;]\s.*$/, '')
    const head = /^\[([^\]]+)\]/.exec(line)
    const assigned = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line)
    if (head) [section, key] = [head[1] ?? '', '']
    if (assigned) key = assigned[1] ?? ''
    const isMain = section === 'options' && key === 'install_requires'
    if (!isMain && !(section === 'options.extras_require' || key === 'setup_requires')) return []
    const said = assigned ? (assigned[2] ?? '') : line
    return found(said, index + 1, { ...reading, binds: reading.binds && isMain })
  })
}

/** Only what stands there in quotes, and never binding: what the program makes of it is not known. */
function fromSetupPy({ text }: Text, { names }: Reading): Found[] {
  return [...text.matchAll(/^(?!\s*#).*?["']([A-Za-z][^"'\n]*)["']/gm)].flatMap(match =>
    found(match[1] ?? '', lineOf(text, match.index), { names, binds: false }),
  )
}

function fromRequirements({ path, text }: Text, { names, binds, bound }: Reading): Found[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)
  return lines.flatMap((raw, index) => {
    const said = raw.replace(/(?:^|\s)#.*$/, '').replace(/\s--?\w[\w-]*[= ].*$/, '')
    return found(said, index + 1, { names, binds: binds && bound.has(path) })
  })
}

/**
 * The requirements that a plain installation reads: at the root or beside the package, and what these include. Beside a
 * `setup.py` none binds: some take the upper bounds off, and the program is not run.
 */
function boundRequirements(texts: readonly Text[]): ReadonlySet<string> {
  const byPath = new Map(texts.map(file => [file.path, file.text]))
  const folders = new Set(
    texts
      .filter(({ path }) => /(?:pyproject\.toml|setup\.py|setup\.cfg)$/i.test(path))
      .map(({ path }) => posix.dirname(path)),
  )
  const waiting = [...byPath.keys()].filter(
    path =>
      /(?:^|\/)requirements\.(?:txt|in)$/i.test(path) &&
      !byPath.has(posix.join(posix.dirname(path), 'setup.py')) &&
      (folders.has(posix.dirname(path)) || !path.includes('/')),
  )
  const bound = new Set<string>()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (bound.has(path) || !byPath.has(path)) continue
    bound.add(path)
    for (const [, target = ''] of (byPath.get(path) ?? '').matchAll(
      /^\s*(?:-r|-c|--requirement|--constraint)[= ]\s*(\S+)/gm,
    ))
      waiting.push(posix.normalize(posix.join(posix.dirname(path), target)))
  }
  return bound
}

/** `- channel::name >=2.1,<2.5`, `- name=2.4`, `- name 2.4.* build`. Recipes hold templates: never binding. */
function fromConda({ text }: Text, { names }: Reading): Found[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const match = /^\s*-\s*["']?(?:[\w./-]+::)?([A-Za-z][\w.-]*)\s*([^"'#]*)/.exec(raw)
    if (!match || !names.has(sameName(match[1] ?? ''))) return []
    const [specifier = ''] = (match[2] ?? '')
      .trim()
      .replace(/([<>=!~,|])\s+/g, '$1')
      .split(/\s+/)
    return [{ line: index + 1, specifier: /\{\{|\$/.test(specifier) ? 'address' : specifier, binds: false }]
  })
}
