// Who may import whom: lower floors never look up, a domain sees only the doors of those before it, and only the engine appends.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { nameDomains } from '../../src/domains.ts'
import { noOutside } from '../../src/outside.ts'
import { type Import, importsOf, isTest, pathOf, root, type Source, sourcesIn } from './sources.ts'

/**
 * The folders of `src`, floor by floor. The command line is the program's entry: it opens the house, so it stands on the
 * top floor with the files that name the domains and hang the faces. Tests are nobody's ground: they may look anywhere.
 */
const floors = [
  ['base'],
  ['database', 'html'],
  ['record'],
  ['acts'],
  ['domains'],
  ['adapters', 'web', 'api'],
  ['demo', 'cli', 'house'],
] as const

/** Looks sideways: the API tells refusals as the site does; the demonstration and the command line open the house. */
const sideways = new Set(['api > web', 'demo > house', 'cli > demo', 'cli > house'])

const folderOf = (path: string): string => /^src\/([a-z]+)\//.exec(path)?.[1] ?? 'house'
const floorOf = (path: string): number => floors.findIndex(floor => floor.some(folder => folder === folderOf(path)))
const domainOf = (path: string): string | undefined => /^src\/domains\/([a-z]+)\//.exec(path)?.[1]

const sources = sourcesIn(path => path.startsWith('src/') && !isTest(path))
const standing = nameDomains(noOutside).domains.map(domain => domain.name)

type Edge = { readonly from: string; readonly to: string; readonly import: Import }
const edges: readonly Edge[] = sources.flatMap(source =>
  importsOf(source).flatMap(one => {
    const to = pathOf(source, one.to)
    return to === undefined || !to.startsWith('src/') ? [] : [{ from: source.path, to, import: one }]
  }),
)

const said = ({ from, to, import: { line } }: Edge): string => `${from}:${line} imports ${to}`

test('every file of src stands on a floor, and every folder named holds files', () => {
  const folders = [...new Set(sources.map(({ path }) => folderOf(path)))].sort()
  assert.deepEqual(folders, floors.flat().sort())
})

test('no file imports from a higher floor, nor from a neighbour on its own', () => {
  const breaches = edges.filter(({ from, to }) => {
    const isSideways = folderOf(from) !== folderOf(to) && floorOf(from) === floorOf(to)
    return floorOf(to) > floorOf(from) || (isSideways && !sideways.has(`${folderOf(from)} > ${folderOf(to)}`))
  })
  assert.deepEqual(breaches.map(said), [])
})

test('a domain sees only domains of earlier standing, and only through their door', () => {
  const breaches = edges.filter(({ from, to }) => {
    const [own, other] = [domainOf(from), domainOf(to)]
    if (!own || !other || own === other) return false
    return standing.indexOf(other) >= standing.indexOf(own) || to !== `src/domains/${other}/index.ts`
  })
  assert.deepEqual(breaches.map(said), [])
})

/** The engine of assessments needs no foundation: whoever has none comes in by its own door. */
const engineDoor = 'src/domains/assessments/engine/index.ts'

test('from outside the domains, only their doors are used', () => {
  const breaches = edges.filter(
    ({ from, to }) =>
      !domainOf(from) && domainOf(to) && ![`src/domains/${domainOf(to)}/index.ts`, engineDoor].includes(to),
  )
  assert.deepEqual(breaches.map(said), [])
})

test('whoever comes in by the door of the engine loads no record and no database', () => {
  const reached = new Set([engineDoor])
  for (const path of reached)
    for (const { to, import: one } of edges.filter(({ from }) => from === path)) if (!one.isErased) reached.add(to)
  assert.deepEqual(
    [...reached].filter(path => /^src\/(database|record|acts)\//.test(path)),
    [],
  )
})

test('only the engine appends to the record', () => {
  const appenders = edges.filter(({ to }) => to === 'src/record/append.ts').map(({ from }) => from)
  assert.deepEqual(appenders, ['src/acts/perform.ts'])
})

const packagesOf = (source: Source): readonly string[] =>
  importsOf(source).flatMap(({ to }) => (pathOf(source, to) === undefined ? [to] : []))

test('below the faces nobody knows of HTTP', () => {
  const isHttp = (name: string) => /^(node:(http|https|http2|net|tls)|@?hono(\/.*)?)$/.test(name)
  const breaches = sources
    .filter(({ path }) => floorOf(path) < floorOf('src/web/site.ts'))
    .flatMap(source =>
      packagesOf(source)
        .filter(isHttp)
        .map(name => `${source.path} imports ${name}`),
    )
  // The launcher asks the database server whether it listens, and which of two programs holds the folder.
  assert.deepEqual(
    breaches.filter(breach => !/^src\/database\/.* node:net$/.test(breach)),
    [],
  )
})

test('programs import their own folder by a relative path and others by #', () => {
  const breaches = sources.flatMap(source =>
    importsOf(source)
      .filter(({ to }) => {
        const isRelative = to.startsWith('.')
        const path = pathOf(source, to)
        if (path === undefined || floorOf(path) === floors.length - 1) return false
        return isRelative !== (folderOf(path) === folderOf(source.path) && domainOf(path) === domainOf(source.path))
      })
      .map(({ to, line }) => `${source.path}:${line} imports ${to}`),
  )
  assert.deepEqual(breaches, [])
})

/** A way from a module back to itself, through imports that are still there when the program runs. */
function cycle(): readonly string[] | undefined {
  const next = Map.groupBy(
    edges.filter(edge => !edge.import.isErased),
    ({ from }) => from,
  )
  const finished = new Set<string>()
  const visit = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path]
    if (finished.has(path)) return undefined
    for (const { to } of next.get(path) ?? []) {
      const found = visit(to, [...way, path])
      if (found) return found
    }
    finished.add(path)
    return undefined
  }
  for (const { path } of sources) {
    const found = visit(path, [])
    if (found) return found
  }
  return undefined
}

test('imports never run in a circle, so that each module can be the first one loaded', () => {
  assert.equal(cycle(), undefined)
})

/** Programs of their own, started by name: loading one is running it. So are the scripts of `src/web/client`, in a browser. */
const programs = ['src/cli/main.ts', 'src/domains/assessments/engine/licence/generate.ts']

test('loading modules is all it does: nothing is said, and the program ends by itself', () => {
  const modules = sources
    .map(({ path }) => path)
    .filter(path => !programs.includes(path) && !path.startsWith('src/web/client/'))
  const script = modules.map(path => `await import(${JSON.stringify(root + path)})`).join('\n')
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    { cwd: root, encoding: 'utf8', timeout: 120_000 },
  )
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' })
})
