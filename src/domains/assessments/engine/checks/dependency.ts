// Support for a named dependency: declared bounds and the versions that CI pins, against a dated table of releases.
import { z } from 'zod'
import type { Facts, Finding } from '../words.ts'
import { check, readAll, type Spot, spot } from './check.ts'
import { isTestCommand } from './commands.ts'
import { type Declaration, declarationsOf } from './declarations.ts'
import { type Pins, pinsIn } from './pins.ts'
import { admits, compareMinors } from './versions.ts'
import { workflowOf } from './workflow.ts'

const Minor = z.string().regex(/^\d+\.\d+$/, 'Expected a minor release such as 2.9')
const Name = z.string().regex(/^[a-z][a-z0-9_-]*$/)
const Parameters = z.strictObject({
  package: Name,
  /** What other registries call it. */
  alsoNamed: z.array(Name).default([]),
  /** Minor releases with their dates, in any order. */
  releases: z.array(z.strictObject({ version: Minor, on: z.iso.date() })).min(2),
  /** The table is complete up to this day; after it the newest release is not known. */
  completeUntil: z.iso.date(),
})
type Parameters = z.infer<typeof Parameters>

/** Newest minor on that day by the table, and the one before. Undefined before the first two releases. */
function newestTwo({ releases }: Parameters, asOf: number): readonly [string, string] | undefined {
  const out = releases
    .filter(({ on }) => Date.parse(on) / 1000 <= asOf)
    .toSorted((a, b) => compareMinors(b.version, a.version))
  const [newest, before] = out
  return newest && before ? [newest.version, before.version] : undefined
}

type Workflows = readonly { readonly path: string; readonly tests: boolean; readonly pins: Pins }[]
type Weighing = {
  readonly name: string
  readonly newest: readonly [string, string]
  readonly declared: readonly Declaration[]
  readonly workflows: Workflows
  /** Undefined within the table, else the day on which it ends. */
  readonly tableEnded: string | undefined
}

export const supportsDependency = check('supports-dependency', Parameters, async (facts, parameters) => {
  const newest = newestTwo(parameters, facts.asOf)
  if (!newest) return { outcome: 'unknown', says: 'The table of releases does not reach back to the as-of date.' }
  const names = [parameters.package, ...parameters.alsoNamed]
  const declared = await declarationsOf(facts, new Set(names.map(name => name.replaceAll('_', '-'))))
  const isComplete = facts.asOf <= Date.parse(parameters.completeUntil) / 1000 + 86_399
  const weighing: Weighing = {
    ...{ name: parameters.package, newest, declared, workflows: await workflowsOf(facts, names) },
    tableEnded: isComplete ? undefined : parameters.completeUntil,
  }
  const measured = {
    ...{ newest: newest[0], before: newest[1] },
    pins: [...new Set(weighing.workflows.flatMap(({ pins }) => pins.pins.map(({ minor }) => minor)))].sort(
      compareMinors,
    ),
  }
  return { ...(shutOut(facts, weighing) ?? weighPins(facts, weighing)), measured }
})

async function workflowsOf(facts: Facts, names: readonly string[]): Promise<Workflows> {
  const actions = facts.files.matching(/^\.github\/actions\/(?:[^/]+\/)*action\.ya?ml$/i)
  const { texts } = await readAll(facts, [...facts.found.workflows, ...facts.found.otherCi, ...actions])
  return texts.map(({ path, text }) => ({ path, tests: testsIn(text), pins: pinsIn(text, names) }))
}

const testsIn = (text: string): boolean => (workflowOf(text)?.lines ?? text.split('\n')).some(isTestCommand)

const spotOf = (facts: Facts, { path, line }: { path: string; line: number }): Spot => spot(facts, path, { line })

