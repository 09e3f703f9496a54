// The house: opens the database, starts the sequencer, the jobs and the clock, and gives the faces what they need.
import { join } from 'node:path'
import { createEngine } from '#acts/engine.ts'
import { idempotencyMigrations } from '#acts/idempotency.ts'
import type { Engine } from '#acts/parts.ts'
import { gather, type Registry } from '#acts/registry.ts'
import { startClock } from '#adapters/clock.ts'
import { mailMigrations, outboxPost, type Post, smtpPost } from '#adapters/mail/post.ts'
import { type OpenSignIn, openSignIn, signInMigrations } from '#adapters/sign-in/sign-in.ts'
import { type Fresh, systemFresh } from '#base/ids.ts'
import { instantOf } from '#base/instants.ts'
import { type Remembered, remembered } from '#base/remembered.ts'
import { CannotOpen, causeOf, messageOf } from '#database/errors.ts'
import { jobsMigrations } from '#database/jobs.ts'
import { type Database, openDatabase } from '#database/open.ts'
import {
  countStops,
  formatFaults,
  type LoadedCharter,
  loadCharter,
  type OpenCharters,
  openCharters,
  type Shelf,
  type StopCounter,
} from '#domains/charter/index.ts'
import { namesOf, personOfAccount } from '#domains/people/index.ts'
import type { Leaf } from '#record/leaf.ts'
import { type Sequencer, startSequencer } from '#record/sequencer.ts'
import type { Signer } from '#record/signer.ts'
import { recordMigrations } from '#record/tables.ts'
import type { WebParts } from '#web/parts.ts'
import type { Config } from './config.ts'
import { nameDomains } from './domains.ts'
import { forgetDeparted } from './forgetting.ts'
import { type Outside, outsideOf } from './outside.ts'
import { type OpenQueues, openQueues, type Queues } from './queues.ts'
import { rarely } from './rarely.ts'
import { sharedSecret, sharedSigner } from './shared.ts'
import { versions } from './versions.ts'

export type App = {
  readonly config: Config
  readonly database: Database
  readonly engine: Engine
  readonly charters: OpenCharters
  readonly shelf: Shelf
  readonly sequencer: Sequencer
  readonly signer: Signer
  readonly queues: Queues
  readonly post: Post
  readonly signIn: OpenSignIn
  readonly web: WebParts
  /** Starts the jobs and the clock; a command that only does one thing does not. */
  readonly work: () => Promise<void>
  readonly close: () => Promise<void>
}

export type OpenOptions = {
  readonly log: (line: string) => void
  /** A stand-in for tests; the real world unless given. */
  readonly outside?: Outside
  readonly fresh?: Fresh
  /** A stand-in for stories that do the queued work themselves. */
  readonly openQueues?: OpenQueues
  /** A command beside a running program. */
  readonly joins?: boolean
}

type Ground = {
  readonly config: Config
  readonly database: Database
  readonly registry: Registry
  readonly shelf: Shelf
  readonly fresh: Fresh
  readonly log: (line: string) => void
  readonly openQueues: OpenQueues
}

/** The charter that the program opens with: the one in force, else the one in the folder. */
async function firstCharter({ config, database, shelf }: Ground): Promise<LoadedCharter> {
  const kept = (await shelf.inForce(database.read))?.loaded.charter
  if (kept) return kept
  const folder = config.CHARTER ?? join(import.meta.dirname, '..', 'charters', 'pytorch')
  const { charter, faults } = await loadCharter(folder, shelf.asked())
  if (!charter) throw new CannotOpen(`The charter in ${folder} does not load:\n${formatFaults(faults, folder)}`)
  return charter
}

async function openPost({ config, database }: Ground): Promise<Post> {
  const { SMTP_URL, MAIL_FROM, BASE_URL } = config
  return SMTP_URL ? smtpPost(SMTP_URL, MAIL_FROM ?? `no-reply@${new URL(BASE_URL).hostname}`) : outboxPost(database)
}

async function openDoor({ config, database }: Ground, post: Post, charters: OpenCharters): Promise<OpenSignIn> {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = config
  return openSignIn({
    database,
    post,
    baseUrl: config.BASE_URL,
    secret: await sharedSecret({ config, database }),
    foundation: () => charters.current().foundation,
    providers: config.providers,
    ...(clientId && clientSecret && { github: { clientId, clientSecret } }),
  })
}

type Standing = Pick<App, 'engine' | 'charters' | 'sequencer' | 'signer' | 'signIn' | 'post'> & {
  readonly version: () => Promise<string>
  readonly personsKnown: PersonsKnown
}

/**
 * Whose sign-in it is hardly changes: only erasing oneself ends it, and another program may hear of that ten seconds later.
 * By then the person has no capacity left in which to act.
 */
type PersonsKnown = Remembered<string | undefined>
const personsKept = { seconds: 10, most: 1000, isKept: (person: string | undefined) => person !== undefined }

