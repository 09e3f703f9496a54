// The life of a project in numbers: months with commits, people and newcomers, and the last 90 and 365 days.
import type { History } from './history.ts'
import { authorOf, lastDays, type Period, periodOf, rowsBetween } from './windows.ts'

export type Month = {
  readonly month: string
  readonly commits: number
  /** Authors who are no bots. */
  readonly people: number
  /** Those among them whose first commit of all it is. */
  readonly newcomers: number
}

export type Activity = {
  readonly botRule: string
  readonly months: readonly Month[]
  readonly all: Period
  readonly window365: Period
  readonly window90: Period
  readonly clockInversions: number
}

/** Ten years: a clock set to 1970 must not make six hundred empty rows. */
const mostMonths = 120

const monthOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 7)
const monthsBefore = (seconds: number, count: number): string => {
  const date = new Date(seconds * 1000)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - count, 1)).toISOString().slice(0, 7)
}

/** `until`: the as-of date in seconds; later commits, by their own clock, are not counted. */
export function activityOf(history: History, until: number, botRule: string): Activity {
  return {
    botRule,
    months: monthsOf(history, until),
    all: periodOf(history, rowsBetween(history, Number.NEGATIVE_INFINITY, until)),
    window365: periodOf(history, lastDays(history, until, 365)),
    window90: periodOf(history, lastDays(history, until, 90)),
    clockInversions: history.inversions,
  }
}

type Bucket = { commits: number; people: Set<number>; newcomers: number }

function monthsOf(history: History, until: number): Month[] {
  const names = Array.from({ length: mostMonths }, (_, index) => monthsBefore(until, mostMonths - 1 - index))
  const buckets = new Map(
    names.map((name): [string, Bucket] => [name, { commits: 0, people: new Set(), newcomers: 0 }]),
  )
  const start = Date.parse(`${names[0]}-01T00:00:00Z`) / 1000
  for (const row of rowsBetween(history, start, until)) {
    const bucket = buckets.get(monthOf(history.times[row] ?? 0))
    const author = authorOf(history, row)
    if (!bucket) continue
    bucket.commits += 1
    if (!author.isBot) bucket.people.add(author.address)
  }
  for (const first of firstTimes(history, until)) {
    const bucket = first >= start ? buckets.get(monthOf(first)) : undefined
    if (bucket) bucket.newcomers += 1
  }
  const begun = names.findIndex(name => (buckets.get(name)?.commits ?? 0) > 0)
  if (begun === -1) return []
  return names.slice(begun).map(month => {
    const { commits = 0, people, newcomers = 0 } = buckets.get(month) ?? {}
    return { month, commits, people: people?.size ?? 0, newcomers }
  })
}

function firstTimes(history: History, until: number): Iterable<number> {
  const first = new Map<number, number>()
  history.times.forEach((time, row) => {
    const { address, isBot } = authorOf(history, row)
    if (!isBot && time <= until && time < (first.get(address) ?? Number.POSITIVE_INFINITY)) first.set(address, time)
  })
  return first.values()
}
