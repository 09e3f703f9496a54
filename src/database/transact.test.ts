// Transactions on a real server: kept whole, tried again on a clash, refused when nested.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Kysely, sql } from 'kysely'
import { testDatabase } from '#test/kit/database.ts'
import { forbidChange, grantAll, grantAppend } from './grants.ts'
import type { Migrations } from './migrate.ts'

const migrations: Migrations = {
  accounts: {
    async up(db: Kysely<unknown>) {
      await sql`create table accounts (id text primary key, amount bigint not null)`.execute(db)
      await grantAll(db, 'accounts')
    },
  },
  entries: {
    async up(db: Kysely<unknown>) {
      await sql`create table entries (id text primary key)`.execute(db)
      await grantAppend(db, 'entries')
      await forbidChange(db, 'entries')
    },
  },
}
type Tables = { accounts: { id: string; amount: number }; entries: { id: string } }

test('a transaction that throws leaves nothing', async t => {
  const { transact, read } = await testDatabase(t, migrations)
  const failed = transact(async tx => {
    await tx.on<Tables>().insertInto('entries').values({ id: 'a' }).execute()
    throw new Error('on purpose')
  })
  await assert.rejects(failed, { message: 'on purpose' })
  assert.deepEqual(await read.on<Tables>().selectFrom('entries').selectAll().execute(), [])
})
