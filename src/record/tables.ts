// The record's tables: entries as they were committed, the log made of them, and the vault of sealed values.

import type { ColumnType } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { forbidChange, grantAll, grantAppend } from '#database/grants.ts'

/** bigint columns may arrive as text, depending on the driver's settings: read them with `Number`. */
export type Big = ColumnType<string | number, number, number>
type Time = ColumnType<Date, string, string>

export type RecordTables = {
  entries: {
    id: string
    at: Time
    act: string
    person: string | null
    capacity: string
    cause: string | null
    mandate: string | null
    subjects: string[]
    leaf: string
    hash: Buffer
  }
  pending: { place: ColumnType<string | number, never, never>; entry: string; hash: Buffer }
  leaves: { idx: Big; entry: string; hash: Buffer }
  tiles: { level: number; n: Big; hashes: Buffer }
  checkpoints: { size: Big; root: Buffer; note: string; at: Time }
  head: { one: boolean; size: Big; frontier: Buffer; at: Time }
  vault: { entry: string; field: string; subject: string | null; salt: Buffer; value: string }
}

const statements = [
  sql`create table if not exists entries (
    id text primary key,
    at timestamptz not null,
    act text not null,
    person text,
    capacity text not null,
    cause text,
    mandate text,
    subjects text[] not null,
    leaf text not null,
    hash bytea not null
  )`,
  sql`create index if not exists entries_subjects on entries using gin (subjects)`,
  sql`create index if not exists entries_person on entries (person, id) where person is not null`,
  sql`create index if not exists entries_act on entries (act, id)`,
  sql`create index if not exists entries_mandate on entries (mandate) where mandate is not null`,
  sql`create index if not exists entries_cause on entries (cause) where cause is not null`,
  // place keeps causes before their effects within a batch; it is never used as a high-water mark
  sql`create table if not exists pending (
    place bigint generated always as identity primary key, entry text not null, hash bytea not null
  )`,
  sql`create table if not exists leaves (idx bigint primary key, entry text not null unique, hash bytea not null)`,
  sql`create table if not exists tiles (level integer, n bigint, hashes bytea not null, primary key (level, n))`,
  sql`alter table tiles alter column hashes set storage external`,
  sql`create table if not exists checkpoints (
    size bigint primary key, root bytea not null, note text not null, at timestamptz not null
  )`,
  sql`create table if not exists head (
    one boolean primary key default true check (one), size bigint not null, frontier bytea not null, at timestamptz not null
  )`,
  sql`insert into head (size, frontier, at) values (0, '', 'epoch') on conflict do nothing`,
  sql`create table if not exists vault (
    entry text, field text, subject text, salt bytea not null, value text not null, primary key (entry, field)
  )`,
  sql`create index if not exists vault_subject on vault (subject) where subject is not null`,
]

export const recordMigrations: Record<string, Migration> = {
  '2026-11-22-record-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of ['entries', 'leaves', 'checkpoints']) {
        await grantAppend(db, table)
        await forbidChange(db, table)
      }
      for (const table of ['pending', 'tiles', 'head', 'vault']) await grantAll(db, table)
    },
  },
}
