// What the charter's rules weigh for findings about a project: the organisations that stand behind it, and all that control them.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import {
  behind as behindResolution,
  organisationsBehind,
  weighed as weighedForMotions,
} from '#domains/motions/index.ts'

export const weighed = weighedForMotions.pick({ subjectOrganisations: true })

/** As a motion about the project would be weighed. */
export const behind = (read: Read, project: string | undefined) =>
  behindResolution(read, { act: 'stewardship.keep', input: project ? { project } : {} })

export const contextOf = (subject: Awaited<ReturnType<typeof behind>>, at: Instant) => ({
  subjectOrganisations: organisationsBehind(subject, at),
})
