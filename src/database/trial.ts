// A program for the tests: opens a database in a process of its own, writes entries when asked to, and can be killed.
import { type Kysely, sql } from 'kysely'
import { messageOf } from './errors.ts'
import { forbidChange, grantAll, grantAppend } from './grants.ts'
import type { Write } from './handles.ts'
import type { Migrations } from './migrate.ts'
import { type OpenOptions, openDatabase } from './open.ts'

export type TrialTables = { accounts: { id: string; amount: number }; entries: { id: string } }

export const trialMigrations: Migrations = {
  accounts: {
    async up(db: Kysely<unknown>) {
      await sql`create table accounts (id text primary key, amount bigint not null)`.execute(db)
      await grantAll(db, 'accounts')
    },
  },
  entries: {
    async up(db: Kysely<unknown>) {
      await sql`create table entries (id text primary key)`.execute(db)
      await grantAppend(db, 'entries')
      await forbidChange(db, 'entries')
    },
  },
}

export const addEntry = (id: string) => async (tx: Write) => {
  await tx.on<TrialTables>().insertInto('entries').values({ id }).execute()
}

/** Says "ready", then writes `count` entries named after `prefix` and says "done"; a failure is said instead. */
async function run(where: Partial<OpenOptions>, prefix: string, count: number): Promise<void> {
  try {
    const { transact } = await openDatabase({ ...where, migrations: trialMigrations, log: () => {} })
    console.log('ready')
    for (let nth = 0; nth < count; nth++) await transact(addEntry(`${prefix}${nth}`))
    console.log('done')
  } catch (error) {
    console.log(messageOf(error))
    process.exitCode = 1
  }
}

if (import.meta.main) {
  const [where = '{}', prefix = '', count = '0'] = process.argv.slice(2)
  // Whoever started us ends us, by a signal or by closing our input.
  process.stdin.on('end', () => process.exit()).resume()
  await run(JSON.parse(where), prefix, Number(count))
}
