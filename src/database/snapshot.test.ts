// A transaction's view on a real server: asked together, answered once, forgotten after a change, closed at the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/kit/database.ts'
import type { Write } from './handles.ts'
import { compiled, preparedChange } from './prepared.ts'
import { addEntry, type TrialTables, trialMigrations } from './trial.ts'

const entries = (tx: Write) => tx.on<TrialTables>().selectFrom('entries').selectAll().orderBy('id').execute()
const hand = preparedChange<TrialTables, { id: string }>()((db, { id }) => db.insertInto('entries').values({ id }))
const idsIn = async (tx: Write): Promise<string[]> => (await entries(tx)).map(({ id }) => id)

test('a change is seen by the questions after it, and by none before', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  const seen = await transact(async tx => {
    const before = await Promise.all([idsIn(tx), idsIn(tx)])
    await addEntry('a')(tx)
    const [after] = await Promise.all([idsIn(tx), addEntry('b')(tx)])
    return [...before, after, await idsIn(tx)]
  })
  assert.deepEqual(seen, [[], [], ['a'], ['a', 'b']])
})

test('whoever alters the rows that they were given alters nobody else’s', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  await transact(addEntry('a'))
  const ids = await transact(async tx => {
    for (const row of await entries(tx)) row.id = 'altered'
    return idsIn(tx)
  })
  assert.deepEqual(ids, ['a'])
})

test('where each statement has a snapshot of its own, each question is asked anew', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  const asked = async (isolation: 'read committed' | 'repeatable read' | 'serializable') => {
    const { promise: committed, resolve } = Promise.withResolvers<void>()
    const { promise: read, resolve: done } = Promise.withResolvers<void>()
    const reader = transact(
      async tx => {
        const before = (await idsIn(tx)).length
        done()
        await committed
        return (await idsIn(tx)).length - before
      },
      { isolation },
    )
    await read
    await transact(addEntry(isolation))
    resolve()
    return reader
  }
  assert.deepEqual(
    [await asked('read committed'), await asked('repeatable read'), await asked('serializable')],
    [1, 0, 0],
  )
})

test('after its end a transaction takes nothing more', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  const kept: Write[] = []
  await transact(async tx => void kept.push(tx))
  const [late] = kept
  assert.ok(late)
  await assert.rejects(addEntry('late')(late))
  await assert.rejects(idsIn(late))
  assert.deepEqual(await read.on<TrialTables>().selectFrom('entries').select('id').execute(), [])
})

test('a change that races with the failure of its transaction leaves nothing', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  const { promise: failed, resolve } = Promise.withResolvers<void>()
  const late: Promise<unknown>[] = []
  const fails = transact(async tx => {
    late.push(failed.then(() => addEntry('late')(tx)))
    throw new Error('on purpose')
  })
  await assert.rejects(fails, { message: 'on purpose' })
  resolve()
  await Promise.all(late.map(change => assert.rejects(change)))
  assert.deepEqual(await read.on<TrialTables>().selectFrom('entries').select('id').execute(), [])
})

test('a statement that comes again is kept parsed, and answers the same', async t => {
  const { read, transact, pool } = await testDatabase(t, trialMigrations)
  await transact(addEntry('a'))
  const one = (id: string) =>
    read.on<TrialTables>().selectFrom('entries').select('id').where('id', '=', id).executeTakeFirst()
  const answers = [await one('a'), await one('b'), await one('a'), await one('a')]
  assert.deepEqual(answers, [{ id: 'a' }, undefined, { id: 'a' }, { id: 'a' }])
  for (let time = 0; time < 3; time++) assert.deepEqual(await read.asks(newest), [{ id: 'a' }])
  const { rows } = await pool.query('select statement from pg_prepared_statements where statement like \'%"entries"%\'')
  assert.deepEqual(rows.map(({ statement }) => statement).sort(), [
    'select "id" from "entries" order by "id" desc',
    'select "id" from "entries" where "id" = $1',
  ])
})

test('a failed statement under a name may be asked again', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  await transact(addEntry('a'))
  for (let time = 0; time < 3; time++) await assert.rejects(transact(addEntry('a')), { code: '23505' })
  await transact(addEntry('b'))
  const quotient = (by: number) =>
    transact(async tx => (await sql<{ q: number }>`select 6 / ${by}::int as q`.execute(tx.on())).rows[0]?.q)
  await assert.rejects(quotient(0), { code: '22012' })
  await assert.rejects(quotient(0), { code: '22012' })
  assert.equal(await quotient(2), 3)
})

