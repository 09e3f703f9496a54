// The acts of an open vote: seats vote or recuse themselves, the clock reminds them, and the vote is closed.
import { z } from 'zod'
import { type Actor, act } from '#acts/act.ts'
import { type Refusal, refuse } from '#acts/problem.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { sayInstant } from '#html/time.ts'
import { castVote, endMotion, markReminded, recuseSeat } from './changes.ts'
import { isReplaceable } from './counting.ts'
import { ballotsOf, motionBy, motionWithBallot, seatsVotedBy } from './finds.ts'
import {
  alreadyRecused,
  alreadyVoted,
  noSuchMotion,
  notDue,
  notOpen,
  otherBody,
  otherSeat,
  principalRecused,
  principalVoted,
  recusalAfterVote,
  seatNotEligible,
  seatUnnamed,
  stillOpen,
} from './problems.ts'
import { remindFrom, saysTally, saysWhy, stateOf } from './rules.ts'
import { deciding } from './terms.ts'
import { behind, contextOf, weighed } from './weighing.ts'
import { type Ballot, Choice, Decision, type Motion, MotionId, Resolution, SeatId, Tally } from './words.ts'

const Standing = z.enum(['principal', 'alternate'])
const SeatNamed = SeatId.optional().meta({
  title: 'Seat',
  description: 'The seat you speak for. Needed by an alternate, and by whoever holds several seats.',
})

/** The seat that an actor speaks for. */
const seatOf = ({ onBehalfOf, seat }: Actor): string => onBehalfOf ?? seat ?? ''

/** What is said to anybody who cannot take part at all. The motion is open and its decision known when it is undefined. */
const outOf = (motion: Motion | undefined, actor: Actor, at: Instant): Refusal | undefined => {
  if (!motion) return refuse(noSuchMotion)
  if (motion.body !== actor.body) return refuse(otherBody)
  const isOpen = motion.stage === 'open' && motion.opening !== null && at < motion.opening.closes
  return isOpen ? undefined : refuse(notOpen)
}

async function findSeat({ motion: id, seat }: { motion: string; seat?: string }, read: Read, actor: Actor) {
  const { motion, ballot } = await motionWithBallot(read, { motion: id, seat: seatOf(actor) })
  // Only whoever names no seat may be in doubt; looking at the other seats makes votes at the same time clash.
  const voted = seat === undefined && actor.person ? await seatsVotedBy(read, id, actor.person) : []
  return { motion, ballot, voted, subject: await behind(read, motion?.resolves) }
}

type Spoken = { readonly seat?: string; readonly actor: Actor; readonly voted: readonly string[] }

/** A second click must never vote for a second seat, so whoever could speak for several says for which. */
function unclear({ seat, actor, voted }: Spoken): Refusal | undefined {
  if (seat !== undefined) return seat === seatOf(actor) ? undefined : refuse(otherSeat)
  const isUnclear = actor.capacity === 'alternate' || voted.some(other => other !== seatOf(actor))
  return isUnclear ? refuse(seatUnnamed) : undefined
}

function barsPrincipal({ vote: cast, recusal }: Ballot, decision: Decision): Refusal | undefined {
  if (recusal) return refuse(alreadyRecused)
  if (!cast || isReplaceable({ seat: '', vote: cast }, decision)) return undefined
  return refuse(alreadyVoted)
}

function barsAlternate({ vote: cast, recusal }: Ballot, decision: Decision): Refusal | undefined {
  if (recusal && !decision.alternatesVoteForRecused) return refuse(principalRecused)
  if (cast?.as === 'principal') return refuse(principalVoted)
  return cast && !decision.mayChangeVote ? refuse(alreadyVoted) : undefined
}

type Replaced = { readonly choice: Choice; readonly as: 'principal' | 'alternate' } | null

const saysReplaced = (as: 'principal' | 'alternate', replaces: Replaced): string => {
  if (!replaces) return ''
  return as === replaces.as ? `, instead of ${replaces.choice}` : `, in place of the alternate’s ${replaces.choice}`
}

export const vote = act({
  name: 'motions.vote',
  title: 'Vote on a motion',
  describes:
    'Votes for, against, or abstains, for one seat. An alternate votes for its principal’s seat until the principal does.',
  under: deciding,
  by: ['seat-holder', 'alternate'],
  takes: z.object({ motion: MotionId, choice: Choice, seat: SeatNamed }),
  records: z.object({
    motion: MotionId,
    seat: SeatId,
    choice: Choice,
    as: Standing,
    replaces: z.object({ choice: Choice, as: Standing }).nullable(),
  }),
  refuses: [
    noSuchMotion,
    otherBody,
    notOpen,
    seatUnnamed,
    otherSeat,
    seatNotEligible,
    alreadyVoted,
    alreadyRecused,
    principalVoted,
    principalRecused,
  ],

  finds: findSeat,
  weighs: { context: weighed, of: ({ found, at }) => contextOf(found, at) },
  decides({ input, found: { motion, ballot, voted }, actor, at }) {
    const out = outOf(motion, actor, at) ?? unclear({ seat: input.seat, actor, voted })
    if (out) return out
    if (!ballot || !motion?.opening) return refuse(seatNotEligible)
    const as = actor.capacity === 'alternate' ? 'alternate' : 'principal'
    const bars = as === 'alternate' ? barsAlternate : barsPrincipal
    const earlier = ballot.vote
    const replaces = earlier ? { choice: earlier.choice, as: earlier.as } : null
    const facts = { motion: motion.id, seat: ballot.seat, choice: input.choice, as, replaces } as const
    return bars(ballot, motion.opening.decision) ?? facts
  },
  writes: castVote,
  says: ({ motion, choice, as, replaces, seat }) =>
    `${choice === 'abstain' ? 'abstained' : `voted ${choice}`} on ${motion}${as === 'alternate' ? ` for the principal of ${seat}` : ''}${saysReplaced(as, replaces)}`,
})

