// What the acts write: rows of motions and of the seats that vote on them, from facts and entry alone.
import type { Selectable } from 'kysely'
import { canonical, hashOf } from '#base/canonical.ts'
import type { Write } from '#database/handles.ts'
import { preparedChange } from '#database/prepared.ts'
import { idsIn } from '#record/leaf.ts'
import type { Tables } from './tables.ts'
import type { Choice, Opening, Resolution, Sphere, Stage, Tally } from './words.ts'

const on = (tx: Write) => tx.on<Tables>()

type Entry = {
  readonly id: string
  readonly at: string
  readonly charter: string
  readonly actor: { readonly person?: string; readonly seat?: string; readonly capacity: string }
}

export type Moved = {
  readonly motion: string
  readonly body: string
  readonly sphere: Sphere
  readonly title: string
  readonly reasons: string
  readonly resolves: Resolution | null
  readonly secondBy: string | null
  readonly opening: Opening | null
}

export async function addMotion(tx: Write, facts: Moved, entry: Entry): Promise<void> {
  const { motion, body, sphere, title, reasons, resolves, secondBy, opening } = facts
  await on(tx)
    .insertInto('motions')
    .values({
      id: motion,
      body,
      sphere,
      title,
      reasons,
      resolves: resolves && canonical(resolves),
      resolves_hash: resolves && hashOf(resolves),
      subjects: idsIn(resolves?.input),
      mover: entry.actor.person ?? '',
      mover_seat: entry.actor.seat ?? null,
      moved: new Date(entry.at),
      stage: 'proposed',
      second_by: secondBy === null ? null : new Date(secondBy),
      is_reminded: false,
    })
    .execute()
  if (opening) await openVote(tx, { motion, opening }, entry)
}

export async function openVote(
  tx: Write,
  { motion, opening, seconder = null }: { motion: string; opening: Opening; seconder?: string | null },
  entry: Entry,
): Promise<void> {
  await on(tx)
    .updateTable('motions')
    .set({
      stage: 'open',
      seconder,
      opened: new Date(opening.opened),
      earliest: new Date(opening.earliest),
      closes: new Date(opening.closes),
      decision: canonical(opening.decision),
      charter: entry.charter,
    })
    .where('id', '=', motion)
    .execute()
  await on(tx)
    .insertInto('motion_seats')
    .values(opening.seats.map(seat => ({ motion, seat })))
    .execute()
}

export type VoteCast = {
  readonly motion: string
  readonly seat: string
  readonly choice: Choice
  readonly as: 'principal' | 'alternate'
  readonly replaces: { readonly choice: Choice; readonly as: 'principal' | 'alternate' } | null
}

export const castVote = async (tx: Write, { motion, seat, choice, as, replaces }: VoteCast, entry: Entry) =>
  setVote(tx, {
    motion,
    seat,
    choice,
    voter: entry.actor.person ?? '',
    voted_as: as,
    voted: new Date(entry.at),
    vote_entry: entry.id,
    replaced_choice: replaces?.choice ?? null,
    replaced_as: replaces?.as ?? null,
  })

type VoteRow = Pick<
  Selectable<Tables['motion_seats']>,
  'motion' | 'seat' | 'choice' | 'voter' | 'voted_as' | 'voted' | 'vote_entry' | 'replaced_choice' | 'replaced_as'
>

const setVote = preparedChange<Tables, VoteRow>()((db, row) =>
  db
    .updateTable('motion_seats')
    .set({
      choice: row.choice,
      voter: row.voter,
      voted_as: row.voted_as,
      voted: row.voted,
      vote_entry: row.vote_entry,
      replaced_choice: row.replaced_choice,
      replaced_as: row.replaced_as,
    })
    .where('motion', '=', row.motion)
    .where('seat', '=', row.seat),
)

export const recuseSeat = (
  tx: Write,
  { motion, seat, reason }: { motion: string; seat: string; reason: string },
  entry: Entry,
) =>
  on(tx)
    .updateTable('motion_seats')
    .set({
      recused_person: entry.actor.person ?? '',
      recused_reason: reason,
      recused: new Date(entry.at),
      recusal_entry: entry.id,
    })
    .where('motion', '=', motion)
    .where('seat', '=', seat)
    .execute()

export const endMotion = (
  tx: Write,
  { motion, stage, tally }: { motion: string; stage: Stage; tally?: Tally },
  entry: Entry,
) =>
  on(tx)
    .updateTable('motions')
    .set({ stage, ended: new Date(entry.at), end_entry: entry.id, tally: tally ? canonical(tally) : null })
    .where('id', '=', motion)
    .execute()

export const markReminded = (tx: Write, motion: string) =>
  on(tx).updateTable('motions').set({ is_reminded: true }).where('id', '=', motion).execute()
