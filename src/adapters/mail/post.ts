// The post: letters go out by SMTP where one is configured, and otherwise into an outbox that the operator can read.

import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { mintId } from '#base/ids.ts'
import { type Instant, instantOf } from '#base/instants.ts'
import { grantAll } from '#database/grants.ts'
import type { Read } from '#database/handles.ts'
import type { Database } from '#database/open.ts'

/** `to` is one address. The text is plain, lines wrapped by whoever reads it. */
export type Posted = { readonly to: string; readonly subject: string; readonly text: string }
export type Post = {
  readonly kind: 'smtp' | 'outbox'
  /** Resolves when the letter was handed over; throws when it could not be, so that a job tries again. */
  readonly send: (letter: Posted) => Promise<void>
  readonly close: () => void
}

/** `smtp://user:password@host:587`; the password never leaves this closure. */
export async function smtpPost(url: string, from: string): Promise<Post> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({ url, disableFileAccess: true, disableUrlAccess: true })
  return {
    kind: 'smtp',
    send: async letter => {
      await transport.sendMail({ from, ...letter })
    },
    close: () => transport.close(),
  }
}

type Tables = { outbox: { id: string; at: string; recipient: string; subject: string; text: string } }

export const mailMigrations: Record<string, Migration> = {
  '2026-11-22-mail-1': {
    async up(db) {
      await db.schema
        .createTable('outbox')
        .addColumn('id', 'text', column => column.primaryKey())
        .addColumn('at', 'text', column => column.notNull())
        .addColumn('recipient', 'text', column => column.notNull())
        .addColumn('subject', 'text', column => column.notNull())
        .addColumn('text', 'text', column => column.notNull())
        .execute()
      await grantAll(db, 'outbox')
    },
  },
}

const keptDays = 30

/** Keeps letters for 30 days. Sign-in links lie among them: only the operator's own machine may read it. */
export const outboxPost = (database: Pick<Database, 'transact'>, now: () => number = Date.now): Post => ({
  kind: 'outbox',
  send: ({ to, subject, text }) =>
    database.transact(
      async tx => {
        const at = instantOf(now())
        const oldest = instantOf(now() - keptDays * 86_400_000)
        await tx.on<Tables>().deleteFrom('outbox').where('at', '<', oldest).execute()
        await tx
          .on<Tables>()
          .insertInto('outbox')
          .values({ id: mintId('let'), at, recipient: to, subject, text })
          .execute()
      },
      { isolation: 'read committed' },
    ),
  close: () => {},
})

export type OutboxLetter = Posted & { readonly id: string; readonly at: Instant }

/** Newest first; `before` is the last id of the page before. */
export const outboxPage = async (read: Read, limit: number, before?: string): Promise<OutboxLetter[]> => {
  const rows = await read
    .on<Tables>()
    .selectFrom('outbox')
    .selectAll()
    .$if(before !== undefined, query => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ recipient, ...letter }) => ({ ...letter, to: recipient }))
}

/** How many letters lie in the outbox. */
export const outboxSize = async (read: Read): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from outbox`.execute(read.on())
  return rows[0]?.n ?? 0
}

/** The outbox as the site shows it. */
export const outbox = { page: outboxPage, size: outboxSize } as const
