// Brings the tables up to date: all or nothing, and safe when two programs start together.
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { ClientConfig } from 'pg'
import { CannotOpen, type Log } from './errors.ts'
import { applyRights, rightsMigration } from './grants.ts'
import { kyselyOver, lockMigrations, openPool } from './pool.ts'

export type Migrations = Record<string, Migration>

async function executedNames(db: Kysely<unknown>): Promise<string[]> {
  const table = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(db)
  if (!table.rows[0]?.found) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(row => row.name)
}

/** Gives whether anything was to be done. */
async function runPending(db: Kysely<unknown>, migrations: Migrations): Promise<boolean> {
  const executed = new Set(await executedNames(db))
  const unknown = [...executed].find(name => !Object.hasOwn(migrations, name))
  if (unknown)
    throw new CannotOpen(
      `The database was changed by a newer Guildhall (step "${unknown}" is not known here): start that version.`,
    )
  if (Object.keys(migrations).every(name => executed.has(name))) return false
  const provider = { getMigrations: async () => migrations }
  const { error } = await new Migrator({ db, provider, allowUnorderedMigrations: true }).migrateToLatest()
  if (error) throw error
  return true
}

/** Runs what is missing as owner and grants the serving role its rights, in one transaction. */
export async function migrate(
  owner: ClientConfig,
  { migrations, role, log }: { migrations: Migrations; role: string; log: Log },
) {
  const pool = openPool({ ...owner, query_timeout: undefined }, 1, log)
  try {
    const all = { '0000-rights': rightsMigration, ...migrations }
    await kyselyOver(pool)
      .transaction()
      .execute(async trx => {
        await lockMigrations(trx)
        const isAnew = await runPending(trx, all)
        await applyRights(trx, role, isAnew)
      })
  } finally {
    await pool.end()
  }
}
