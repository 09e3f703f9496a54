// What the charter's rules weigh for every act on a motion: the body's sphere, who stands behind its subject, who moved it.
import { z } from 'zod'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import {
  type Control,
  controllersAbove,
  controlsAbout,
  interestsIn,
  OrganisationId,
  PersonId,
} from '#domains/people/index.ts'
import { idsIn } from '#record/leaf.ts'
import { type Motion, type Resolution, Sphere } from './words.ts'

export const weighed = z.object({
  sphere: Sphere,
  /** Those behind the subject and all that control them, so that a rule also meets whoever works for a parent or a sister. */
  subjectOrganisations: z.array(OrganisationId.meta({ cedar: 'Organisation' })),
  mover: PersonId.meta({ cedar: 'Person' }),
})

/** Who stands behind anything that a resolution names. Read anew for each act: it may have changed since. */
export type Behind = { readonly organisations: readonly string[]; readonly controls: readonly Control[] }

export async function behind(read: Read, resolves: Resolution | null | undefined): Promise<Behind> {
  const organisations = await interestsIn(read, idsIn(resolves?.input))
  return { organisations, controls: organisations.length > 0 ? await controlsAbout(read) : [] }
}

export const organisationsBehind = ({ organisations, controls }: Behind, at: Instant): string[] =>
  [...new Set([...organisations, ...controllersAbove(controls, organisations, dayOf(at))])].sort()

/** The engine weighs only what the act would do, so there is a motion by then. */
export function contextOf({ motion, subject }: { motion?: Motion; subject: Behind }, at: Instant) {
  if (!motion) throw new Error('A motion that does not exist was weighed')
  return { sphere: motion.sphere, subjectOrganisations: organisationsBehind(subject, at), mover: motion.mover }
}