export const recuse = act({
  name: 'motions.recuse',
  title: 'Recuse yourself from a motion',
  describes: 'Takes a seat out of a vote because its holder has an interest in the matter. The reason is public.',
  under: deciding,
  by: ['seat-holder'],
  takes: z.object({
    motion: MotionId,
    reason: z.string().trim().min(3, 'Expected at least 3 characters').max(500).meta({
      title: 'Reason',
      description: 'Your interest in the matter. It is public and stays in the record.',
      widget: 'text',
    }),
    seat: SeatNamed,
  }),
  records: z.object({ motion: MotionId, seat: SeatId, reason: z.string() }),
  refuses: [
    noSuchMotion,
    otherBody,
    notOpen,
    otherSeat,
    seatUnnamed,
    seatNotEligible,
    alreadyRecused,
    recusalAfterVote,
  ],

  finds: findSeat,
  decides({ input, found: { motion, ballot, voted }, actor, at }) {
    const out = outOf(motion, actor, at) ?? unclear({ seat: input.seat, actor, voted })
    if (out) return out
    if (!ballot) return refuse(seatNotEligible)
    if (ballot.recusal) return refuse(alreadyRecused)
    return ballot.vote ? refuse(recusalAfterVote) : { motion: input.motion, seat: ballot.seat, reason: input.reason }
  },
  writes: recuseSeat,
  says: ({ motion, reason }) => `stepped aside from ${motion}: ${reason.replace(/\.$/, '')}`,
})

const findVote = async ({ motion }: { motion: string }, read: Read) => ({
  motion: await motionBy(read, motion),
  ballots: await ballotsOf(read, motion),
})

export const remind = act({
  name: 'motions.remind',
  title: 'Remind those who have not voted',
  describes: 'Reminds the holders of the seats that have not voted, once, shortly before the close.',
  under: deciding,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ motion: MotionId }),
  records: z.object({ motion: MotionId, seats: z.array(SeatId) }),
  refuses: [noSuchMotion, notDue],

  finds: findVote,
  decides({ found: { motion, ballots }, at, term }) {
    if (!motion) return refuse(noSuchMotion)
    if (motion.stage !== 'open' || !motion.opening || motion.isReminded) return refuse(notDue)
    const from = remindFrom(motion.opening, term(deciding).remindHours)
    const { mayStillVote } = stateOf(motion.opening, ballots, at)
    if (!from || at < from || mayStillVote.length === 0) return refuse(notDue)
    return { motion: motion.id, seats: [...mayStillVote] }
  },
  writes: (tx, { motion }) => markReminded(tx, motion),
  says: ({ motion, seats }) => `reminded ${seats.length} ${seats.length === 1 ? 'seat' : 'seats'} to vote on ${motion}`,
})

export const close = act({
  name: 'motions.close',
  title: 'Close the vote',
  describes:
    'Ends a vote when its time is over, or when its outcome is certain and the minimum wait is over. What was carried is then authorised.',
  under: deciding,
  by: ['chair', 'clock'],
  takes: z.object({ motion: MotionId }),
  records: z.object({
    motion: MotionId,
    outcome: z.enum(['carried', 'lost']),
    reason: z.string(),
    isEarly: z.boolean(),
    tally: Tally,
    decision: Decision,
    /** Only of a carried motion: with it this entry is the mandate. */
    resolves: Resolution.optional(),
  }),
  refuses: [noSuchMotion, otherBody, notOpen, stillOpen],

  finds: findVote,
  decides({ found: { motion, ballots }, actor, at }) {
    if (!motion) return refuse(noSuchMotion)
    if (actor.capacity === 'chair' && motion.body !== actor.body) return refuse(otherBody)
    if (motion.stage !== 'open' || !motion.opening) return refuse(notOpen)
    const state = stateOf(motion.opening, ballots, at)
    if (!state.mayClose)
      return refuse(stillOpen, {
        detail: `${saysTally(state, motion.opening.decision)} It closes on ${sayInstant(state.closes)}${state.isDecided ? `, and from ${sayInstant(state.earliest)} it may be closed` : ''}.`,
      })
    const tally = Tally.parse(state)
    const resolves = tally.outcome === 'carried' && motion.resolves ? { resolves: motion.resolves } : {}
    const { decision } = motion.opening
    return {
      motion: motion.id,
      outcome: tally.outcome,
      reason: saysWhy(tally),
      isEarly: !state.isOver,
      tally,
      decision,
      ...resolves,
    }
  },
  writes: (tx, { motion, outcome, tally }, entry) => endMotion(tx, { motion, stage: outcome, tally }, entry),
  says: ({ motion, outcome, tally: { counts } }) =>
    `closed the vote on ${motion}: ${outcome}, ${counts.for} for, ${counts.against} against, ${counts.abstain} abstaining`,
})
