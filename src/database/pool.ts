// Connections to PostgreSQL and the Kysely view of them, made so that a lost server never ends the program.
import {
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import { type ClientConfig, Pool, types } from 'pg'
import type { Log } from './errors.ts'
import { gatheringSocket, tellFaults, tellingPool } from './wire.ts'

const int8 = 20
const date = 1082

/** A count or index is a number as long as it is exact; a larger one is a fault, never a rounded value. */
export function exactNumber(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`The whole number ${text} is too large to be exact`)
}

const asWritten = (text: string): string => text

function parserOf(oid: number, format?: 'text' | 'binary') {
  if (format === 'binary') return types.getTypeParser(oid, format)
  if (oid === int8) return exactNumber
  // A day has no time zone, so it must not become a moment in ours.
  return oid === date ? asWritten : types.getTypeParser(oid, format)
}

/** How long one statement may take before it is given up, in milliseconds. */
export const statementTimeout = 30_000

export function openPool(config: ClientConfig, size: number, log: Log): Pool {
  const pool = new Pool({
    connectionTimeoutMillis: 10_000,
    ...config,
    max: size,
    types: { getTypeParser: parserOf },
    query_timeout: statementTimeout + 5_000,
    idleTimeoutMillis: 60_000,
    application_name: 'guildhall',
    // What is asked at the same time goes out at the same time, and the answers come in that order.
    pipeline: true,
    stream: gatheringSocket,
  })
  // Without a listener a lost connection ends the process: the pool listens to idle clients only.
  pool.on('error', error => {
    if (!pool.ending) log(`A database connection was lost: ${error.message}`)
  })
  pool.on('connect', client => client.on('error', () => {}))
  return tellFaults(pool)
}

/** Steps of a transaction that differ from Kysely's own. */
export type TransactionSteps = Partial<
  Pick<Driver, 'acquireConnection' | 'beginTransaction' | 'commitTransaction' | 'rollbackTransaction'>
>

export type Own = {
  /** Gets Kysely's driver and gives what is done otherwise. */
  readonly steps?: (base: Driver) => TransactionSteps
  /**
   * No pooler stands between, where sessions change hands: statements that come again are kept parsed by the session,
   * and the session itself ends what takes too long.
   */
  readonly ownsSessions?: boolean
}

/** PostgreSQL through this pool. */
function dialectOver(pool: Pool, { steps = () => ({}), ownsSessions }: Own): Dialect {
  return {
    createAdapter: () =>
      // A lock of the transaction needs no session of its own and no release, not even after a failure.
      Object.assign(new PostgresAdapter(), {
        acquireMigrationLock: async (db: Kysely<unknown>) => void (await lockMigrations(db)),
        releaseMigrationLock: async () => {},
      }),
    createDriver: () => {
      const base: Driver = new PostgresDriver({ pool: tellingPool(pool, { ownsSessions }) })
      const own = {
        init: options => base.init(options),
        acquireConnection: options => base.acquireConnection(options),
        beginTransaction: (connection, settings) => base.beginTransaction(connection, settings),
        commitTransaction: connection => base.commitTransaction(connection),
        rollbackTransaction: connection => base.rollbackTransaction(connection),
        releaseConnection: connection => base.releaseConnection(connection),
        destroy: () => base.destroy(),
      } satisfies Driver
      return { ...own, ...steps(own) }
    },
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

export const lockMigrations = (db: Kysely<unknown>) => sql`select pg_advisory_xact_lock(7163384699739271)`.execute(db)

export const kyselyOver = (pool: Pool, own: Own = {}): Kysely<unknown> =>
  new Kysely({ dialect: dialectOver(pool, own) })
