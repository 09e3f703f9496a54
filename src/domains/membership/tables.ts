// The table of memberships, one row for each from admission to end.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { grantAll } from '#database/grants.ts'
import type { Member, Standing } from './words.ts'

export type Tables = {
  members: {
    entry: string
    organisation: string
    class: string
    from: string
    until: string | null
    standing: Standing
  }
}

export const tableNames = ['members'] as const

export const migrations: Record<string, Migration> = {
  '2026-11-22-membership-1': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('members')
        .addColumn('entry', 'text', column => column.primaryKey())
        .addColumn('organisation', 'text', column => column.notNull())
        .addColumn('class', 'text', column => column.notNull())
        .addColumn('from', 'text', column => column.notNull())
        .addColumn('until', 'text')
        .addColumn('standing', 'text', column => column.notNull())
        .execute()
      await db.schema.createIndex('members_organisation').on('members').column('organisation').execute()
      await grantAll(db, 'members')
    },
  },
}

export const memberOf = (row: Tables['members']): Member => ({ ...row })
