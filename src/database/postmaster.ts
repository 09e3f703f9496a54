// One PostgreSQL server process: found running, started, asked whether it answers, and stopped.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type Account, spawnAs } from './account.ts'
import { ownerRole, reasonIn } from './cluster.ts'
import { CannotOpen, codeOf, type Log, messageOf } from './errors.ts'
import { argumentsOf, startedAt } from './processes.ts'

export type Place = { cluster: string; socketDir: string; logFile: string; account: Account; postgres: string }
export type Settings = Record<string, string>

/** Fit for a small machine: both programs together stay under 300 MB at rest. Whatever is durable stays on. */
export const smallMachine: Settings = {
  shared_buffers: '32MB',
  max_connections: '40',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  autovacuum_max_workers: '2',
  idle_in_transaction_session_timeout: '60s',
  password_encryption: 'scram-sha-256',
  jit: 'off',
  // The same few statements come all the time: planned once each.
  plan_cache_mode: 'force_generic_plan',
  // Error texts of the server quote values of rows, which may be private: only its own state is logged.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

type PidFile = { pid: number; status: string }

function pidFile({ cluster }: Place): PidFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' }
  } catch {
    return undefined
  }
}

/** The pid of the server that has this data folder open; a number reused by another program is not it. */
export function runningPid(place: Place): number | undefined {
  const pid = pidFile(place)?.pid
  if (!pid || !startedAt(pid)) return undefined
  const words = argumentsOf(pid)
  return words[words.indexOf('-D') + 1] === place.cluster ? pid : undefined
}

/** PostgreSQL itself does not start while the number in these files lives as another program of its account. */
function removeStaleFiles(place: Place, log: Log): void {
  const pid = pidFile(place)?.pid
  if (pid && startedAt(pid)) log(`Removing a stale postmaster.pid: process ${pid} is another program`)
  rmSync(join(place.cluster, 'postmaster.pid'), { force: true })
  rmSync(join(place.socketDir, '.s.PGSQL.5432'), { force: true })
  rmSync(join(place.socketDir, '.s.PGSQL.5432.lock'), { force: true })
}

/** Runs `work` with one connection as owner of the cluster. */
export async function withOwner<T>(
  socketDir: string,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ host: socketDir, user: ownerRole, database, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the query that meets the loss reports it
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const starting = '57P03'

/** Waits until the server takes connections; gives false when it ended instead. */
async function answers(place: Place, pid: number, log: Log): Promise<boolean> {
  for (let tries = 1; startedAt(pid); tries++) {
    if (pidFile(place)?.status === 'ready') {
      const problem = await withOwner(place.socketDir, 'postgres', async () => undefined).catch(
        (error: unknown) => error,
      )
      if (problem === undefined) return true
      if (codeOf(problem) !== starting && codeOf(problem) !== 'ENOENT' && codeOf(problem) !== 'ECONNREFUSED')
        throw new CannotOpen(`PostgreSQL (process ${pid}) runs but refuses: ${messageOf(problem)}`)
    }
    if (tries % 500 === 0) log('PostgreSQL is still starting (after a crash it first reads its log)')
    await sleep(10)
  }
  return false
}

/** The server that an earlier program left behind, when it answers on our socket. */
export async function reuseServer(place: Place, log: Log): Promise<number | undefined> {
  const pid = runningPid(place)
  if (pid === undefined) return undefined
  if (!existsSync(join(place.socketDir, '.s.PGSQL.5432')) && pidFile(place)?.status === 'ready') {
    await stopServer(pid)
    return undefined
  }
  return (await answers(place, pid, log)) ? pid : undefined
}

/** The log is only for finding out why a start failed, so an old long one is thrown away. */
function openLog(path: string): number {
  const isLong = existsSync(path) && statSync(path).size > 1_000_000
  mkdirSync(dirname(path), { recursive: true })
  return openSync(path, isLong ? 'w' : 'a', 0o600)
}

const logTail = (path: string, from: number): string => reasonIn(readFileSync(path).subarray(from).toString())

function spawnServer(place: Place, settings: Settings): number {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const only = ['-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700']
  const output = openLog(place.logFile)
  try {
    const child = spawnAs(
      place.account,
      [place.postgres, '-D', place.cluster, '-k', place.socketDir, ...only, ...options],
      {
        cwd: '/',
        // A session of its own: Ctrl-C in the terminal must reach the program first, which then stops the server.
        detached: true,
        stdio: ['ignore', output, output],
      },
    )
    child.unref()
    if (child.pid === undefined) throw new CannotOpen(`${place.postgres} cannot be started`)
    return child.pid
  } finally {
    closeSync(output)
  }
}

/** Backends of a killed server need a moment to notice; until then the new one refuses to share their memory. */
const isStillInUse = (said: string): boolean => /still in use/.test(said)

export async function startServer(place: Place, settings: Settings, log: Log): Promise<number> {
  removeStaleFiles(place, log)
  for (let tries = 1; ; tries++) {
    const from = existsSync(place.logFile) ? statSync(place.logFile).size : 0
    const pid = spawnServer(place, settings)
    if (await answers(place, pid, log)) return pid
    const said = logTail(place.logFile, from > 1_000_000 ? 0 : from)
    if (!isStillInUse(said) || tries === 20)
      throw new CannotOpen(`PostgreSQL did not start: ${said || `see ${place.logFile}`}`)
    await sleep(100)
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/** A fast shutdown: open transactions are rolled back. After 20 seconds the server is made to stop at once. */
export async function stopServer(pid: number): Promise<void> {
  const began = startedAt(pid)
  signal(pid, 'SIGINT')
  for (let tries = 1; began && startedAt(pid) === began; tries++) {
    if (tries === 2000) signal(pid, 'SIGQUIT')
    await sleep(10)
  }
}
