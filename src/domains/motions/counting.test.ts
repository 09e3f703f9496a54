// Counting tried against brute force: every completion of a vote, and a naive comparison of fractions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyBallot, anyDecision, ballot, decision } from '#test/kit/motions.ts'
import { certainOutcome, countOf, isAwaited, isReplaceable, standingOf, tallyOf } from './counting.ts'
import type { Ballot, Choice, Decision } from './words.ts'

const choices: Choice[] = ['for', 'against', 'abstain']
const tally = (ballots: readonly Ballot[], given: Decision) => tallyOf(countOf(ballots.map(standingOf)), given)

const replaced = (one: Ballot, choice: Choice): Ballot => ballot(one.seat, { ...one, choice, as: 'principal' })

/** Every way in which one seat may end. */
function endsOf(one: Ballot, given: Decision): Ballot[] {
  if (isReplaceable(one, given)) return choices.map(choice => replaced(one, choice))
  if (!isAwaited(one, given)) return [one]
  const voted = choices.map(choice => ballot(one.seat, { choice, recusal: one.recusal }))
  return one.recusal ? [one, ...voted] : [one, ballot(one.seat, { isRecused: true }), ...voted]
}

const completions = (ballots: readonly Ballot[], given: Decision): Ballot[][] =>
  ballots.reduce<Ballot[][]>((all, one) => all.flatMap(some => endsOf(one, given).map(end => [...some, end])), [[]])

test('the outcome is certain exactly when every completion of the vote gives it', () => {
  fc.assert(
    fc.property(fc.array(anyBallot, { maxLength: 5 }), anyDecision, (ballots, given) => {
      const outcomes = new Set(completions(ballots, given).map(end => tally(end, given).outcome))
      const [only] = outcomes
      assert.equal(certainOutcome(ballots, given), outcomes.size === 1 ? only : undefined)
    }),
    { numRuns: 400 },
  )
})

test('where the alternate may vote for a recused principal, that seat is still awaited', () => {
  const ballots = [ballot('a', { choice: 'for' }), ballot('b', { isRecused: true })]
  const majorityOfSeats = decision({ majority: { comparator: 'more than', fraction: '1/2', of: 'seats' } })
  assert.equal(certainOutcome(ballots, majorityOfSeats), 'carried')
  assert.equal(certainOutcome(ballots, { ...majorityOfSeats, alternatesVoteForRecused: true }), undefined)
})

test('the order in which seats voted does not matter', () => {
  const shuffled = fc
    .array(anyBallot, { maxLength: 12 })
    .chain(ballots => fc.tuple(fc.constant(ballots), fc.shuffledSubarray(ballots, { minLength: ballots.length })))
  fc.assert(
    fc.property(shuffled, anyDecision, ([ballots, others], given) => {
      assert.deepEqual(tally(others, given), tally(ballots, given))
      assert.equal(certainOutcome(others, given), certainOutcome(ballots, given))
    }),
  )
})

test('turning any vote, silence or recusal into a vote for never loses a motion that was carried', () => {
  fc.assert(
    fc.property(fc.array(anyBallot, { minLength: 1, maxLength: 12 }), anyDecision, fc.nat(), (ballots, given, pick) => {
      const index = pick % ballots.length
      const more = ballots.map((one, at) => (at === index ? ballot(one.seat, { choice: 'for' }) : one))
      if (tally(ballots, given).outcome === 'carried') assert.equal(tally(more, given).outcome, 'carried')
    }),
  )
})

/** The share compared as two whole numbers multiplied out, without looking for a least count. */
function isReached(count: number, whole: number, { comparator, fraction }: Decision['quorum'] | Decision['majority']) {
  const [over = 0n, under = 1n] = fraction.split('/').map(BigInt)
  const [left, right] = [BigInt(count) * under, over * BigInt(whole)]
  return comparator === 'more than' ? left > right : left >= right
}

test('the outcome is that of a naive comparison of fractions', () => {
  fc.assert(
    fc.property(fc.array(anyBallot, { maxLength: 30 }), anyDecision, (ballots, given) => {
      const { counts, has, of, outcome, isQuorate } = tally(ballots, given)
      const carried =
        counts.for > 0 &&
        isReached(has.quorum, of.quorum, given.quorum) &&
        isReached(has.majority, of.majority, given.majority)
      assert.equal(outcome, carried ? 'carried' : 'lost')
      assert.equal(isQuorate, isReached(has.quorum, of.quorum, given.quorum))
    }),
    { numRuns: 1000 },
  )
})

test('what is needed is the least that reaches the share: one vote fewer does not', () => {
  fc.assert(
    fc.property(fc.array(anyBallot, { maxLength: 30 }), anyDecision, (ballots, given) => {
      const { needs, of } = tally(ballots, given)
      assert.ok(isReached(needs.quorum, of.quorum, given.quorum))
      assert.ok(isReached(needs.majority, of.majority, given.majority))
      if (needs.quorum > 0) assert.ok(!isReached(needs.quorum - 1, of.quorum, given.quorum))
      if (needs.majority > 1) assert.ok(!isReached(needs.majority - 1, of.majority, given.majority))
    }),
  )
})

