// Opens the database, embedded or given, brought up to date and ready to serve.
import { Client, type ClientConfig, type Pool } from 'pg'
import { CannotOpen, type Log, messageOf } from './errors.ts'
import type { Read } from './handles.ts'
import { appRole, launch } from './launcher.ts'
import { type Migrations, migrate } from './migrate.ts'
import { openPool, statementTimeout } from './pool.ts'
import { openHandles, type Transact } from './transact.ts'

export type Database = {
  read: Read
  transact: Transact
  /** For the sign-in library and the jobs only: everything else goes through `read` and `transact`. */
  pool: Pool
  kind: 'embedded' | 'given'
  close(): Promise<void>
}

/** `dataDir` for an embedded server, or `url` of a given one; `ownerUrl` when another role owns its tables. */
export type OpenOptions = {
  dataDir?: string
  url?: string
  ownerUrl?: string
  migrations: Migrations
  log: Log
  poolSize?: number
  /** Use the embedded server of a program that has the data folder open already. */
  joins?: boolean
}

const defaultPoolSize = 10
const oldestVersion = 150_000

/** What may be shown of an address: never its password. */
function shown(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host || 'localhost'}${pathname}`
  } catch {
    throw new CannotOpen('DATABASE_URL is not an address such as postgres://user:password@host:5432/name')
  }
}

/** `number` as PostgreSQL counts its versions: 150003 is 15.3. */
export function checkServerVersion({ number, version }: { number: number; version: string }, address: string): void {
  if (number < oldestVersion) throw new CannotOpen(`${address} is PostgreSQL ${version}: Guildhall needs 15 or newer.`)
}

/** Asks a given server who we are there, and that it is one that we can use. */
async function greet(url: string): Promise<string> {
  const address = shown(url)
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as version, current_user as role",
    )
    checkServerVersion(rows[0], address)
    return rows[0].role
  } catch (error) {
    if (error instanceof CannotOpen) throw error
    throw new CannotOpen(`The database at ${address} cannot be used: ${messageOf(error)}`)
  } finally {
    await client.end().catch(() => {})
  }
}

export type Source = { kind: Database['kind']; app: ClientConfig; stop(): Promise<void> }
type Found = Source & { role: string; owner: ClientConfig }

async function sourceOf({ url, ownerUrl, dataDir = 'data', log, joins }: OpenOptions): Promise<Found> {
  if (url) {
    const role = await greet(url)
    if (ownerUrl) await greet(ownerUrl)
    const owner = { connectionString: ownerUrl ?? url }
    return { kind: 'given', role, owner, app: { connectionString: url }, stop: async () => {} }
  }
  const { ownerConfig, appConfig, stop } = await launch({ dataDir, log, joins })
  return { kind: 'embedded', role: appRole, owner: ownerConfig, app: appConfig, stop }
}

/** Serves over a server that runs and whose tables are up to date. */
export function serveOver(
  source: Source,
  { log, poolSize = defaultPoolSize }: Pick<OpenOptions, 'log' | 'poolSize'>,
): Database {
  const ownsSessions = source.kind === 'embedded'
  const limits = ownsSessions && { statement_timeout: statementTimeout }
  const pool = openPool({ ...source.app, ...limits }, poolSize, log)
  const close = async () => {
    await pool.end()
    await source.stop()
  }
  return { ...openHandles(pool, { ownsSessions }), pool, kind: source.kind, close }
}

/**
 * Opens the database for serving. Throws CannotOpen, with a line for the operator, when that is not possible.
 * A later loss of the server throws nothing here: each transaction says DatabaseLost until it is back.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const source = await sourceOf(options)
  try {
    await migrate(source.owner, { ...options, role: source.role })
    return serveOver(source, options)
  } catch (error) {
    await source.stop()
    throw error
  }
}
