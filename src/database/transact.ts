// Transactions: serializable unless asked otherwise, tried again when they clash, never nested, honest about a loss.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type Driver,
  type IsolationLevel,
  type Kysely,
  type QueryResult,
  type Transaction,
  type TransactionSettings,
} from 'kysely'
import type { Pool } from 'pg'
import { Busy, codeOf, DatabaseLost } from './errors.ts'
import type { Read, Write } from './handles.ts'
import { kyselyOver, type Own, statementTimeout, type TransactionSteps } from './pool.ts'
import { spanning, viewOver } from './snapshot.ts'

export type TransactOptions = {
  isolation?: 'serializable' | 'repeatable read' | 'read committed'
  readOnly?: boolean
  /**
   * Asynchronous: answered before it is on the disk. A server that is killed in the next second may lose it whole, unless
   * a commit of the other kind was answered in between, for that one takes everything before it along.
   */
  commit?: 'synchronous' | 'asynchronous'
  /** A statement without values that is run with the begin, in one message with it: nobody is given its answer. */
  opening?: CompiledQuery
}
export type Transact = <T>(work: (tx: Write) => Promise<T>, options?: TransactOptions) => Promise<T>

/** One try of a transaction: how far it came, when it has begun, what was sent unwaited, and whether its connection broke. */
type Try = {
  stage: 'connecting' | 'working' | 'committing' | 'ended'
  readonly opening: CompiledQuery | undefined
  readonly commit: TransactOptions['commit']
  begun: Promise<QueryResult<unknown>>
  /** Answers to changes that only the commit waits for. */
  handed: readonly Promise<unknown>[]
  isLost: boolean
}
const current = new AsyncLocalStorage<Try>()

const inside = (): Try | undefined => {
  const found = current.getStore()
  return found && found.stage !== 'ended' ? found : undefined
}

const enter = (stage: Try['stage']): void => {
  const now = inside()
  if (now) now.stage = stage
}

/** All in one message: what goes out with BEGIN costs no round trip. */
function beginSql({ isolationLevel, accessMode }: TransactionSettings, ownsSessions: boolean): string {
  const mode = [isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean).join(' ')
  const { opening, commit } = inside() ?? {}
  // Local, so they hold behind a pooler too.
  const limit = !ownsSessions && `set local statement_timeout = ${statementTimeout}`
  const unflushed = commit === 'asynchronous' && 'set local synchronous_commit = off'
  return [`begin ${mode}`, limit, unflushed, opening?.sql].filter(Boolean).join('; ')
}

/** Marks on the current try how far it came: from that alone it is known whether a broken one may be repeated. */
const steps = (base: Driver, ownsSessions: boolean): TransactionSteps => ({
  async beginTransaction(connection, settings) {
    const begun = connection
      .executeQuery(CompiledQuery.raw(beginSql(settings, ownsSessions)))
      .catch(fault => {
        // A server that answers is there: then it is what opens the transaction that failed.
        if (!(fault instanceof DatabaseLost)) enter('working')
        throw fault
      })
      .then(answer => {
        enter('working')
        return answer
      })
    const now = inside()
    if (!now) return void (await begun)
    // Not waited for: the first questions go out with it. Whoever changes something waits, and hears of a failure.
    begun.catch(() => {})
    now.begun = begun
  },
  async commitTransaction(connection) {
    const now = inside()
    await now?.begun
    enter('committing')
    const committed = base.commitTransaction(connection)
    // After a failure of what went out before it the server makes a rollback of it: then that failure is what is told.
    committed.catch(() => {})
    for (const one of now?.handed ?? []) await one
    await committed
  },
  async rollbackTransaction(connection) {
    const now = inside()
    // It must not hide why the transaction failed; a connection that cannot even roll back is gone.
    await base.rollbackTransaction(connection).catch(() => {
      if (now) now.isLost = true
    })
  },
})

/** SQL states after which the same work may succeed at once: serialization failure and deadlock. */
const clashes = new Set(['40001', '40P01'])
/**
 * A key that is taken already: by somebody who committed after this transaction looked, whom the next try sees. When it
 * stays taken, the work itself is wrong.
 */
const taken = '23505'
const takenTries = 3
/** Statement cancelled by its timeout, lock not available. */
const waits = new Set(['57014', '55P03'])
const completionUnknown = '40003'

type Trouble = 'clash' | 'taken' | 'wait' | 'lost' | 'unknown' | 'other'

