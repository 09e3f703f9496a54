// The tables of the people domain. What stands in them about a person beyond an id leaves only through this domain's queries.
import type { ColumnType } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Source } from './words.ts'

export type Time = ColumnType<Date, string, string>
export type MaybeTime = ColumnType<Date | null, string | null, string | null>

/** Days are text (`2026-11-22`), so that they compare and read as they are written. */
export type PeopleTables = {
  /** `name` is held also while it is withheld; only `isNamePublic` lets it out. */
  persons: {
    id: string
    name: string | null
    is_name_public: boolean
    registered: Time
    erased: MaybeTime
  }
  /** Which sign-in belongs to whom: private, gone once the person erases themselves. */
  accounts: { account: string; person: string }
  organisations: {
    id: string
    slug: string
    name: string
    /** The name folded, for searching and sorting. */
    search: string
    homepage: string | null
  }
  controls: { child: string; parent: string; from_day: string; until_day: string | null; source: string | null }
  affiliations: {
    id: string
    person: string
    organisation: string | null
    from_day: string
    until_day: string | null
    source: Source
    stated_by: string
    stated: Time
    /** The affiliation that took its place. */
    corrected_by: string | null
    is_withdrawn: boolean
  }
  /** Sign-ins of persons who erased themselves, until the sign-in has forgotten them. Not rebuilt: a to-do, no fact. */
  departures: { account: string; texts: string[] }
  /** Which organisations stand behind a thing of another domain, such as an application. */
  interests: { subject: string; organisation: string; entry: string }
}

export const peopleTables = [
  'persons',
  'accounts',
  'organisations',
  'controls',
  'affiliations',
  'interests',
] as const satisfies readonly (keyof PeopleTables)[]

const statements = [
  sql`create table persons (
    id text primary key, name text, is_name_public boolean not null,
    registered timestamptz not null, erased timestamptz
  )`,
  sql`create table accounts (account text primary key, person text not null unique)`,
  sql`create table organisations (
    id text primary key, slug text not null unique, name text not null, search text not null, homepage text
  )`,
  sql`create index organisations_search on organisations (search)`,
  sql`create table controls (
    child text, parent text, from_day text, until_day text, source text, primary key (child, parent, from_day)
  )`,
  sql`create table affiliations (
    id text primary key, person text not null, organisation text, from_day text not null, until_day text,
    source text not null, stated_by text not null, stated timestamptz not null,
    corrected_by text, is_withdrawn boolean not null
  )`,
  sql`create index affiliations_person on affiliations (person)`,
  sql`create index affiliations_organisation on affiliations (organisation)`,
  sql`create table interests (
    subject text, organisation text, entry text not null, primary key (subject, organisation)
  )`,
]

export const peopleMigrations: Record<string, Migration> = {
  '2026-11-22-people-1': {
    async up(db) {
      for (const statement of statements) await statement.execute(db)
      for (const table of peopleTables) await grantAll(db, table)
    },
  },
  '2026-11-23-people-2': {
    async up(db) {
      await sql`create table departures (account text primary key)`.execute(db)
      await grantAll(db, 'departures')
    },
  },
  '2026-11-23-people-3': {
    async up(db) {
      await sql`alter table departures add column texts text[] not null default '{}'`.execute(db)
    },
  },
}
