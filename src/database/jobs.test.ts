// Jobs on a real server: done if and only if the transaction was kept, tried again, and never lost.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/kit/database.ts'
import { type Handler, type Handlers, type Jobs, jobsMigrations, jobsSchemaVersion, openJobs } from './jobs.ts'

const quiet = () => {}

async function open(t: TestContext, handlers: Handlers): Promise<{ database: TestDatabase; jobs: Jobs }> {
  const database = await testDatabase(t, jobsMigrations)
  const jobs = openJobs(database, handlers, quiet)
  database.onClose(jobs.stop)
  return { database, jobs }
}

/** A handler that notes what it was given, and a promise of the first `count` of them. */
function noting(count: number): { handle: Handler; noted: Promise<object[]> } {
  const seen: object[] = []
  const { promise, resolve } = Promise.withResolvers<object[]>()
  const handle: Handler = async data => {
    seen.push(data)
    if (seen.length === count) resolve(seen)
  }
  return { handle, noted: promise }
}

test('the migration is named after the schema of the installed pg-boss', () => {
  const { pgboss } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('pg-boss')), 'utf8'))
  assert.equal(pgboss.schema, jobsSchemaVersion)
})

test('a job of a kept transaction is done, one of a lost transaction is not', async t => {
  const { handle, noted } = noting(2)
  const { database, jobs } = await open(t, { note: handle })
  await database.transact(tx => jobs.enqueue(tx, 'note', { nth: 1 }))
  const failed = database.transact(async tx => {
    await jobs.enqueue(tx, 'note', { nth: 2 })
    throw new Error('on purpose')
  })
  await assert.rejects(failed, { message: 'on purpose' })
  await database.transact(tx => jobs.enqueue(tx, 'note', { nth: 3 }))
  await jobs.start()
  assert.deepEqual(await noted, [{ nth: 1 }, { nth: 3 }])
})

test('two programs share a queue without doing a job twice', async t => {
  const done: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const handle: Handler = async data => {
    done.push('nth' in data ? data.nth : undefined)
    if (done.length === 6) resolve()
  }
  const { database, jobs } = await open(t, { note: handle })
  const other = openJobs(database, { note: handle }, quiet)
  database.onClose(other.stop)
  for (const nth of [1, 2, 3, 4, 5, 6]) await database.transact(tx => jobs.enqueue(tx, 'note', { nth }))
  await Promise.all([jobs.start(), other.start()])
  await promise
  assert.deepEqual(done.toSorted(), [1, 2, 3, 4, 5, 6])
})

test('a job that fails is tried again', async t => {
  const { handle, noted } = noting(2)
  let tries = 0
  const failsOnce: Handler = async (data, job) => {
    await handle(data, job)
    if (++tries === 1) throw new Error('not yet')
  }
  const { database, jobs } = await open(t, { note: failsOnce })
  await database.transact(tx => jobs.enqueue(tx, 'note', { nth: 1 }))
  await jobs.start()
  assert.deepEqual(await noted, [{ nth: 1 }, { nth: 1 }])
})

test('a job without a handler is refused before it can be lost', async t => {
  const { database, jobs } = await open(t, {})
  const refused = database.transact(tx => jobs.enqueue(tx, 'nobody', {}))
  await assert.rejects(refused, { message: 'No handler is named nobody' })
})

test('a job that failed every try is kept, listed and can be revived', async t => {
  const { handle, noted } = noting(1)
  const { database, jobs } = await open(t, { note: handle })
  await database.transact(tx => jobs.enqueue(tx, 'note', { nth: 1 }))
  await database.pool.query("update jobs.job set retry_limit = 0 where name = 'note'")
  const failing = openJobs(database, { note: () => Promise.reject(new Error('never')) }, quiet)
  database.onClose(failing.stop)
  await failing.start()
  let dead = await jobs.dead()
  while (dead.length === 0) dead = await jobs.dead()
  await failing.stop()
  assert.deepEqual(
    dead.map(({ name, data }) => ({ name, data })),
    [{ name: 'note', data: { nth: 1 } }],
  )
  assert.equal(await jobs.revive(), 1)
  assert.deepEqual(await jobs.dead(), [])
  await jobs.start()
  assert.deepEqual(await noted, [{ nth: 1 }])
})
