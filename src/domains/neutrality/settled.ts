// The terms in force, for measures: they are asked with nothing but the tables and the time.
import type { Settled } from '#acts/term.ts'
import type { Read } from '#database/handles.ts'
import type { Shelf } from '#domains/charter/index.ts'

/** Undefined where no charter that this program can read is in force. */
export async function settledIn(shelf: Shelf, read: Read): Promise<Settled | undefined> {
  const charter = (await shelf.inForce(read))?.loaded.charter
  if (!charter) return undefined
  const values = new Map(charter.terms.map(({ id, value }) => [id, value]))
  return term => values.get(term.id) as never // checked against the term's schema when the charter was loaded
}
