// What the charter's rules weigh for findings about a project: the organisations that stand behind it, and all that control them.
import { z } from 'zod'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Control, controllersAbove, controlsAbout, interestsIn, OrganisationId } from '#domains/people/index.ts'

export const weighed = z.object({
  subjectOrganisations: z.array(OrganisationId.meta({ cedar: 'Organisation' })),
})

export type Behind = { readonly organisations: readonly string[]; readonly controls: readonly Control[] }

/** Read anew for each act: it may have changed since. */
export async function behind(read: Read, project: string | undefined): Promise<Behind> {
  const organisations = project ? await interestsIn(read, [project]) : []
  return { organisations, controls: organisations.length > 0 ? await controlsAbout(read) : [] }
}

export const contextOf = ({ organisations, controls }: Behind, at: Instant) => ({
  subjectOrganisations: [
    ...new Set([...organisations, ...controllersAbove(controls, organisations, dayOf(at))]),
  ].sort(),
})
