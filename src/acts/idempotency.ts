// Idempotency keys: a repeated request gets the entry that the first one left. Working papers, not part of the record.
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Read, Write } from '#database/handles.ts'

type Tables = { idempotency: { holder: string; key: string; input: string; entry: string } }

export const idempotencyMigrations: Record<string, Migration> = {
  '2026-11-22-acts-1': {
    async up(db) {
      await db.schema
        .createTable('idempotency')
        .addColumn('holder', 'text', column => column.notNull())
        .addColumn('key', 'text', column => column.notNull())
        .addColumn('input', 'text', column => column.notNull())
        .addColumn('entry', 'text', column => column.notNull())
        .addPrimaryKeyConstraint('idempotency_key', ['holder', 'key'])
        .execute()
      await grantAll(db, 'idempotency')
    },
  },
}

/** Keys belong to whoever sent them: two people may use the same one. */
export const earlierUse = (read: Read, holder: string, key: string) =>
  read
    .on<Tables>()
    .selectFrom('idempotency')
    .select(['input', 'entry'])
    .where('holder', '=', holder)
    .where('key', '=', key)
    .executeTakeFirst()

export const keepKey = (tx: Write, use: Tables['idempotency']) =>
  tx.on<Tables>().insertInto('idempotency').values(use).execute()
