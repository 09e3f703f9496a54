// The tables of stewardship. What is shown together is kept together as JSON text, as it was recorded.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type {
  Answer,
  Disagreement,
  DisagreementState,
  Notice,
  Review,
  ReviewState,
  Tick,
  Waiver,
  WaiverState,
} from './words.ts'

type ReviewRow = {
  id: string
  project: string
  stage: string
  criteria: string
  body: string
  due: Date
  opened: Date
  look_by: Date
  caller: string | null
  call_reason: string | null
  state: ReviewState
  is_reminded: boolean
  notice: string | null
  cure_by: Date | null
  answer: string | null
  ended: Date | null
  end_entry: string | null
  reviewer: string | null
  text: string | null
  ticks: string
  waived: string
  assessment: string | null
}
type WaiverRow = {
  id: string
  project: string
  requirement: string
  reason: string
  requester: string
  requested: Date
  until_day: string
  state: WaiverState
  decider: string | null
  decided: Date | null
  decision: string | null
  entry: string
}
type DisagreementRow = {
  id: string
  project: string
  review: string
  requirement: string
  outcome: 'pass' | 'fail'
  tick: 'met' | 'not-met'
  assessment: string
  reviewer: string
  found: Date
  state: DisagreementState
  reason: string | null
  owed_by: Date
  closed: Date | null
  entry: string
}

export type Tables = {
  stewardship_reviews: ReviewRow
  /** When the last review of each project ended. */
  stewardship_clocks: { project: string; from_at: Date; review: string; reopened: Date | null }
  waivers: WaiverRow
  disagreements: DisagreementRow
}

export const tableNames = [
  'stewardship_reviews',
  'stewardship_clocks',
  'waivers',
  'disagreements',
] as const satisfies readonly (keyof Tables)[]

const statements = [
  sql`create table stewardship_reviews (
    id text primary key, project text not null, stage text not null, criteria text not null, body text not null,
    due timestamptz not null, opened timestamptz not null, look_by timestamptz not null, caller text, call_reason text, state text not null,
    is_reminded boolean not null, notice text, cure_by timestamptz, answer text, ended timestamptz, end_entry text,
    reviewer text, text text, ticks text not null, waived text not null, assessment text
  )`,
  sql`create index stewardship_reviews_project on stewardship_reviews (project)`,
  sql`create index stewardship_reviews_state on stewardship_reviews (state)`,
  sql`create table stewardship_clocks (
    project text primary key, from_at timestamptz not null, review text not null, reopened timestamptz
  )`,
  sql`create table waivers (
    id text primary key, project text not null, requirement text not null, reason text not null, requester text not null,
    requested timestamptz not null, until_day text not null, state text not null, decider text, decided timestamptz,
    decision text, entry text not null
  )`,
  sql`create index waivers_project on waivers (project)`,
  sql`create index waivers_state on waivers (state)`,
  sql`create table disagreements (
    id text primary key, project text not null, review text not null, requirement text not null, outcome text not null,
    tick text not null, assessment text not null, reviewer text not null, found timestamptz not null, state text not null,
    reason text, owed_by timestamptz not null, closed timestamptz, entry text not null
  )`,
  sql`create index disagreements_project on disagreements (project)`,
  sql`create index disagreements_review on disagreements (review)`,
  sql`create index disagreements_state on disagreements (state)`,
]

export const migrations: Record<string, Migration> = {
  '2026-11-23-stewardship-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of tableNames) await grantAll(db, table)
    },
  },
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null
// What stands in these columns was written from facts that their schemas had checked.
const kept = <Value>(text: string): Value => JSON.parse(text) as Value

export const reviewOf = (row: ReviewRow): Review => ({
  id: row.id,
  project: row.project,
  stage: row.stage,
  criteria: row.criteria,
  body: row.body,
  due: row.due.toISOString(),
  opened: row.opened.toISOString(),
  lookBy: row.look_by.toISOString(),
  caller: row.caller,
  callReason: row.call_reason,
  state: row.state,
  isReminded: row.is_reminded,
  notice: row.notice === null ? null : kept<Notice>(row.notice),
  answer: row.answer === null ? null : kept<Answer>(row.answer),
  ended: instant(row.ended),
  endEntry: row.end_entry,
  reviewer: row.reviewer,
  text: row.text,
  ticks: kept<Tick[]>(row.ticks),
  waived: kept<string[]>(row.waived),
  assessment: row.assessment,
})

export const waiverOf = ({ requirement, until_day, ...row }: WaiverRow): Waiver => ({
  ...row,
  check: requirement,
  until: until_day,
  requested: row.requested.toISOString(),
  decided: instant(row.decided),
})

export const disagreementOf = ({ requirement, owed_by, ...row }: DisagreementRow): Disagreement => ({
  ...row,
  check: requirement,
  owedBy: owed_by.toISOString(),
  found: row.found.toISOString(),
  closed: instant(row.closed),
})
