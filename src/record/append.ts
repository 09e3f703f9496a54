// Append: puts one entry into the record, inside the transaction of the act that it tells of.

import { type Selectable, sql } from 'kysely'
import { canonical } from '#base/canonical.ts'
import { type Fresh, mintId, systemFresh } from '#base/ids.ts'
import type { Write } from '#database/handles.ts'
import { preparedChange } from '#database/prepared.ts'
import { Leaf, leafText, subjectsOf } from './leaf.ts'
import { leafHash } from './merkle.ts'
import { commitmentOf, saltBytes } from './seals.ts'
import type { RecordTables } from './tables.ts'

/** A value kept out of the public leaf; erasing its `subject` (a person's id) destroys it. */
export type Sealing = { value: unknown; subject?: string }

/** A leaf still without version and seals; the id is minted unless given. */
export type Draft = Omit<Leaf, 'v' | 'id' | 'sealed'> & { id?: string; sealed?: Record<string, Sealing> }

export type Appended = { id: string; leaf: Leaf; text: string; hash: Buffer }

type Kept = { field: string; salt: Buffer; value: string; subject: string | null; commitment: string }

export type Entry = Appended & { readonly kept: readonly Kept[] }

/** The entry as it will stand, still unwritten. Throws on an unfit draft and `LeafTooLarge`. */
export function entryOf(draft: Draft, fresh: Fresh = systemFresh): Entry {
  const { sealed, ...open } = draft
  const kept = Object.entries(sealed ?? {}).map(sealing => seal(sealing, fresh))
  const leaf = Leaf.parse({
    v: 1,
    ...open,
    id: draft.id ?? idAfter(draft.cause, fresh),
    ...(kept.length > 0 && { sealed: Object.fromEntries(kept.map(one => [one.field, one.commitment])) }),
  })
  const text = leafText(leaf)
  return { id: leaf.id, leaf, text, hash: leafHash(Buffer.from(text)), kept }
}

/**
 * Writes the entry and its place in the queue in one statement, sealed values in one more. It has no index yet:
 * the sequencer gives one after the commit.
 */
export async function write(tx: Write, { leaf, text, hash, kept }: Entry): Promise<void> {
  insertEntry(tx, leaf, { text, hash })
  if (kept.length > 0) await lockAway(tx, leaf.id, kept)
}

/** Both in one step. */
export async function append(tx: Write, draft: Draft, fresh: Fresh = systemFresh): Promise<Appended> {
  const entry = entryOf(draft, fresh)
  await write(tx, entry)
  return entry
}

/** Ids sort by time: an effect in the same millisecond as its cause (or after a small step back of the clock) sorts after it. */
function idAfter(cause: string | undefined, fresh: Fresh): string {
  const now = fresh.now()
  for (let later = 0; later < 1000; later++) {
    const id = mintId('ent', { ...fresh, now: () => now + later })
    if (cause === undefined || id > cause) return id
  }
  return mintId('ent', fresh)
}

function seal([field, { value, subject }]: [string, Sealing], fresh: Fresh): Kept {
  const salt = Buffer.from(fresh.random(saltBytes))
  return { field, salt, value: canonical(value), subject: subject ?? null, commitment: commitmentOf(salt, value) }
}

type EntryRow = Omit<Selectable<RecordTables['entries']>, 'at'> & { at: string }

const insertRow = preparedChange<RecordTables, EntryRow>()((db, row) =>
  sql`with entry as (
      insert into entries (id, at, act, person, capacity, cause, mandate, subjects, leaf, hash)
      values (${row.id}, ${row.at}, ${row.act}, ${row.person}, ${row.capacity}, ${row.cause}, ${row.mandate},
        ${row.subjects}, ${row.leaf}, ${row.hash})
      returning id, hash
    ) insert into pending (entry, hash) select id, hash from entry`.compile(db),
)

const insertEntry = (tx: Write, leaf: Leaf, { text, hash }: { text: string; hash: Buffer }) =>
  insertRow(tx, {
    id: leaf.id,
    at: leaf.at,
    act: leaf.act,
    person: leaf.actor.person ?? null,
    capacity: leaf.actor.capacity,
    cause: leaf.cause ?? null,
    mandate: leaf.mandate ?? null,
    subjects: subjectsOf(leaf),
    leaf: text,
    hash,
  })

const lockAway = (tx: Write, entry: string, kept: readonly Kept[]) =>
  tx
    .on<RecordTables>()
    .insertInto('vault')
    .values(kept.map(({ field, salt, value, subject }) => ({ entry, field, salt, value, subject })))
    .execute()
