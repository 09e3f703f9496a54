// The tables of assessments: one row for each request and its answer, and the working papers by their hash.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { AssessmentView, Stage } from './words.ts'

type Row = {
  id: string
  subject: string
  repository: string
  criteria: string
  as_of: Date
  stage: Stage
  asked: Date
  answered: Date | null
  entry: string
  commit: string | null
  passes: number | null
  fails: number | null
  unknowns: number | null
  persons: number | null
  paper: string | null
  criteria_hash: string | null
  engine: string | null
  reason: string | null
}

export type Tables = {
  assessments: Row
  assessment_papers: { hash: string; text: string }
}

export const tableNames = ['assessments'] as const
export const paperTables = ['assessment_papers'] as const

const statements = [
  sql`create table assessments (
    id text primary key, subject text not null, repository text not null, criteria text not null,
    as_of timestamptz not null, stage text not null, asked timestamptz not null, answered timestamptz,
    entry text not null, commit text, passes integer, fails integer, unknowns integer, persons integer,
    paper text, criteria_hash text, engine text, reason text
  )`,
  sql`create index assessments_subject on assessments (subject)`,
  sql`create table assessment_papers (hash text primary key, text text not null)`,
]

export const migrations: Record<string, Migration> = {
  '2026-11-22-assessments-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of [...tableNames, ...paperTables]) await grantAll(db, table)
    },
  },
}

function findingsIn(row: Row): AssessmentView['findings'] {
  const { commit, paper, criteria_hash: criteriaHash, engine, passes, fails, unknowns, persons } = row
  if (commit === null || paper === null || criteriaHash === null || engine === null) return null
  const counts = { pass: passes ?? 0, fail: fails ?? 0, unknown: unknowns ?? 0, needsPerson: persons ?? 0 }
  return { commit, counts, paper, criteriaHash, engine }
}

export const viewOf = (row: Row): AssessmentView => ({
  id: row.id,
  subject: row.subject,
  repository: row.repository,
  criteria: row.criteria,
  asOf: row.as_of.toISOString(),
  stage: row.stage,
  asked: row.asked.toISOString(),
  answered: row.answered?.toISOString() ?? null,
  entry: row.entry,
  findings: findingsIn(row),
  reason: row.reason,
})
