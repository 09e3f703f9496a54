// The sequencer: indexes for one's own entries and others', its key, its stop, and bad moments.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/kit/database.ts'
import { appendMany, draft, integrate, testSigner } from '#test/kit/record.ts'
import { append } from './append.ts'
import { verifyDatabase } from './audit.ts'
import { latestCheckpoint } from './queries.ts'
import { type Sequencer, startSequencer } from './sequencer.ts'
import { recordMigrations } from './tables.ts'

const signer = testSigner()
const never = 1_000_000
const log = (_message: string, fault: unknown) => assert.fail(String(fault))
/** Stops before the database is closed, which a hook of the test does first. */
async function during(starting: Promise<Sequencer>, work: (sequencer: Sequencer) => Promise<void>): Promise<void> {
  const sequencer = await starting
  await work(sequencer).finally(() => sequencer.stop())
}

const one = async (database: TestDatabase) => (await database.transact(tx => append(tx, draft()))).id

test('an empty log has a signed checkpoint as soon as a sequencer has started', async t => {
  const database = await testDatabase(t, recordMigrations)
  await during(startSequencer({ database, signer, log, poll: never }), async () => {
    assert.equal((await latestCheckpoint(database.read))?.size, 0)
    assert.deepEqual((await verifyDatabase(database.read, { vkey: signer.vkey })).faults, [])
  })
})

test('an entry is integrated on a nudge, and its place is told again later', async t => {
  const database = await testDatabase(t, recordMigrations)
  await during(startSequencer({ database, signer, log, poll: never }), async sequencer => {
    const id = await one(database)
    assert.deepEqual(await sequencer.integrated(id), { index: 0, size: 1 })
    const second = await one(database)
    assert.deepEqual(await sequencer.integrated(second), { index: 1, size: 2 })
    assert.deepEqual(await sequencer.integrated(id), { index: 0, size: 1 })
  })
})

test('entries that another process integrated are found', async t => {
  const database = await testDatabase(t, recordMigrations)
  await during(startSequencer({ database, signer, log, poll: never }), async sequencer => {
    const ids = (await appendMany(database, 3)).map(({ id }) => id)
    await integrate(database, signer)
    assert.deepEqual(await sequencer.integrated(ids[2] ?? ''), { index: 2, size: 3 })
  })
})

test('two sequencers on one database give every index once, batch limit or not', async t => {
  const database = await testDatabase(t, recordMigrations)
  const both = await Promise.all([3, 1000].map(limit => startSequencer({ database, signer, log, limit, poll: 5 })))
  const writers = Array.from({ length: 8 }, async (_, i) => {
    const places: number[] = []
    for (let n = 0; n < 20; n++) places.push((await both[(i + n) % 2]?.integrated(await one(database)))?.index ?? -1)
    return places
  })
  const indexes = (await Promise.all(writers)).flat().sort((a, b) => a - b)
  await Promise.all(both.map(each => each.stop()))
  assert.deepEqual(
    indexes,
    Array.from({ length: 160 }, (_, i) => i),
  )
  assert.deepEqual((await verifyDatabase(database.read, { vkey: signer.vkey })).faults, [])
})

test('another key than the one that signed this log is refused at the start', async t => {
  const database = await testDatabase(t, recordMigrations)
  await (await startSequencer({ database, signer, log, poll: never })).stop()
  await assert.rejects(startSequencer({ database, signer: testSigner(), log }), {
    name: 'KeyRefused',
    message: /did not sign the checkpoints already in this database .* Set LOG_KEY, or restore the log.key/,
  })
})

const nowhere = 'ent_00000000000000000000'
const wasLost = { name: 'DatabaseLost', outcome: 'nothing' }

test('of an entry that is not there it is told at once that nothing was changed', async t => {
  const database = await testDatabase(t, recordMigrations)
  await during(startSequencer({ database, signer, log, poll: never, patience: never }), async sequencer => {
    await assert.rejects(sequencer.integrated(nowhere), wasLost)
    assert.deepEqual(await sequencer.integrated(await one(database)), { index: 0, size: 1 })
  })
})

/** A database on which no batch comes through, and nothing else either when it `isAway`. */
function stuck({ read, transact }: TestDatabase) {
  const state = { isAway: false }
  const shaky: typeof transact = (work, options) =>
    state.isAway || options?.opening ? Promise.reject(new Error('the database is away')) : transact(work, options)
  return { state, read, transact: shaky }
}

for (const [when, patience] of [
  ['that wait too long', 20],
  ['left at the stop', never],
] as const)
  test(`those ${when} are told what became of their entries: it stands, it is lost, or nobody can tell`, async t => {
    const database = await testDatabase(t, recordMigrations)
    const shaky = stuck(database)
    const given = { database: shaky, signer, log: () => {}, poll: 5, patience }
    const begin = async () => {
      const sequencer = await startSequencer(given)
      t.after(() => sequencer.stop())
      return sequencer
    }
    const asking = await begin()
    const entry = await one(database)
    const told = [
      assert.rejects(asking.integrated(entry), { name: 'Unplaced', entry }),
      assert.rejects(asking.integrated(nowhere), wasLost),
    ]
    if (patience === never) await asking.stop()
    await Promise.all(told)
    await asking.stop()
    const blind = await begin()
    shaky.state.isAway = true
    const unknown = assert.rejects(blind.integrated(entry), { name: 'DatabaseLost', outcome: 'unknown' })
    if (patience === never) await blind.stop()
    await unknown
    await blind.stop()
  })

test('a failed batch is logged and tried again, and loses nothing', async t => {
  const database = await testDatabase(t, recordMigrations)
  const faults = new EventEmitter()
  let isDown = false
  const shaky = {
    read: database.read,
    transact: ((work, options) =>
      isDown
        ? Promise.reject(new Error('the database is away'))
        : database.transact(work, options)) as typeof database.transact,
  }
  const sequencer = await startSequencer({
    database: shaky,
    signer,
    poll: 5,
    log: (message, fault) => faults.emit('fault', message, fault),
  })
  isDown = true
  const failed = once(faults, 'fault')
  const place = sequencer.integrated(await one(database))
  const [message, fault] = await failed
  assert.match(message, /will try again/)
  assert.equal(fault.message, 'the database is away')
  isDown = false
  assert.deepEqual(await place, { index: 0, size: 1 })
  await sequencer.stop()
})
