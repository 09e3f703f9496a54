// The tables of motions: one row for each motion, and one for each seat that may vote on it.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Ballot, Choice, Decision, Motion, Resolution, Sphere, Stage, Tally } from './words.ts'

type Standing = 'principal' | 'alternate'

/** `subjects` are the ids that stand in the resolution; `resolves_hash` finds another motion to the same effect. */
export type MotionRow = {
  id: string
  body: string
  sphere: Sphere
  title: string
  reasons: string
  resolves: string | null
  resolves_hash: string | null
  subjects: string[]
  mover: string
  mover_seat: string | null
  moved: Date
  stage: Stage
  second_by: Date | null
  seconder: string | null
  opened: Date | null
  earliest: Date | null
  closes: Date | null
  decision: string | null
  charter: string | null
  is_reminded: boolean
  ended: Date | null
  end_entry: string | null
  tally: string | null
}

/** Made when the vote opens, so that voting changes a row and never adds one: voters at the same time do not clash. */
export type SeatRow = {
  motion: string
  seat: string
  choice: Choice | null
  voter: string | null
  voted_as: Standing | null
  voted: Date | null
  vote_entry: string | null
  replaced_choice: Choice | null
  replaced_as: Standing | null
  recused_person: string | null
  recused_reason: string | null
  recused: Date | null
  recusal_entry: string | null
}

export type Tables = { motions: MotionRow; motion_seats: SeatRow }
export const tableNames = ['motions', 'motion_seats'] as const

const motionsTable = (db: Kysely<unknown>) =>
  db.schema
    .createTable('motions')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('body', 'text', column => column.notNull())
    .addColumn('sphere', 'text', column => column.notNull())
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('reasons', 'text', column => column.notNull())
    .addColumn('resolves', 'text')
    .addColumn('resolves_hash', 'text')
    .addColumn('subjects', sql`text[]`, column => column.notNull())
    .addColumn('mover', 'text', column => column.notNull())
    .addColumn('mover_seat', 'text')
    .addColumn('moved', 'timestamptz', column => column.notNull())
    .addColumn('stage', 'text', column => column.notNull())
    .addColumn('second_by', 'timestamptz')
    .addColumn('seconder', 'text')
    .addColumn('opened', 'timestamptz')
    .addColumn('earliest', 'timestamptz')
    .addColumn('closes', 'timestamptz')
    .addColumn('decision', 'text')
    .addColumn('charter', 'text')
    .addColumn('is_reminded', 'boolean', column => column.notNull())
    .addColumn('ended', 'timestamptz')
    .addColumn('end_entry', 'text')
    .addColumn('tally', 'text')

const seatsTable = (db: Kysely<unknown>) =>
  db.schema
    .createTable('motion_seats')
    .addColumn('motion', 'text', column => column.notNull())
    .addColumn('seat', 'text', column => column.notNull())
    .addColumn('choice', 'text')
    .addColumn('voter', 'text')
    .addColumn('voted_as', 'text')
    .addColumn('voted', 'timestamptz')
    .addColumn('vote_entry', 'text')
    .addColumn('replaced_choice', 'text')
    .addColumn('replaced_as', 'text')
    .addColumn('recused_person', 'text')
    .addColumn('recused_reason', 'text')
    .addColumn('recused', 'timestamptz')
    .addColumn('recusal_entry', 'text')
    .addPrimaryKeyConstraint('motion_seats_key', ['motion', 'seat'])
    // Room on each page for the rows as they will be once every seat has voted: then a vote touches no index, and
    // serializable transactions that looked up their own seat through the same index page do not clash.
    .modifyEnd(sql`with (fillfactor = 30)`)

export const migrations: Record<string, Migration> = {
  '2026-11-22-motions-1': {
    async up(db: Kysely<unknown>) {
      await motionsTable(db).execute()
      await seatsTable(db).execute()
      await db.schema.createIndex('motions_stage').on('motions').columns(['stage', 'id']).execute()
      await db.schema.createIndex('motions_resolves').on('motions').column('resolves_hash').execute()
      for (const table of tableNames) await grantAll(db, table)
    },
  },
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null

// What stands in these columns was written from facts that their schemas had checked.
const parsed = <Value>(text: string | null): Value | null => (text === null ? null : (JSON.parse(text) as Value))

function openingIn({ opened, earliest, closes, decision }: MotionRow): Motion['opening'] {
  const frozen = parsed<Decision>(decision)
  if (!opened || !earliest || !closes || !frozen) return null
  return {
    opened: opened.toISOString(),
    earliest: earliest.toISOString(),
    closes: closes.toISOString(),
    decision: frozen,
  }
}

export const motionOf = (row: MotionRow): Motion => ({
  id: row.id,
  body: row.body,
  sphere: row.sphere,
  title: row.title,
  reasons: row.reasons,
  resolves: parsed<Resolution>(row.resolves),
  mover: row.mover,
  moverSeat: row.mover_seat,
  moved: row.moved.toISOString(),
  stage: row.stage,
  secondBy: instant(row.second_by),
  seconder: row.seconder,
  opening: openingIn(row),
  charter: row.charter,
  isReminded: row.is_reminded,
  ended: instant(row.ended),
  endEntry: row.end_entry,
  tally: parsed<Tally>(row.tally),
})

function voteIn(row: Omit<SeatRow, 'motion'>): Ballot['vote'] {
  const { choice, voter, voted_as, voted, vote_entry, replaced_choice, replaced_as } = row
  if (!choice || !voter || !voted_as || !voted || !vote_entry) return undefined
  const replaces = replaced_choice && replaced_as ? { choice: replaced_choice, as: replaced_as } : undefined
  return { choice, person: voter, as: voted_as, at: voted.toISOString(), entry: vote_entry, replaces }
}

function recusalIn({
  recused_person,
  recused_reason,
  recused,
  recusal_entry,
}: Omit<SeatRow, 'motion'>): Ballot['recusal'] {
  if (!recused_person || recused_reason === null || !recused || !recusal_entry) return undefined
  return { person: recused_person, reason: recused_reason, at: recused.toISOString(), entry: recusal_entry }
}

export const ballotOf = (row: Omit<SeatRow, 'motion'>): Ballot => ({
  seat: row.seat,
  vote: voteIn(row),
  recusal: recusalIn(row),
})
