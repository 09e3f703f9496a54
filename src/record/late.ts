// Late entries: those who wait in vain for an index are told what became of their entry, and nothing that may yet change.
import { sql } from 'kysely'
import { DatabaseLost } from '#database/errors.ts'
import type { Write } from '#database/handles.ts'
import type { SequencerDatabase } from './sequencer.ts'
import type { RecordTables } from './tables.ts'
import { lost, Unplaced, type WaitingRoom } from './waiting.ts'

/** `why` is for the log of the operator. */
export async function turnAway(
  { transact }: Pick<SequencerDatabase, 'transact'>,
  room: WaitingRoom,
  { entries, why }: { entries: readonly string[]; why: string },
): Promise<void> {
  if (entries.length === 0) return
  const kept = await transact(tx => keep(tx, entries), { isolation: 'read committed' }).catch(
    (fault: unknown) => new DatabaseLost('unknown', fault),
  )
  for (const entry of entries) {
    if (kept instanceof DatabaseLost) room.refuse(entry, kept)
    else room.refuse(entry, kept.has(entry) ? new Unplaced(entry, why) : lost(entry))
  }
}

/**
 * Those of the entries that stand. With the end of the transaction they are on the disk, even those whose own commit was
 * asynchronous: its message changes nothing, but has to be flushed, and everything before it goes along.
 */
async function keep(tx: Write, entries: readonly string[]): Promise<Set<string>> {
  const db = tx.on<RecordTables>()
  const { rows } = await sql<{ id: string }>`select id from entries where id = any(${entries}::text[])`.execute(db)
  await sql`select pg_logical_emit_message(true, 'guildhall', 'kept')`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
