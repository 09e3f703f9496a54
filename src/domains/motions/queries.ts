// Look-ups that pages, API and command line share: the list of motions, one of them, and how its vote stands.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { ballotsOf, motionBy, motionsPage, stateBy } from './finds.ts'
import { saysTally, saysThen, type VoteState } from './rules.ts'
import {
  type Ballot,
  BodyId,
  Choice,
  Counts,
  Decision,
  type Motion,
  MotionId,
  Resolution,
  SeatId,
  Sphere,
  Stage,
} from './words.ts'

const Brief = z.object({
  id: MotionId,
  body: BodyId,
  title: z.string(),
  stage: Stage,
  mover: z.string(),
  moved: Instant,
  opened: Instant.nullable(),
  closes: Instant.nullable(),
  ended: Instant.nullable(),
})

const briefOf = ({ id, body, title, stage, mover, moved, opening, ended }: Motion): z.infer<typeof Brief> => ({
  id,
  body,
  title,
  stage,
  mover,
  moved,
  opened: opening?.opened ?? null,
  closes: opening?.closes ?? null,
  ended,
})

const perPage = 50

export const list = query({
  name: 'motions.list',
  title: 'List the motions',
  describes: 'Motions before a body first, then the decided ones; newest first in each.',
  takes: z.object({
    body: BodyId.optional(),
    stage: Stage.optional(),
    page: z.coerce.number().int().min(1).default(1),
  }),
  gives: z.object({ motions: z.array(Brief), total: z.int(), page: z.int(), perPage: z.int() }),
  async finds({ page, ...wanted }, read) {
    const { motions, total } = await motionsPage(read, { ...wanted, limit: perPage, from: (page - 1) * perPage })
    return { motions: motions.map(briefOf), total, page, perPage }
  },
})

const Pair = z.object({ quorum: z.int(), majority: z.int() })
const TallyNow = z.object({
  motion: MotionId,
  stage: Stage,
  says: z.string().describe('For people: what is needed and what is there.'),
  counts: Counts,
  needs: Pair,
  has: Pair,
  of: Pair.describe('What the shares are taken of.'),
  isQuorate: z.boolean(),
  outcome: z.enum(['carried', 'lost', 'open']).describe('Open until nothing can change it any more.'),
  isDecided: z.boolean(),
  mayClose: z.boolean(),
  mayStillVote: z.array(SeatId),
  mayStillChange: z.array(SeatId),
  earliest: Instant,
  closes: Instant,
  afterwards: z.string().describe('What happens when it closes.'),
})

function tallyNow(motion: Motion, state: VoteState, decision: Decision): z.infer<typeof TallyNow> {
  const { certain, isOver: _, ...rest } = state
  return {
    ...rest,
    motion: motion.id,
    stage: motion.stage,
    says: saysTally(state, decision),
    outcome: certain,
    mayClose: motion.stage === 'open' && state.mayClose,
    mayStillVote: [...state.mayStillVote],
    mayStillChange: [...state.mayStillChange],
    afterwards: saysThen(motion),
  }
}

async function tallyIn(read: Read, motion: Motion, at: string) {
  const state = await stateBy(read, motion, at)
  return state && motion.opening ? tallyNow(motion, state, motion.opening.decision) : undefined
}

export const tally = query({
  name: 'motions.tally',
  title: 'How a vote stands',
  describes: 'What quorum and majority need and have, who may still vote, when it closes and what happens then.',
  takes: z.object({ motion: MotionId }),
  gives: TallyNow,
  async finds({ motion: id }, read, { at }) {
    const motion = await motionBy(read, id)
    return motion && tallyIn(read, motion, at)
  },
})

const Standing = z.enum(['principal', 'alternate'])
const Voted = z.object({
  choice: Choice,
  person: z.string(),
  as: Standing,
  at: Instant,
  entry: z.string(),
  replaces: z.object({ choice: Choice, as: Standing }).optional(),
})
const Seat = z.object({
  seat: SeatId,
  vote: Voted.nullable(),
  recusal: z.object({ person: z.string(), reason: z.string(), at: Instant, entry: z.string() }).nullable(),
})

const seatShown = ({ seat, vote, recusal }: Ballot): z.infer<typeof Seat> => ({
  seat,
  vote: vote ? { ...vote } : null,
  recusal: recusal ? { ...recusal } : null,
})

export const show = query({
  name: 'motions.show',
  title: 'Show a motion',
  describes:
    'A motion with its reasons, what it authorises, the decision it stands under, and what each seat has said.',
  takes: z.object({ motion: MotionId }),
  gives: Brief.extend({
    sphere: Sphere,
    reasons: z.string(),
    resolves: Resolution.nullable(),
    seconder: z.string().nullable(),
    secondBy: Instant.nullable(),
    decision: Decision.nullable(),
    charter: z.string().nullable().describe('The hash of the charter in force when the vote opened.'),
    endEntry: z.string().nullable(),
    tally: TallyNow.nullable(),
    seats: z.array(Seat),
  }),
  async finds({ motion: id }, read, { at }) {
    const motion = await motionBy(read, id)
    if (!motion) return undefined
    const { sphere, reasons, resolves, seconder, secondBy, charter, endEntry } = motion
    const seats = (await ballotsOf(read, id)).map(seatShown)
    const [decision, now] = [motion.opening?.decision ?? null, (await tallyIn(read, motion, at)) ?? null]
    return {
      ...briefOf(motion),
      ...{ sphere, reasons, resolves, seconder, secondBy, charter, endEntry, decision, tally: now, seats },
    }
  },
})

export const queries = [list, show, tally]