function troubleOf(error: unknown, { stage, isLost }: Try): Trouble {
  if (error instanceof Busy) return 'other'
  const code = codeOf(error) ?? ''
  if (clashes.has(code)) return 'clash'
  if (code === taken) return 'taken'
  if (code === completionUnknown) return 'unknown'
  if (stage === 'connecting') return 'lost'
  if (isLost) return stage === 'committing' ? 'unknown' : 'lost'
  return waits.has(code) ? 'wait' : 'other'
}

/** About three seconds of waiting on the whole: time for sixty that want the same to come one after the other. */
const clashTries = 30
/** Milliseconds after which no further try begins. A server of our own is back within one second. */
const patience = { clash: 10_000, lost: 5_000 }
const jitter = (tries: number): number => Math.random() * Math.min(250, 4 * 2 ** tries)

/** Waits before the next try, or throws what the caller is to know. */
async function settle(
  error: unknown,
  trouble: Trouble,
  { tries, began }: { tries: number; began: number },
): Promise<void> {
  const spent = Date.now() - began
  if (trouble === 'other' || (trouble === 'taken' && tries >= takenTries)) throw error
  if (trouble === 'unknown') throw new DatabaseLost('unknown', error)
  if (trouble === 'lost' && spent > patience.lost) throw new DatabaseLost('nothing', error)
  if (trouble === 'wait' || (trouble === 'clash' && (spent > patience.clash || tries >= clashTries)))
    throw new Busy('Too many changes at the same time. Nothing was changed; try again in a moment.', { cause: error })
  await sleep(trouble === 'lost' ? 50 + jitter(6) : jitter(tries))
}

const isolationOf = (options: TransactOptions): IsolationLevel => options.isolation ?? 'serializable'

/** The work over a view of its own of the transaction, which ends with it. */
async function within<T>(
  begun: Transaction<unknown>,
  work: (tx: Write) => Promise<T>,
  isSnapshot: boolean,
): Promise<T> {
  return begun.getExecutor().provideConnection(async connection => {
    const now = inside()
    if (!now) throw new Error('A transaction was begun past `transact`')
    const { begun: open } = now
    const span = spanning(connection, { isSnapshot, begun: open })
    now.handed = span.handed
    const view = viewOver(begun, span.connection)
    const tx: Write = {
      on: <Tables>() => view as unknown as ReturnType<typeof tx.on<Tables>>, // the caller names the tables
      asks: span.asks,
      sends: span.sends,
    }
    try {
      const answer = await work(tx)
      await open // what was sent unwaited stood behind this, and so has gone out
      return answer
    } finally {
      span.end()
    }
  })
}

const runOnce = <T>(db: Kysely<unknown>, work: (tx: Write) => Promise<T>, options: TransactOptions): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel(isolationOf(options))
    .setAccessMode(options.readOnly ? 'read only' : 'read write')
    .execute(begun => within(begun, work, isolationOf(options) !== 'read committed'))

const nothing: Promise<QueryResult<unknown>> = Promise.resolve({ rows: [] })

const makeTransact = (db: Kysely<unknown>): Transact =>
  async function transact(work, options = {}) {
    if (inside()) throw new Error('A transaction was begun inside another one: hand its `tx` on instead')
    const began = Date.now()
    for (let tries = 1; ; tries++) {
      const { opening, commit } = options
      const now: Try = { stage: 'connecting', opening, commit, begun: nothing, handed: [], isLost: false }
      try {
        return await current.run(now, () => runOnce(db, work, options))
      } catch (error) {
        await settle(error, troubleOf(error, now), { tries, began })
      } finally {
        now.stage = 'ended'
      }
    }
  }

function makeRead(db: Kysely<unknown>): Read {
  const past = (): Kysely<unknown> => {
    // It would not see the transaction's own changes, and may wait for ever for a connection that the transaction holds.
    if (inside()) throw new Error('The database was read past the transaction that is open: read through its `tx`')
    return db
  }
  return {
    on: <Tables>() => past() as unknown as Kysely<Tables>, // each domain names the tables that it reads
    asks: async query => (await past().executeQuery(query)).rows,
  }
}

/**
 * The two ways to the tables over a pool. `transact` repeats `work`, so `work` must have no effect outside `tx`.
 * Throws Busy (clashes outlast 30 tries or 10 seconds, or a statement took too long) and DatabaseLost.
 */
export function openHandles(
  pool: Pool,
  { ownsSessions = false }: Pick<Own, 'ownsSessions'> = {},
): { read: Read; transact: Transact } {
  const db = kyselyOver(pool, { ownsSessions, steps: base => steps(base, ownsSessions) })
  return { read: makeRead(db), transact: makeTransact(db) }
}
