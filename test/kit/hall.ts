// The whole program as it is started, over a test database: a shipped charter founded, real sign-in, a still clock, and queues
// that a test empties when it wants to.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Hono } from 'hono'
import { idempotencyMigrations } from '#acts/idempotency.ts'
import { differences, replay } from '#acts/replay.ts'
import { tick } from '#adapters/clock.ts'
import { outbox, outboxPage } from '#adapters/mail/post.ts'
import { mountApi } from '#api/routes.ts'
import { type App, openApp } from '#app'
import { verifyDatabase } from '#record/audit.ts'
import { entriesPage } from '#record/queries.ts'
import { recordMigrations } from '#record/tables.ts'
import { mountHousePages } from '#web/house.ts'
import { createSite } from '#web/site.ts'
import { readConfig } from '../../src/config.ts'
import { storyQueues } from '../../src/demo/queues.ts'
import { found, seatFirstOfficer } from '../../src/founding.ts'
import { type StillClock, stillClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { scratch } from './repositories.ts'
import { type Visit, visitor } from './visitor.ts'
import { reservePort } from './whole-site.ts'

export type Hall = {
  readonly app: App
  readonly site: Hono
  readonly clock: StillClock
  /** Repositories made in this folder may be applied for and assessed by their path. */
  readonly repositories: string
  readonly visit: () => Visit
  /** Does the work that entries queued: assessments, letters. */
  readonly drain: () => Promise<void>
  /** The clock looks once what is due; how many acts that were. */
  readonly tick: () => Promise<number>
  /** The log verifies, and the tables are what the record says when it is replayed into empty ones. */
  readonly expectSound: () => Promise<void>
}

export const officerEmail = 'officer@hall.example'
const charters = join(import.meta.dirname, '..', '..', 'charters')

async function expectSound(t: TestContext, { app, clock }: Pick<Hall, 'app' | 'clock'>): Promise<void> {
  const { registry } = app.engine
  const [latest] = await entriesPage(app.database.read, { limit: 1 })
  assert.ok(latest, 'There is an entry')
  await app.sequencer.integrated(latest.id)
  const report = await verifyDatabase(app.database.read, { vkey: app.signer.vkey, now: clock.now() })
  assert.deepEqual([report.faults, report.ok, report.entries], [[], true, report.size])
  const rebuilt = await testDatabase(t, { ...recordMigrations, ...idempotencyMigrations, ...registry.migrations })
  assert.deepEqual(await replay(registry, app.database.read, rebuilt), { entries: report.size })
  assert.deepEqual(await differences(registry, app.database.read, rebuilt.read), [])
}

/** `listens`: on loopback, for a browser. `watches`: the clock has projects assessed on the charter's schedule. */
export async function openHall(
  t: TestContext,
  charter: 'pytorch' | 'example',
  { listens = false, watches = false } = {},
): Promise<Hall> {
  const [database, port] = [await testDatabase(t, {}), listens ? await reservePort(t) : undefined]
  const [clock, queues, repositories] = [stillClock(), storyQueues(), scratch(t)]
  const config = readConfig({
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: scratch(t),
    CHARTER: join(charters, charter),
    LOCAL_REPOSITORIES: repositories,
    BASE_URL: port?.baseUrl,
    WATCH: String(watches),
  })
  const log = (line: string): never => assert.fail(`The program complained: ${line}`)
  const app = await openApp(config, { log, fresh: clock, openQueues: queues.open })
  database.onClose(app.close)
  await found(app)
  await seatFirstOfficer(app, officerEmail)
  await queues.drain()
  const site = createSite(app.web, { mounts: [mountApi, mountHousePages({ outbox })] })
  port?.serve(site)
  const letters = () => outboxPage(app.database.read, 1000)
  const { read } = app.database
  return {
    app,
    site,
    clock,
    repositories,
    visit: () => visitor({ site, baseUrl: config.BASE_URL, letters }),
    drain: queues.drain,
    tick: async () => {
      const done = await tick({ engine: app.engine, read, log, now: clock.now })
      await queues.drain()
      return done
    },
    expectSound: () => expectSound(t, { app, clock }),
  }
}
