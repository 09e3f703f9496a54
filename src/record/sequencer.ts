// The sequencer: gives committed entries their indexes in batches and signs one checkpoint for each batch.

import { AsyncLocalStorage } from 'node:async_hooks'
import { type CompiledQuery, sql } from 'kysely'
import type { Read, Write } from '#database/handles.ts'
import { batchTransaction, sequenceBatch, signEmpty } from './batch.ts'
import { turnAway } from './late.ts'
import { latestCheckpoint, placesOf } from './queries.ts'
import { requireSameKey, type Signer } from './signer.ts'
import type { RecordTables } from './tables.ts'
import { oneAtATime } from './turns.ts'
import { type Place, type WaitingRoom, waitingRoom } from './waiting.ts'

export type Sequencer = {
  /** To be called after an act's commit: begins a batch at once, or has the running one followed by another. */
  nudge(): void
  /**
   * Resolves when this committed entry has its index, given by this process or another: then it is on the disk, even
   * when its own commit was asynchronous. Rejects with Unplaced when that takes too long, but it is on the disk; with
   * DatabaseLost when the server was lost and took the entry with it ('nothing'), or nobody can tell ('unknown').
   */
  integrated(entry: string): Promise<Place>
  /** Lets the running batch finish; those still waiting are told what became of their entries. */
  stop(): Promise<void>
}

export type SequencerDatabase = {
  read: Read
  transact<T>(
    work: (tx: Write) => Promise<T>,
    options: { isolation: 'read committed'; opening?: CompiledQuery },
  ): Promise<T>
}

type Options = {
  database: SequencerDatabase
  signer: Signer
  log: (message: string, fault: unknown) => void
  now?: () => number
  /** Most entries in a batch. */
  limit?: number
  /** How often to look for the entries of other processes, and how long `integrated` waits, in milliseconds. */
  poll?: number
  patience?: number
}

/** Throws `KeyRefused` when another key signed this database's log so far. */
export async function startSequencer(options: Options): Promise<Sequencer> {
  const { database, signer, log, now = Date.now, poll = 250, patience = 30_000 } = options
  await requireOwnLog(database, signer, now())
  const room = waitingRoom({ patience, now, look: entries => placesOf(database.read, entries) })
  // a nudge may come from within somebody's transaction, and a batch must not take itself for a part of that
  const outside = AsyncLocalStorage.snapshot()
  const batches = oneAtATime(() => outside(() => batch(options, room)), {
    failed: fault => log('The sequencer could not integrate a batch and will try again', fault),
    rest,
  })
  const looks = oneAtATime(() => look(database, room, batches.ask), {
    failed: fault => log('The sequencer could not look for pending entries', fault),
  })
  const timer = setInterval(looks.ask, poll)
  batches.ask()
  return {
    nudge: batches.ask,
    integrated(entry) {
      const place = room.wait(entry)
      batches.ask()
      return place
    },
    async stop() {
      clearInterval(timer)
      await looks.stop()
      await batches.stop()
      await turnAway(database, room, { entries: room.asked(), why: 'the sequencer stops' })
    },
  }
}

/** Whether there is more to do at once. */
async function batch({ database, signer, now = Date.now, limit = 1024 }: Options, room: WaitingRoom): Promise<boolean> {
  const asked = room.asked()
  const done = await database.transact(tx => sequenceBatch(tx, signer, { limit, now: now() }), batchTransaction)
  room.placed(done)
  const isFull = done.entries.length === limit
  if (!isFull) await room.lookUp(asked)
  return isFull
}

async function look(database: SequencerDatabase, room: WaitingRoom, ask: () => void): Promise<boolean> {
  await turnAway(database, room, { entries: room.overdue(), why: 'it takes too long' })
  if (room.asked().length > 0 || (await isAnyPending(database.read))) ask()
  return false
}

/** A lone entry is integrated at once; where many come, a batch costs its commit, so a millisecond's worth shares one. */
const rest = 1

const committed = { isolation: 'read committed' } as const

async function requireOwnLog(database: SequencerDatabase, signer: Signer, now: number): Promise<void> {
  await database.transact(tx => signEmpty(tx, signer, now), committed)
  const earlier = await latestCheckpoint(database.read)
  if (earlier) requireSameKey(signer, earlier.note)
}

async function isAnyPending(read: Read): Promise<boolean> {
  const { rows } = await sql`select 1 from pending limit 1`.execute(read.on<RecordTables>())
  return rows.length > 0
}
