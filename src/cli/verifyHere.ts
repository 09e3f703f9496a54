// The database of this machine, checked against its own record. A log is checked from anywhere without loading this.
import { idempotencyMigrations } from '#acts/idempotency.ts'
import { differences, replay } from '#acts/replay.ts'
import { openDatabase } from '#database/open.ts'
import { verifyDatabase } from '#record/audit.ts'
import type { Report } from '#record/findings.ts'
import { recordMigrations } from '#record/tables.ts'
import { type App, openApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { withScratch } from './scratch.ts'

/** The living tables rebuilt from the record in a database that is thrown away afterwards. */
async function replayed(app: App): Promise<readonly string[]> {
  const { registry } = app.engine
  return withScratch(async folder => {
    const migrations = { ...recordMigrations, ...idempotencyMigrations, ...registry.migrations }
    const rebuilt = await openDatabase({ dataDir: folder, migrations, log: () => undefined })
    try {
      await replay(registry, app.database.read, rebuilt)
      const found = await differences(registry, app.database.read, rebuilt.read)
      return found.map(
        ({ table, living, rebuilt: other }) =>
          `table ${table}: has ${living ?? 'no row'}, the record says ${other ?? 'no row'}`,
      )
    } finally {
      await rebuilt.close()
    }
  })
}

/** What the record's check found; and, where that is nothing, each row of a table that differs from what the record says. */
export async function verifyHere(
  progress: (count: number, of: number) => void,
): Promise<{ readonly report: Report; readonly tables: readonly string[] }> {
  const app = await openApp(readConfig(process.env), { log: () => undefined, joins: true })
  try {
    const report = await verifyDatabase(app.database.read, { vkey: app.signer.vkey, progress })
    return { report, tables: report.ok ? await replayed(app) : [] }
  } finally {
    await app.close()
  }
}