/** A bound that holds for every user and leaves no patch of the newest release is a failure; any other is for a person. */
function shutOut(facts: Facts, { name, newest, declared }: Weighing): Finding | undefined {
  const closed = (minor: string) => declared.filter(({ specifier }) => admits(specifier, minor) === false)
  const out = closed(newest[0])
  const bound = out.find(({ binds }) => binds)
  const says = ({ path, specifier }: Declaration, minor: string) =>
    `${path} allows ${name} ${specifier.trim()}, which shuts out ${minor}`
  if (bound) return { outcome: 'fail', says: `${says(bound, newest[0])}.`, evidence: [spotOf(facts, bound)] }
  const before = closed(newest[1]).find(({ binds }) => binds)
  const [first] = out
  if (!first && !before) return undefined
  const [at, minor, why] = before
    ? [before, newest[1], 'the release before the newest']
    : [first as Declaration, newest[0], 'though perhaps not for every user'] // one of the two is there
  return { outcome: 'needs-person', says: `${says(at, minor)}, ${why}; a person looks.`, evidence: [spotOf(facts, at)] }
}

function weighPins(facts: Facts, weighing: Weighing): Finding {
  const { name, newest, workflows } = weighing
  const isRecent = (minor: string) => compareMinors(minor, newest[1]) >= 0
  const all = workflows.flatMap(({ path, tests, pins }) =>
    pins.pins.map(({ minor, line }) => ({ path, tests, minor, line })),
  )
  const recent = all.filter(({ minor }) => isRecent(minor)).toSorted((a, b) => Number(b.tests) - Number(a.tests))
  const [best] = recent
  if (best) return recently(facts, { ...weighing, best })
  const some = (what: 'isComputed' | 'isFloating' | 'isNightly') => workflows.some(({ pins }) => pins[what])
  if (some('isNightly') && !some('isComputed'))
    return {
      outcome: 'needs-person',
      says: `CI installs nightly builds of ${name}, no release that is named; a person looks.`,
    }
  if (all.length > 0 && !some('isComputed') && !some('isFloating')) return onlyOld(facts, { ...weighing, all })
  return notWritten(facts, weighing)
}

type Place = { readonly path: string; readonly tests: boolean; readonly minor: string; readonly line: number }

function recently(facts: Facts, { name, newest, workflows, tableEnded, best }: Weighing & { best: Place }): Finding {
  const evidence = [spotOf(facts, best)]
  if (tableEnded)
    return {
      outcome: 'unknown',
      says: `CI pins ${name} ${best.minor}; the table of releases ends on ${tableEnded}.`,
      evidence,
    }
  const says = `CI pins ${name} ${best.minor}; ${newest[0]} was the newest`
  return best.tests || !workflows.some(({ tests }) => tests)
    ? { outcome: 'pass', says: `${says}.`, evidence }
    : { outcome: 'needs-person', says: `${says}; whether tests run with it is not shown.`, evidence }
}

/** Certain only when every workflow that runs tests says which version it installs. */
function onlyOld(facts: Facts, { name, newest, workflows, all }: Weighing & { all: readonly Place[] }): Finding {
  const testing = workflows.filter(({ tests }) => tests)
  const isCertain = testing.every(({ pins }) => pins.pins.length > 0)
  const minors = [...new Set(all.map(({ minor }) => minor))].sort(compareMinors)
  const says = `CI pins ${name} ${minors.join(', ')} only; ${newest[0]} was out`
  const evidence = all.slice(0, 5).map(place => spotOf(facts, place))
  return isCertain
    ? { outcome: 'fail', says: `${says}.`, evidence }
    : { outcome: 'needs-person', says: `${says}; other workflows run tests without saying the version.`, evidence }
}

function notWritten(facts: Facts, { name, declared, workflows }: Weighing): Finding {
  const where = declared.length > 0 ? `${name} is declared` : `No declaration of ${name} was found`
  const why = workflows.some(({ pins }) => pins.isFloating)
    ? 'CI installs whichever release is the newest when it runs'
    : 'the version tested in CI is not written down'
  return {
    outcome: 'unknown',
    says: `${where}; ${why}.`,
    evidence: declared.slice(0, 5).map(one => spotOf(facts, one)),
  }
}
