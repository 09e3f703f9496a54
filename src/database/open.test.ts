// Opening a given database: refusals, migrations by several programs at once, and what each role may do.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { Client } from 'pg'
import { testDatabase } from '#test/kit/database.ts'
import { CannotOpen } from './errors.ts'
import type { Migrations } from './migrate.ts'
import { checkServerVersion, type OpenOptions, openDatabase, serveOver } from './open.ts'
import { addEntry, type TrialTables, trialMigrations } from './trial.ts'

const quiet = () => {}
const trial = fileURLToPath(new URL('./trial.ts', import.meta.url))

/** A database on the shared server in which nothing was made yet. */
const empty = (t: TestContext) => testDatabase(t, {})

/** Opens it as a given one; it closes before the database goes. */
async function openGiven(given: Awaited<ReturnType<typeof empty>>, options: Omit<OpenOptions, 'log'>) {
  const opened = await openDatabase({ ...options, log: quiet })
  given.onClose(opened.close)
  return opened
}

test('a given database is migrated by its owner and served by the other role', async t => {
  const given = await empty(t)
  const { url, ownerUrl } = given
  const opened = await openGiven(given, { url, ownerUrl, migrations: trialMigrations })
  await opened.transact(addEntry('a'))
  assert.equal(opened.kind, 'given')
  assert.deepEqual(await opened.read.on<TrialTables>().selectFrom('entries').selectAll().execute(), [{ id: 'a' }])
})

for (const kind of ['embedded', 'given'] as const)
  test(`a statement of a transaction ends in time, served ${kind}`, async t => {
    const given = await empty(t)
    const opened = serveOver({ kind, app: { connectionString: given.url }, stop: async () => {} }, { log: quiet })
    given.onClose(opened.close)
    const limit = await opened.transact(async tx => sql`show statement_timeout`.execute(tx.on()))
    assert.deepEqual(limit.rows, [{ statement_timeout: '30s' }])
  })

const changes = ["update entries set id = 'b'", 'delete from entries', 'truncate entries'] as const

for (const change of changes)
  test(`the serving role may not "${change}"`, async t => {
    const { transact, pool } = await testDatabase(t, trialMigrations)
    await transact(addEntry('a'))
    await assert.rejects(pool.query(change), { code: '42501', message: 'permission denied for table entries' })
    assert.deepEqual((await pool.query('select id from entries')).rows, [{ id: 'a' }])
  })

for (const change of changes)
  test(`the owner is stopped when it tries to "${change}"`, async t => {
    const { transact, pool, ownerUrl } = await testDatabase(t, trialMigrations)
    await transact(addEntry('a'))
    const owner = new Client({ connectionString: ownerUrl })
    await owner.connect()
    const refused = owner.query(change)
    await assert.rejects(refused, { code: '23001', message: 'Rows of "entries" are never changed or removed' })
    await owner.end()
    assert.deepEqual((await pool.query('select id from entries')).rows, [{ id: 'a' }])
  })

test('the serving role may change other tables, but not make, alter or free any', async t => {
  const { pool } = await testDatabase(t, trialMigrations)
  await pool.query("insert into accounts values ('a', 1)")
  await pool.query('update accounts set amount = 2')
  await pool.query('delete from accounts')
  await assert.rejects(pool.query('create table mine (id text)'), { code: '42501' })
  await assert.rejects(pool.query('drop trigger forbid_change on entries'), { code: '42501' })
  await pool.query('grant update on entries to current_user') // PostgreSQL only warns that nothing was granted
  await assert.rejects(pool.query("update entries set id = 'b'"), { code: '42501' })
})

test('one role that owns and serves is stopped by the trigger', async t => {
  const given = await empty(t)
  const opened = await openGiven(given, { url: given.ownerUrl, migrations: trialMigrations })
  await opened.transact(addEntry('a'))
  await assert.rejects(opened.pool.query('delete from entries'), { code: '23001' })
})

