// The life of a project in numbers: by month, and over all time and the last 365 and 90 days.
import type { History } from './history.ts'
import { type Newcomers, newcomersOf } from './newcomers.ts'
import { type Month, trendOf } from './trend.ts'
import { lastDays, type Period, periodOf, rowsBetween } from './windows.ts'

export type { Month }

export type Activity = {
  readonly botRule: string
  readonly months: readonly Month[]
  readonly all: Period
  readonly window365: Period
  readonly window90: Period
  /** Null for a copy of which the history is cut off: who was there before cannot be told. */
  readonly newcomers: Newcomers | null
  readonly clockInversions: number
}

type Reading = { readonly botRule: string; readonly isShallow?: boolean }

/** `until`: the as-of date in seconds; later commits, by their own clock, are not counted. */
export const activityOf = (history: History, until: number, { botRule, isShallow = false }: Reading): Activity => ({
  botRule,
  months: trendOf(history, until),
  all: periodOf(history, rowsBetween(history, Number.NEGATIVE_INFINITY, until)),
  window365: periodOf(history, lastDays(history, until, 365)),
  window90: periodOf(history, lastDays(history, until, 90)),
  newcomers: isShallow ? null : newcomersOf(history, until),
  clockInversions: history.inversions,
})
