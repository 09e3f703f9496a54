// A database of its own for every test, on one real server that all test processes of this checkout share.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownerRole } from '#database/cluster.ts'
import { appRole, prepare, provision } from '#database/launcher.ts'
import { acquireLock } from '#database/lock.ts'
import { type Migrations, migrate } from '#database/migrate.ts'
import { type Database, serveOver } from '#database/open.ts'
import { runningPid, stopServer, withOwner } from '#database/postmaster.ts'
import { type Holder, isAlive, self } from '#database/processes.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
const uid = process.getuid?.() ?? 0

/** A database is some 300 files, which memory makes twenty times faster than a disk; containers may have little of it. */
function scratch(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return realpathSync(tmpdir())
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 2 ** 30 ? memory : realpathSync(tmpdir())
}

const folder = join(scratch(), `guildhall-test-${uid}-${hash(import.meta.dirname)}`)
const users = join(folder, 'users')
const quiet = () => {}
/** Parallel starts of many test files need connections, not memory; what is thrown away needs no vacuum. */
const settings = { max_connections: '200', autovacuum: 'off', max_wal_size: '256MB' }

/** Runs `work` while no other test process starts or ends the server. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = acquireLock(`${folder}.lock`)
    if ('release' in lock) return work().finally(lock.release)
    await sleep(10)
  }
}

const otherUsers = (): Holder[] =>
  readdirSync(users)
    .map((name): Holder => JSON.parse(readFileSync(join(users, name), 'utf8')))
    .filter(user => user.pid !== process.pid && isAlive(user))

const server = () => prepare(folder, { log: quiet, settings, isDurable: false })

async function enter(): Promise<string> {
  return alone(async () => {
    mkdirSync(users, { recursive: true })
    writeFileSync(join(users, String(process.pid)), JSON.stringify(self()))
    const { place, start } = await server()
    await start()
    await provision(place.socketDir, [])
    return place.socketDir
  })
}

/** The last user stops the server and removes the folder; a killed one's part is done by the next. */
async function leave(): Promise<void> {
  await alone(async () => {
    rmSync(join(users, String(process.pid)), { force: true })
    if (otherUsers().length > 0) return
    const { place } = await server()
    const pid = runningPid(place)
    if (pid !== undefined) await stopServer(pid)
    rmSync(folder, { recursive: true, force: true })
  })
}

let joined: Promise<string> | undefined

/** Keeps the server up for a whole run of many test processes, until the function that it gives is called. */
export async function holdServer(): Promise<() => Promise<void>> {
  joined ??= enter()
  await joined
  return async () => {
    if (joined) await leave()
    joined = undefined
  }
}

after(async () => {
  if (joined) await leave()
  joined = undefined
})

const templateName = (migrations: Migrations): string =>
  `template_${hash(JSON.stringify(Object.entries(migrations).map(([name, step]) => [name, String(step.up)])))}`

/** A migrated database that others are copied from; made once per set of migrations. */
async function makeTemplate(host: string, migrations: Migrations): Promise<string> {
  const name = templateName(migrations)
  await withOwner(host, 'postgres', async client => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rows } = await client.query('select datistemplate as whole from pg_database where datname = $1', [name])
    if (rows[0]?.whole) return
    if (rows.length > 0) await client.query(`drop database ${name} with (force)`)
    await client.query(`create database ${name}`)
    await migrate({ host, user: ownerRole, database: name }, { migrations, role: appRole, log: quiet })
    await client.query(`alter database ${name} is_template true allow_connections false`)
  })
  return name
}

const templates = new Map<string, Promise<string>>()

function templateFor(host: string, migrations: Migrations): Promise<string> {
  const key = templateName(migrations)
  const known = templates.get(key)
  if (known) return known
  const made = makeTemplate(host, migrations)
  templates.set(key, made)
  return made
}

export type TestDatabase = Database & {
  /** Addresses for another process, or for `openDatabase`: as serving role and as owner of the tables. */
  url: string
  ownerUrl: string
  /** What must end before the database closes, last first: a test's own `after` would run too late. */
  onClose(work: () => Promise<void>): void
}

let count = 0

/** Fewer connections than in production, and less patience with those who wait for one. */
export type Tightness = { readonly poolSize?: number; readonly connectionTimeoutMillis?: number }

/** A fresh database with these migrations, served as in production; it is removed when the test ends. */
export async function testDatabase(
  t: TestContext,
  migrations: Migrations,
  { poolSize, ...patience }: Tightness = {},
): Promise<TestDatabase> {
  joined ??= enter()
  const host = await joined
  const template = await templateFor(host, migrations)
  const name = `test_${process.pid}_${++count}`
  await withOwner(host, 'postgres', client =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )
  const address = (role: string) => `postgresql:///${name}?host=${encodeURIComponent(host)}&user=${role}`
  const database = serveOver(
    { kind: 'embedded', app: { host, user: appRole, database: name, ...patience }, stop: async () => {} },
    { log: quiet, poolSize },
  )
  const endings = [() => database.close()]
  const close = async () => {
    for (let end = endings.pop(); end; end = endings.pop()) await end()
  }
  t.after(async () => {
    await close()
    await withOwner(host, 'postgres', client => client.query(`drop database ${name} with (force)`))
  })
  return {
    ...database,
    close,
    url: address(appRole),
    ownerUrl: address(ownerRole),
    onClose: work => void endings.push(work),
  }
}
