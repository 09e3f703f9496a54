// The life of a project in numbers: by month, and over all time and the last 365 and 90 days.
import type { History } from './history.ts'
import { type Month, trendOf } from './trend.ts'
import { lastDays, type Period, periodOf, rowsBetween } from './windows.ts'

export type { Month }

export type Activity = {
  readonly botRule: string
  readonly months: readonly Month[]
  readonly all: Period
  readonly window365: Period
  readonly window90: Period
  readonly clockInversions: number
}

/** `until`: the as-of date in seconds; later commits, by their own clock, are not counted. */
export const activityOf = (history: History, until: number, botRule: string): Activity => ({
  botRule,
  months: trendOf(history, until),
  all: periodOf(history, rowsBetween(history, Number.NEGATIVE_INFINITY, until)),
  window365: periodOf(history, lastDays(history, until, 365)),
  window90: periodOf(history, lastDays(history, until, 90)),
  clockInversions: history.inversions,
})
