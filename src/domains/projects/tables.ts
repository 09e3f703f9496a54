// The tables of projects. Lists of ids are kept as JSON text, so that they compare as they were recorded.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Application, ApplicationStage, Contact, Disagreement, Project, Review, Tick } from './words.ts'

type ProjectRow = {
  id: string
  slug: string
  name: string
  homepage: string | null
  repository: string | null
  /** The address without what makes no difference, for finding the same one again. */
  repository_key: string | null
  category: string | null
  subcategory: string | null
  stage: string
  is_archived: boolean
  licence: string | null
  summary: string | null
  goals: string | null
  non_goals: string | null
  accepted: string | null
  entered: Date
  application: string | null
  stage_since: Date
  reapply_from: Date | null
}
type ApplicationRow = {
  id: string
  project: string | null
  kind: string
  name: string
  homepage: string | null
  repository: string
  repository_key: string
  licence: string
  summary: string
  goals: string
  non_goals: string
  similar_projects: string
  criteria: string
  applicant: string
  filed: Date
  stage: ApplicationStage
  decided: Date | null
  decision: string | null
  motion: string | null
  reasons: string | null
  reapply_from: Date | null
}
type ReviewRow = {
  entry: string
  application: string
  person: string
  seat: string | null
  body: string | null
  at: Date
  text: string
  assessment: string | null
  ticks: string
  disagreements: string
}

export type Tables = {
  projects: ProjectRow
  applications: ApplicationRow
  /** Private: never shown to anybody but the applicant and the staff. */
  application_contacts: { application: string; contacts: string }
  reviews: ReviewRow
  /** Who maintains a project, or answers for an application. */
  maintainers: { subject: string; person: string }
}

export const tableNames = [
  'projects',
  'applications',
  'application_contacts',
  'reviews',
  'maintainers',
] as const satisfies readonly (keyof Tables)[]

const statements = [
  sql`create table projects (
    id text primary key, slug text not null unique, name text not null, homepage text, repository text,
    repository_key text, category text, subcategory text, stage text not null, is_archived boolean not null,
    licence text, summary text, goals text, non_goals text, accepted text, entered timestamptz not null, application text
  )`,
  sql`create index projects_repository on projects (repository_key)`,
  sql`create table applications (
    id text primary key, project text, kind text not null, name text not null, homepage text, repository text not null,
    repository_key text not null, licence text not null, summary text not null, goals text not null,
    non_goals text not null, similar_projects text not null, criteria text not null, applicant text not null,
    filed timestamptz not null, stage text not null, decided timestamptz, decision text, motion text, reasons text,
    reapply_from timestamptz
  )`,
  sql`create index applications_repository on applications (repository_key)`,
  sql`create index applications_applicant on applications (applicant)`,
  sql`create table application_contacts (application text primary key, contacts text not null)`,
  sql`create table reviews (
    entry text primary key, application text not null, person text not null, seat text, body text,
    at timestamptz not null, text text not null, assessment text, ticks text not null, disagreements text not null
  )`,
  sql`create index reviews_application on reviews (application)`,
  sql`create table maintainers (subject text, person text, primary key (subject, person))`,
  sql`create index maintainers_person on maintainers (person)`,
]

/** Projects that were there before have been at their stage since they were admitted to it, or entered. */
const since = [
  sql`alter table projects add column stage_since timestamptz`,
  sql`alter table projects add column reapply_from timestamptz`,
  sql`update projects p set stage_since = coalesce((select decided from applications a where a.id = p.application), p.entered)`,
  sql`alter table projects alter column stage_since set not null`,
]

export const migrations: Record<string, Migration> = {
  '2026-11-22-projects-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of tableNames) await grantAll(db, table)
    },
  },
  '2026-11-23-projects-1': {
    async up(db) {
      for (const statement of since) await statement.execute(db)
    },
  },
}

export const projectOf = (row: ProjectRow): Project => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  homepage: row.homepage,
  repository: row.repository,
  category: row.category,
  subcategory: row.subcategory,
  stage: row.stage,
  isArchived: row.is_archived,
  licence: row.licence,
  summary: row.summary,
  goals: row.goals,
  nonGoals: row.non_goals,
  accepted: row.accepted,
  entered: row.entered.toISOString(),
  application: row.application,
  stageSince: row.stage_since.toISOString(),
  reapplyFrom: row.reapply_from?.toISOString() ?? null,
})

// What stands in these columns was written from facts that their schemas had checked.
const listIn = <Item>(text: string): Item[] => JSON.parse(text) as Item[]

export const applicationOf = (row: ApplicationRow): Application => ({
  id: row.id,
  project: row.project,
  kind: row.kind,
  name: row.name,
  homepage: row.homepage,
  repository: row.repository,
  licence: row.licence,
  summary: row.summary,
  goals: row.goals,
  nonGoals: row.non_goals,
  similar: listIn<string>(row.similar_projects),
  criteria: row.criteria,
  applicant: row.applicant,
  filed: row.filed.toISOString(),
  stage: row.stage,
  decided: row.decided?.toISOString() ?? null,
  decision: row.decision,
  motion: row.motion,
  reasons: row.reasons,
  reapplyFrom: row.reapply_from?.toISOString() ?? null,
})

export const reviewOf = (row: ReviewRow): Review => ({
  entry: row.entry,
  application: row.application,
  person: row.person,
  seat: row.seat,
  body: row.body,
  at: row.at.toISOString(),
  text: row.text,
  assessment: row.assessment,
  ticks: listIn<Tick>(row.ticks),
  disagreements: listIn<Disagreement>(row.disagreements),
})

export const contactsIn = (text: string): Contact[] => listIn<Contact>(text)