function webParts({ config, database, fresh, log }: Ground, standing: Standing): WebParts {
  const { engine, charters, signer, signIn, post, version, personsKnown } = standing
  const { read } = database
  return {
    engine,
    read,
    signIn,
    version,
    log,
    now: () => instantOf(fresh.now()),
    foundation: () => ({ ...charters.current().foundation, charter: charters.current().hash }),
    pledge: id => charters.current().clauses.find(clause => clause.id === id)?.pledge,
    vkey: signer.vkey,
    baseUrl: config.BASE_URL,
    heldFor: async ({ id, email }) => ({ signIn: await signIn.heldOf(id), letters: await post.lettersTo(email) }),
    personOf: account => personsKnown.of(account, () => personOfAccount(read, account)),
    nameOf: async person => (await namesOf(read, [person])).get(person) ?? person,
  }
}

/** The jobs and the clock, begun and ended together. */
function worker({ database, log, fresh }: Ground, parts: { engine: Engine; queues: Queues; stops: StopCounter }) {
  const { engine, queues, stops } = parts
  const flush = () => stops.flush().catch(fault => log(`Stops by rules could not be counted: ${messageOf(fault)}`))
  let clock: ReturnType<typeof startClock> | undefined
  let flushing: NodeJS.Timeout | undefined
  return {
    async begin() {
      await queues.start()
      clock = startClock({ engine, read: database.read, log, now: fresh.now })
      flushing = setInterval(flush, 5000)
    },
    async end() {
      clearInterval(flushing)
      await clock?.stop()
      await flush()
      await queues.stop()
    },
  }
}

type Watchers = Pick<App, 'charters' | 'sequencer' | 'signIn' | 'post' | 'queues'> & {
  readonly moved: () => void
  readonly personsKnown: PersonsKnown
}

/** What follows a commit at once: none of it may fail the act, for it is done. */
function afterwards({ database, log }: Ground, watchers: Watchers) {
  const { charters, sequencer, signIn, post, queues, moved, personsKnown } = watchers
  const forget = () =>
    forgetDeparted({ database, signIn, post, jobs: queues }).catch(fault =>
      log(`A sign-in could not be forgotten: ${messageOf(fault)}`),
    )
  const refresh = () =>
    charters.follow(database.read).catch(fault => log(`The charter could not be read again: ${messageOf(fault)}`))
  return {
    forget,
    committed(entries: readonly Leaf[]) {
      sequencer.nudge()
      moved()
      if (entries.some(entry => entry.act.startsWith('charter.'))) void refresh()
      if (entries.some(entry => entry.act === 'people.erase')) {
        personsKnown.forget()
        void forget()
      }
    },
  }
}

const openSequencer = ({ database, fresh, log }: Ground, signer: Signer): Promise<Sequencer> =>
  startSequencer({ database, signer, now: fresh.now, log: (line, fault) => log(`${line} (${causeOf(fault)})`) })

async function build(ground: Ground): Promise<App> {
  const { config, database, registry, shelf, fresh, log } = ground
  const charters = await openCharters(database.read, shelf, await firstCharter(ground))
  const { origin } = charters.current().foundation
  const signer = await sharedSigner(ground, origin)
  const sequencer = await openSequencer(ground, signer)
  const post = await openPost(ground)
  const signIn = await openDoor(ground, post, charters)
  const [stops, version] = [countStops(database, fresh.now), versions(ground, charters)]
  const mail = { post, emailOf: signIn.addressOf, foundation: () => charters.current().foundation }
  const queues = ground.openQueues({ ...mail, baseUrl: config.BASE_URL, database, registry, log, engine: () => engine })
  const personsKnown = remembered(personsKept)
  const after = afterwards(ground, { charters, sequencer, signIn, post, queues, moved: version.moved, personsKnown })
  const engine = createEngine({
    registry,
    database,
    charters,
    fresh,
    integrated: sequencer.integrated,
    enqueue: queues.follow,
    stopped: stops.note,
    committed: after.committed,
  })
  const work = worker(ground, { engine, queues, stops })
  const standing = { engine, charters, sequencer, signer, signIn, post, version: version.current, personsKnown }
  const close = async () => {
    await work.end()
    await sequencer.stop()
    post.close()
    await database.close()
  }
  return {
    ...standing,
    config,
    database,
    shelf,
    queues,
    post,
    web: webParts(ground, standing),
    work: () => Promise.all([work.begin(), after.forget()]).then(() => undefined),
    close,
  }
}

/** Throws CannotOpen, with a line for the operator, when the database or the charter cannot be opened. */
export async function openApp(config: Config, options: OpenOptions): Promise<App> {
  const { fresh = systemFresh, joins } = options
  const log = rarely(options.log, fresh.now)
  // The domains are named before the database is open, so the charter's criteria are asked for late.
  let readFile: (name: string) => Promise<string | undefined> = async () => undefined
  const outside = options.outside ?? outsideOf(config, name => readFile(`criteria/${name}.yml`))
  const { domains, shelf } = nameDomains(outside)
  const registry = gather(domains)
  const own = {
    ...recordMigrations,
    ...idempotencyMigrations,
    ...jobsMigrations,
    ...mailMigrations,
    ...signInMigrations,
  }
  const database = await openDatabase({
    dataDir: config.DATA_DIR,
    url: config.DATABASE_URL,
    ownerUrl: config.DATABASE_OWNER_URL,
    migrations: { ...own, ...registry.migrations },
    log,
    joins,
  })
  readFile = async name => (await shelf.inForce(database.read))?.files[name]
  const ground = { config, database, registry, shelf, fresh, log, openQueues: options.openQueues ?? openQueues }
  return build(ground).catch(async fault => {
    await database.close()
    throw fault
  })
}
