// What shows on the clauses whether work and seats are spread: always intervals, and unknown is never a pass.
import type { Measure, Measured } from '#acts/measure.ts'
import type { Settled } from '#acts/term.ts'
import type { Instant } from '#base/instants.ts'
import type { Bounds } from '#base/intervals.ts'
import { type Limit, verdictWithin } from '#base/intervals.ts'
import type { Read } from '#database/handles.ts'
import type { Shelf } from '#domains/charter/index.ts'
import { type KindFigures, neutralityOf } from '#domains/contributors/index.ts'
import { limitsOf, sayBounds } from './charts.ts'
import { bodySeats } from './seats.ts'
import { settledIn } from './settled.ts'
import { countedProjects } from './subjects.ts'

const nothing = (says: string, whole = 0): Measured => ({ value: null, known: 0, whole, says, evidence: [] })

type One = {
  readonly name: string
  readonly href: string
  readonly commits: KindFigures | undefined
}

async function countEach(read: Read, at: Instant, term: Settled): Promise<readonly One[]> {
  const all: One[] = []
  for (const { project, subject } of await countedProjects(read, term)) {
    const found = subject ? await neutralityOf(read, { subjects: [subject], at, term }) : undefined
    all.push({
      ...{ name: project.name, href: `/projects/${project.slug}#neutrality` },
      commits: found?.kinds.find(({ kind }) => kind === 'commit'),
    })
  }
  return all
}

/** Measures of one page are asked for together: they share the counting while it is under way, and nothing is kept after it. */
const counted = new WeakMap<Read, { readonly at: Instant; readonly all: Promise<readonly One[]> }>()

function each(read: Read, at: Instant, term: Settled): Promise<readonly One[]> {
  const last = counted.get(read)
  if (last?.at === at) return last.all
  const all = countEach(read, at, term).finally(() => counted.delete(read))
  counted.set(read, { at, all })
  return all
}

type Judging = {
  readonly boundsOf: (one: KindFigures) => Bounds
  readonly limit: Limit
  readonly as: 'count' | 'share'
}

/** The share of projects that keep a limit: low only those that surely do, high all but those that surely do not. */
function keeping(all: readonly One[], { boundsOf, limit, as }: Judging): Measured {
  const verdicts = all.map(({ commits }) => (commits ? verdictWithin(boundsOf(commits), limit) : 'unproven'))
  const count = (verdict: string): number => verdicts.filter(one => one === verdict).length
  const [kept, broken, whole] = [count('kept'), count('broken'), all.length]
  const read = all.filter(({ commits }) => commits !== undefined).length
  if (whole === 0) return nothing('No project is of a stage that the charter counts.')
  return {
    ...{ value: kept / whole, low: kept / whole, high: (whole - broken) / whole, known: read, whole },
    says: `${kept} of ${whole} projects keep it, ${broken} do not; of ${whole - kept - broken} it is unproven.`,
    evidence: all.map(({ name, href, commits }) => ({
      text: `${name}: ${commits ? sayBounds(boundsOf(commits), as) : 'no history read yet'}`,
      href,
    })),
  }
}

type Made = Omit<Measure, 'of'> & {
  readonly with: (read: Read, at: Instant, term: Settled) => Promise<Measured>
}

const period = 'the charter’s period before today'

const made: readonly Made[] = [
  {
    id: 'neutrality.people-enough',
    title: 'Projects that would outlast the loss of a few people',
    formula:
      'Projects whose contributor absence factor (the fewest people who made the charter’s part of the commits, CHAOSS) is at least what the charter asks ÷ all counted projects. Machines and merges left out.',
    ...{ period, unit: 'share' },
    with: async (read, at, term) =>
      keeping(await each(read, at, term), {
        boundsOf: one => one.people.absence,
        limit: limitsOf(term).people,
        as: 'count',
      }),
  },
  {
    id: 'neutrality.organisations-enough',
    title: 'Projects that do not hang on one organisation',
    formula:
      'Projects whose elephant factor (the fewest organisations that made the charter’s part of the commits, CHAOSS) is at least what the charter asks ÷ all counted projects. Companies under one control are one.',
    ...{ period, unit: 'share' },
    with: async (read, at, term) =>
      keeping(await each(read, at, term), {
        ...{ boundsOf: one => one.organisations.factor, limit: limitsOf(term).organisations, as: 'count' },
      }),
  },
  {
    id: 'neutrality.largest-share',
    title: 'Share of the largest organisation in the commits of all counted projects',
    formula: 'Commits of the organisation with most ÷ all commits by people. High: as if all the unknown were its own.',
    ...{ period, unit: 'share' },
    async with(read, at, term) {
      const subjects = (await countedProjects(read, term)).flatMap(({ subject }) => subject ?? [])
      const found = await neutralityOf(read, { subjects, at, term })
      const commits = found?.kinds.find(({ kind }) => kind === 'commit')?.organisations
      if (!commits) return nothing('No history was read yet.')
      const { low, high } = commits.topShare
      return {
        ...{ value: low, low, high, known: commits.knownTotal, whole: commits.total },
        says: `${commits.knownTotal} of ${commits.total} commits are known to be for somebody.`,
        evidence: [{ text: 'Who does the work', href: '/neutrality#projects' }],
      }
    },
  },
  {
    id: 'neutrality.seats-spread',
    title: 'Bodies in which half of the held seats take several organisations',
    formula:
      'Voting bodies in which the fewest organisations that hold the charter’s part of the held seats are at least as many as it asks ÷ all voting bodies with holders.',
    ...{ period: 'today', unit: 'share' },
    async with(read, at, term) {
      const bodies = (await bodySeats(read, at, term)).flatMap(one =>
        one.intervals ? [{ ...one, factor: one.intervals.factor }] : [],
      )
      const limit = limitsOf(term).organisations
      const verdicts = bodies.map(({ factor }) => verdictWithin(factor, limit))
      const [kept, broken] = ['kept', 'broken'].map(wanted => verdicts.filter(one => one === wanted).length)
      const whole = bodies.length
      if (whole === 0 || kept === undefined || broken === undefined) return nothing('Nobody holds a seat yet.')
      return {
        ...{ value: kept / whole, low: kept / whole, high: (whole - broken) / whole, known: kept + broken, whole },
        says: `${kept} of ${whole} bodies keep it, ${broken} do not.`,
        evidence: bodies.map(({ name, slug, factor }) => ({
          text: `${name}: ${sayBounds(factor, 'count')}`,
          href: `/bodies/${slug}`,
        })),
      }
    },
  },
]

export const measures = (shelf: Shelf): readonly Measure[] =>
  made.map(({ with: counting, ...declared }) => ({
    ...declared,
    async of(read, at) {
      const term = await settledIn(shelf, read)
      return term ? counting(read, at, term) : nothing('No charter is in force.')
    },
  }))
