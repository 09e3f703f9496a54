// Transactions on a real server: kept whole, tried again on a clash, refused when nested, honest about a loss.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '#test/kit/database.ts'
import { DatabaseLost } from './errors.ts'
import type { Read, Write } from './handles.ts'
import { type Embedded, launch } from './launcher.ts'
import { migrate } from './migrate.ts'
import { type Database, serveOver } from './open.ts'
import { addEntry, type TrialTables, trialMigrations } from './trial.ts'

const quiet = () => {}
/** Runs as somebody else would: not as a part of the transaction that is open here. */
const outside = AsyncLocalStorage.snapshot()

const entriesIn = async (read: Read): Promise<string[]> =>
  (await read.on<TrialTables>().selectFrom('entries').select('id').orderBy('id').execute()).map(row => row.id)

test('a transaction that throws leaves nothing', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  const failed = transact(async tx => {
    await addEntry('a')(tx)
    throw new Error('on purpose')
  })
  await assert.rejects(failed, { message: 'on purpose' })
  assert.deepEqual(await entriesIn(read), [])
})

test('an error of the database that was caught inside does not pass as kept', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  await transact(addEntry('a'))
  const failed = transact(async tx => {
    await addEntry('b')(tx)
    await addEntry('a')(tx).catch(() => {})
  })
  await assert.rejects(failed, { name: 'AbortedTransactionError' })
  assert.deepEqual(await entriesIn(read), ['a'])
})

test('of what was asked together, the failure told is the one that came first, however deep it was asked', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  await transact(addEntry('a'))
  const deep = async (tx: Write, levels: number): Promise<void> =>
    levels > 0 ? await deep(tx, levels - 1) : addEntry('a')(tx)
  await assert.rejects(
    transact(tx => Promise.all([deep(tx, 9), addEntry('b')(tx)])),
    { code: '23505' },
  )
})

test('a key that another transaction took meanwhile is looked for again', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  let tries = 0
  const adding = transact(
    async tx => {
      tries += 1
      const { rows } = await sql`select from entries where id = 'a'`.execute(tx.on())
      if (tries === 1) await outside(() => transact(addEntry('a')))
      if (rows.length === 0) await addEntry('a')(tx)
      return rows.length
    },
    { isolation: 'read committed' },
  )
  assert.deepEqual([await adding, tries], [1, 2])
})

test('a transaction inside another, or a read past it, is a fault', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  await assert.rejects(
    transact(() => transact(addEntry('a'))),
    /begun inside another one/,
  )
  await assert.rejects(
    transact(() => entriesIn(read)),
    /read past the transaction/,
  )
  assert.deepEqual(await entriesIn(read), [])
})

test('transactions are serializable unless another isolation is asked for', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  const isolation = async (tx: Write) => {
    const { rows } = await sql<{
      isolation: string
    }>`select current_setting('transaction_isolation') as isolation`.execute(tx.on<TrialTables>())
    return rows[0]?.isolation
  }
  assert.equal(await transact(isolation), 'serializable')
  assert.equal(await transact(isolation, { isolation: 'read committed' }), 'read committed')
  await assert.rejects(transact(addEntry('a'), { readOnly: true }), { code: '25006' })
})

test('only a transaction that asks for it is committed before it is on the disk', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  const commit = async (tx: Write) =>
    (await sql<{ commit: string }>`select current_setting('synchronous_commit') as commit`.execute(tx.on())).rows[0]
      ?.commit
  assert.deepEqual(
    [
      await transact(commit, { commit: 'asynchronous' }),
      await transact(commit, { commit: 'synchronous' }),
      await transact(commit),
    ],
    ['off', 'on', 'on'],
  )
})

test('counts are numbers, days are text, and a number too large to be exact is a fault', async t => {
  const { pool } = await testDatabase(t, trialMigrations)
  const { rows } = await pool.query("select count(*) as count, date '2026-01-31' as day from entries")
  assert.deepEqual(rows, [{ count: 0, day: '2026-01-31' }])
  await assert.rejects(pool.query('select 9007199254740992::bigint'), RangeError)
})

const transfer = (from: string, to: string, amount: number) => async (tx: Write) => {
  const accounts = tx.on<TrialTables>()
  const balance = async (id: string) =>
    (await accounts.selectFrom('accounts').select('amount').where('id', '=', id).executeTakeFirstOrThrow()).amount
  // Reads first and writes what it computed: right only when no other transaction came between.
  const [left, right] = [await balance(from), await balance(to)]
  await accounts
    .updateTable('accounts')
    .set({ amount: left - amount })
    .where('id', '=', from)
    .execute()
  await accounts
    .updateTable('accounts')
    .set({ amount: right + amount })
    .where('id', '=', to)
    .execute()
}

const open = async ({ transact }: Database, amounts: Record<string, number>) =>
  transact(async tx => {
    await tx.on<TrialTables>().deleteFrom('accounts').execute()
    const values = Object.entries(amounts).map(([id, amount]) => ({ id, amount }))
    await tx.on<TrialTables>().insertInto('accounts').values(values).execute()
  })

