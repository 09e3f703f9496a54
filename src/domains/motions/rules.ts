// The decisions of this domain that need no database: which decision fits a motion, what opens, and when a vote may close.
import { canonical } from '#base/canonical.ts'
import { addDays, addHours, type Instant } from '#base/instants.ts'
import { certainOutcome, countOf, isAwaited, isReplaceable, standingOf, tallyOf } from './counting.ts'
import type { Deciding } from './terms.ts'
import type { Ballot, Decision, Motion, Opening, Resolution, Share, Tally } from './words.ts'

const holds = (input: Resolution['input'], where: Decision['where'] = {}): boolean =>
  Object.entries(where).every(([member, value]) => {
    const given = input[member]
    return given !== undefined && canonical(given) === canonical(value)
  })

/** The decisions of the charter that speak of this resolution, whatever the body. */
export const decisionsOn = ({ decisions }: Deciding, resolves: Resolution | null): readonly Decision[] =>
  decisions.filter(decision =>
    resolves ? decision.resolves === resolves.act && holds(resolves.input, decision.where) : decision.resolves === '*',
  )

/** How the charter wants this body to decide this; undefined where it does not. */
export const decisionFor = (
  deciding: Deciding,
  { body, resolves }: { body: string; resolves: Resolution | null },
): Decision | undefined =>
  decisionsOn(deciding, resolves).find(decision => decision.body === '*' || decision.body === body)

/** What the charter says instead, for the refusal. */
export function saysWhoDecides(deciding: Deciding, resolves: Resolution | null): string {
  if (!resolves) return 'The charter provides for no ordinary resolutions of this body.'
  const fitting = decisionsOn(deciding, resolves).map(({ body }) => (body === '*' ? 'any body' : body))
  if (fitting.length > 0) return `By the charter, ${resolves.act} is decided by ${[...new Set(fitting)].join(' or ')}.`
  const others = deciding.decisions.filter(({ resolves: name }) => name === resolves.act)
  if (others.length === 0) return `The charter lets no motion decide ${resolves.act}.`
  const cases = others.map(({ where, body }) => `${body}${where ? ` where ${saysWhere(where)}` : ''}`)
  return `By the charter, ${resolves.act} is decided by ${cases.join(', or by ')}.`
}

const saysWhere = (where: NonNullable<Decision['where']>): string =>
  Object.entries(where)
    .map(([member, value]) => `${member} is ${typeof value === 'string' ? value : canonical(value)}`)
    .join(' and ')

type Held = { readonly seat: string; readonly as: 'principal' | 'alternate' }

/** The seats that may vote: vacant ones among them only where the charter counts them. */
export const eligibleSeats = (
  seats: readonly { readonly id: string }[],
  holders: readonly Held[],
  { vacantSeats }: Pick<Decision, 'vacantSeats'>,
): string[] => {
  const held = new Set(holders.filter(({ as }) => as === 'principal').map(({ seat }) => seat))
  return seats
    .map(({ id }) => id)
    .filter(id => vacantSeats === 'count' || held.has(id))
    .sort()
}

export const openingOf = (decision: Decision, seats: readonly string[], at: Instant): Opening => ({
  opened: at,
  earliest: addHours(at, decision.minimumHours),
  closes: addDays(at, decision.votingDays),
  decision,
  seats: [...seats],
})

/** Everything there is to say of a vote at one moment. */
export type VoteState = Tally & {
  readonly closes: Instant
  readonly earliest: Instant
  /** `open` until nothing can change the outcome any more. */
  readonly certain: Tally['outcome'] | 'open'
  readonly isDecided: boolean
  readonly isOver: boolean
  /** Whether clock or chair may close it now. */
  readonly mayClose: boolean
  /** Seats that have not voted and may. */
  readonly mayStillVote: readonly string[]
  /** Seats that have voted and whose vote may still be replaced. */
  readonly mayStillChange: readonly string[]
}

export function stateOf(
  { decision, earliest, closes }: Pick<Opening, 'decision' | 'earliest' | 'closes'>,
  ballots: readonly Ballot[],
  at: Instant,
): VoteState {
  const tally = tallyOf(countOf(ballots.map(standingOf)), decision)
  const isOver = at >= closes
  const certain = (isOver ? tally.outcome : certainOutcome(ballots, decision)) ?? 'open'
  const isDecided = certain !== 'open'
  const seatsThat = (may: (ballot: Ballot, given: Decision) => boolean): string[] =>
    isOver ? [] : ballots.filter(ballot => may(ballot, decision)).map(({ seat }) => seat)
  return {
    ...tally,
    closes,
    earliest,
    certain,
    isDecided,
    isOver,
    mayClose: isOver || (isDecided && at >= earliest),
    mayStillVote: seatsThat(isAwaited),
    mayStillChange: seatsThat(isReplaceable),
  }
}

const wholes: Record<Share['of'], string> = {
  seats: 'seats',
  present: 'present',
  cast: 'votes cast',
  'cast less abstentions': 'votes cast, abstentions left out',
}

/** "Needs 11 for of 21 seats, has 9; quorum needs 11, has 12." */
export const saysTally = ({ needs, has, of }: Tally, { majority }: Pick<Decision, 'majority'>): string =>
  `Needs ${needs.majority} for of ${of.majority} ${wholes[majority.of]}, has ${has.majority}; quorum needs ${needs.quorum}, has ${has.quorum}.`

/** "at least 2/3 of the seats, recused ones left out". */
export function saysShare({ comparator, fraction, of }: Share, decision: Decision): string {
  const left = of === 'seats' && decision.recusals === 'leave the seats' ? ', recused ones left out' : ''
  const abstaining = of === 'cast' && decision.abstentions === 'count for quorum only' ? ', abstentions left out' : ''
  return `${comparator} ${fraction} of the ${wholes[of]}${left}${abstaining}`
}

/** Why it ended so: what was missing, or that everything needed was there. */
export function saysWhy({ outcome, isQuorate, needs, has }: Tally): string {
  if (outcome === 'carried')
    return `It had ${has.majority} for and needed ${needs.majority}; ${has.quorum} took part and ${needs.quorum} were needed.`
  if (!isQuorate) return `No quorum: ${has.quorum} took part and ${needs.quorum} were needed.`
  return `No majority: it had ${has.majority} for and needed ${needs.majority}.`
}

/** The ids and names that stand in a resolution, for people: `as: hosted`. */
export const saysThen = ({ resolves }: Pick<Motion, 'resolves'>): string =>
  resolves
    ? `If it is carried, ${resolves.act} is authorised with exactly this input, once, and its entry names this decision as its mandate. If it is lost, nothing is authorised.`
    : 'If it is carried, it stands in the record as a resolution of the body. If it is lost, the record says so and nothing else changes.'

/** One reminder, this long before the close; a vote shorter than twice that has none. */
export function remindFrom({ opened, closes }: Pick<Opening, 'opened' | 'closes'>, hours: number): Instant | undefined {
  const from = addHours(closes, -hours)
  return from >= addHours(opened, hours) ? from : undefined
}