test('another serving role gets its rights at the next start', async t => {
  const given = await empty(t)
  const { url, ownerUrl } = given
  await (await openDatabase({ url, ownerUrl, migrations: trialMigrations, log: quiet })).close()
  const role = `trial_${process.pid}`
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  given.onClose(async () => {
    await owner.query(`drop owned by ${role}`)
    await owner.query(`drop role ${role}`)
    await owner.end()
  })
  await owner.query(`create role ${role} login`)
  const otherUrl = url.replace(/user=\w+/, `user=${role}`)
  const opened = await openGiven(given, { url: otherUrl, ownerUrl, migrations: trialMigrations })
  await opened.transact(addEntry('a'))
  await assert.rejects(opened.pool.query('delete from entries'), { code: '42501' })
})

test('programs that start together migrate once', async t => {
  const given = await empty(t)
  const { url, ownerUrl } = given
  const opened = await Promise.all(
    [1, 2, 3].map(() => openGiven(given, { url, ownerUrl, migrations: trialMigrations })),
  )
  await Promise.all(opened.map(({ transact }, nth) => transact(addEntry(`a${nth}`))))
  const { rows } = await given.pool.query('select count(*) as count from entries')
  assert.deepEqual(rows, [{ count: 3 }])
})

test('two programs write to one server without losing anything', async t => {
  const given = await empty(t)
  const { url, ownerUrl } = given
  const run = async (prefix: string) => {
    const args = [trial, JSON.stringify({ url, ownerUrl }), prefix, '100']
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const said: string[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line)
      if (line === 'done') child.stdin.end()
    }
    if (child.exitCode === null) await once(child, 'exit')
    return said
  }
  assert.deepEqual(await Promise.all([run('a'), run('b')]), [
    ['ready', 'done'],
    ['ready', 'done'],
  ])
  const opened = await openGiven(given, { url, ownerUrl, migrations: trialMigrations })
  const { rows } = await opened.pool.query(
    'select left(id, 1) as program, count(*) as count from entries group by 1 order by 1',
  )
  assert.deepEqual(rows, [
    { program: 'a', count: 100 },
    { program: 'b', count: 100 },
  ])
})

test('a migration that fails leaves nothing of itself or of those before it', async t => {
  const given = await empty(t)
  const { url, ownerUrl } = given
  const broken: Migrations = {
    ...trialMigrations,
    zero: { up: async (db: Kysely<unknown>) => void (await sql`select 1 / 0`.execute(db)) },
  }
  await assert.rejects(openDatabase({ url, ownerUrl, migrations: broken, log: quiet }), { code: '22012' })
  const { rows } = await given.pool.query("select to_regclass('entries') as entries")
  assert.deepEqual(rows, [{ entries: null }])
})

test('a migration that comes later under an earlier name is still run', async t => {
  const given = await empty(t)
  const { url, ownerUrl } = given
  const { entries, ...others } = trialMigrations
  if (!entries) throw new Error('the trial has no entries')
  await (await openDatabase({ url, ownerUrl, migrations: others, log: quiet })).close()
  const opened = await openGiven(given, { url, ownerUrl, migrations: { ...others, aaa: entries } })
  await opened.transact(addEntry('a'))
})

test('a database that a newer program changed is refused', async t => {
  const { url, ownerUrl } = await testDatabase(t, trialMigrations)
  const { entries: _, ...older } = trialMigrations
  const message =
    'The database was changed by a newer Guildhall (step "entries" is not known here): start that version.'
  await assert.rejects(openDatabase({ url, ownerUrl, migrations: older, log: quiet }), new CannotOpen(message))
})

test('a server that cannot be reached is told without the password', async () => {
  const url = 'postgres://someone:secret@127.0.0.1:1/guildhall'
  const message = 'The database at 127.0.0.1:1/guildhall cannot be used: connect ECONNREFUSED 127.0.0.1:1'
  await assert.rejects(openDatabase({ url, migrations: {}, log: quiet }), new CannotOpen(message))
})

test('what is no address is refused without repeating it', async () => {
  const message = 'DATABASE_URL is not an address such as postgres://user:password@host:5432/name'
  await assert.rejects(openDatabase({ url: 'secret', migrations: {}, log: quiet }), new CannotOpen(message))
})

test('a server older than PostgreSQL 15 is refused', () => {
  checkServerVersion({ number: 150_000, version: '15.0' }, 'here')
  assert.throws(
    () => checkServerVersion({ number: 140_013, version: '14.13' }, 'here'),
    new CannotOpen('here is PostgreSQL 14.13: Guildhall needs 15 or newer.'),
  )
})
