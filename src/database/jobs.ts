// Work to be done after a commit: enqueued inside the transaction, so that it is done exactly if the change was made.
//
// pg-boss keeps the queues in the schema `jobs`. A worker that dies leaves its job to be done again after it expires,
// so a handler must be safe to repeat. It is imported only when the first job is enqueued or the work starts, for that
// takes longer than a command of the CLI should.
import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { Db, JobWithMetadata, PgBoss } from 'pg-boss'
import type { Log } from './errors.ts'
import { grantSchema } from './grants.ts'
import type { Write } from './handles.ts'
import type { Migrations } from './migrate.ts'
import type { Database } from './open.ts'

const schema = 'jobs'
/** Of the installed pg-boss; a test holds the two together. A new one makes a new migration of the same kind. */
export const jobsSchemaVersion = 46

const withoutTransaction = (plan: string): string => plan.replace(/^\s*BEGIN;/i, '').replace(/COMMIT;\s*$/i, '')

async function installedVersion(db: Kysely<unknown>): Promise<number | undefined> {
  const table = await sql<{ found: string | null }>`select to_regclass('jobs.version')::text as found`.execute(db)
  if (!table.rows[0]?.found) return undefined
  const { rows } = await sql<{ version: number }>`select version from jobs.version`.execute(db)
  return rows[0]?.version
}

/** To be gathered with the domains' migrations: makes or updates pg-boss's tables as owner. */
export const jobsMigrations: Migrations = {
  [`0001-jobs-${jobsSchemaVersion}`]: {
    async up(db: Kysely<unknown>) {
      const { getConstructionPlans, getMigrationPlans } = await import('pg-boss')
      const version = await installedVersion(db)
      const plan = version === undefined ? getConstructionPlans(schema) : getMigrationPlans(schema, version)
      if (version !== jobsSchemaVersion) await sql.raw(withoutTransaction(plan)).execute(db)
      await grantSchema(db, schema)
    },
  },
}

/** What one kind of job does. `data` is what was enqueued; throwing means that it is tried again later. */
export type Handler = (data: object, job: { id: string; signal: AbortSignal }) => Promise<void>
/** The handlers by the name of their job. */
export type Handlers = Record<string, Handler>

/** `startAfter`: not before this moment. */
export type EnqueueOptions = { startAfter?: Date }

/** A job that failed every try, kept for a year. `error` is for operators only: it may quote private matter. */
export type DeadJob = { id: string; name: string; data: object; failedAt: Date; error: unknown }

export type Jobs = {
  enqueue(tx: Write, name: string, data: object, options?: EnqueueOptions): Promise<void>
  /**
   * Makes the queues, which must be there before the first transaction that enqueues begins: it would not see them. An
   * opened house has them from its founding on.
   */
  prepare(): Promise<void>
  /** Begins to work off the queues; call it when the server listens. */
  start(): Promise<void>
  /** Lets running jobs end, for at most ten seconds. */
  stop(): Promise<void>
  dead(): Promise<DeadJob[]>
  /** Destroys the errors, kept with their jobs, that quote one of these texts. */
  forget(texts: readonly string[]): Promise<void>
  /** Puts every dead job back into its queue and says how many there were. */
  revive(): Promise<number>
}

const deadQueue = 'dead'
const year = 365 * 24 * 3600
/** Tries again after about 2, 4, 8 ... seconds, ten times: for some half an hour. */
const queueOptions = {
  retryLimit: 10,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 900,
  deadLetter: deadQueue,
}

const overPool = ({ pool }: Database): Db => ({
  executeSql: async (text, values) => await pool.query(text, values),
})

const overTransaction = (tx: Write): Db => ({
  executeSql: async (text, values = []) => ({ rows: [...(await tx.asks(CompiledQuery.raw(text, values)))] }),
})

async function connect(database: Database, log: Log): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss')
  // The serving role owns no tables: they are migrated by the owner, and rebuilding indexes is left to autovacuum.
  const fixed = { schema, migrate: false, createSchema: false, reindex: false, monitorVacuum: false, schedule: false }
  const boss = new PgBoss({ db: overPool(database), ...fixed, superviseIntervalSeconds: 60 })
  boss.on('error', error => log(`The job queue has a problem: ${error.message}`))
  await boss.start()
  return boss
}

async function createQueues(boss: PgBoss, names: string[]): Promise<void> {
  const existing = new Set((await boss.getQueues()).map(queue => queue.name))
  if (!existing.has(deadQueue)) await boss.createQueue(deadQueue, { retentionSeconds: year, retryLimit: 0 })
  for (const name of names) if (!existing.has(name)) await boss.createQueue(name, queueOptions)
}

const deadJob = (job: JobWithMetadata<object>): DeadJob => ({
  id: job.id,
  name: job.sourceName ?? job.name,
  data: job.data,
  failedAt: job.createdOn,
  error: job.sourceOutput ?? null,
})

type Worker = { boss: PgBoss; log: Log }

async function workOff({ boss, log }: Worker, name: string, handle: Handler): Promise<void> {
  const worker: string = await boss.work<object>(name, { pollingIntervalSeconds: 0.5 }, async ([job]) => {
    if (!job) return
    try {
      await handle(job.data, job)
    } catch (error) {
      // The message may quote private matter, so the log only says where to look.
      log(`Job ${name} ${job.id} failed; it is tried again later and its error is kept with it`)
      throw error
    } finally {
      boss.notifyWorker(worker) // the next job need not wait for the next look
    }
  })
}

/**
 * The queues of these handlers. A process may enqueue without ever starting to work, as the CLI does; any number of
 * processes may work on the same queues.
 */
export function openJobs(database: Database, handlers: Handlers, log: Log): Jobs {
  let opened: Promise<PgBoss> | undefined
  const open = async () => {
    const boss = await connect(database, log)
    await createQueues(boss, Object.keys(handlers))
    return boss
  }
  const ready = () => {
    opened ??= open().catch(error => {
      opened = undefined // the database may be back at the next call
      throw error
    })
    return opened
  }
  return {
    // biome-ignore lint/complexity/useMaxParams: the transaction goes first everywhere, and what it is asked follows
    async enqueue(tx, name, data, { startAfter } = {}) {
      if (!Object.hasOwn(handlers, name)) throw new Error(`No handler is named ${name}`)
      const boss = await ready()
      await boss.send(name, data, { startAfter, db: overTransaction(tx) })
    },
    async prepare() {
      await ready()
    },
    async start() {
      const worker = { boss: await ready(), log }
      await Promise.all(Object.entries(handlers).map(([name, handle]) => workOff(worker, name, handle)))
    },
    async stop() {
      const boss = await opened?.catch(() => undefined)
      opened = undefined
      await boss?.stop({ graceful: true, timeout: 10_000 })
    },
    dead: async () => (await (await ready()).findJobs<object>(deadQueue)).map(deadJob),
    async forget(texts) {
      for (const text of texts)
        await database.pool.query(
          'update jobs.job set output = null where output is not null and position($1 in output::text) > 0',
          [JSON.stringify(text).slice(1, -1)],
        )
    },
    revive: async () => (await ready()).redrive(deadQueue),
  }
}
