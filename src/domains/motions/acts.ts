// The acts that bring a motion before a body, in the order they happen: moved, seconded, withdrawn, or lapsed.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { addDays, dayOf, Instant, isWithin } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { bodyBy, holdingsIn, seatsOf } from '#domains/bodies/index.ts'
import { addMotion, endMotion, openVote } from './changes.ts'
import { isVotedOn, motionBy, pendingOn, pendingStages } from './finds.ts'
import {
  alreadyMoved,
  noDecision,
  noSuchBody,
  noSuchMotion,
  notLapsed,
  notMover,
  notPending,
  notProposed,
  otherBody,
  sameSeat,
  secondTooLate,
  votesCast,
} from './problems.ts'
import { decisionFor, eligibleSeats, openingOf, saysWhoDecides } from './rules.ts'
import { deciding } from './terms.ts'
import { behind, contextOf, organisationsBehind, weighed } from './weighing.ts'
import { BodyId, type Decision, MotionId, Opening, Resolution, Sphere } from './words.ts'

const Title = z.string().trim().min(8, 'Expected at least 8 characters').max(200).meta({
  title: 'Title',
  description: 'What the body is asked to resolve, in one line.',
})
const Reasons = z.string().trim().min(20, 'Expected at least 20 characters').max(12_000).meta({
  title: 'Reasons',
  description: 'Why, for everybody who will read the record. Markdown.',
  widget: 'text',
})

/** The open seats of a body and every holding of them, so that `decides` can see who holds what at its own time. */
export const seatsAndHoldings = async (read: Read, body: string) => ({
  seats: await seatsOf(read, body),
  holdings: await holdingsIn(read, body),
})
type SeatsAndHoldings = Awaited<ReturnType<typeof seatsAndHoldings>>

const openingNow = (decision: Decision, { seats, holdings }: SeatsAndHoldings, at: Instant): Opening =>
  openingOf(
    decision,
    eligibleSeats(
      seats,
      holdings.filter(({ from, until }) => isWithin(dayOf(at), from, until)),
      decision,
    ),
    at,
  )

export const move = act({
  name: 'motions.move',
  title: 'Move a motion',
  describes:
    'Puts a question before a body, with reasons; if carried it may authorise one act with exactly this input.',
  under: deciding,
  by: ['seat-holder', 'chair'],
  takes: z.object({
    body: BodyId,
    title: Title,
    reasons: Reasons,
    resolves: Resolution.optional().meta({
      title: 'What it authorises',
      description:
        'The act that the motion authorises if it is carried, and its input. Leave out for a resolution in words.',
    }),
  }),
  records: z.object({
    motion: MotionId,
    body: BodyId,
    sphere: Sphere,
    title: z.string(),
    reasons: z.string(),
    resolves: Resolution.nullable(),
    secondBy: Instant.nullable(),
    opening: Opening.nullable(),
  }),
  refuses: [noSuchBody, otherBody, noDecision, alreadyMoved],

  finds: async ({ body, resolves }, read) => ({
    body: await bodyBy(read, body),
    pending: resolves && (await pendingOn(read, resolves)),
    ...(await seatsAndHoldings(read, body)),
    subject: await behind(read, resolves),
  }),
  weighs: {
    context: weighed,
    of: ({ found, actor, at }) => ({
      sphere: found.body?.sphere,
      subjectOrganisations: organisationsBehind(found.subject, at),
      mover: actor.person,
    }),
  },
  decides({ input: { resolves = null, ...input }, found, actor, at, term, fresh }) {
    const { body, pending } = found
    if (!body) return refuse(noSuchBody)
    if (actor.body !== body.slug) return refuse(otherBody)
    const decision = decisionFor(term(deciding), { body: body.slug, resolves })
    if (!decision) return refuse(noDecision, { detail: saysWhoDecides(term(deciding), resolves) })
    if (pending) return refuse(alreadyMoved, { detail: `It is ${pending}.` })
    const opening = decision.secondNeeded ? null : openingNow(decision, found, at)
    const secondBy = opening ? null : addDays(at, decision.secondDays)
    return { motion: fresh('mot'), ...input, sphere: body.sphere, resolves, secondBy, opening }
  },
  writes: addMotion,
  says: ({ motion, opening }) => `moved ${motion}${opening ? ' and so opened it to votes' : ''}`,
})