test('every seat is counted once', () => {
  fc.assert(
    fc.property(fc.array(anyBallot, { maxLength: 30 }), ballots => {
      const { seats, ...standings } = countOf(ballots.map(standingOf))
      assert.equal(seats, ballots.length)
      assert.equal(
        Object.values(standings).reduce((sum, count) => sum + count, 0),
        seats,
      )
    }),
  )
})

const voted = (counts: Partial<Record<Choice | 'recused' | 'silent', number>>): Ballot[] =>
  Object.entries(counts).flatMap(([standing, count]) =>
    Array.from({ length: count }, (_, at) => {
      const seat = `${standing}-${at}`
      if (standing === 'silent') return ballot(seat)
      return standing === 'recused' ? ballot(seat, { isRecused: true }) : ballot(seat, { choice: standing as Choice })
    }),
  )

test('more than half of 21 seats is 11; two thirds of 21 is 14; two thirds of 22 is 15', () => {
  const half = decision({ majority: { comparator: 'more than', fraction: '1/2', of: 'seats' } })
  assert.deepEqual(tally(voted({ silent: 21 }), half).needs, { quorum: 11, majority: 11 })
  const thirds = decision({ majority: { comparator: 'at least', fraction: '2/3', of: 'seats' } })
  assert.equal(tally(voted({ silent: 21 }), thirds).needs.majority, 14)
  assert.equal(tally(voted({ silent: 22 }), thirds).needs.majority, 15)
})

test('a recused seat leaves the seats, or stays, as the charter says', () => {
  const ballots = voted({ for: 10, recused: 2, silent: 9 })
  const leaving = decision({
    recusals: 'leave the seats',
    majority: { comparator: 'more than', fraction: '1/2', of: 'seats' },
  })
  assert.deepEqual(tally(ballots, leaving).of, { quorum: 19, majority: 19 })
  assert.equal(tally(ballots, leaving).outcome, 'carried')
  const staying = { ...leaving, recusals: 'stay in the seats' as const }
  assert.deepEqual(tally(ballots, staying).of, { quorum: 21, majority: 21 })
  assert.equal(tally(ballots, staying).outcome, 'lost')
})

test('an abstention is a vote cast, or only a sign of presence, as the charter says', () => {
  const ballots = voted({ for: 6, against: 4, abstain: 2 })
  const majority = { comparator: 'more than', fraction: '1/2', of: 'cast' } as const
  assert.equal(tally(ballots, decision({ majority, abstentions: 'count as cast' })).of.majority, 12)
  assert.equal(tally(ballots, decision({ majority, abstentions: 'count as cast' })).outcome, 'lost')
  assert.equal(tally(ballots, decision({ majority, abstentions: 'count for quorum only' })).of.majority, 10)
  assert.equal(tally(ballots, decision({ majority, abstentions: 'count for quorum only' })).outcome, 'carried')
  const less = decision({ majority: { ...majority, of: 'cast less abstentions' }, abstentions: 'count as cast' })
  assert.equal(tally(ballots, less).of.majority, 10)
})

test('the present are those who voted, abstentions included', () => {
  const given = decision({ majority: { comparator: 'more than', fraction: '1/2', of: 'present' } })
  assert.equal(tally(voted({ for: 5, against: 3, abstain: 3, recused: 4, silent: 6 }), given).of.majority, 11)
})

test('nothing is carried without a vote for it, not even when every seat is recused or no quorum is asked', () => {
  const lenient = decision({
    quorum: { comparator: 'at least', fraction: '0/1', of: 'seats' },
    majority: { comparator: 'at least', fraction: '1/2', of: 'cast' },
  })
  assert.equal(tally(voted({ recused: 3 }), lenient).outcome, 'lost')
  assert.equal(tally(voted({ silent: 3 }), lenient).outcome, 'lost')
  assert.equal(tally([], lenient).outcome, 'lost')
})

test('with 10 of 20 silent seats left and half already for, nothing is certain; one more makes it so', () => {
  const given = decision({ majority: { comparator: 'more than', fraction: '1/2', of: 'seats' } })
  assert.equal(certainOutcome(voted({ for: 10, silent: 10 }), given), undefined)
  assert.equal(certainOutcome(voted({ for: 11, silent: 9 }), given), 'carried')
})

test('an alternate’s vote is not certain until its principal has spoken, and no vote is where votes may change', () => {
  const given = decision({ majority: { comparator: 'at least', fraction: '1/1', of: 'seats' } })
  assert.equal(certainOutcome([ballot('a', { choice: 'for', as: 'alternate' })], given), undefined)
  assert.equal(certainOutcome([ballot('a', { choice: 'for' })], given), 'carried')
  assert.equal(certainOutcome([ballot('a', { choice: 'for' })], { ...given, mayChangeVote: true }), undefined)
})
