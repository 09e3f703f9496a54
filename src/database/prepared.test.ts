// Statements compiled once, filled in with other values each time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/kit/database.ts'
import { prepared } from './prepared.ts'
import { addEntry, type TrialTables, trialMigrations } from './trial.ts'

const between = prepared<TrialTables, { from: string; until: string }>()((db, { from, until }) =>
  db.selectFrom('entries').select('id').where('id', '>=', from).where('id', '<', until).orderBy('id'),
)

test('each call fills in its own values, outside a transaction and inside', async t => {
  const { transact, read } = await testDatabase(t, trialMigrations)
  for (const id of ['a', 'b', 'c']) await transact(addEntry(id))
  assert.deepEqual(await between(read, { from: 'a', until: 'c' }), [{ id: 'a' }, { id: 'b' }])
  assert.deepEqual(await between(read, { until: 'z', from: 'b' }), [{ id: 'b' }, { id: 'c' }])
  assert.deepEqual(await transact(tx => between(tx, { from: 'c', until: 'z' })), [{ id: 'c' }])
})

test('inside a transaction a change in such a statement is seen by the questions after it', async t => {
  const { transact } = await testDatabase(t, trialMigrations)
  const add = prepared<TrialTables, { id: string }>()((db, { id }) =>
    sql`insert into entries (id) values (${id})`.compile(db),
  )
  const seen = await transact(async tx => {
    const before = await between(tx, { from: 'a', until: 'z' })
    await add(tx, { id: 'm' })
    return [before, await between(tx, { from: 'a', until: 'z' })]
  })
  assert.deepEqual(seen, [[], [{ id: 'm' }]])
})

test('what stands in the statement itself stays, and one value may stand in several places', async t => {
  const { read } = await testDatabase(t, trialMigrations)
  const both = prepared<TrialTables, { text: string }>()((db, { text }) =>
    sql<{ said: string }>`select ${text}::text || ${'-'}::text || ${text}::text as said`.compile(db),
  )
  assert.deepEqual(await both(read, { text: 'a' }), [{ said: 'a-a' }])
  assert.deepEqual(await both(read, { text: 'b' }), [{ said: 'b-b' }])
})
