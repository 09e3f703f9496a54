// The post: letters go out by SMTP where one is configured, and otherwise into an outbox that the operator can read.

import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { mintId } from '#base/ids.ts'
import { type Instant, instantOf } from '#base/instants.ts'
import { grantAll } from '#database/grants.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Database } from '#database/open.ts'

/** `to` is one address. The text is plain, lines wrapped by whoever reads it. */
export type Posted = { readonly to: string; readonly subject: string; readonly text: string }
export type Post = {
  readonly kind: 'smtp' | 'outbox'
  /**
   * Resolves when the letter was handed over; throws when it could not be, so that a job tries again. What is kept here
   * is kept in the transaction, where one is given.
   */
  readonly send: (letter: Posted, tx?: Write) => Promise<void>
  /** What is kept of letters to this address. */
  readonly lettersTo: (address: string) => Promise<readonly Posted[]>
  /** Destroys what is kept of letters to these addresses, and takes the names out of letters to others. */
  readonly forget: (addresses: readonly string[], names: readonly string[]) => Promise<void>
  readonly close: () => void
}

/** A letter handed over is not kept here. */
const keepsNothing: Pick<Post, 'lettersTo' | 'forget'> = { lettersTo: async () => [], forget: async () => undefined }

/** Milliseconds. Somebody who erases themselves waits for a letter that is under way, so a silent server is soon given up. */
const patience = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 8_000 }

/** `smtp://user:password@host:587`; the password never leaves this closure. */
export async function smtpPost(url: string, from: string): Promise<Post> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({ url, ...patience, disableFileAccess: true, disableUrlAccess: true })
  return {
    kind: 'smtp',
    send: async letter => {
      await transport.sendMail({ from, ...letter })
    },
    ...keepsNothing,
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

/** The name as a whole: a short one may be part of other words. */
const nameIn = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu')
export const without = (text: string, names: readonly string[]): string =>
  names.reduce((rest, name) => rest.replace(nameIn(name), 'somebody who has erased themselves'), text)

async function forgetIn(tx: Write, addresses: readonly string[], names: readonly string[]): Promise<void> {
  const on = tx.on<Tables>()
  if (addresses.length > 0) await on.deleteFrom('outbox').where('recipient', 'in', addresses).execute()
  for (const { id, subject, text } of await on.selectFrom('outbox').select(['id', 'subject', 'text']).execute()) {
    const gone = [...names, ...addresses]
    const left = { subject: without(subject, gone), text: without(text, gone) }
    if (left.subject !== subject || left.text !== text)
      await on.updateTable('outbox').set(left).where('id', '=', id).execute()
  }
}

async function keepIn(tx: Write, { to, subject, text }: Posted, now: number): Promise<void> {
  const on = tx.on<Tables>()
  const oldest = instantOf(now - keptDays * 86_400_000)
  await on.deleteFrom('outbox').where('at', '<', oldest).execute()
  const letter = { id: mintId('let'), at: instantOf(now), recipient: to, subject, text }
  await on.insertInto('outbox').values(letter).execute()
}

/** Keeps letters for 30 days. Sign-in links lie among them: only the operator's own machine may read it. */
export const outboxPost = (database: Pick<Database, 'read' | 'transact'>, now: () => number = Date.now): Post => ({
  kind: 'outbox',
  send: (letter, tx) =>
    tx
      ? keepIn(tx, letter, now())
      : database.transact(own => keepIn(own, letter, now()), { isolation: 'read committed' }),
  lettersTo: async address => {
    const letters = database.read.on<Tables>().selectFrom('outbox').where('recipient', '=', address)
    return letters.select(['at', 'recipient as to', 'subject', 'text']).orderBy('id').execute()
  },
  forget: (addresses, names) =>
    database.transact(tx => forgetIn(tx, addresses, names), { isolation: 'read committed' }),
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
