// Writing to people and their leaving exclude each other, so that nothing is sent once an erasure is acknowledged.
import { sql } from 'kysely'
import type { Write } from '#database/handles.ts'

const lock = '7163384699739273'

/**
 * To be called before a letter is composed, in the transaction in which it is sent: whoever leaves meanwhile waits for
 * its end, and whoever has left is seen to have left. Many may write at once. The transaction must be read committed, or
 * it would see the tables as they were before it waited.
 */
export async function beginWriting(tx: Write): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lock}::bigint)`.execute(tx.on())
}

/** Waits for the letters that are being sent now; none begins until the transaction ends. */
export async function endWriting(tx: Write): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock}::bigint)`.execute(tx.on())
}
