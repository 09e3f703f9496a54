// The projects that neutrality is counted over, and under which id their history was read.
import type { Settled } from '#acts/term.ts'
import type { Read } from '#database/handles.ts'
import { concentrationTerm, headsOf } from '#domains/contributors/index.ts'
import { type Project, projectsAll } from '#domains/projects/index.ts'

export type Counted = { readonly project: Project; readonly subject: string | undefined }

/** What was read for the application stands for the project until the project itself is read. */
export async function subjectsOf(read: Read, projects: readonly Project[]): Promise<readonly Counted[]> {
  const ids = projects.flatMap(({ id, application }) => (application ? [id, application] : [id]))
  const known = new Set((await headsOf(read, ids)).map(({ subject }) => subject))
  return projects.map(project => ({
    project,
    subject: [project.id, project.application ?? ''].find(id => known.has(id)),
  }))
}

/** Projects of the stages that the charter counts together; archived ones are left out. */
export async function countedProjects(read: Read, term: Settled): Promise<readonly Counted[]> {
  const { stages } = term(concentrationTerm)
  const all = (await projectsAll(read)).filter(({ stage, isArchived }) => stages.includes(stage) && !isArchived)
  return subjectsOf(read, all)
}
