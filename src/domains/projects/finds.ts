// Looking up projects, applications and reviews. Other domains see these through the door.
import type { Read } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import { repositoryKey } from './rules.ts'
import { applicationOf, contactsIn, projectOf, reviewOf, type Tables } from './tables.ts'
import {
  type Application,
  type ApplicationStage,
  type Contact,
  openStages,
  type Project,
  type Review,
} from './words.ts'

const on = (read: Read) => read.on<Tables>()
const projects = (read: Read) => on(read).selectFrom('projects').selectAll()
const applications = (read: Read) => on(read).selectFrom('applications').selectAll()

/** By its id or its short name. */
export async function projectBy(read: Read, ref: string): Promise<Project | undefined> {
  const row = await projects(read)
    .where(ref.startsWith('prj_') ? 'id' : 'slug', '=', ref)
    .executeTakeFirst()
  return row && projectOf(row)
}

/** In the order of their names. */
export async function projectsAll(read: Read): Promise<readonly Project[]> {
  return (await projects(read).orderBy('name').orderBy('id').execute()).map(projectOf)
}

/** What the landscape shows of a project. */
export type Listed = Pick<
  Project,
  'slug' | 'name' | 'repository' | 'category' | 'subcategory' | 'stage' | 'isArchived' | 'licence' | 'summary'
>

const listed = prepared<Tables, Record<never, never>>()(db =>
  db
    .selectFrom('projects')
    .select(['slug', 'name', 'repository', 'category', 'subcategory', 'stage', 'licence', 'summary'])
    .select('is_archived as isArchived')
    .orderBy('name')
    .orderBy('id'),
)

/** All of them, in the order of their names. */
export const projectsListed = (read: Read): Promise<readonly Listed[]> => listed(read, {})

/** What the clock and the table of the landscape must know of each project that is not archived: narrow, for the clock asks every second. */
export type Watched = Pick<Project, 'id' | 'slug' | 'name' | 'category' | 'stage' | 'stageSince' | 'repository'>

const watched = prepared<Tables, Record<never, never>>()(db =>
  db
    .selectFrom('projects')
    .select(['id', 'slug', 'name', 'category', 'stage', 'repository', 'stage_since'])
    .where('is_archived', '=', false)
    .orderBy('name')
    .orderBy('id'),
)

/** In the order of their names. */
export async function projectsWatched(read: Read): Promise<readonly Watched[]> {
  return (await watched(read, {})).map(({ stage_since, ...row }) => ({ ...row, stageSince: stage_since.toISOString() }))
}

/** Every review of an application in which somebody found otherwise than its assessment, the newest first. */
export async function disagreeingReviews(read: Read): Promise<readonly Review[]> {
  const rows = await on(read)
    .selectFrom('reviews')
    .selectAll()
    .where('disagreements', '<>', '[]')
    .orderBy('entry', 'desc')
    .execute()
  return rows.map(reviewOf)
}

export async function projectsBy(read: Read, refs: readonly string[]): Promise<readonly Project[]> {
  if (refs.length === 0) return []
  const rows = await projects(read)
    .where(or => or.or([or('id', 'in', refs), or('slug', 'in', refs)]))
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(projectOf)
}

/** Those with this short name or this repository, however its address is spelt. */
export async function projectsLike(
  read: Read,
  { slug, repository }: { slug: string; repository?: string | null },
): Promise<readonly Project[]> {
  const key = repository ? repositoryKey(repository) : ''
  const rows = await projects(read)
    .where(or => or.or([or('slug', '=', slug), or('repository_key', '=', key)]))
    .orderBy('id')
    .execute()
  return rows.map(projectOf)
}

export async function applicationBy(read: Read, id: string): Promise<Application | undefined> {
  const row = await applications(read).where('id', '=', id).executeTakeFirst()
  return row && applicationOf(row)
}

export async function applicationsBy(read: Read, ids: readonly string[]): Promise<readonly Application[]> {
  if (ids.length === 0) return []
  return (await applications(read).where('id', 'in', ids).orderBy('id', 'desc').execute()).map(applicationOf)
}

/** Every application for the same repository, the newest first. */
export async function applicationsFor(read: Read, repository: string): Promise<readonly Application[]> {
  const rows = await applications(read)
    .where('repository_key', '=', repositoryKey(repository))
    .orderBy('id', 'desc')
    .execute()
  return rows.map(applicationOf)
}

export async function applicationsAbout(read: Read, project: string): Promise<readonly Application[]> {
  return (await applications(read).where('project', '=', project).orderBy('id', 'desc').execute()).map(applicationOf)
}

export type ApplicationsWanted = {
  readonly stages?: readonly ApplicationStage[]
  readonly applicant?: string
  readonly limit?: number
  /** How many to skip. */
  readonly from?: number
}

/** The newest first. */
export async function applicationsPage(read: Read, wanted: ApplicationsWanted = {}): Promise<readonly Application[]> {
  const { stages, applicant, limit = 50, from = 0 } = wanted
  const rows = await applications(read)
    .$if(stages !== undefined, query => query.where('stage', 'in', stages ?? []))
    .$if(applicant !== undefined, query => query.where('applicant', '=', applicant ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(from)
    .execute()
  return rows.map(applicationOf)
}

export const openApplicationsBy = (read: Read, applicant: string): Promise<readonly Application[]> =>
  applicationsPage(read, { applicant, stages: openStages, limit: 100 })

/** Private: for the applicant, the staff and the post only. */
export async function contactsOf(read: Read, application: string): Promise<readonly Contact[]> {
  const row = await on(read)
    .selectFrom('application_contacts')
    .select('contacts')
    .where('application', '=', application)
    .executeTakeFirst()
  return row ? contactsIn(row.contacts) : []
}

/** In the order in which they were written. */
export async function reviewsOf(read: Read, application: string): Promise<readonly Review[]> {
  const rows = await on(read)
    .selectFrom('reviews')
    .selectAll()
    .where('application', '=', application)
    .orderBy('entry')
    .execute()
  return rows.map(reviewOf)
}

export async function maintainersOf(read: Read, subject: string): Promise<readonly string[]> {
  const rows = await on(read)
    .selectFrom('maintainers')
    .select('person')
    .where('subject', '=', subject)
    .orderBy('person')
    .execute()
  return rows.map(({ person }) => person)
}

/** One row for each maintainer of each of these projects. */
export async function maintainersAmong(read: Read, subjects: readonly string[]): Promise<readonly string[]> {
  if (subjects.length === 0) return []
  const rows = await on(read)
    .selectFrom('maintainers')
    .select('person')
    .where('subject', 'in', subjects)
    .orderBy('subject')
    .orderBy('person')
    .execute()
  return rows.map(({ person }) => person)
}

/** The projects and applications that a person answers for. */
export async function maintainedBy(read: Read, person: string): Promise<readonly string[]> {
  const rows = await on(read)
    .selectFrom('maintainers')
    .select('subject')
    .where('person', '=', person)
    .orderBy('subject')
    .execute()
  return rows.map(({ subject }) => subject)
}
