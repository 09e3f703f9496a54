// The tables of assessments: one row for each request and its answer, how each thing stands now, and the papers by their hash.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { AssessmentView, Outcome, Stage, Standing } from './words.ts'

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

type StandingRow = {
  subject: string
  /** The last one asked for about the present. */
  last: string
  last_as_of: Date
  last_stage: Stage
  last_reason: string | null
  /** The newest one filed. */
  assessment: string | null
  criteria: string | null
  as_of: Date | null
  commit: string | null
  paper: string | null
  /** JSON: the outcome of each requirement by its id. */
  outcomes: string | null
  passes: number | null
  fails: number | null
  unknowns: number | null
  persons: number | null
  newcomers: number | null
  /** JSON: what the first commit of each newcomer tells of how long it took to land. */
  landings: string | null
  /** Whether the text proves a licence that is allowed; null where it decides neither. */
  licence: Outcome | null
  /** In the twelve months before it, by tags that name one; null where the paper does not say. */
  releases: number | null
}

export type Tables = {
  assessments: Row
  assessment_standings: StandingRow
  /** How far those under way have come. No effect, so not rebuilt. */
  assessment_progress: { assessment: string; says: string; done: number | null; whole: number | null; at: Date }
  assessment_papers: { hash: string; text: string }
}

export const tableNames = ['assessments', 'assessment_standings'] as const
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

/** What was filed before there were standings is put into them, as filing would have done. */
const standings = [
  sql`create table assessment_standings (
    subject text primary key, last text not null, last_as_of timestamptz not null, last_stage text not null,
    last_reason text, assessment text, criteria text, as_of timestamptz, commit text, paper text, outcomes text,
    passes integer, fails integer, unknowns integer, persons integer, newcomers integer
  )`,
  sql`create index assessment_standings_last on assessment_standings (last)`,
  sql`create table assessment_progress (
    assessment text primary key, says text not null, done integer, whole integer, at timestamptz not null
  )`,
  sql`insert into assessment_standings (subject, last, last_as_of, last_stage, last_reason)
    select distinct on (subject) subject, id, as_of, stage, reason from assessments order by subject, as_of desc, id desc`,
  sql`update assessment_standings s set assessment = n.id, criteria = n.criteria, as_of = n.as_of, commit = n.commit,
      paper = n.paper, passes = n.passes, fails = n.fails, unknowns = n.unknowns, persons = n.persons,
      outcomes = (select json_object_agg(c->>'id', c->>'outcome')::text
        from assessment_papers p, jsonb_array_elements(p.text::jsonb->'checks') c where p.hash = n.paper)
    from (select distinct on (subject) * from assessments where stage = 'filed'
      order by subject, as_of desc, id desc) n
    where n.subject = s.subject`,
]

/** Papers of before do not say it: their counts, by calendar months, are not the same figure. */
const landings = [
  sql`alter table assessment_standings add column landings text`,
  sql`update assessment_standings set newcomers = null`,
]

/** Papers of before say nothing of releases beside their checks. */
const shown = [
  sql`alter table assessment_standings add column licence text, add column releases integer`,
  sql`update assessment_standings s set licence =
    (select case when bool_or(c->'shows'->>'licence' = 'fail') then 'fail'
                 when bool_or(c->'shows'->>'licence' = 'pass') then 'pass' end
      from assessment_papers p, jsonb_array_elements(p.text::jsonb->'checks') c where p.hash = s.paper)`,
]

export const migrations: Record<string, Migration> = {
  '2026-11-22-assessments-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of ['assessments', ...paperTables]) await grantAll(db, table)
    },
  },
  '2026-11-23-assessments-1': {
    async up(db) {
      for (const statement of standings) await statement.execute(db)
      for (const table of ['assessment_standings', 'assessment_progress']) await grantAll(db, table)
    },
  },
  '2026-11-23-assessments-3': {
    async up(db) {
      for (const statement of landings) await statement.execute(db)
    },
  },
  '2026-11-23-assessments-4': {
    async up(db) {
      for (const statement of shown) await statement.execute(db)
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

export const standingOf = (row: Omit<StandingRow, 'landings'>): Standing => ({
  subject: row.subject,
  last: row.last,
  lastAsOf: row.last_as_of.toISOString(),
  lastStage: row.last_stage,
  lastReason: row.last_reason,
  filed:
    row.assessment === null || row.as_of === null || row.criteria === null || row.paper === null
      ? null
      : {
          assessment: row.assessment,
          criteria: row.criteria,
          asOf: row.as_of.toISOString(),
          commit: row.commit ?? '',
          paper: row.paper,
          // Read when it is looked at: a landscape has thousands, and a page of it shows few.
          get outcomes() {
            return JSON.parse(row.outcomes ?? '{}') as Record<string, Outcome> // from a paper of the engine
          },
          counts: {
            pass: row.passes ?? 0,
            fail: row.fails ?? 0,
            unknown: row.unknowns ?? 0,
            needsPerson: row.persons ?? 0,
          },
          newcomers: row.newcomers,
          licence: row.licence,
          releases: row.releases,
        },
})
