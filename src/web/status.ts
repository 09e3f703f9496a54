// Refusals as HTTP tells them: the only place that knows the numbers, and the body that RFC 9457 describes.
import type { Kind, Refusal } from '#acts/problem.ts'
import { signInFirst } from '#acts/problems.ts'

const numbers = {
  unfit: 422,
  barred: 403,
  missing: 404,
  clash: 409,
  untimely: 409,
  busy: 429,
} as const satisfies Record<Kind, number>

export type Status = (typeof numbers)[Kind] | 401

export const statusOf = ({ refused }: Refusal): Status => (refused === signInFirst ? 401 : numbers[refused.kind])

/** `application/problem+json`, with the clauses, the remedy and every unfit field. */
export const problemBody = (refusal: Refusal, instance: string) => ({
  type: `/problems/${refusal.refused.id}`,
  title: refusal.refused.title,
  status: statusOf(refusal),
  ...(refusal.detail && { detail: refusal.detail }),
  instance,
  clauses: refusal.clauses,
  remedy: refusal.remedy ?? refusal.refused.remedy,
  ...(refusal.fields && { fields: refusal.fields.map(({ path, message }) => ({ path: path.join('.'), message })) }),
})
export type ProblemBody = ReturnType<typeof problemBody>

/** A remedy for people: the case's own, else the problem's. */
export const remedyOf = (refusal: Refusal): string => refusal.remedy ?? refusal.refused.remedy
/** One sentence or two: what is wrong, and what is particular here. */
export const reasonOf = ({ refused, detail }: Refusal): string =>
  detail ? `${refused.title.replace(/\.?$/, '.')} ${detail}` : refused.title.replace(/\.?$/, '.')
