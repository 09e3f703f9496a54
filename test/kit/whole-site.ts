// A whole site for tests: domains on a real database, real sign-in, letters in an outbox, and visitors with cookie jars.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Domain } from '#acts/domain.ts'
import { createEngine } from '#acts/engine.ts'
import { idempotencyMigrations } from '#acts/idempotency.ts'
import { gather } from '#acts/registry.ts'
import { mailMigrations, type OutboxLetter, outbox, outboxPage, outboxPost, type Post } from '#adapters/mail/post.ts'
import { type OpenSignIn, openSignIn, type SignInOptions, signInMigrations } from '#adapters/sign-in/sign-in.ts'
import { mountApi } from '#api/routes.ts'
import { namesOf, people, personOfAccount } from '#domains/people/index.ts'
import { type Sequencer, startSequencer } from '#record/sequencer.ts'
import { newKey, signerOf } from '#record/signer.ts'
import { recordMigrations } from '#record/tables.ts'
import { mountHousePages } from '#web/house.ts'
import type { WebParts } from '#web/parts.ts'
import { createSite, type SiteOptions } from '#web/site.ts'
import { forgetDeparted } from '../../src/forgetting.ts'
import { type StillClock, stillClock } from './clock.ts'
import { type TestDatabase, type Tightness, testDatabase } from './database.ts'
import { type KitCharter, kitCharter, kitCharters } from './house.ts'
import { peopleTerms } from './people.ts'
import { toy } from './toy.ts'
import { type Visit, visitor } from './visitor.ts'

export type TestSiteOptions = {
  /** People and the toy bells unless given. */
  readonly domains?: readonly Domain[]
  readonly charter?: KitCharter
  readonly post?: Post
  readonly providers?: SignInOptions['providers']
  readonly database?: Tightness
  readonly site?: SiteOptions
  /** False where letters leave by SMTP. */
  readonly hasOutbox?: boolean
  /** Serves on loopback, for a browser; otherwise requests go straight to the site. */
  readonly listens?: boolean
  readonly baseUrl?: string
}

export type TestSite = {
  readonly baseUrl: string
  readonly site: Hono
  readonly parts: WebParts
  readonly signIn: OpenSignIn
  readonly sequencer: Sequencer
  readonly database: TestDatabase
  readonly clock: StillClock
  /** Every line that the program logged. */
  readonly lines: readonly string[]
  /** Letters in the outbox, the newest first. */
  readonly letters: () => Promise<readonly OutboxLetter[]>
  /** A browser of its own, with a cookie jar and no scripts. */
  readonly visit: () => Visit
}

const migrationsOf = (domains: readonly Domain[]) => ({
  ...recordMigrations,
  ...idempotencyMigrations,
  ...mailMigrations,
  ...signInMigrations,
  ...gather(domains).migrations,
})

/** A server whose port is known before the site is made, which must know its own address. */
export async function reservePort(t: TestContext) {
  let answer: ReturnType<typeof getRequestListener> | undefined
  const server = createServer((request, response) => void answer?.(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    // A passkey belongs to a name, and an address of numbers is none.
    baseUrl: `http://localhost:${(server.address() as AddressInfo).port}`, // listening on TCP
    serve(site: Hono) {
      answer = getRequestListener(site.fetch, { overrideGlobalObjects: false })
    },
  }
}

const cards = (charter: string): Pick<WebParts, 'foundation' | 'pledge'> => ({
  foundation: () => ({ name: 'Lantern Foundation', short: 'Lantern', accent: '#7a3b1d', language: 'en-GB', charter }),
  pledge: id => `The promise of ${id}.`,
})

function webParts(given: Omit<WebParts, 'version' | 'personOf' | 'nameOf'>): WebParts {
  const { read } = given
  let version = 0
  return {
    ...given,
    version: async () => String(++version),
    personOf: account => personOfAccount(read, account),
    nameOf: async person => (await namesOf(read, [person])).get(person) ?? person,
  }
}

async function openParts(t: TestContext, options: TestSiteOptions, baseUrl: string) {
  const { domains = [people, toy({ capacities: undefined })], charter = {}, providers = [] } = options
  const database = await testDatabase(t, migrationsOf(domains), options.database)
  const terms = { ...peopleTerms, 'bells.ringing': { most: 3 }, ...charter.terms }
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const clock = stillClock()
  const signer = signerOf('test.example/log', newKey())
  const sequencer = await startSequencer({ database, signer, log, now: clock.now })
  database.onClose(() => sequencer.stop())
  const charters = kitCharters(kitCharter({ ...charter, terms }))
  const registry = gather(domains)
  const engine = createEngine({
    registry,
    database,
    charters,
    fresh: clock,
    integrated: sequencer.integrated,
    committed(entries) {
      sequencer.nudge()
      if (entries.some(({ act }) => act === 'people.erase'))
        forgetDeparted({ database, signIn, post }).catch(fault => log(fault.name))
    },
  })
  const { foundation } = cards(charters.current().hash)
  const post = options.post ?? outboxPost(database)
  const secret = 'a secret of the tests, which guards nothing at all: 8f3a6c1e'
  const signIn = openSignIn({ database, baseUrl, secret, post, foundation, providers })
  const face = { ...cards(charters.current().hash), engine, read: database.read }
  const parts = webParts({ ...face, signIn, log, baseUrl, now: clock.at, vkey: signer.vkey, heldFor: async () => ({}) })
  return { parts, signIn, sequencer, database, clock, lines }
}

export async function testSite(t: TestContext, options: TestSiteOptions = {}): Promise<TestSite> {
  const port = options.listens ? await reservePort(t) : undefined
  const baseUrl = options.baseUrl ?? port?.baseUrl ?? 'http://localhost:4000'
  const opened = await openParts(t, options, baseUrl)
  const mounts = [mountApi, mountHousePages((options.hasOutbox ?? true) ? { outbox } : {})]
  const site = createSite(opened.parts, { mounts, ...options.site })
  port?.serve(site)
  const letters = () => outboxPage(opened.database.read, 1000)
  return { ...opened, baseUrl, site, letters, visit: () => visitor({ site, baseUrl, letters }) }
}
