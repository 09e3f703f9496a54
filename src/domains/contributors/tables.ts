// The tables of contributors. `contributor_addresses` is private: only this domain reads it, and nothing of it leaves but by the operator's export.
import { randomBytes } from 'node:crypto'
import { type ColumnType, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Form, Kind, StatedBy } from './words.ts'

type Time = ColumnType<Date, Date, Date>

export type Tables = {
  /** The key of the pseudonyms. */
  contributor_keys: { name: string; value: string }
  /** Which address and name lie behind a pseudonym; null once forgotten, and never filled again. */
  contributor_addresses: {
    identity: string
    address: string | null
    name: string | null
    is_bot: boolean
    is_forgotten: boolean
  }
  /** Working papers: what histories say. Made anew from a mirror whenever it is assessed. */
  contributions: { subject: string; identity: string; day: string; kind: Kind; count: number }
  contribution_heads: { subject: string; commit: string; as_of: Time; bot_rule: string; has_owners: boolean }
  /** Files by their owners: `owners` are identities parted by spaces, `team` for those whom only the forge knows. */
  owned_files: { subject: string; owners: string; files: number }
  claims: { identity: string; person: string; claimed: Time; entry: string }
  claim_requests: { id: string; identity: string; person: string; asked: Time; is_confirmed: boolean }
  disputes: {
    id: string
    identity: string
    source: StatedBy
    from_day: string | null
    until_day: string | null
    reason: string
    disputed: Time
    is_withdrawn: boolean
  }
  /** Whether two identities are one person; `first` is the lesser id. */
  merges: { first: string; second: string; is_same: boolean; decided: Time; entry: string }
  mail_domains: {
    domain: string
    organisation: string
    from_day: string | null
    until_day: string | null
    entry: string
  }
  imports: {
    id: string
    label: string
    form: Form
    source: string
    imported: Time
    addresses: number
    stints: number
    aliases: number
    replaced_by: string | null
    entry: string
  }
  imported_stints: {
    import: string
    identity: string
    company: string | null
    from_day: string | null
    until_day: string | null
    is_contested: boolean
    place: number
  }
  imported_aliases: { import: string; identity: string; of: string; place: number }
  imported_domains: {
    import: string
    domain: string
    company: string
    from_day: string | null
    until_day: string | null
    place: number
  }
}

export const rebuilt = [
  'claims',
  'claim_requests',
  'disputes',
  'merges',
  'mail_domains',
  'imports',
  'imported_stints',
  'imported_aliases',
  'imported_domains',
] as const satisfies readonly (keyof Tables)[]

const kept = [
  'contributor_keys',
  'contributor_addresses',
  'contributions',
  'contribution_heads',
  'owned_files',
] as const satisfies readonly (keyof Tables)[]

export const keyName = 'pseudonyms'

const statements = [
  sql`create table contributor_keys (name text primary key, value text not null)`,
  sql`create table contributor_addresses (
    identity text primary key, address text, name text, is_bot boolean not null, is_forgotten boolean not null
  )`,
  sql`create table contributions (
    subject text, identity text, day text, kind text, count integer not null, primary key (subject, day, identity, kind)
  )`,
  sql`create index contributions_identity on contributions (identity)`,
  sql`create table contribution_heads (
    subject text primary key, commit text not null, as_of timestamptz not null, bot_rule text not null,
    has_owners boolean not null
  )`,
  sql`create table owned_files (subject text, owners text, files integer not null, primary key (subject, owners))`,
  sql`create table claims (identity text primary key, person text not null, claimed timestamptz not null, entry text not null)`,
  sql`create index claims_person on claims (person)`,
  sql`create table claim_requests (
    id text primary key, identity text not null, person text not null, asked timestamptz not null,
    is_confirmed boolean not null
  )`,
  sql`create index claim_requests_person on claim_requests (person)`,
  sql`create table disputes (
    id text primary key, identity text not null, source text not null, from_day text, until_day text,
    reason text not null, disputed timestamptz not null, is_withdrawn boolean not null
  )`,
  sql`create index disputes_identity on disputes (identity)`,
  sql`create table merges (
    first text, second text, is_same boolean not null, decided timestamptz not null, entry text not null,
    primary key (first, second)
  )`,
  sql`create table mail_domains (
    domain text, organisation text not null, from_day text, until_day text, entry text not null,
    primary key (entry, domain)
  )`,
  sql`create table imports (
    id text primary key, label text not null, form text not null, source text not null, imported timestamptz not null,
    addresses integer not null, stints integer not null, aliases integer not null, replaced_by text, entry text not null
  )`,
  sql`create table imported_stints (
    import text, identity text, place integer, company text, from_day text, until_day text, is_contested boolean not null,
    primary key (import, identity, place)
  )`,
  sql`create index imported_stints_identity on imported_stints (identity)`,
  sql`create table imported_aliases (
    import text, identity text, "of" text not null, place integer, primary key (import, place)
  )`,
  sql`create table imported_domains (
    import text, domain text not null, company text not null, from_day text, until_day text, place integer,
    primary key (import, place)
  )`,
]

export const migrations: Record<string, Migration> = {
  '2026-11-23-contributors-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      const key = randomBytes(32).toString('hex')
      await sql`insert into contributor_keys (name, value) values (${keyName}, ${key})`.execute(db)
      for (const table of [...rebuilt, ...kept]) await grantAll(db, table)
    },
  },
}
