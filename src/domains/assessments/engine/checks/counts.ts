// Counts over the history: commits and active people in a window, and contributors over a year.
import { z } from 'zod'
import { dayOf } from '../copy.ts'
import { lastDays, periodOf } from '../windows.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural } from './check.ts'

const WindowParameters = z.strictObject({
  days: z.number().int().min(1).max(3660),
  minimum: z.number().int().min(1),
})
type WindowParameters = z.infer<typeof WindowParameters>

/** A shallow copy, or one that ends before the date, can show that there are enough, never that there are too few. */
function weigh(facts: Facts, { days, minimum }: WindowParameters, counted: { count: number; says: string }): Finding {
  const says = `${counted.says} in the ${days} days before the as-of date; ${minimum} are expected.`
  if (facts.askedOn !== undefined && facts.seenUntil !== undefined)
    return {
      outcome: 'unknown',
      says: `${says} That is of ${dayOf(facts.seenUntil)}, where this copy ends, and nothing tells of ${facts.askedOn}.`,
    }
  if (counted.count >= minimum) return { outcome: 'pass', says }
  if (facts.isShallow)
    return { outcome: 'unknown', says: `${says} This copy of the history is cut off: a full one would settle it.` }
  if (facts.seenUntil !== undefined)
    return {
      outcome: 'unknown',
      says: `${says} Nothing shows that this copy was updated after ${dayOf(facts.seenUntil)}.`,
    }
  return { outcome: 'fail', says }
}

const from = (facts: Facts, days: number) => periodOf(facts.history, lastDays(facts.history, facts.asOf, days))

/** Commits that are neither merges nor a machine's. */
export const commits = check('commits', WindowParameters, (facts, parameters) => {
  const { commits: all, merges, botCommits, humanCommits } = from(facts, parameters.days)
  const says = `${plural(humanCommits, 'commit')} by people, merges left out (${all} with merges and machines),`
  const finding = weigh(facts, parameters, { count: humanCommits, says })
  return { ...finding, evidence: [{}], measured: { commits: all, merges, botCommits, humanCommits } }
})

/** Distinct authors and co-authors who are no machines. */
export const activePeople = check('active-people', WindowParameters, (facts, parameters) => {
  const { people, humanAuthors, authors } = from(facts, parameters.days)
  const says = `${plural(people, 'person', 'people')} (${humanAuthors} as authors) contributed`
  const finding = weigh(facts, parameters, { count: people, says })
  return { ...finding, evidence: [{}], measured: { people, humanAuthors, authors } }
})
