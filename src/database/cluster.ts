// The folder of the server's data: made whole or not at all, and only opened by the version that made it.
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Account, spawnAs } from './account.ts'
import type { Binaries } from './binaries.ts'
import { CannotOpen, type Log } from './errors.ts'

export const ownerRole = 'guildhall_owner'

/** A private folder of the account that the server runs under. */
export function makePrivate(folder: string, account: Account): void {
  mkdirSync(folder, { mode: 0o700 })
  if (account.asRoot) chownSync(folder, account.uid, account.uid)
}

function checkVersion(cluster: string, expected: number): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (found === String(expected)) return
  const remedy =
    Number(found) > expected
      ? 'start the newer Guildhall that made it'
      : 'dump it with the Guildhall that made it and restore the dump into a new data folder'
  throw new CannotOpen(`${cluster} was made by PostgreSQL ${found} and this is PostgreSQL ${expected}: ${remedy}.`)
}

const initdbArguments = (folder: string): string[] => [
  `--pgdata=${folder}`,
  `--username=${ownerRole}`,
  '--encoding=UTF8',
  // The same order of text on every machine, whatever libraries it has.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  // Only the socket leads in, and the socket's folder is closed to everybody else.
  '--auth=trust',
]

async function initialise(folder: string, { binaries, account, isDurable }: Making): Promise<void> {
  const args = [...initdbArguments(folder), ...(isDurable ? [] : ['--no-sync'])]
  const child = spawnAs(account, [binaries.initdb, ...args], { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [said, code] = await Promise.all([child.stderr ? text(child.stderr) : '', ended])
  if (code !== 0)
    throw new CannotOpen(`PostgreSQL could not make its data folder: ${reasonIn(said) || `initdb ended with ${code}`}`)
}

/** Why a program of PostgreSQL failed, by what it said: the first fault, for others only follow from it. */
export function reasonIn(said: string): string {
  const line = said.split('\n').find(text => /error:|fatal:|panic:|cannot|could not/i.test(text)) ?? ''
  const reason = line.replace(/^.*?(?=(ERROR|FATAL|PANIC):)/, '').trim()
  return /No space left|Check free disk space/.test(said) ? `the disk is full (${reason})` : reason
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** What a killed start left behind. Its initdb may outlive it and make its folder again, so this is asked before and after. */
function removeHalfMade(cluster: string): void {
  const isHalfMade = (name: string) => name.startsWith(`${basename(cluster)}.new-`)
  for (const name of readdirSync(dirname(cluster)).filter(isHalfMade))
    rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}

type Making = { binaries: Binaries; account: Account; isDurable: boolean; log: Log }

/** Makes the data folder beside its place and renames it in, so that a start killed half way leaves nothing that looks whole. */
export async function ensureCluster(cluster: string, making: Making): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) return checkVersion(cluster, making.binaries.major)
  if (existsSync(cluster) && readdirSync(cluster).length > 0)
    throw new CannotOpen(
      `${cluster} is not empty and holds no PostgreSQL data: move it away, or choose another DATA_DIR.`,
    )
  making.log('Making the database for the first time')
  removeHalfMade(cluster)
  const half = mkdtempSync(`${cluster}.new-`)
  try {
    if (making.account.asRoot) chownSync(half, making.account.uid, making.account.uid)
    await initialise(half, making)
    renameSync(half, cluster)
    removeHalfMade(cluster)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    throw error
  }
  if (making.isDurable) syncFolder(dirname(cluster))
}
