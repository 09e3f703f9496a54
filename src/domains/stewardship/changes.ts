// What the acts of stewardship write, from facts and entry alone.
import type { Updateable } from 'kysely'
import type { Write } from '#database/handles.ts'
import type { Tables } from './tables.ts'
import type { Disagreement } from './words.ts'

const on = (tx: Write) => tx.on<Tables>()

export type Entry = { readonly id: string; readonly at: string; readonly actor: { readonly person?: string } }

export const patchReview = (tx: Write, review: string, row: Updateable<Tables['stewardship_reviews']>) =>
  on(tx).updateTable('stewardship_reviews').set(row).where('id', '=', review).execute()

/** The next review of the project is counted from here. */
export const startClock = (tx: Write, { project, review, at }: { project: string; review: string; at: string }) => {
  const row = { from_at: new Date(at), review, reopened: null }
  return on(tx)
    .insertInto('stewardship_clocks')
    .values({ project, ...row })
    .onConflict(same => same.column('project').doUpdateSet(row))
    .execute()
}

/** A finding on which this review rested has fallen: where it is the last one, the next is due at once. */
export const reopenClock = (tx: Write, review: string, at: string) =>
  on(tx)
    .updateTable('stewardship_clocks')
    .set({ reopened: new Date(at) })
    .where('review', '=', review)
    .execute()

export type NewDisagreement = Pick<
  Disagreement,
  'id' | 'check' | 'outcome' | 'tick' | 'assessment' | 'reason' | 'owedBy'
>

export async function addDisagreements(
  tx: Write,
  { project, review, list }: { project: string; review: string; list: readonly NewDisagreement[] },
  entry: Entry,
): Promise<void> {
  if (list.length === 0) return
  const rows = list.map(({ check, owedBy, ...rest }) => ({
    ...rest,
    project,
    review,
    requirement: check,
    reviewer: entry.actor.person ?? '',
    found: new Date(entry.at),
    state: rest.reason === null ? ('owed' as const) : ('reasoned' as const),
    owed_by: new Date(owedBy),
    entry: entry.id,
  }))
  await on(tx).insertInto('disagreements').values(rows).execute()
}

export const patchDisagreement = (tx: Write, id: string, row: Updateable<Tables['disagreements']>) =>
  on(tx).updateTable('disagreements').set(row).where('id', '=', id).execute()

export const patchWaiver = (tx: Write, id: string, row: Updateable<Tables['waivers']>) =>
  on(tx).updateTable('waivers').set(row).where('id', '=', id).execute()
