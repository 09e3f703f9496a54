// Looking things up in the record: entries with their indexes, checkpoints, and sealed values still kept.

import { sql } from 'kysely'
import type { Read, Write } from '#database/handles.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import type { Leaf } from './leaf.ts'
import { parseNote } from './note.ts'
import type { RecordTables } from './tables.ts'
import type { Place } from './waiting.ts'

/** `index` is null for the moment between an act's commit and its batch. */
export type Entry = { id: string; index: number | null; leaf: Leaf; at: string }

type Row = { id: string; leaf: string; idx: string | number | null }

const entryOf = ({ id, leaf, idx }: Row): Entry => {
  const parsed = JSON.parse(leaf) as Leaf // written by append, which checked it against the schema
  return { id, index: idx === null ? null : Number(idx), leaf: parsed, at: parsed.at }
}

const entriesWithIndex = (read: Read) =>
  read
    .on<RecordTables>()
    .selectFrom('entries')
    .leftJoin('leaves', 'leaves.entry', 'entries.id')
    .select(['entries.id', 'entries.leaf', 'leaves.idx'])

export async function entryBy(read: Read, id: string): Promise<Entry | undefined> {
  const row = await entriesWithIndex(read).where('entries.id', '=', id).executeTakeFirst()
  return row && entryOf(row)
}

export async function entryAt(read: Read, index: number): Promise<Entry | undefined> {
  const row = await entriesWithIndex(read).where('leaves.idx', '=', index).executeTakeFirst()
  return row && entryOf(row)
}

export type EntriesWanted = {
  /** The last id of the page before. */
  before?: string
  act?: string
  person?: string
  /** Any id that stands in an entry's facts or actor. */
  subject?: string
  limit: number
}

/** Newest first (ids sort by the time they were minted). */
export async function entriesPage(
  read: Read,
  { before, act, person, subject, limit }: EntriesWanted,
): Promise<Entry[]> {
  const rows = await entriesWithIndex(read)
    .$if(before !== undefined, query => query.where('entries.id', '<', before ?? ''))
    .$if(act !== undefined, query => query.where('entries.act', '=', act ?? ''))
    .$if(person !== undefined, query => query.where('entries.person', '=', person ?? ''))
    .$if(subject !== undefined, query => query.where(sql<boolean>`entries.subjects @> array[${subject}]::text[]`))
    .orderBy('entries.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

/** How many entries have an index. */
export async function logSize(read: Read): Promise<number> {
  const { size } = await read.on<RecordTables>().selectFrom('head').select('size').executeTakeFirstOrThrow()
  return Number(size)
}

export type SignedCheckpoint = Checkpoint & { note: string; at: string }

/** The newest checkpoint, or the newest up to `size`; undefined before the log was first opened. */
export async function latestCheckpoint(read: Read, size?: number): Promise<SignedCheckpoint | undefined> {
  const row = await read
    .on<RecordTables>()
    .selectFrom('checkpoints')
    .select(['note', 'at'])
    .$if(size !== undefined, query => query.where('size', '<=', size ?? 0))
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  const checkpoint = row && parseCheckpoint(parseNote(row.note)?.text ?? '')
  if (row && !checkpoint) throw new Error('The newest checkpoint in the database is not a checkpoint: it was altered')
  return row && checkpoint && { ...checkpoint, note: row.note, at: row.at.toISOString() }
}

/** The entries that an entry led to, in the order they were made. */
export async function entriesCausedBy(read: Read, cause: string): Promise<Entry[]> {
  const rows = await entriesWithIndex(read).where('entries.cause', '=', cause).orderBy('entries.id').execute()
  return rows.map(entryOf)
}

/** Up to `limit` integrated leaves in the record's order, from this index on. */
export async function leavesFrom(read: Read, index: number, limit: number): Promise<Leaf[]> {
  const rows = await read
    .on<RecordTables>()
    .selectFrom('leaves')
    .innerJoin('entries', 'entries.id', 'leaves.entry')
    .select('entries.leaf')
    .where('leaves.idx', '>=', index)
    .orderBy('leaves.idx')
    .limit(limit)
    .execute()
  return rows.map(row => JSON.parse(row.leaf) as Leaf) // written by append, which checked it against the schema
}

/** The places of those entries that have been integrated. */
export async function placesOf(read: Read, entries: readonly string[]): Promise<Map<string, Place>> {
  const { rows } = await sql<{ entry: string; idx: string | number; size: string | number }>`
    select entry, idx, (select min(size) from checkpoints where size > leaves.idx) as size
    from leaves where entry = any(${entries}::text[])`.execute(read.on<RecordTables>())
  return new Map(rows.map(({ entry, idx, size }) => [entry, { index: Number(idx), size: Number(size) }]))
}

/** A sealed value as its owner may see it; to open the seal, show `value` and `salt` (hexadecimal). */
export type Kept = { value: unknown; salt: string; subject: string | null }

/** The sealed values of an entry by field; a field of `leaf.sealed` that is not among them has been erased. */
export async function sealedOf(read: Read, entry: string): Promise<Record<string, Kept>> {
  const rows = await read.on<RecordTables>().selectFrom('vault').selectAll().where('entry', '=', entry).execute()
  return Object.fromEntries(
    rows.map(({ field, value, salt, subject }) => [
      field,
      { value: JSON.parse(value) as unknown, salt: salt.toString('hex'), subject },
    ]),
  )
}

/** Every value, of whatever entry and field, that is sealed for this person. */
export async function sealedFor(read: Read, subject: string): Promise<unknown[]> {
  const rows = await read
    .on<RecordTables>()
    .selectFrom('vault')
    .select('value')
    .where('subject', '=', subject)
    .execute()
  return rows.map(({ value }) => JSON.parse(value))
}

/** Destroys one sealed fact of an entry, where it concerns more people than the one it is kept for. */
export const eraseFact = (tx: Write, { entry, field }: { entry: string; field: string }) =>
  tx.on<RecordTables>().deleteFrom('vault').where('entry', '=', entry).where('field', '=', field).execute()

/** Destroys every sealed value about this person; the commitments stay in the record and can no longer be opened. */
export async function erase(tx: Write, { subject }: { subject: string }): Promise<number> {
  const { numDeletedRows } = await tx
    .on<RecordTables>()
    .deleteFrom('vault')
    .where('subject', '=', subject)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