export const second = act({
  name: 'motions.second',
  title: 'Second a motion',
  describes: 'Supports a motion of somebody else, and so opens it to the votes of the seats that the body has now.',
  under: deciding,
  by: ['seat-holder', 'chair'],
  takes: z.object({ motion: MotionId }),
  records: z.object({ motion: MotionId, opening: Opening }),
  refuses: [noSuchMotion, otherBody, notProposed, secondTooLate, sameSeat, noDecision],

  async finds({ motion: id }, read, actor) {
    const motion = await motionBy(read, id)
    const subject = await behind(read, motion?.resolves)
    return { motion, subject, ...(await seatsAndHoldings(read, motion?.body ?? actor.body ?? '')) }
  },
  weighs: { context: weighed, of: ({ found, at }) => contextOf(found, at) },
  decides({ found, actor, at, term }) {
    const { motion } = found
    if (!motion) return refuse(noSuchMotion)
    if (motion.body !== actor.body) return refuse(otherBody)
    if (motion.stage !== 'proposed') return refuse(notProposed)
    if (motion.secondBy && at >= motion.secondBy) return refuse(secondTooLate)
    // Whether a person may second their own motion from another seat is for the charter's rules to say.
    if (motion.moverSeat === actor.seat && motion.mover !== actor.person) return refuse(sameSeat)
    const decision = decisionFor(term(deciding), motion)
    if (!decision) return refuse(noDecision, { detail: saysWhoDecides(term(deciding), motion.resolves) })
    return { motion: motion.id, opening: openingNow(decision, found, at) }
  },
  writes: (tx, facts, entry) => openVote(tx, { ...facts, seconder: entry.actor.person }, entry),
  says: ({ motion }) => `seconded ${motion} and so opened it to votes`,
})

export const withdraw = act({
  name: 'motions.withdraw',
  title: 'Withdraw a motion',
  describes: 'Takes a motion back, as its mover, before anybody has voted on it.',
  under: deciding,
  by: ['seat-holder', 'chair'],
  takes: z.object({ motion: MotionId }),
  records: z.object({ motion: MotionId }),
  refuses: [noSuchMotion, notMover, notPending, votesCast],

  finds: async ({ motion }, read) => ({
    motion: await motionBy(read, motion),
    isVotedOn: await isVotedOn(read, motion),
  }),
  decides({ found: { motion, isVotedOn: hasVotes }, actor }) {
    if (!motion) return refuse(noSuchMotion)
    if (motion.mover !== actor.person) return refuse(notMover)
    if (!pendingStages.includes(motion.stage)) return refuse(notPending)
    return hasVotes ? refuse(votesCast) : { motion: motion.id }
  },
  writes: (tx, { motion }, entry) => endMotion(tx, { motion, stage: 'withdrawn' }, entry),
  says: ({ motion }) => `withdrew ${motion}`,
})

export const lapse = act({
  name: 'motions.lapse',
  title: 'Let a motion lapse',
  describes: 'Ends a motion that found no second in time.',
  under: deciding,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ motion: MotionId }),
  records: z.object({ motion: MotionId }),
  refuses: [noSuchMotion, notProposed, notLapsed],

  finds: ({ motion }, read) => motionBy(read, motion),
  decides({ found: motion, at }) {
    if (!motion) return refuse(noSuchMotion)
    if (motion.stage !== 'proposed') return refuse(notProposed)
    return !motion.secondBy || at < motion.secondBy ? refuse(notLapsed) : { motion: motion.id }
  },
  writes: (tx, { motion }, entry) => endMotion(tx, { motion, stage: 'lapsed' }, entry),
  says: ({ motion }) => `let ${motion} lapse, for want of a second`,
})
