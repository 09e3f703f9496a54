// The tables of the conduct domain: which texts came into force here, and who accepted which.
import type { ColumnType } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Read } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import type { Publication } from './words.ts'

type Time = ColumnType<Date, string, string>

export type ConductTables = {
  conduct_texts: { entry: string; hash: string; title: string; text: string; address: string | null; since: Time }
  conduct_acceptances: { person: string; hash: string; accepted: Time }
}

export const conductTables = [
  'conduct_texts',
  'conduct_acceptances',
] as const satisfies readonly (keyof ConductTables)[]

const statements = [
  sql`create table conduct_texts (
    entry text primary key, hash text not null, title text not null, text text not null, address text,
    since timestamptz not null
  )`,
  sql`create table conduct_acceptances (
    person text, hash text, accepted timestamptz not null, primary key (person, hash)
  )`,
  sql`create index conduct_acceptances_hash on conduct_acceptances (hash)`,
]

export const conductMigrations: Record<string, Migration> = {
  '2026-11-22-conduct-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of conductTables) await grantAll(db, table)
    },
  },
}

/** Every text that came into force, the newest first; one that came back stands twice. */
export async function publications(read: Read): Promise<readonly Publication[]> {
  const rows = await read
    .on<ConductTables>()
    .selectFrom('conduct_texts')
    .selectAll()
    .orderBy('since', 'desc')
    .orderBy('entry', 'desc')
    .execute()
  return rows.map(({ since, address, ...row }) => ({
    ...row,
    since: since.toISOString(),
    ...(address !== null && { address }),
  }))
}

/** The hash of the text in force; undefined before any was. */
export async function currentHash(read: Read): Promise<string | undefined> {
  const row = await read
    .on<ConductTables>()
    .selectFrom('conduct_texts')
    .select('hash')
    .orderBy('since', 'desc')
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.hash
}

const currentAcceptance = prepared<ConductTables, { person: string }>()((db, { person }) =>
  db
    .selectFrom('conduct_acceptances')
    .select('hash')
    .where('person', '=', person)
    .where('hash', '=', ({ selectFrom }) =>
      selectFrom('conduct_texts').select('hash').orderBy('since', 'desc').orderBy('entry', 'desc').limit(1),
    ),
)

/** Whether the person accepted the text in force; false before any text was. */
export async function hasAcceptedCurrent(read: Read, person: string): Promise<boolean> {
  return (await currentAcceptance(read, { person })).length > 0
}

export type Acceptance = { readonly hash: string; readonly accepted: string }

/** Which texts the person accepted, and when; the newest first. */
export async function acceptancesOf(read: Read, person: string): Promise<readonly Acceptance[]> {
  const rows = await read
    .on<ConductTables>()
    .selectFrom('conduct_acceptances')
    .select(['hash', 'accepted'])
    .where('person', '=', person)
    .orderBy('accepted', 'desc')
    .orderBy('hash')
    .execute()
  return rows.map(({ hash, accepted }) => ({ hash, accepted: accepted.toISOString() }))
}

/** Everybody who accepted this text. */
export async function acceptedBy(read: Read, hash: string): Promise<ReadonlySet<string>> {
  const rows = await read
    .on<ConductTables>()
    .selectFrom('conduct_acceptances')
    .select('person')
    .where('hash', '=', hash)
    .execute()
  return new Set(rows.map(({ person }) => person))
}

/** How many people accepted each text. */
export async function acceptanceCounts(read: Read): Promise<ReadonlyMap<string, number>> {
  const rows = await read
    .on<ConductTables>()
    .selectFrom('conduct_acceptances')
    .select(['hash', sql<string>`count(*)`.as('count')])
    .groupBy('hash')
    .execute()
  return new Map(rows.map(({ hash, count }) => [hash, Number(count)]))
}

/** Those who accepted some text, but not this one. */
export async function behind(read: Read, hash: string): Promise<readonly string[]> {
  const rows = await read.on<ConductTables>().selectFrom('conduct_acceptances').select('person').distinct().execute()
  const current = await acceptedBy(read, hash)
  return rows.map(({ person }) => person).filter(person => !current.has(person))
}
