// What stands in the landscape: projects that were there before the register, corrections of facts, and changes by decision.
import type { Updateable } from 'kysely'
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { isRefusal, refuse } from '#acts/problem.ts'
import { slugOf } from '#base/ids.ts'
import { Day, Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { personBy } from '#domains/people/index.ts'
import { maintainersOf, projectBy, projectsLike } from './finds.ts'
import { nameTaken, noSuchPerson, noSuchProject, noSuchStage, notYours, sameStage, unchanged } from './problems.ts'
import { repositoryKey, stageBy } from './rules.ts'
import type { Tables } from './tables.ts'
import { landscape, stages } from './terms.ts'
import {
  Address,
  Licence,
  type Project,
  ProjectId,
  ProjectName,
  ProjectRef,
  ProjectSlug,
  Repository,
  StageKey,
} from './words.ts'

const Category = z.string().trim().min(1).max(80)
const Summary = z.string().trim().min(1).max(2000)

const corrigible = {
  homepage: Address.optional().meta({ title: 'Homepage' }),
  repository: Repository.optional(),
  category: Category.optional().meta({ title: 'Category' }),
  subcategory: Category.optional().meta({ title: 'Subcategory' }),
  licence: Licence.optional(),
  summary: Summary.optional().meta({ title: 'Summary', description: 'What it is, in a sentence or two.' }),
  accepted: Day.optional().meta({ title: 'Accepted on', description: 'The day on which it was taken in, if known.' }),
}

const facts = {
  homepage: z.string().nullable(),
  repository: z.string().nullable(),
  category: z.string().nullable(),
  subcategory: z.string().nullable(),
  licence: z.string().nullable(),
  summary: z.string().nullable(),
  accepted: Day.nullable(),
}
type Facts = { [Name in keyof typeof facts]: string | null }

export const keyOf = (repository: string | null): string | null => (repository ? repositoryKey(repository) : null)

export const enter = act({
  name: 'projects.enter',
  title: 'Enter a project that is in the landscape already',
  describes:
    'Enters a project that was taken in before this register was opened. New projects are admitted by a vote instead.',
  under: landscape,
  by: ['operator'],
  takes: z.object({
    name: ProjectName,
    slug: ProjectSlug.optional(),
    stage: StageKey,
    isArchived: z.boolean().optional().meta({ title: 'Archived' }),
    ...corrigible,
  }),
  records: z.object({
    project: ProjectId,
    slug: z.string(),
    name: z.string(),
    stage: StageKey,
    isArchived: z.boolean(),
    ...facts,
  }),
  refuses: [noSuchStage, nameTaken],
  finds: ({ name, slug, repository }, read) => projectsLike(read, { slug: slug ?? slugOf(name), repository }),
  decides({ input, found, term, fresh }) {
    if (!stageBy(term(stages), input.stage)) return refuse(noSuchStage)
    const [known] = found
    if (known) return refuse(nameTaken, { detail: `${known.name} has the short name ${known.slug}.` })
    const { name, slug = slugOf(name), stage, isArchived = false } = input
    return { project: fresh('prj'), slug, name, stage, isArchived, ...factsOf(input, nothing) }
  },
  writes: (tx, { project, isArchived, ...rest }, entry) =>
    tx
      .on<Tables>()
      .insertInto('projects')
      .values({
        id: project,
        is_archived: isArchived,
        ...rest,
        repository_key: keyOf(rest.repository),
        entered: new Date(entry.at),
        stage_since: new Date(entry.at),
      })
      .execute(),
  says: ({ project, stage }) => `entered ${project} as a project that was there already (${stage})`,
})

const nothing: Facts = {
  homepage: null,
  repository: null,
  category: null,
  subcategory: null,
  licence: null,
  summary: null,
  accepted: null,
}

/** What is given replaces what was; what is left out stays. */
const factsOf = (given: Partial<Record<keyof Facts, string>>, before: Facts): Facts => ({
  homepage: given.homepage ?? before.homepage,
  repository: given.repository ?? before.repository,
  category: given.category ?? before.category,
  subcategory: given.subcategory ?? before.subcategory,
  licence: given.licence ?? before.licence,
  summary: given.summary ?? before.summary,
  accepted: given.accepted ?? before.accepted,
})

const isSame = (a: Facts, b: Facts): boolean =>
  Object.entries(nothing).every(([name]) => Reflect.get(a, name) === Reflect.get(b, name))

const patch = (tx: Write, project: string, row: Updateable<Tables['projects']>) =>
  tx.on<Tables>().updateTable('projects').set(row).where('id', '=', project).execute()

const findsWithAlike = async (ref: string, repository: string | undefined, read: Read) => {
  const project = await projectBy(read, ref)
  const alike = project && repository ? await projectsLike(read, { slug: project.slug, repository }) : []
  return { project, other: alike.find(one => one.id !== project?.id) }
}

export const correct = act({
  name: 'projects.correct',
  title: 'Correct the facts about a project',
  describes: 'Corrects addresses, categories and other facts; what is left empty stays as it is.',
  under: landscape,
  by: ['staff', 'maintainer', 'operator'],
  takes: z.object({ project: ProjectRef, ...corrigible }),
  records: z.object({ project: ProjectId, ...facts }),
  refuses: [noSuchProject, notYours, nameTaken, unchanged],
  finds: ({ project, repository }, read) => findsWithAlike(project, repository, read),
  decides({ input, found: { project, other }, actor }) {
    if (!project) return refuse(noSuchProject)
    if (actor.capacity === 'maintainer' && actor.project !== project.id) return refuse(notYours)
    if (other) return refuse(nameTaken, { detail: `${other.name} has this repository.` })
    const corrected = factsOf(input, project)
    return isSame(corrected, project) ? refuse(unchanged) : { project: project.id, ...corrected }
  },
  writes: (tx, { project, ...rest }) => patch(tx, project, { ...rest, repository_key: keyOf(rest.repository) }),
  says: ({ project }) => `corrected the facts about ${project}`,
})

export const changeStage = act({
  name: 'projects.change-stage',
  title: 'Change the stage of a project',
  describes: 'Moves a project to another stage, as a carried motion decided.',
  under: stages,
  by: ['clock', 'staff', 'operator'],
  takes: z.object({ project: ProjectRef, stage: StageKey }),
  records: z.object({ project: ProjectId, before: StageKey, stage: StageKey }),
  refuses: [noSuchProject, noSuchStage, sameStage],
  finds: ({ project }, read) => projectBy(read, project),
  decides({ input: { stage }, found: project, term }) {
    if (!project) return refuse(noSuchProject)
    if (!stageBy(term(stages), stage)) return refuse(noSuchStage)
    return project.stage === stage ? refuse(sameStage) : { project: project.id, before: project.stage, stage }
  },
  writes: (tx, { project, stage }, entry) => patch(tx, project, { stage, stage_since: new Date(entry.at) }),
  says: ({ project, before, stage }) => `moved ${project} from ${before} to ${stage}`,
})

const Reason = z
  .string()
  .trim()
  .min(10, 'Say why, for everybody to read')
  .max(2000)
  .meta({ title: 'Reason', widget: 'text' })

const ReapplyFrom = Instant.optional().meta({
  title: 'May apply again from',
  description: 'Where a review retired it: an application before this moment is refused.',
})

const shelving = (to: {
  name: `projects.${string}`
  title: string
  describes: string
  isArchived: boolean
  verb: string
  takes: z.ZodType<{ project: string; reason: string; reapplyFrom?: string }>
}) =>
  act({
    name: to.name,
    title: to.title,
    describes: to.describes,
    under: stages,
    by: ['clock', 'staff', 'operator'],
    takes: to.takes,
    records: z.object({ project: ProjectId, reason: z.string(), reapplyFrom: ReapplyFrom }),
    refuses: [noSuchProject, sameStage],
    finds: ({ project }, read) => projectBy(read, project),
    decides({ input, found: project }) {
      if (!project) return refuse(noSuchProject)
      return project.isArchived === to.isArchived ? refuse(sameStage) : { ...input, project: project.id }
    },
    writes: (tx, { project, reapplyFrom }, entry) =>
      patch(tx, project, {
        is_archived: to.isArchived,
        stage_since: new Date(entry.at),
        reapply_from: reapplyFrom ? new Date(reapplyFrom) : null,
      }),
    says: ({ project, reason }) => `${to.verb} ${project}: ${reason}`,
  })

export const archive = shelving({
  name: 'projects.archive',
  title: 'Archive a project',
  describes: 'Moves a project that is no longer cared for to the archive, as a carried motion decided.',
  isArchived: true,
  verb: 'archived',
  takes: z.object({ project: ProjectRef, reason: Reason, reapplyFrom: ReapplyFrom }),
})

export const restore = shelving({
  name: 'projects.restore',
  title: 'Restore an archived project',
  describes: 'Takes a project out of the archive, as a carried motion decided.',
  isArchived: false,
  verb: 'restored',
  takes: z.object({ project: ProjectRef, reason: Reason }),
})

const findsForNaming = async (input: { project: string; person: string }, read: Read) => {
  const project = await projectBy(read, input.project)
  const maintainers = project ? await maintainersOf(read, project.id) : []
  return { project, person: await personBy(read, input.person), maintainers }
}

type Naming = { found: Awaited<ReturnType<typeof findsForNaming>>; actor: { capacity: string; project?: string } }

const namedFor = ({
  found: { project, person },
  actor,
}: Naming): { project: Project; person: string } | ReturnType<typeof refuse> => {
  if (!project) return refuse(noSuchProject)
  if (actor.capacity === 'maintainer' && actor.project !== project.id) return refuse(notYours)
  return !person || person.erased ? refuse(noSuchPerson) : { project, person: person.id }
}

const PersonRef = z
  .string()
  .trim()
  .max(40)
  .meta({ title: 'Person', description: 'Their id, from the address of their page.' })

export const nameMaintainer = act({
  name: 'projects.name-maintainer',
  title: 'Name a maintainer',
  describes: 'Says that a registered person maintains a project and may act for it.',
  under: landscape,
  by: ['maintainer', 'staff', 'operator'],
  takes: z.object({ project: ProjectRef, person: PersonRef }),
  records: z.object({ project: ProjectId, person: z.string() }),
  refuses: [noSuchProject, notYours, noSuchPerson, unchanged],
  finds: findsForNaming,
  decides(question) {
    const named = namedFor(question)
    if (isRefusal(named)) return named
    if (question.found.maintainers.includes(named.person)) return refuse(unchanged)
    return { project: named.project.id, person: named.person }
  },
  writes: (tx, { project, person }) =>
    tx.on<Tables>().insertInto('maintainers').values({ subject: project, person }).execute(),
  says: ({ project, person }) => `named ${person} a maintainer of ${project}`,
})

export const removeMaintainer = act({
  name: 'projects.remove-maintainer',
  title: 'Remove a maintainer',
  describes: 'Says that somebody no longer maintains a project.',
  under: landscape,
  by: ['maintainer', 'staff', 'operator'],
  takes: z.object({ project: ProjectRef, person: PersonRef }),
  records: z.object({ project: ProjectId, person: z.string() }),
  refuses: [noSuchProject, notYours, noSuchPerson, unchanged],
  finds: findsForNaming,
  decides(question) {
    const named = namedFor(question)
    if (isRefusal(named)) return named
    if (!question.found.maintainers.includes(named.person)) return refuse(unchanged)
    return { project: named.project.id, person: named.person }
  },
  writes: (tx, { project, person }) =>
    tx.on<Tables>().deleteFrom('maintainers').where('subject', '=', project).where('person', '=', person).execute(),
  says: ({ project, person }) => `took ${person} off the maintainers of ${project}`,
})
