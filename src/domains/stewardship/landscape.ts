// The whole landscape as rows: each project with every requirement, how old that is, the clocks that run and the disagreements.
import { addMonths, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Outcome, type Standing, standingsAll } from '#domains/assessments/index.ts'
import { projectsWatched, type Watched } from '#domains/projects/index.ts'
import { clocksAll, disagreementsIn, openReviews, waiversIn } from './finds.ts'
import { type Clock, isInForce, lateSince, nextDue } from './rules.ts'
import { planFor, type Reviewing } from './terms.ts'
import type { Review } from './words.ts'

/** As in the assessment, or excused for now. */
export type Cell = Outcome | 'waived'

/** What runs for a project: `next` only says when its next review is due. */
export type Running = {
  readonly is: 'next' | 'due' | 'late' | 'cure' | 'cure-over'
  readonly at: Instant
  readonly review: string | null
}

export type LandscapeRow = {
  readonly project: Watched
  readonly standing: Standing | undefined
  readonly cells: Readonly<Record<string, Cell>>
  readonly counts: Readonly<Record<Cell, number>>
  /** No assessment by the criteria of its stage, or an old one. */
  readonly isOutOfDate: boolean
  readonly running: Running | null
  /** Whether a review is open: then more runs than the time until the next one. */
  readonly isUnderReview: boolean
  /** Findings that stand against a check: those whose reason is owed, and all. */
  readonly owed: number
  readonly disagreements: number
}

type Given = {
  readonly at: Instant
  readonly freshMonths: number
  readonly reviewing: Reviewing
  readonly criteriaOf: (stage: string) => string | undefined
}

export function runningOf(
  project: Pick<Watched, 'stage' | 'stageSince'>,
  { review, clock, at, reviewing }: { review?: Review; clock?: Clock; at: Instant; reviewing: Reviewing },
): Running | null {
  if (review?.notice) {
    const { cureBy } = review.notice
    return { is: at < cureBy ? 'cure' : 'cure-over', at: cureBy, review: review.id }
  }
  if (review) {
    const late = lateSince(review)
    return late !== undefined && late <= at
      ? { is: 'late', at: late, review: review.id }
      : { is: 'due', at: review.lookBy, review: review.id }
  }
  const plan = planFor(reviewing, project.stage)
  return plan ? { is: 'next', at: nextDue(project.stageSince, clock, plan), review: null } : null
}

const nothing: Readonly<Record<string, Cell>> = {}

/** The outcomes themselves where nothing is waived: a landscape has thousands of cells. */
function cellsOf(standing: Standing | undefined, waived: ReadonlySet<string>): Readonly<Record<string, Cell>> {
  const outcomes = standing?.filed?.outcomes ?? nothing
  if (waived.size === 0) return outcomes
  return Object.fromEntries(
    Object.entries(outcomes).map(([check, outcome]) => [
      check,
      outcome !== 'pass' && waived.has(check) ? 'waived' : outcome,
    ]),
  )
}

function countsOf(standing: Standing | undefined, waived: ReadonlySet<string>): Record<Cell, number> {
  const { pass = 0, fail = 0, unknown = 0, needsPerson = 0 } = standing?.filed?.counts ?? {}
  const counts: Record<Cell, number> = { pass, fail, unknown, 'needs-person': needsPerson, waived: 0 }
  if (waived.size === 0) return counts
  const cells = Object.values(cellsOf(standing, waived))
  for (const cell of Object.keys(counts) as Cell[]) counts[cell] = cells.filter(one => one === cell).length // its own keys
  return counts
}

