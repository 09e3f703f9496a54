// Pure decisions about periods, seats and terms. Days are half-open: from the first up to, not including, `until`.
import { addMonths, type Day, dayOf, isWithin, startOf } from '#base/instants.ts'
import type { Body, Holding, Period, Seat } from './words.ts'

export const isEmpty = ({ from, until }: Period): boolean => until !== null && until <= from

/** Whether some day lies in both; a period without days shares none. */
export const overlaps = (a: Period, b: Period): boolean =>
  !isEmpty(a) && !isEmpty(b) && (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until)

export const runsOn = ({ from, until }: Period, day: Day): boolean => isWithin(day, from, until)

/** Whether the holding runs on that day or begins later. */
export const isOpenAfter = (period: Period, day: Day): boolean =>
  !isEmpty(period) && (period.until === null || period.until > day)

/** The day on which an appointment of that length ends; null where the charter sets no limit. */
export const latestEnd = (from: Day, months: number | null): Day | null =>
  months === null ? null : dayOf(addMonths(startOf(from), months))

/** A holding cut short on a day: one that has not begun by then never does. */
export const endedOn = ({ from }: Period, day: Day): Day => (from > day ? from : day)

/** Who holds the seat on that day. */
export const principalOn = (holdings: readonly Holding[], seat: string, day: Day): Holding | undefined =>
  holdings.find(holding => holding.seat === seat && holding.as === 'principal' && runsOn(holding, day))

export const alternatesOn = (holdings: readonly Holding[], seat: string, day: Day): readonly Holding[] =>
  holdings.filter(holding => holding.seat === seat && holding.as === 'alternate' && runsOn(holding, day))

/** Another holding of the person in the body at that time, under whatever standing: one person never has two votes. */
export const otherHolding = (
  holdings: readonly Holding[],
  { person, seat, ...period }: Period & { person: string; seat: string },
): Holding | undefined =>
  holdings.find(other => other.person === person && other.seat !== seat && overlaps(other, period))

/**
 * Whether a vice-chair acts as chair: only while the chair's seat is vacant, so that there are never two chairs.
 * A body without a chair's seat has no chair to stand in for either.
 */
export const standsInForChair = (seats: readonly Seat[], holdings: readonly Holding[], day: Day): boolean => {
  const chairs = seats.filter(seat => seat.role === 'chair' && seat.closed === null)
  return chairs.length > 0 && chairs.every(seat => !principalOn(holdings, seat.id, day))
}

/** Staff do their office, they do not vote; every other body decides by its seats. */
export const hasVotes = ({ kind }: Pick<Body, 'kind'>): boolean => kind !== 'staff'
