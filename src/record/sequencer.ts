// The sequencer: gives committed entries their indexes in batches and signs one checkpoint for each batch.

import { sql } from 'kysely'
import type { Read, Write } from '#database/handles.ts'
import { sequenceBatch, signEmpty } from './batch.ts'
import { latestCheckpoint, placesOf } from './queries.ts'
import { requireSameKey, type Signer } from './signer.ts'
import type { RecordTables } from './tables.ts'
import { type Place, waitingRoom } from './waiting.ts'

export type Sequencer = {
  /** To be called after an act's commit: begins a batch at once, or has the running one followed by another. */
  nudge(): void
  /** Resolves when this committed entry has its index, given by this process or another. Rejects when that takes too long. */
  integrated(entry: string): Promise<Place>
  /** Lets the running batch finish; those still waiting are told. */
  stop(): Promise<void>
}

/** READ COMMITTED, because the statement after the lock must see what the last holder of the lock committed. */
export type SequencerDatabase = {
  read: Read
  transact<T>(work: (tx: Write) => Promise<T>, options: { isolation: 'read committed' }): Promise<T>
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
  const { database, signer, log, now = Date.now, limit = 1024, poll = 250, patience = 30_000 } = options
  await requireOwnLog(database, signer, now())
  const room = waitingRoom({ patience, now, look: entries => placesOf(database.read, entries) })
  let running: Promise<void> | undefined
  let isAskedAgain = false
  let isStopped = false

  const batch = async (): Promise<boolean> => {
    const asked = room.asked()
    const done = await database.transact(tx => sequenceBatch(tx, signer, { limit, now: now() }), committed)
    room.placed(done)
    const isFull = done.entries.length === limit
    if (!isFull) await room.lookUp(asked)
    return isFull
  }
  const work = async (): Promise<void> => {
    do isAskedAgain = false
    while (((await batch()) || isAskedAgain) && !isStopped)
  }
  const nudge = (): void => {
    if (isStopped) return
    isAskedAgain = true
    running ??= work()
      .catch(fault => {
        isAskedAgain = false // the next look tries again, so that a lost database is not asked without pause
        log('The sequencer could not integrate a batch and will try again', fault)
      })
      .finally(() => {
        running = undefined
        if (isAskedAgain) nudge()
      })
  }
  const look = async (): Promise<void> => {
    room.giveUp()
    if (!running && (room.asked().length > 0 || (await isAnyPending(database.read)))) nudge()
  }
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= look()
      .catch(fault => log('The sequencer could not look for pending entries', fault))
      .finally(() => {
        looking = undefined
      })
  }, poll)
  nudge()

  return {
    nudge,
    integrated(entry) {
      const place = room.wait(entry)
      nudge()
      return place
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await Promise.all([running, looking])
      await running // which a look may have begun
      room.close()
    },
  }
}

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
