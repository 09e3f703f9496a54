// Looking up motions, their seats and votes. Other domains see these through the door.
import { hashOf } from '#base/canonical.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import { stateOf, type VoteState } from './rules.ts'
import { ballotOf, motionOf, type Tables } from './tables.ts'
import type { Ballot, Motion, Resolution, Stage } from './words.ts'

const on = (read: Read) => read.on<Tables>()

export async function motionBy(read: Read, id: string): Promise<Motion | undefined> {
  const row = await on(read).selectFrom('motions').selectAll().where('id', '=', id).executeTakeFirst()
  return row && motionOf(row)
}

/** One for each seat that may vote, in the order of the seats' ids. Empty before the vote opens. */
export async function ballotsOf(read: Read, motion: string): Promise<readonly Ballot[]> {
  const rows = await on(read)
    .selectFrom('motion_seats')
    .selectAll()
    .where('motion', '=', motion)
    .orderBy('seat')
    .execute()
  return rows.map(ballotOf)
}

/** A motion and one of its seats, in one look: voting is what happens most often and by many at the same time. */
export async function motionWithBallot(
  read: Read,
  { motion, seat }: { motion: string; seat: string },
): Promise<{ readonly motion?: Motion; readonly ballot?: Ballot }> {
  const [row] = await withBallot(read, { motion, seat })
  if (!row) return {}
  return { motion: motionOf(row), ballot: row.seat === null ? undefined : ballotOf({ ...row, seat: row.seat }) }
}

const seatColumns = [
  'ballot.seat',
  'ballot.choice',
  'ballot.voter',
  'ballot.voted_as',
  'ballot.voted',
  'ballot.vote_entry',
  'ballot.replaced_choice',
  'ballot.replaced_as',
  'ballot.recused_person',
  'ballot.recused_reason',
  'ballot.recused',
  'ballot.recusal_entry',
] as const

const withBallot = prepared<Tables, { motion: string; seat: string }>()((db, { motion, seat }) =>
  db
    .selectFrom('motions')
    .leftJoin('motion_seats as ballot', join =>
      join.onRef('ballot.motion', '=', 'motions.id').on('ballot.seat', '=', seat),
    )
    .selectAll('motions')
    .select(seatColumns)
    .where('motions.id', '=', motion),
)

/** The seats for which this person has voted on the motion. */
export async function seatsVotedBy(read: Read, motion: string, person: string): Promise<readonly string[]> {
  const rows = await on(read)
    .selectFrom('motion_seats')
    .select('seat')
    .where('motion', '=', motion)
    .where('voter', '=', person)
    .execute()
  return rows.map(({ seat }) => seat)
}

export async function isVotedOn(read: Read, motion: string): Promise<boolean> {
  const row = await on(read)
    .selectFrom('motion_seats')
    .select('seat')
    .where('motion', '=', motion)
    .where('choice', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const pendingStages: readonly Stage[] = ['proposed', 'open']

/** The motion to exactly this effect that is before a body now. */
export async function pendingOn(read: Read, resolves: Resolution): Promise<string | undefined> {
  const row = await on(read)
    .selectFrom('motions')
    .select('id')
    .where('resolves_hash', '=', hashOf(resolves))
    .where('stage', 'in', pendingStages)
    .executeTakeFirst()
  return row?.id
}

/** Every motion whose resolution names this id, newest first. */
export async function motionsAbout(read: Read, subject: string): Promise<readonly Motion[]> {
  const rows = await on(read)
    .selectFrom('motions')
    .selectAll()
    .where(({ eb, val }) => eb(val(subject), '=', ({ fn }) => fn<string>('any', ['subjects'])))
    .orderBy('id', 'desc')
    .execute()
  return rows.map(motionOf)
}

export type MotionsWanted = {
  readonly body?: string
  readonly stage?: Stage
  readonly limit?: number
  /** How many to skip. */
  readonly from?: number
}

const wanted = (read: Read, { body, stage }: MotionsWanted) =>
  on(read)
    .selectFrom('motions')
    .$if(body !== undefined, query => query.where('body', '=', body ?? ''))
    .$if(stage !== undefined, query => query.where('stage', '=', stage ?? 'open'))

/** Those before a body first, then the decided ones; newest first in each. `total` is of all that fit. */
export async function motionsPage(
  read: Read,
  given: MotionsWanted = {},
): Promise<{ readonly motions: readonly Motion[]; readonly total: number }> {
  const { limit = 50, from = 0 } = given
  const rows = await wanted(read, given)
    .selectAll()
    .orderBy(({ eb }) => eb('stage', 'in', pendingStages), 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(from)
    .execute()
  const count = await wanted(read, given)
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  return { motions: rows.map(motionOf), total: Number(count.total) }
}

export async function motionsIn(read: Read, stage: readonly Stage[]): Promise<readonly Motion[]> {
  const rows = await on(read).selectFrom('motions').selectAll().where('stage', 'in', stage).orderBy('id').execute()
  return rows.map(motionOf)
}

/** How the vote on a motion stands; for one that was closed, how it stood then. Undefined before it opens. */
export async function stateBy(read: Read, motion: Motion, at: Instant): Promise<VoteState | undefined> {
  if (!motion.opening) return undefined
  const state = stateOf(motion.opening, await ballotsOf(read, motion.id), motion.ended ?? at)
  return motion.stage === 'open' ? state : { ...state, ...motion.tally, mayStillVote: [], mayStillChange: [] }
}

/** As `stateBy`, by the motion's id. */
export async function tallyOf(read: Read, id: string, at: Instant): Promise<VoteState | undefined> {
  const motion = await motionBy(read, id)
  return motion && stateBy(read, motion, at)
}

/** Titles in quotation marks, so that a sentence of the record reads: seconded “…”. */
export async function labelsOf(read: Read, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { label: string; href: string }>()
  const rows = await on(read).selectFrom('motions').select(['id', 'title']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, title }) => [id, { label: `“${title}”`, href: `/motions/${id}` }]))
}
