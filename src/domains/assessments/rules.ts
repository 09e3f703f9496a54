// Pure decisions about assessments: counting outcomes, and which moment a day stands for.
import { addDays, type Day, dayOf, type Instant } from '#base/instants.ts'
import type { AssessmentView, CheckResult, Counts, Outcome, Paper } from './words.ts'

export function countsOf(checks: readonly Pick<CheckResult, 'outcome'>[]): Counts {
  const count = (outcome: Outcome): number => checks.filter(check => check.outcome === outcome).length
  return { pass: count('pass'), fail: count('fail'), unknown: count('unknown'), needsPerson: count('needs-person') }
}

/** "12 pass, 3 fail, 1 unknown, 4 need a person". */
export const saysCounts = ({ pass, fail, unknown, needsPerson }: Counts): string =>
  `${pass} pass, ${fail} fail, ${unknown} unknown, ${needsPerson} need${needsPerson === 1 ? 's' : ''} a person`

/** Today stands for now, an earlier day for its end; undefined for a day to come. */
export function momentOf(day: Day, at: Instant): Instant | undefined {
  const today = dayOf(at)
  if (day > today) return undefined
  return day === today ? at : `${day}T23:59:59.999Z`
}

/** `https://github.com/a/b.git` becomes `github.com/a/b`. */
export const shortAddress = (repository: string): string =>
  repository.replace(/^https?:\/\//, '').replace(/(\.git)?\/*$/, '')

/** The engine counts in whole seconds, so the dates agree to the second. */
export const isAbout = (
  asked: Pick<AssessmentView, 'criteria' | 'asOf'>,
  paper: Pick<Paper, 'criteria' | 'asOf'>,
): boolean => asked.criteria === paper.criteria.id && asked.asOf.slice(0, 19) === paper.asOf.slice(0, 19)

/** Whether one more may be asked for, given when earlier ones were. */
export const mayAsk = (times: readonly Instant[], at: Instant, mostPerDay: number): boolean =>
  times.filter(time => time > addDays(at, -1)).length < mostPerDay
