// The tables of the sign-in library, as it prints them for this configuration. They hold addresses and keys: nothing here is public.
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'

export const names = {
  user: 'sign_in_users',
  session: 'sign_in_sessions',
  account: 'sign_in_accounts',
  verification: 'sign_in_verifications',
  passkey: 'sign_in_passkeys',
  apikey: 'sign_in_keys',
} as const

const statements = [
  `create table sign_in_users (id text primary key, name text not null, email text not null unique,
    "emailVerified" boolean not null, image text, "createdAt" timestamptz default current_timestamp not null,
    "updatedAt" timestamptz default current_timestamp not null)`,
  `create table sign_in_sessions (id text primary key, "expiresAt" timestamptz not null, token text not null unique,
    "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null, "ipAddress" text,
    "userAgent" text, "userId" text not null references sign_in_users (id) on delete cascade)`,
  `create table sign_in_accounts (id text primary key, "accountId" text not null, "providerId" text not null,
    "userId" text not null references sign_in_users (id) on delete cascade, "accessToken" text, "refreshToken" text,
    "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, scope text, password text,
    "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null)`,
  `create table sign_in_verifications (id text primary key, identifier text not null, value text not null,
    "expiresAt" timestamptz not null, "createdAt" timestamptz default current_timestamp not null,
    "updatedAt" timestamptz default current_timestamp not null)`,
  `create table sign_in_passkeys (id text primary key, name text, "publicKey" text not null,
    "userId" text not null references sign_in_users (id) on delete cascade, "credentialID" text not null,
    counter integer not null, "deviceType" text not null, "backedUp" boolean not null, transports text,
    "createdAt" timestamptz, aaguid text)`,
  `create table sign_in_keys (id text primary key, "configId" text not null, name text, start text,
    "referenceId" text not null, prefix text, key text not null, "refillInterval" integer, "refillAmount" integer,
    "lastRefillAt" timestamptz, enabled boolean, "rateLimitEnabled" boolean, "rateLimitTimeWindow" integer,
    "rateLimitMax" integer, "requestCount" integer, remaining integer, "lastRequest" timestamptz,
    "expiresAt" timestamptz, "createdAt" timestamptz not null, "updatedAt" timestamptz not null, permissions text,
    metadata text)`,
  'create index sign_in_sessions_user on sign_in_sessions ("userId")',
  'create index sign_in_accounts_user on sign_in_accounts ("userId")',
  'create index sign_in_verifications_identifier on sign_in_verifications (identifier)',
  'create index sign_in_passkeys_user on sign_in_passkeys ("userId")',
  'create index sign_in_passkeys_credential on sign_in_passkeys ("credentialID")',
  'create index sign_in_keys_reference on sign_in_keys ("referenceId")',
  'create index sign_in_keys_key on sign_in_keys (key)',
]

export const signInMigrations: Record<string, Migration> = {
  '2026-11-22-sign-in-1': {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db)
      for (const table of Object.values(names)) await grantAll(db, table)
    },
  },
  '2026-11-23-sign-in-2': {
    async up(db) {
      await sql`create table sign_in_secret (one boolean primary key default true check (one), fingerprint text not null)`.execute(
        db,
      )
      await grantAll(db, 'sign_in_secret')
    },
  },
}
