// Support for a named dependency: declared bounds and the versions that CI pins, against a dated table of releases.
import { z } from 'zod'
import { lineOf } from '../files.ts'
import type { Facts, Finding } from '../words.ts'
import { check, readAll, type Spot, spot } from './check.ts'

const Minor = z.string().regex(/^\d+\.\d+$/, 'Expected a minor release such as 2.9')
const Parameters = z.strictObject({
  package: z.string().regex(/^[a-z][a-z0-9_-]*$/),
  /** Minor releases with their dates, in any order. */
  releases: z.array(z.strictObject({ version: Minor, on: z.iso.date() })).min(2),
  /** The table is complete up to this day; after it the newest release is not known. */
  completeUntil: z.iso.date(),
})
type Parameters = z.infer<typeof Parameters>

const declares =
  /^(?:[^/]+\/){0,3}(?:pyproject\.toml|setup\.cfg|setup\.py|requirements[^/]*\.(?:txt|in)|[^/]*requirements\.(?:txt|in)|meta\.ya?ml|recipe\.ya?ml|environment\.ya?ml)$|^requirements\/[^/]+\.txt$/i

type Version = readonly [number, number]
const versionOf = (text: string): Version => {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return [major, minor]
}
const compare = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1]

const named = (name: string) =>
  new RegExp(
    `(?:^|["'\\s=,])${name}(?:\\[[^\\]]*\\])?[ \\t]*((?:(?:[<>=!~]=?=?)[ \\t]*[\\w.*+]+[ \\t]*,?[ \\t]*)*)(?=["'\\s;#]|$)`,
    'gm',
  )
const pinned = (name: string) =>
  new RegExp(
    `\\b${name}(?:-version)?["']?\\s*(?:==|=|:)\\s*["'\\[]*\\s*(\\d+\\.\\d+)|\\b${name}\\s*~=\\s*(\\d+\\.\\d+)`,
    'g',
  )
const computed = (name: string) =>
  new RegExp(`\\b${name}[\\w-]*["']?\\s*(?:==|=|:)\\s*["']?\\$|--pre\\b.*\\b${name}\\b|nightly`, 'i')

/** Newest minor on that day by the table, and the one before. Undefined before the first two releases. */
function newestTwo({ releases }: Parameters, asOf: number): readonly [string, string] | undefined {
  const out = releases
    .filter(({ on }) => Date.parse(on) / 1000 <= asOf)
    .toSorted((a, b) => compare(versionOf(b.version), versionOf(a.version)))
  const [newest, before] = out
  return newest && before ? [newest.version, before.version] : undefined
}

/** Whether a specifier such as `>=2.0,<2.5` shuts the version out. */
export function excludes(specifier: string, version: string): boolean {
  const at = versionOf(version)
  return specifier.split(',').some(part => {
    const [, operator = '', bound = ''] = /^\s*(<=|<|==|~=)\s*(\d+(?:\.\d+)?)/.exec(part) ?? []
    const limit = versionOf(bound)
    if (operator === '<') return compare(at, limit) >= 0
    if (operator === '<=' || operator === '==') return compare(at, limit) > 0
    return operator === '~=' && bound.includes('.')
      ? /^\s*~=\s*\d+\.\d+\.\d+/.test(part) && compare(at, limit) > 0
      : false
  })
}

export const supportsDependency = check('supports-dependency', Parameters, async (facts, parameters) => {
  const newest = newestTwo(parameters, facts.asOf)
  if (!newest) return { outcome: 'unknown', says: 'The table of releases does not reach back to the as-of date.' }
  const declared = await declarationsOf(facts, parameters.package)
  const shut = declared.find(({ specifier }) => excludes(specifier, newest[0]))
  if (shut)
    return {
      outcome: 'fail',
      says: `${shut.spot.path} allows ${parameters.package} ${shut.specifier.trim()}, which shuts out ${newest[0]}.`,
      evidence: [shut.spot],
    }
  return weighPins(facts, { parameters, newest, declared: declared.map(({ spot: at }) => at) })
})

async function declarationsOf(facts: Facts, name: string): Promise<{ specifier: string; spot: Spot }[]> {
  const { texts } = await readAll(facts, facts.files.matching(declares))
  return texts.flatMap(file =>
    [...file.text.matchAll(named(name))].map(match => ({
      specifier: match[1] ?? '',
      spot: spot(facts, file.path, { line: lineOf(file.text, match.index + match[0].search(/\w/)) }),
    })),
  )
}

type Weighing = {
  readonly parameters: Parameters
  readonly newest: readonly [string, string]
  readonly declared: readonly Spot[]
}

async function weighPins(facts: Facts, { parameters, newest, declared }: Weighing): Promise<Finding> {
  const { texts } = await readAll(facts, [...facts.found.workflows, ...facts.found.otherCi])
  const pins = texts.flatMap(file =>
    [...file.text.matchAll(pinned(parameters.package))].map(match => ({
      version: match[1] ?? match[2] ?? '',
      spot: spot(facts, file.path, { line: lineOf(file.text, match.index) }),
    })),
  )
  const isComputed = texts.some(file => computed(parameters.package).test(file.text))
  const isComplete = facts.asOf <= Date.parse(parameters.completeUntil) / 1000 + 86_399
  const recent = pins.find(({ version }) => compare(versionOf(version), versionOf(newest[1])) >= 0)
  const { package: name } = parameters
  const measured = {
    newest: newest[0],
    before: newest[1],
    pins: [...new Set(pins.map(({ version }) => version))].sort(),
  }
  if (recent && isComplete)
    return {
      outcome: 'pass',
      says: `CI pins ${name} ${recent.version}; ${newest[0]} was the newest.`,
      evidence: [recent.spot],
      measured,
    }
  if (pins.length > 0 && !recent && !isComputed)
    return {
      outcome: 'fail',
      says: `CI pins ${name} ${measured.pins.join(', ')} only; ${newest[0]} was out.`,
      evidence: pins.slice(0, 5).map(pin => pin.spot),
      measured,
    }
  const evidence = [...(recent ? [recent.spot] : []), ...declared].slice(0, 5)
  const where = declared.length > 0 ? `${name} is declared` : `No declaration of ${name} was found`
  const why = recent
    ? `the table of releases ends on ${parameters.completeUntil}`
    : 'the version tested in CI is not written down'
  return { outcome: 'unknown', says: `${where}; ${why}.`, evidence, measured }
}
