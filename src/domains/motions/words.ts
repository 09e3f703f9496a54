// The nouns of motions: a motion before a body, the seats that decide it, and how the charter wants it decided.
import { z } from 'zod'
import { Resolution } from '#acts/mandate.ts'
import { FractionText, fractionOf } from '#base/fractions.ts'
import { idOf } from '#base/ids.ts'
import { Instant } from '#base/instants.ts'
import { BodyId, SeatId, Sphere } from '#domains/bodies/index.ts'

export const MotionId = idOf('mot', 'Motion')

export const Choice = z
  .enum(['for', 'against', 'abstain'])
  .meta({ title: 'Vote', labels: { for: 'For', against: 'Against', abstain: 'Abstain' } })
export type Choice = z.infer<typeof Choice>

export const Stage = z.enum(['proposed', 'open', 'carried', 'lost', 'withdrawn', 'lapsed']).meta({ title: 'Stage' })
export type Stage = z.infer<typeof Stage>
export const stages = Stage.options

/** More than the whole can never be had, so a charter that asks for it is mistaken. */
const isReachable = ({ comparator, fraction }: { comparator: string; fraction: string }): boolean => {
  const { over, under } = fractionOf(fraction)
  return comparator === 'more than' ? over < under : over <= under
}
const unreachable = 'Expected a share that can be reached: at most 1/1, or more than something below 1/1'

const Comparator = z.enum(['more than', 'at least'])

/** `of` names the denominator: "two thirds of what?" is never a question. */
export const Share = z
  .strictObject({
    comparator: Comparator,
    fraction: FractionText,
    of: z.enum(['seats', 'present', 'cast', 'cast less abstentions']),
  })
  .refine(isReachable, unreachable)
  .meta({ examples: [{ comparator: 'at least', fraction: '2/3', of: 'cast less abstentions' }] })
export type Share = z.infer<typeof Share>

/** A quorum is a share of the seats; of the present or of the votes cast it would always be reached. */
export const Quorum = z
  .strictObject({ comparator: Comparator, fraction: FractionText, of: z.literal('seats') })
  .refine(isReachable, unreachable)
  .meta({ examples: [{ comparator: 'more than', fraction: '1/2', of: 'seats' }] })

const ActName = z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/, 'Expected the name of an act such as projects.admit')

/** How one kind of motion is decided. Frozen with the motion when its vote opens. */
export const Decision = z
  .strictObject({
    resolves: z.union([z.literal('*'), ActName]).describe('The act that a carried motion authorises; * for none.'),
    where: z
      .record(z.string(), z.json())
      .optional()
      .describe('Only for inputs of the act that hold these members with these values.'),
    body: z.union([z.literal('*'), BodyId]).describe('The body that decides; * for any.'),
    quorum: Quorum,
    majority: Share,
    abstentions: z
      .enum(['count for quorum only', 'count as cast'])
      .describe('Whether an abstention is a vote cast, or only a sign of presence.'),
    recusals: z
      .enum(['leave the seats', 'stay in the seats'])
      .describe('Whether a recused seat is taken off the seats that quorum and majority are shares of.'),
    vacantSeats: z
      .enum(['count', 'do not count'])
      .describe('Whether a seat that nobody holds when the vote opens is one of the seats.'),
    votingDays: z.int().min(1).max(90),
    minimumHours: z.int().min(0).max(2160).describe('No vote closes sooner, even when its outcome is certain.'),
    secondNeeded: z.boolean(),
    secondDays: z.int().min(1).max(365).describe('A motion that finds no second within these days lapses.'),
    mayChangeVote: z.boolean().describe('Whether a seat may change its vote until the close.'),
    alternatesVoteForRecused: z
      .boolean()
      .describe('Whether an alternate may vote for a seat whose principal is recused.'),
  })
  .refine(
    ({ votingDays, minimumHours }) => minimumHours <= votingDays * 24,
    'Expected minimumHours within the voting days',
  )
export type Decision = z.infer<typeof Decision>

/** What is frozen when the vote opens: the decision as the charter then had it, and the seats that may vote. */
export const Opening = z.object({
  opened: Instant,
  /** The vote may close from here on, once its outcome is certain. */
  earliest: Instant,
  closes: Instant,
  decision: Decision,
  seats: z.array(SeatId),
})
export type Opening = z.infer<typeof Opening>

/** One eligible seat and what it has said so far. A seat that votes for a recused principal is both. */
export type Ballot = {
  readonly seat: string
  readonly vote?: Vote
  readonly recusal?: Recusal
}
export type Vote = {
  readonly choice: Choice
  readonly person: string
  readonly as: 'principal' | 'alternate'
  readonly at: Instant
  readonly entry: string
  /** The vote of this seat that it took the place of. */
  readonly replaces?: { readonly choice: Choice; readonly as: 'principal' | 'alternate' }
}
export type Recusal = {
  readonly person: string
  readonly reason: string
  readonly at: Instant
  readonly entry: string
}

const Pair = z.object({ quorum: z.int(), majority: z.int() })

/** How the seats stand: each is for, against, abstaining, recused or silent. */
export const Counts = z.object({
  seats: z.int(),
  for: z.int(),
  against: z.int(),
  abstain: z.int(),
  recused: z.int(),
  silent: z.int(),
})
export type Counts = z.infer<typeof Counts>

/** `of` is what the shares are taken of, once recusals and abstentions have had their effect. */
export const Tally = z.object({
  counts: Counts,
  needs: Pair,
  has: Pair,
  of: Pair,
  isQuorate: z.boolean(),
  outcome: z.enum(['carried', 'lost']),
})
export type Tally = z.infer<typeof Tally>

export type Motion = {
  readonly id: string
  readonly body: string
  readonly sphere: Sphere
  readonly title: string
  /** Markdown. */
  readonly reasons: string
  /** What a carried motion authorises; null for an ordinary resolution. */
  readonly resolves: Resolution | null
  readonly mover: string
  readonly moverSeat: string | null
  readonly moved: Instant
  readonly stage: Stage
  /** Null where no second is needed. */
  readonly secondBy: Instant | null
  readonly seconder: string | null
  readonly opening: Omit<Opening, 'seats'> | null
  /** The hash of the charter in force when the vote opened. */
  readonly charter: string | null
  readonly isReminded: boolean
  /** When it was decided, withdrawn or lapsed, and by which entry. */
  readonly ended: Instant | null
  readonly endEntry: string | null
  readonly tally: Tally | null
}

export { BodyId, Resolution, SeatId, Sphere }