/** Every project that is not archived, in the order of their names: five looks into the database, however many there are. */
export async function landscapeRows(read: Read, given: Given): Promise<readonly LandscapeRow[]> {
  const { at, freshMonths, reviewing, criteriaOf } = given
  const [projects, standings, open, clocks, waivers, found] = await Promise.all([
    projectsWatched(read),
    standingsAll(read),
    openReviews(read),
    clocksAll(read),
    waiversIn(read, ['granted']),
    disagreementsIn(read, { states: ['owed', 'reasoned'] }),
  ])
  const reviews = new Map(open.map(review => [review.project, review]))
  const inForce = Map.groupBy(
    waivers.filter(waiver => isInForce(waiver, at)),
    ({ project }) => project,
  )
  const findings = Map.groupBy(found, ({ project }) => project)
  const since = addMonths(at, -freshMonths)
  return projects.map((project): LandscapeRow => {
    const known = standings.get(project.id)
    // What was found by the criteria of an earlier stage says nothing about this one.
    const isOurs = known?.filed?.criteria === criteriaOf(project.stage)
    const standing = known && (isOurs ? known : { ...known, filed: null })
    const waived = new Set(inForce.get(project.id)?.map(({ check }) => check))
    const against = findings.get(project.id) ?? []
    const [review, clock] = [reviews.get(project.id), clocks.get(project.id)]
    return {
      project,
      standing,
      counts: countsOf(standing, waived),
      isOutOfDate: !standing?.filed || standing.filed.asOf < since,
      owed: against.filter(({ state }) => state === 'owed').length,
      disagreements: against.length,
      isUnderReview: review !== undefined,
      // Both are made when they are looked at: a page shows few of the rows that it counts and sorts.
      get cells() {
        return cellsOf(standing, waived)
      },
      get running() {
        return runningOf(project, { review, clock, at, reviewing })
      },
    }
  })
}

export const states = ['out-of-date', 'unreachable', 'clock', 'disagreement', 'fails', 'waived'] as const
export type State = (typeof states)[number]

const hasState: Record<State, (row: LandscapeRow) => boolean> = {
  'out-of-date': ({ isOutOfDate }) => isOutOfDate,
  unreachable: ({ standing }) => standing?.lastStage === 'failed',
  clock: ({ isUnderReview }) => isUnderReview,
  disagreement: ({ disagreements }) => disagreements > 0,
  fails: ({ counts }) => counts.fail > 0,
  waived: ({ counts }) => counts.waived > 0,
}

export type Wanted = {
  readonly stage?: string
  readonly search?: string
  readonly state?: State
  readonly check?: string
  readonly outcome?: Cell
  readonly sort: string
  readonly isDown: boolean
}

export const isWanted = (row: LandscapeRow, { stage, search = '', state, check, outcome }: Wanted): boolean =>
  (!stage || row.project.stage === stage) &&
  (!state || hasState[state](row)) &&
  (!outcome || (check ? row.cells[check] === outcome : row.counts[outcome] > 0)) &&
  `${row.project.name} ${row.project.slug} ${row.project.category ?? ''}`.toLowerCase().includes(search.toLowerCase())

/** The worst first when sorted by a requirement. */
const rank: Readonly<Record<Cell, number>> = { fail: 0, unknown: 1, 'needs-person': 2, waived: 3, pass: 4 }

const keys: Readonly<Record<string, (row: LandscapeRow) => number | string>> = {
  project: ({ project }) => project.name.toLowerCase(),
  assessed: ({ standing }) => standing?.filed?.asOf ?? '',
  fails: ({ counts }) => counts.fail,
  clock: ({ running }) => running?.at ?? '9',
  disagreements: ({ disagreements }) => disagreements,
}

export const isSortable = (key: string): boolean => Object.hasOwn(keys, key) || /^[A-Z]{1,4}\d{1,3}$/.test(key)

export function sorted(
  rows: readonly LandscapeRow[],
  { sort, isDown }: Pick<Wanted, 'sort' | 'isDown'>,
): LandscapeRow[] {
  const keyOf =
    keys[sort] ??
    (({ cells }: LandscapeRow) => {
      const cell = cells[sort]
      return cell === undefined ? 5 : rank[cell]
    })
  const order = isDown ? -1 : 1
  // The names decide between equals, and rows come in the order of their names.
  return rows
    .map(row => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -order : a.key > b.key ? order : 0))
    .map(({ row }) => row)
}
