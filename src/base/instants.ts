// Instants and days: RFC 3339 text in UTC, so that they sort as text and read the same in every table and leaf.
import { z } from 'zod'

/** `2026-11-22T22:17:00.000Z`, always UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 }).meta({ title: 'Instant (UTC)' })
export type Instant = z.infer<typeof Instant>

/** A calendar day, `2026-11-22`, in UTC unless the caller says otherwise. */
export const Day = z.iso.date().meta({ title: 'Day' })
export type Day = z.infer<typeof Day>

export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString()
export const dayOf = (at: Instant): Day => at.slice(0, 10)
export const startOf = (day: Day): Instant => `${day}T00:00:00.000Z`
const shift = (at: Instant, milliseconds: number): Instant => instantOf(Date.parse(at) + milliseconds)

export const addMinutes = (at: Instant, minutes: number): Instant => shift(at, minutes * 60_000)
export const addHours = (at: Instant, hours: number): Instant => shift(at, hours * 3_600_000)
/** Days of 24 hours: UTC has no daylight saving. */
export const addDays = (at: Instant, days: number): Instant => shift(at, days * 86_400_000)

/** The same day of a later month, or that month's last day: 31 August plus 6 months is 28 February. */
export function addMonths(at: Instant, months: number): Instant {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.toISOString()
}

/** Whether `day` lies in the half-open period [from, until); a missing end is open. */
export const isWithin = (day: Day, from: Day, until?: Day | null): boolean => day >= from && (!until || day < until)
