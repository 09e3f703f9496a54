// The nouns of membership: which organisation is a member, in which class, since when, in what standing.
import { z } from 'zod'
import type { Day } from '#base/instants.ts'

export const ClassKey = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected the key of a class such as associate')
  .max(40)
  .meta({ title: 'Class', description: 'The key of a class of membership that the charter sets up.' })

/** A lapsed member has not done its part (a fee not paid, say): it stays a member, and may be restored. */
export const Standing = z.enum(['good', 'lapsed', 'ended']).meta({
  title: 'Standing',
  labels: { good: 'In good standing', lapsed: 'Lapsed', ended: 'Ended' },
})
export type Standing = z.infer<typeof Standing>

export const standingWords: Record<Standing, string> = {
  good: 'in good standing',
  lapsed: 'lapsed',
  ended: 'ended',
}

/** One membership of one organisation, from its admission to its end. `entry` is the admission in the record. */
export type Member = {
  readonly entry: string
  readonly organisation: string
  readonly class: string
  readonly from: Day
  /** The first day no longer a member. */
  readonly until: Day | null
  readonly standing: Standing
}
