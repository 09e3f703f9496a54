// Who is new to a project, and how long the first commit of each took from when it was written until it was on the branch.
import type { History } from './history.ts'
import { authorOf, isMerge } from './windows.ts'

/**
 * What the dates of a first commit tell. `whole`: it came in by a later commit of the branch, so both moments stand there.
 * `at-least`: it lies on the branch's own line and is younger there than its author date, as after a rebase or a squash, which
 * may have dropped an earlier date. Nothing: `same-instant`, made on the branch or squashed by a forge that writes both dates
 * at once; `merge`, somebody else's work brought in; `clocks`, dates that cannot both be right.
 */
export type Told = 'whole' | 'at-least' | 'same-instant' | 'merge' | 'clocks'

export type First = {
  readonly commit: string
  /** The commit of the branch's own line by which it came in; the same one where it lies on that line. */
  readonly landedBy: string
  /** From the author date to the committer time of `landedBy`; null where the dates tell nothing. */
  readonly seconds: number | null
  readonly told: Told
}

export type Newcomers = {
  readonly days: number
  /** Authors by address, machines left out, whose first commit of all falls into the days before the date. */
  readonly people: number
  /** Of how many of them the dates tell how long it took, or how long at least. */
  readonly known: number
  /** Between which two the median of all of them lies, in seconds. */
  readonly median: Median
  /** By committer time, the oldest first. */
  readonly firsts: readonly First[]
}

/** `low` null: the dates of fewer than half tell anything. `high` null: nothing bounds it. */
export type Median = { readonly low: number | null; readonly high: number | null }

const days = 365
/** Nobody's work waits longer; dates that say so were carried over from elsewhere or come from a wrong clock. */
const mostSeconds = 5 * 365 * 86_400

/** `until`: the as-of date in seconds; later commits, by their own clock, are not counted. */
export function newcomersOf(history: History, until: number): Newcomers {
  const { firsts: rows, beginning } = firstRows(history, until)
  const since = until - days * 86_400
  const firsts = [...rows.values()]
    .filter(row => (history.times[row] ?? 0) >= since)
    .sort((one, other) => (isBefore(history, one, other) ? -1 : 1))
    .map(row => firstOf(history, row, { beginning, until }))
  return {
    ...{ days, people: firsts.length, known: firsts.filter(({ seconds }) => seconds !== null).length },
    ...{ median: medianOf(firsts), firsts },
  }
}

/** The first commit of each person by address, and when the history begins. */
function firstRows(history: History, until: number) {
  const firsts = new Map<number, number>()
  let beginning = Number.POSITIVE_INFINITY
  for (let row = 0; row < history.size; row += 1) {
    const time = history.times[row] ?? 0
    if (time < beginning) beginning = time
    if (time > until) continue
    const { address, isBot } = authorOf(history, row)
    if (isBot) continue
    const first = firsts.get(address)
    if (first === undefined || isBefore(history, row, first)) firsts.set(address, row)
  }
  return { firsts, beginning }
}

/** A rebase gives a whole branch one time: of those, the one that was written first. */
function isBefore(history: History, one: number, other: number): boolean {
  const [time, its] = [history.times[one] ?? 0, history.times[other] ?? 0]
  if (time !== its) return time < its
  const [written, itsWritten] = [history.written(one), history.written(other)]
  if (written !== itsWritten) return written < itsWritten
  return history.commitId(one) < history.commitId(other)
}

type Span = { readonly beginning: number; readonly until: number }

function firstOf(history: History, row: number, span: Span): First {
  const commit = history.commitId(row)
  const landing = history.landing(row)
  const seconds = landing.time - history.written(row)
  const told = toldBy(history, row, { ...span, landed: landing.time, isOnLine: landing.commit === commit })
  const tells = told === 'whole' || told === 'at-least'
  return { commit, landedBy: landing.commit, seconds: tells ? seconds : null, told }
}

type Seen = Span & { readonly landed: number; readonly isOnLine: boolean }

function toldBy(history: History, row: number, { beginning, until, landed, isOnLine }: Seen): Told {
  if (isMerge(history, row)) return 'merge'
  const written = history.written(row)
  const isOrdered = written >= beginning && written <= landed && landed >= (history.times[row] ?? 0) && landed <= until
  if (!isOrdered || landed - written > mostSeconds) return 'clocks'
  if (!isOnLine) return 'whole'
  return written === landed ? 'same-instant' : 'at-least'
}

/**
 * Low as if all that is not known had taken no time, and `at-least` no more than that; high as if both had never ended. The one
 * in the middle; of two, the shorter.
 */
export function medianOf(firsts: readonly Pick<First, 'seconds' | 'told'>[]): Median {
  const middle = Math.floor((firsts.length - 1) / 2)
  const waits = (kinds: readonly Told[]) =>
    firsts
      .flatMap(({ seconds, told }) => (seconds !== null && kinds.includes(told) ? [seconds] : []))
      .sort((a, b) => a - b)
  const known = waits(['whole', 'at-least'])
  const low = known[middle - (firsts.length - known.length)] ?? null
  return { low, high: low === null ? null : (waits(['whole'])[middle] ?? null) }
}
