// Counting a vote, exactly: what is needed, what is there, and whether anything may still change the outcome. Pure.
import { fractionOf, leastCount } from '#base/fractions.ts'
import type { Ballot, Choice, Counts, Decision, Share, Tally } from './words.ts'

type Standing = Choice | 'recused' | 'silent'

export const standingOf = ({ vote, recusal }: Pick<Ballot, 'vote' | 'recusal'>): Standing =>
  vote?.choice ?? (recusal ? 'recused' : 'silent')

export function countOf(standings: readonly Standing[]): Counts {
  const counts = { seats: standings.length, for: 0, against: 0, abstain: 0, recused: 0, silent: 0 }
  for (const standing of standings) counts[standing] += 1
  return counts
}

type Counted = Pick<Decision, 'quorum' | 'majority' | 'abstentions' | 'recusals'>

/** The denominators. Whoever voted is present, also by abstaining; a recused seat never is. */
function wholeOf(of: Share['of'], counts: Counts, decision: Counted): number {
  const decided = counts.for + counts.against
  if (of === 'seats') return counts.seats - (decision.recusals === 'leave the seats' ? counts.recused : 0)
  if (of === 'present') return decided + counts.abstain
  return of === 'cast' && decision.abstentions === 'count as cast' ? decided + counts.abstain : decided
}

const least = (share: Share | Decision['quorum'], whole: number): number =>
  leastCount(whole, fractionOf(share.fraction), share.comparator)

/** Where the vote stands if it ended now. Without a single vote for it nothing is ever carried, whatever the shares. */
export function tallyOf(counts: Counts, decision: Counted): Tally {
  const of = {
    quorum: wholeOf('seats', counts, decision),
    majority: wholeOf(decision.majority.of, counts, decision),
  }
  const needs = {
    quorum: least(decision.quorum, of.quorum),
    majority: Math.max(1, least(decision.majority, of.majority)),
  }
  const has = { quorum: counts.for + counts.against + counts.abstain, majority: counts.for }
  const isQuorate = has.quorum >= needs.quorum
  const outcome = isQuorate && has.majority >= needs.majority ? 'carried' : 'lost'
  return { counts, needs, has, of, isQuorate, outcome }
}

/** Whether a vote that was cast may still be replaced: by the seat itself, or an alternate's by its principal's. */
export const isReplaceable = ({ vote, recusal }: Ballot, { mayChangeVote }: Pick<Decision, 'mayChangeVote'>): boolean =>
  vote !== undefined && (mayChangeVote || (vote.as === 'alternate' && !recusal))

/** Whether the seat has said nothing yet that keeps it from voting. */
export const isAwaited = (
  { vote, recusal }: Ballot,
  { alternatesVoteForRecused }: Pick<Decision, 'alternatesVoteForRecused'>,
): boolean => vote === undefined && (recusal === undefined || alternatesVoteForRecused)

/**
 * The outcome that nothing can change any more, or undefined. Three completions bound all others: everybody who still
 * can votes for (nothing serves the motion more); nobody says a word (worst for the quorum: a recusal could only shrink
 * the seats); everybody who still can votes against (worst for the majority: fewest for, largest denominator).
 */
export function certainOutcome(ballots: readonly Ballot[], decision: Decision): Tally['outcome'] | undefined {
  const completed = (ifAwaited: Choice | undefined, ifReplaceable: Choice): Tally['outcome'] => {
    const standings = ballots.map(ballot => {
      if (isReplaceable(ballot, decision)) return ifReplaceable
      return (isAwaited(ballot, decision) && ifAwaited) || standingOf(ballot)
    })
    return tallyOf(countOf(standings), decision).outcome
  }
  const [best, ...worst] = [completed('for', 'for'), completed(undefined, 'against'), completed('against', 'against')]
  return worst.every(outcome => outcome === best) ? best : undefined
}
