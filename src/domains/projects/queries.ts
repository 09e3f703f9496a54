// The look-ups that API and command line offer about projects and applications.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { AssessmentView, latestFiled } from '#domains/assessments/index.ts'
import { interestsIn } from '#domains/people/index.ts'
import { applicationBy, applicationsPage, maintainersOf, projectBy, projectsAll, reviewsOf } from './finds.ts'
import { matches } from './rules.ts'
import { similarTo } from './similar.ts'
import { Application, ApplicationId, ApplicationStage, Project, ProjectRef, Review, StageKey } from './words.ts'

const perPage = 50

export const list = query({
  name: 'projects.list',
  title: 'Projects',
  describes: 'The landscape: every project, or those of one stage, one category or some words; archived ones marked.',
  takes: z.object({
    stage: StageKey.optional(),
    category: z.string().max(80).optional(),
    search: z.string().max(100).optional(),
    archived: z.stringbool().optional().meta({ description: 'Only archived ones, or only the others.' }),
  }),
  gives: z.object({ projects: z.array(Project) }),
  async finds({ archived, ...wanted }, read) {
    const all = await projectsAll(read)
    const isWanted = (project: Project): boolean =>
      matches(project, wanted) && (archived === undefined || project.isArchived === archived)
    return { projects: all.filter(isWanted) }
  },
})

export const show = query({
  name: 'projects.show',
  title: 'A project',
  describes: 'A project with its maintainers, the organisations behind it and its newest assessment.',
  takes: z.object({ project: ProjectRef }),
  gives: Project.extend({
    maintainers: z.array(z.string()),
    organisations: z.array(z.string()),
    assessment: AssessmentView.nullable(),
  }),
  async finds({ project: ref }, read) {
    const project = await projectBy(read, ref)
    if (!project) return undefined
    return {
      ...project,
      maintainers: [...(await maintainersOf(read, project.id))],
      organisations: [...(await interestsIn(read, [project.id]))],
      assessment: (await latestFiled(read, [project.id])).get(project.id) ?? null,
    }
  },
})

export const similar = query({
  name: 'projects.similar',
  title: 'Similar projects',
  describes: 'The projects of the landscape that are nearest to a description, the nearest first.',
  takes: z.object({ text: z.string().min(3).max(2000), limit: z.coerce.number().int().min(1).max(20).default(8) }),
  gives: z.object({ projects: z.array(Project) }),
  finds: async (wanted, read) => ({ projects: [...(await similarTo(read, wanted))] }),
})

export const applications = query({
  name: 'projects.applications',
  title: 'Applications',
  describes: 'Applications, the newest first; without the contacts, which are sealed.',
  takes: z.object({ stage: ApplicationStage.optional(), page: z.coerce.number().int().min(1).default(1) }),
  gives: z.object({ applications: z.array(Application) }),
  async finds({ stage, page }, read) {
    const wanted = { limit: perPage, from: (page - 1) * perPage, ...(stage && { stages: [stage] }) }
    return { applications: [...(await applicationsPage(read, wanted))] }
  },
})

export const application = query({
  name: 'projects.application',
  title: 'An application',
  describes: 'An application with its reviews, the organisations behind it and its newest assessment.',
  takes: z.object({ application: ApplicationId }),
  gives: Application.extend({
    organisations: z.array(z.string()),
    reviews: z.array(Review),
    assessment: AssessmentView.nullable(),
  }),
  async finds({ application: id }, read) {
    const found = await applicationBy(read, id)
    if (!found) return undefined
    return {
      ...found,
      organisations: [...(await interestsIn(read, [id]))],
      reviews: [...(await reviewsOf(read, id))],
      assessment: (await latestFiled(read, [id])).get(id) ?? null,
    }
  },
})

export const queries = [list, show, similar, applications, application]
