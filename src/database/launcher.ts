// The embedded PostgreSQL: from a data folder to a running server of our own, watched and restarted while we run.
import { createHash } from 'node:crypto'
import { accessSync, constants, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import { type Account, chooseAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { ensureCluster, makePrivate, ownerRole } from './cluster.ts'
import { CannotOpen, codeOf, type Log, messageOf } from './errors.ts'
import { acquireLock } from './lock.ts'
import {
  type Place,
  reuseServer,
  runningPid,
  type Settings,
  smallMachine,
  startServer,
  stopServer,
  withOwner,
} from './postmaster.ts'

export const appRole = 'guildhall_app'
const database = 'guildhall'

export type Embedded = {
  socketDir: string
  /** Makes and changes tables. */
  ownerConfig: ClientConfig
  /** Serves: may do what migrations granted. */
  appConfig: ClientConfig
  /** The server's process now; another one after a restart. */
  pid(): number
  stop(): Promise<void>
}

/** For tests: what a crash of the machine would lose need not wait for the disk. */
const careless: Settings = { fsync: 'off', full_page_writes: 'off' }

/** `settings` are PostgreSQL's own; without `isDurable` (tests) a crash of the machine may lose data. */
export type Launch = {
  dataDir: string
  log: Log
  settings?: Settings
  isDurable?: boolean
  /** A command beside a running program: use that program's server instead of being refused. */
  joins?: boolean
}

const socketPathLimit = 107
const socketName = '/.s.PGSQL.5432'

/** The kernel limits the length of a socket's path, so a deep data folder has its socket in the temporary folder. */
export function socketFolder(dataDir: string): string {
  const near = join(dataDir, 'socket')
  if (Buffer.byteLength(near + socketName) <= socketPathLimit) return near
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return join(tmpdir(), `guildhall-${key}`)
}

/** The temporary folder is everybody's: a folder that is not ours, or open, or a link, may be a trap. */
function ensureSocketFolder(folder: string, account: Account): void {
  try {
    makePrivate(folder, account)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const found = lstatSync(folder)
    if (found.isDirectory() && found.uid === account.uid && (found.mode & 0o077) === 0) return
    throw new CannotOpen(`${folder} must be a folder of uid ${account.uid} that is closed to others: remove it.`)
  }
}

function ensureDataFolder(dataDir: string): string {
  try {
    // As root the server runs under another account, which must be able to pass through.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    accessSync(dataDir, constants.W_OK)
    return realpathSync(dataDir)
  } catch (error) {
    throw new CannotOpen(
      `The data folder ${dataDir} cannot be made or written: ${messageOf(error)}. Make it writable, or choose another DATA_DIR.`,
    )
  }
}

function placeOf(dataDir: string, binaries: Binaries): Place {
  const cluster = join(dataDir, 'postgres')
  const socketDir = socketFolder(dataDir)
  const account = chooseAccount(cluster, [cluster, socketDir, binaries.postgres])
  return { cluster, socketDir, account, postgres: binaries.postgres, logFile: join(dataDir, 'postgres.log') }
}

/** Makes the serving role and the databases that are not there yet. */
export async function provision(socketDir: string, databases = [database]): Promise<void> {
  await withOwner(socketDir, 'postgres', async client => {
    const roles = await client.query('select from pg_roles where rolname = $1', [appRole])
    if (roles.rowCount === 0) await client.query(`create role ${appRole} login`)
    for (const name of databases) {
      const found = await client.query('select from pg_database where datname = $1', [name])
      if (found.rowCount === 0) await client.query(`create database ${name}`)
    }
  })
}

type Watched = { place: Place; start(): Promise<number>; log: Log; pid: number; stopping: AbortController }

/** Starts the server again after it ended while we run, waiting longer after each failure. */
async function restart(watched: Watched): Promise<void> {
  const { log, start, stopping } = watched
  log(`PostgreSQL (process ${watched.pid}) ended by itself; starting it again`)
  for (let failures = 1; !stopping.signal.aborted; failures++) {
    try {
      watched.pid = await start()
      return log(`PostgreSQL runs again (process ${watched.pid})`)
    } catch (error) {
      log(messageOf(error))
      await sleep(Math.min(10_000, 100 * 2 ** failures), undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
}

/** Looks ten times a second whether the server lives; a server that was left behind is no child of ours. */
function watch(watched: Watched): () => Promise<void> {
  let restarting: Promise<void> | undefined
  const timer = setInterval(() => {
    if (restarting || runningPid(watched.place) === watched.pid) return
    restarting = restart(watched).finally(() => {
      restarting = undefined
    })
  }, 100)
  timer.unref()
  return async () => {
    watched.stopping.abort()
    clearInterval(timer)
    await restarting
  }
}

/** A data folder whose server can be started, or found running. The caller holds the folder's lock. */
export async function prepare(dataDir: string, options: Omit<Launch, 'dataDir'>) {
  const { log, settings, isDurable = true } = options
  const binaries = findBinaries()
  const place = placeOf(dataDir, binaries)
  await ensureCluster(place.cluster, { binaries, account: place.account, isDurable, log })
  ensureSocketFolder(place.socketDir, place.account)
  const chosen = { ...smallMachine, ...(isDurable ? {} : careless), ...settings }
  const start = async () => (await reuseServer(place, log)) ?? startServer(place, chosen, log)
  return { place, start }
}

async function launchLocked(dataDir: string, options: Launch) {
  const { place, start } = await prepare(dataDir, options)
  const watched: Watched = { place, start, log: options.log, pid: await start(), stopping: new AbortController() }
  try {
    await provision(place.socketDir)
  } catch (error) {
    await stopServer(watched.pid)
    throw new CannotOpen(`PostgreSQL could not make the database: ${messageOf(error)}`)
  }
  const unwatch = watch(watched)
  const config = { host: place.socketDir, database }
  const halt = async () => {
    await unwatch()
    await stopServer(watched.pid)
  }
  return {
    socketDir: place.socketDir,
    ownerConfig: { ...config, user: ownerRole },
    appConfig: { ...config, user: appRole },
    pid: () => watched.pid,
    halt,
  }
}

/** The server belongs to the program that has the folder: it is neither watched nor stopped from here. */
function joined(dataDir: string, holder: number): Embedded {
  const socketDir = socketFolder(dataDir)
  const config = { host: socketDir, database }
  return {
    socketDir,
    ownerConfig: { ...config, user: ownerRole },
    appConfig: { ...config, user: appRole },
    pid: () => holder,
    stop: async () => {},
  }
}

/**
 * Opens the data folder for this program alone and gives its running server. Throws CannotOpen, with nothing changed,
 * when another program has the folder, when it is of another version, or when it cannot be reached.
 */
export async function launch(options: Launch): Promise<Embedded> {
  const dataDir = ensureDataFolder(resolve(options.dataDir))
  const lock = acquireLock(join(dataDir, 'guildhall.lock'))
  if ('pid' in lock && options.joins) return joined(dataDir, lock.pid)
  if ('pid' in lock)
    throw new CannotOpen(
      `Another Guildhall (process ${lock.pid}) has ${dataDir} open: stop it first, or choose another DATA_DIR.`,
    )
  try {
    const { halt, ...embedded } = await launchLocked(dataDir, options)
    const stop = async () => {
      await halt()
      lock.release()
    }
    return { ...embedded, stop }
  } catch (error) {
    lock.release()
    throw error
  }
}