test('concurrent transfers end as if one had followed the other', async t => {
  const database = await testDatabase(t, trialMigrations)
  const account = fc.constantFrom('a', 'b', 'c')
  const move = fc.record({ from: account, to: account, amount: fc.integer({ min: 1, max: 99 }) })
  const moves = fc.array(
    move.filter(({ from, to }) => from !== to),
    { minLength: 2, maxLength: 6 },
  )
  const holds = fc.asyncProperty(moves, async list => {
    const expected: Record<string, number> = { a: 100, b: 100, c: 100 }
    await open(database, expected)
    await Promise.all(list.map(({ from, to, amount }) => database.transact(transfer(from, to, amount))))
    for (const { from, to, amount } of list) {
      expected[from] = (expected[from] ?? 0) - amount
      expected[to] = (expected[to] ?? 0) + amount
    }
    const rows = await database.read
      .on<TrialTables>()
      .selectFrom('accounts')
      .select(['id', 'amount'])
      .orderBy('id')
      .execute()
    assert.deepEqual(Object.fromEntries(rows.map(({ id, amount }) => [id, amount])), expected)
  })
  await fc.assert(holds, { numRuns: 10 })
})

test('a clash that never ends is told as Busy', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  let tries = 0
  const clashing = transact(async tx => {
    tries++
    await sql`do $$ begin raise exception 'clash' using errcode = 'serialization_failure'; end $$`.execute(tx.on())
  })
  await assert.rejects(clashing, { name: 'Busy' })
  assert.equal(tries, 30)
})

test('a statement whose completion is unknown is never repeated', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  let tries = 0
  const doubtful = transact(async tx => {
    tries++
    await sql`do $$ begin raise exception 'doubt' using errcode = '40003'; end $$`.execute(tx.on())
  })
  await assert.rejects(doubtful, { name: 'DatabaseLost', outcome: 'unknown' })
  assert.equal(tries, 1)
})

test('work whose connection broke before the commit is done again', async t => {
  const { transact, read, pool } = await testDatabase(t, trialMigrations)
  let tries = 0
  await transact(async tx => {
    await addEntry('a')(tx)
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.on())
    if (++tries === 1) await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await addEntry('b')(tx)
  })
  assert.equal(tries, 2)
  assert.deepEqual(await entriesIn(read), ['a', 'b'])
})

/** An embedded server of the test's own, which it may kill. */
async function ownServer(t: { after(end: () => unknown): void }): Promise<{ embedded: Embedded; database: Database }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-transact-'))
  const embedded = await launch({ dataDir, log: quiet })
  await migrate(embedded.ownerConfig, { migrations: trialMigrations, role: 'guildhall_app', log: quiet })
  const database = serveOver({ kind: 'embedded', app: embedded.appConfig, stop: embedded.stop }, { log: quiet })
  t.after(async () => {
    await database.close()
    rmSync(dataDir, { recursive: true })
  })
  return { embedded, database }
}

/** Adds entries one after the other until told to stop; gives those that were acknowledged. */
async function keepAdding({ transact }: Database, prefix: string, isWanted: () => boolean): Promise<string[]> {
  const acknowledged: string[] = []
  for (let nth = 0; isWanted(); nth++) {
    const id = `${prefix}${nth}`
    try {
      await transact(addEntry(id))
      acknowledged.push(id)
    } catch (error) {
      // Not acknowledged: nobody heard the end of the commit, or a busy machine took long to have the server back.
      if (!(error instanceof DatabaseLost)) throw error
    }
  }
  return acknowledged
}

test('of ten kills of the server no acknowledged entry is lost', async t => {
  const { embedded, database } = await ownServer(t)
  let isWanted = true
  const writers = ['a', 'b', 'c'].map(prefix => keepAdding(database, prefix, () => isWanted))
  const heard: string[] = []
  for (let kills = 0; kills < 10; kills++) {
    const killed = embedded.pid()
    // So that there is something to lose, each kill comes while more is written.
    let left = 20
    heard.push(...(await keepAdding(database, `before${kills}-`, () => left-- > 0)))
    process.kill(killed, 'SIGKILL')
    heard.push(...(await keepAdding(database, `during${kills}-`, () => embedded.pid() === killed)))
  }
  isWanted = false
  const acknowledged = [...heard, ...(await Promise.all(writers)).flat()]
  const kept = new Set(await entriesIn(database.read))
  assert.deepEqual(
    acknowledged.filter(id => !kept.has(id)),
    [],
  )
  t.diagnostic(`${acknowledged.length} acknowledged, ${kept.size} kept`)
})

test('a server that stays away is told as DatabaseLost, with nothing changed', async t => {
  const { embedded, database } = await ownServer(t)
  await database.transact(addEntry('a'))
  await embedded.stop()
  await assert.rejects(database.transact(addEntry('b')), { name: 'DatabaseLost', outcome: 'nothing' })
})
