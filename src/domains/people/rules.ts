// Pure decisions about periods and affiliations.
import { type Refusal, refuse } from '#acts/problem.ts'
import { addMonths, type Day, dayOf, type Instant, isWithin, startOf } from '#base/instants.ts'
import { sayDay } from '#html/time.ts'
import { endsBeforeStart, overlapping, tooFarAhead } from './problems.ts'
import type { Affiliation, Period } from './words.ts'

const later = (a: Day, b: Day): Day => (a > b ? a : b)

/** The days that both periods have; undefined when there are none. */
export function shared(a: Period, b: Period): Period | undefined {
  const from = later(a.from, b.from)
  const until = [a.until, b.until].filter(day => day !== null).sort()[0] ?? null
  return until === null || from < until ? { from, until } : undefined
}

export const holdsOn = ({ from, until }: Period, day: Day): boolean => isWithin(day, from, until)

/** `from 2026-01-01` or `2026-01-01 until 2026-07-01`. */
export const sayPeriod = ({ from, until }: Period): string =>
  until ? `${sayDay(from)} until ${sayDay(until)}` : `from ${sayDay(from)}`

/** Neither the same employer twice at once, nor independent and employed at once. */
const excludes = (a: Pick<Affiliation, 'organisation'>, b: Pick<Affiliation, 'organisation'>): boolean =>
  a.organisation === b.organisation || a.organisation === null || b.organisation === null

export type Stated = Period & Pick<Affiliation, 'organisation'>

/** Why this affiliation cannot be stated beside the others that stand, or undefined. */
export function unfitAffiliation(
  stated: Stated,
  others: readonly Affiliation[],
  limit: { at: Instant; monthsAhead: number },
): Refusal | undefined {
  if (stated.until !== null && stated.until <= stated.from) return refuse(endsBeforeStart)
  const last = dayOf(addMonths(startOf(dayOf(limit.at)), limit.monthsAhead))
  if (stated.from > last) return refuse(tooFarAhead, { detail: `It may begin on ${sayDay(last)} at the latest.` })
  const clash = others.find(
    other => other.standing === 'stands' && excludes(stated, other) && shared(stated, other) !== undefined,
  )
  if (!clash) return undefined
  const what = clash.organisation === null ? 'that the person is independent' : 'an affiliation'
  return refuse(overlapping, { detail: `Stated already: ${what} ${sayPeriod(clash)}.` })
}

/** Those that count on this day. */
export const standingOn = (affiliations: readonly Affiliation[], day: Day): readonly Affiliation[] =>
  affiliations.filter(one => one.standing === 'stands' && holdsOn(one, day))