test('a change that was handed over is seen by the questions after it, even as the first thing of all', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  const seen = await transact(async tx => {
    hand(tx, { id: 'a' })
    const first = await idsIn(tx)
    hand(tx, { id: 'b' })
    return [first, await idsIn(tx)]
  })
  assert.deepEqual(seen, [['a'], ['a', 'b']])
  await transact(async tx => hand(tx, { id: 'c' }))
  const kept = await read.on<TrialTables>().selectFrom('entries').select('id').orderBy('id').execute()
  assert.deepEqual(kept, [{ id: 'a' }, { id: 'b' }, { id: 'c' }])
})

test('a change that was handed over and fails undoes everything, and is what is told', async t => {
  const { transact, pool } = await testDatabase(t, trialMigrations)
  await transact(addEntry('a'))
  const failing = transact(async tx => {
    await addEntry('b')(tx)
    hand(tx, { id: 'a' })
    hand(tx, { id: 'c' })
  })
  await assert.rejects(failing, { code: '23505' })
  assert.deepEqual(await transact(idsIn), ['a'])
  // The connections are as good as before: none is left within a transaction.
  const { rows } = await pool.query(
    `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'`,
  )
  assert.deepEqual(rows, [{ count: 0 }])
})

test('a clash of a change that was handed over is tried again', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  await transact(async tx => {
    await tx.on<TrialTables>().insertInto('accounts').values({ id: 'a', amount: 0 }).execute()
  })
  const set = preparedChange<TrialTables, { amount: number }>()((db, { amount }) =>
    db.updateTable('accounts').set({ amount }).where('id', '=', 'a'),
  )
  const amountIn = async (tx: Write) =>
    (await tx.on<TrialTables>().selectFrom('accounts').select('amount').executeTakeFirstOrThrow()).amount
  let tries = 0
  const seen = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const addOne = (mine: PromiseWithResolvers<void>) =>
    transact(async tx => {
      tries++
      const amount = await amountIn(tx)
      mine.resolve()
      await Promise.all(seen.map(({ promise }) => promise)) // neither changes what the other has yet to see
      set(tx, { amount: amount + 1 })
    })
  await Promise.all(seen.map(addOne))
  assert.deepEqual([await transact(amountIn), tries], [2, 3])
})

const newest = compiled<TrialTables>()(db => db.selectFrom('entries').select('id').orderBy('id', 'desc'))

test('what opens a transaction is run with the begin, in one message', async t => {
  const { transact, pool } = await testDatabase(t, trialMigrations)
  const asked: unknown[] = []
  pool.on('acquire', client => {
    const { query } = client
    client.query = ((...given: unknown[]) => {
      asked.push((given[0] as { text?: string }).text ?? given[0]) // the driver is given objects that hold the text
      return Reflect.apply(query, client, given)
    }) as typeof query // one overload for each form; this one hands all of them on
  })
  const opening = compiled()(db => sql`select pg_advisory_xact_lock(1)`.compile(db))
  const held = await transact(
    async tx =>
      (await sql`select 1 from pg_locks where locktype = 'advisory' and granted`.execute(tx.on())).rows.length,
    { opening },
  )
  assert.equal(held, 1)
  assert.deepEqual(
    asked.filter(text => String(text).includes(opening.sql)),
    [`begin isolation level serializable read write; ${opening.sql}`],
  )
})

test('an opening that fails is told, and leaves nothing behind', async t => {
  const { transact, pool } = await testDatabase(t, trialMigrations)
  const broken = compiled()(db => sql`select 1 / 0`.compile(db))
  await assert.rejects(
    transact(async () => 'done', { opening: broken }),
    { code: '22012' },
  )
  const { rows } = await pool.query(
    `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'`,
  )
  assert.deepEqual(rows, [{ count: 0 }])
})

test('a statement that takes values cannot open a transaction', () => {
  assert.throws(() => compiled<TrialTables>()(db => db.selectFrom('entries').select('id').where('id', '=', 'a')), {
    message: /takes values/,
  })
})
