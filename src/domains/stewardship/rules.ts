// Pure decisions of stewardship: when a review is due, whether requirements are met, and how a notice ends.
import { addDays, addMonths, type Day, type Instant, startOf } from '#base/instants.ts'
import type { Outcome, Standing } from '#domains/assessments/index.ts'
import type { Plan } from './terms.ts'
import { openStates, type Review, type Tick, type Waiver } from './words.ts'

export const isOpen = ({ state }: Pick<Review, 'state'>): boolean => openStates.includes(state)

/** When the last review of a project ended, and whether a finding that it rested on has fallen since. */
export type Clock = { readonly from: Instant; readonly reopened: Instant | null }

/**
 * A review falls due so many months after the project came to its stage or was last reviewed there, whichever is later;
 * at once where the finding that the last one rested on has fallen.
 */
export function nextDue(stageSince: Instant, clock: Clock | undefined, { everyMonths }: Plan): Instant {
  if (!clock || clock.from < stageSince) return addMonths(stageSince, everyMonths)
  return clock.reopened ?? addMonths(clock.from, everyMonths)
}

/** In force from the decision until the start of its last day. */
export const isInForce = ({ state, until }: Pick<Waiver, 'state' | 'until'>, at: Instant): boolean =>
  state === 'granted' && at < startOf(until)

export const waivedBy = (waivers: readonly Waiver[], at: Instant): ReadonlySet<string> =>
  new Set(waivers.filter(waiver => isInForce(waiver, at)).map(({ check }) => check))

export type Outcomes = Readonly<Record<string, Outcome>>

export type Unmet = { readonly check: string; readonly why: 'fails' | 'is left open' | 'is found not met' }

/** Unknown is never a pass: a requirement is met by the check that passes, by a waiver in force, or by a reviewer who says so. */
export function unmetIn(
  outcomes: Outcomes,
  { ticks, waived }: { ticks: readonly Tick[]; waived: ReadonlySet<string> },
): readonly Unmet[] {
  const found = new Map(ticks.map(({ check, tick }) => [check, tick]))
  return Object.entries(outcomes).flatMap(([check, outcome]): Unmet[] => {
    const tick = found.get(check)
    if (waived.has(check) || tick === 'met') return []
    if (tick === 'not-met') return [{ check, why: 'is found not met' }]
    if (outcome === 'pass') return []
    return [{ check, why: outcome === 'fail' ? 'fails' : 'is left open' }]
  })
}

export const saysUnmet = (unmet: readonly Unmet[]): string =>
  `${unmet.map(({ check, why }) => `${check} ${why}`).join(', ')}.`

/** Requirements in the order of their numbers: E2 before E10. */
export const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** Made by the criteria of the review, and not too long ago. */
export const isFreshEnough = (
  standing: Standing | undefined,
  { at, days, criteria }: { at: Instant; days: number; criteria: string },
): boolean => standing?.filed?.criteria === criteria && standing.filed.asOf >= addDays(at, -days)

export type Ending =
  | { readonly is: 'cured'; readonly reason: string }
  | { readonly is: 'retired'; readonly reason: string }
  | { readonly is: 'waits' }

/**
 * What the clock makes of a notice whose time is over. Cured where the repository itself shows that everything named is met
 * since the notice. Retired where nobody answered or something named still fails. Otherwise only a reviewer can tell, and
 * what is not known is never a failure.
 */
export function endingOf(
  { notice, answer }: Pick<Review, 'notice' | 'answer'>,
  { standing, waived }: { standing: Standing | undefined; waived: ReadonlySet<string> },
): Ending {
  const filed = standing?.filed
  const isSince = filed != null && notice !== null && filed.asOf >= notice.at
  const named = (notice?.reasons ?? []).map(({ check }) => check).filter(check => !waived.has(check))
  const outcome = (check: string): Outcome | undefined => (isSince ? filed.outcomes[check] : undefined)
  const failing = named.filter(check => outcome(check) === 'fail')
  if (hasReasons(notice) && named.every(check => outcome(check) === 'pass'))
    return { is: 'cured', reason: 'All that the notice names is met by an assessment since, or waived.' }
  if (failing.length > 0)
    return { is: 'retired', reason: `Still failing when the time was over: ${failing.join(', ')}.` }
  if (!answer) return { is: 'retired', reason: 'Nobody answered the notice within its time.' }
  return { is: 'waits' }
}

const hasReasons = (notice: Review['notice']): boolean => (notice?.reasons.length ?? 0) > 0

/** Late is a review that waits for a reviewer past its time: not looked at, or answered and not looked at since. */
export function lateSince({ state, lookBy, answer, notice }: Review): Instant | undefined {
  if (state === 'due') return lookBy
  if (state === 'under-notice' && answer && notice) return answer.lookBy
  return undefined
}

export const lastDay = (from: Instant, months: number): Day => addMonths(from, months).slice(0, 10)

/** A place of its own between 0 and 1 for each thing, by its id, so that it is the same wherever it is computed. */
function placeOf(subject: string): number {
  const places = 1000
  return [...subject].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % places, 7) / places
}

type Turn = { readonly subject: string; readonly everyDays: number }

/** Projects entered together are not all read on one day: each has its place in the last tenth of the period. */
export const assessFrom = (last: Instant, { subject, everyDays }: Turn): Instant =>
  addDays(last, everyDays - (everyDays / 10) * placeOf(subject))

/** A landscape that was entered at once is read for the first time in the course of a whole period: no flood of repositories. */
export const firstAssessFrom = (since: Instant, { subject, everyDays }: Turn): Instant =>
  addDays(since, everyDays * placeOf(subject))
