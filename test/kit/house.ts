// A small house for tests: some domains on a real database with a still clock, a sequencer, and a charter given as values.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { By } from '#acts/capacity.ts'
import type { Charter, Charters, Denial, RuleQuestion } from '#acts/charter.ts'
import type { Domain } from '#acts/domain.ts'
import { createEngine } from '#acts/engine.ts'
import { idempotencyMigrations } from '#acts/idempotency.ts'
import type { Done, Engine } from '#acts/parts.ts'
import { isRefusal, type Problem, type Refusal } from '#acts/problem.ts'
import { gather, type Registry } from '#acts/registry.ts'
import { differences, replay } from '#acts/replay.ts'
import { hashOf } from '#base/canonical.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Database } from '#database/open.ts'
import type { Leaf } from '#record/leaf.ts'
import { entriesPage } from '#record/queries.ts'
import { startSequencer } from '#record/sequencer.ts'
import { newKey, signerOf } from '#record/signer.ts'
import { recordMigrations } from '#record/tables.ts'
import { type StillClock, stillClock } from './clock.ts'
import { testDatabase } from './database.ts'

export type KitCharter = {
  /** Values by term id; a term left out throws when it is asked for. */
  readonly terms?: Readonly<Record<string, unknown>>
  readonly mandates?: Readonly<Record<string, readonly string[]>>
  readonly denials?: (question: RuleQuestion) => readonly Denial[]
}

/** Settles what the test gives; every term stands under a clause named after it. */
export function kitCharter({ terms = {}, mandates = {}, denials = () => [] }: KitCharter): Charter {
  return {
    hash: hashOf(terms),
    clausesOf: term => [term],
    settles(term) {
      if (!(term in terms)) throw new Error(`The test's charter does not settle ${term}`)
      return terms[term]
    },
    mandatesFor: act => mandates[act] ?? [],
    mayDeny: () => true,
    denials,
  }
}

export const kitCharters = (current: Charter): Charters => ({
  current: () => current,
  byHash(hash) {
    if (hash !== current.hash) throw new Error(`No charter ${hash} was adopted in this test`)
    return current
  },
})

export type House = {
  readonly registry: Registry
  readonly database: Database
  readonly read: Read
  readonly engine: Engine
  readonly clock: StillClock
  /** Performs and expects no refusal. `by` may be a person's id, 'clock', 'operator', 'newcomer' or 'nobody'. */
  readonly done: (act: string, input: unknown, by: string | By, more?: { mandate?: string }) => Promise<Done>
  /** Performs and expects a refusal for this problem; the entry count must not have moved. */
  readonly refused: (problem: Problem, act: string, input: unknown, by: string | By) => Promise<Refusal>
  /** Every entry's leaf, in the record's order. */
  readonly leaves: () => Promise<readonly Leaf[]>
  /** Rebuilds the tables from the record in an empty database and expects no difference. */
  readonly expectReplay: () => Promise<void>
}

export const byOf = (by: string | By): By => {
  if (typeof by !== 'string') return by
  if (by === 'clock' || by === 'operator') return { program: by }
  if (by === 'newcomer') return { newcomer: true }
  return by === 'nobody' ? { nobody: true } : { person: by }
}

const leavesOf = async (read: Read): Promise<Leaf[]> => {
  return (await entriesPage(read, { limit: 100_000 })).map(entry => entry.leaf).reverse()
}

export type HouseOptions = {
  readonly domains: readonly Domain[]
  readonly charter?: KitCharter
  readonly charters?: Charters
  readonly clock?: StillClock
  readonly enqueue?: (tx: Write, entry: Leaf) => Promise<unknown>
}

export async function testHouse(t: TestContext, options: HouseOptions): Promise<House> {
  const registry = gather(options.domains)
  const migrations = { ...recordMigrations, ...idempotencyMigrations, ...registry.migrations }
  const database = await testDatabase(t, migrations)
  const clock = options.clock ?? stillClock()
  const charters = options.charters ?? kitCharters(kitCharter(options.charter ?? {}))
  const engine = createEngine({
    registry,
    database,
    charters,
    fresh: clock,
    integrated: firstPlace,
    enqueue: options.enqueue,
  })
  const { read } = database

  const expectReplay = async () => {
    const sequencer = await startSequencer({
      database,
      signer: signerOf('test.example/log', newKey()),
      log: failLoudly,
    })
    const last = (await leavesOf(read)).at(-1)
    if (last) await sequencer.integrated(last.id)
    await sequencer.stop()
    const rebuilt = await testDatabase(t, migrations)
    await replay(registry, read, rebuilt)
    assert.deepEqual(await differences(registry, read, rebuilt.read), [])
  }

  return {
    registry,
    database,
    read,
    engine,
    clock,
    expectReplay,
    leaves: () => leavesOf(read),
    async done(act, input, by, more = {}) {
      const outcome = await engine.perform({ act, input, by: byOf(by), ...more })
      if (isRefusal(outcome)) assert.fail(`${act} was refused: ${JSON.stringify(outcome)}`)
      return outcome
    },
    async refused(problem, act, input, by) {
      const before = (await leavesOf(read)).length
      const outcome = await engine.perform({ act, input, by: byOf(by) })
      if (!isRefusal(outcome)) assert.fail(`${act} was done, and should have been refused: ${problem.title}`)
      assert.equal(outcome.refused.id, problem.id, JSON.stringify(outcome))
      assert.equal((await leavesOf(read)).length, before)
      return outcome
    },
  }
}

/** A house has a log only while it is replayed. */
const firstPlace = async () => ({ index: 0, size: 1 })

const failLoudly = (message: string, fault: unknown): never => {
  throw new Error(message, { cause: fault })
}
