// The tables of bodies, seats and holdings, and how their rows become the domain's nouns.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Body, Holding, Kind, Role, Seat, Source, Sphere, Standing } from './words.ts'

export type Tables = {
  bodies: {
    slug: string
    name: string
    kind: Kind
    sphere: Sphere
    describes: string
    clauses: string[]
    source_title: string | null
    source_address: string | null
    source_date: string | null
    entry: string
  }
  seats: {
    id: string
    body: string
    key: string
    title: string
    appointed_by: string
    is_entitlement: boolean
    role: Role | null
    organisation: string | null
    project: string | null
    /** The how-manieth seat of its body it is, from 0. */
    place: number
    opened: string
    closed: string | null
  }
  holdings: {
    entry: string
    seat: string
    person: string
    as: Standing
    from: string
    until: string | null
    is_reminded: boolean
  }
}

const bodiesTable = (db: Kysely<unknown>) =>
  db.schema
    .createTable('bodies')
    .addColumn('slug', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('sphere', 'text', column => column.notNull())
    .addColumn('describes', 'text', column => column.notNull())
    .addColumn('clauses', sql`text[]`, column => column.notNull())
    .addColumn('source_title', 'text')
    .addColumn('source_address', 'text')
    .addColumn('source_date', 'text')
    .addColumn('entry', 'text', column => column.notNull())

const seatsTable = (db: Kysely<unknown>) =>
  db.schema
    .createTable('seats')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('body', 'text', column => column.notNull())
    .addColumn('key', 'text', column => column.notNull())
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('appointed_by', 'text', column => column.notNull())
    .addColumn('is_entitlement', 'boolean', column => column.notNull())
    .addColumn('role', 'text')
    .addColumn('organisation', 'text')
    .addColumn('project', 'text')
    .addColumn('place', 'integer', column => column.notNull())
    .addColumn('opened', 'text', column => column.notNull())
    .addColumn('closed', 'text')
    .addUniqueConstraint('seats_body_key', ['body', 'key'])

const holdingsTable = (db: Kysely<unknown>) =>
  db.schema
    .createTable('holdings')
    .addColumn('entry', 'text', column => column.primaryKey())
    .addColumn('seat', 'text', column => column.notNull())
    .addColumn('person', 'text', column => column.notNull())
    .addColumn('as', 'text', column => column.notNull())
    .addColumn('from', 'text', column => column.notNull())
    .addColumn('until', 'text')
    .addColumn('is_reminded', 'boolean', column => column.notNull())

const index = (db: Kysely<unknown>, name: string, [table, column]: readonly [string, string]) =>
  db.schema.createIndex(name).on(table).column(column).execute()

export const migrations: Record<string, Migration> = {
  '2026-11-22-bodies-1': {
    async up(db: Kysely<unknown>) {
      for (const table of [bodiesTable, seatsTable, holdingsTable]) await table(db).execute()
      await index(db, 'seats_organisation', ['seats', 'organisation'])
      await index(db, 'holdings_seat', ['holdings', 'seat'])
      await index(db, 'holdings_person', ['holdings', 'person'])
      for (const table of tableNames) await grantAll(db, table)
    },
  },
}

export const tableNames = ['bodies', 'seats', 'holdings'] as const

const sourceOf = (row: Tables['bodies']): Source | null =>
  row.source_title !== null && row.source_address !== null && row.source_date !== null
    ? { title: row.source_title, address: row.source_address, date: row.source_date }
    : null

export const bodyOf = (row: Tables['bodies']): Body => ({
  slug: row.slug,
  name: row.name,
  kind: row.kind,
  sphere: row.sphere,
  describes: row.describes,
  clauses: row.clauses,
  source: sourceOf(row),
})

export const seatOf = (row: Tables['seats']): Seat => ({
  id: row.id,
  body: row.body,
  key: row.key,
  title: row.title,
  appointedBy: row.appointed_by,
  isEntitlement: row.is_entitlement,
  role: row.role,
  forOrganisation: row.organisation,
  forProject: row.project,
  opened: row.opened,
  closed: row.closed,
})

export const holdingOf = ({
  entry,
  seat,
  person,
  as,
  from,
  until,
}: Omit<Tables['holdings'], 'is_reminded'>): Holding => ({
  entry,
  seat,
  person,
  as,
  from,
  until,
})
