// An open vote, through the engine on a real database: seats vote, are recused, and the charter’s rules stop whom they stop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { addDays } from '#base/instants.ts'
import { alternateFor, appointed, council, nth, registered } from '#test/kit/voters.ts'
import { councilHouse, openVote } from '#test/kit/voting.ts'
import { ballotsOf, tallyOf } from './finds.ts'
import {
  alreadyRecused,
  alreadyVoted,
  noSuchMotion,
  notOpen,
  otherBody,
  otherSeat,
  principalRecused,
  principalVoted,
  recusalAfterVote,
  seatNotEligible,
  seatUnnamed,
} from './problems.ts'

const unknown = 'mot_0123456789abcdefghjk'
const reason = 'I am employed by the applicant.'

test('a seat votes once, and its vote stands', async t => {
  const { house, body, motion } = await openVote(t)
  const [seat, person] = [nth(body.seats, 2), nth(body.people, 2)]
  const { entry } = await house.done('motions.vote', { motion, choice: 'for' }, person)
  assert.deepEqual(entry.facts, { motion, seat, choice: 'for', as: 'principal', replaces: null })
  const ballot = (await ballotsOf(house.read, motion)).find(one => one.seat === seat)
  assert.deepEqual(ballot?.vote, {
    choice: 'for',
    person,
    as: 'principal',
    at: entry.at,
    entry: entry.id,
    replaces: undefined,
  })
  await house.refused(alreadyVoted, 'motions.vote', { motion, choice: 'against' }, person)
  await house.refused(alreadyVoted, 'motions.vote', { motion, choice: 'against', seat }, person)
  await house.expectReplay()
})

test('a seat changes its vote where the charter lets it, and the record says from what', async t => {
  const { house, body, motion } = await openVote(t, { mayChangeVote: true })
  const person = nth(body.people, 2)
  await house.done('motions.vote', { motion, choice: 'for' }, person)
  const { entry } = await house.done('motions.vote', { motion, choice: 'against' }, person)
  assert.deepEqual(entry.facts.replaces, { choice: 'for', as: 'principal' })
  const state = await tallyOf(house.read, motion, house.clock.at())
  assert.deepEqual([state?.counts.for, state?.counts.against], [0, 1])
  await house.expectReplay()
})

test('voting is refused: no such motion, another body, not open yet, over', async t => {
  const { house, body, motion } = await openVote(t)
  const board = await council(house, { body: 'board' })
  const voter = nth(body.people, 2)
  await house.refused(noSuchMotion, 'motions.vote', { motion: unknown, choice: 'for' }, voter)
  await house.refused(otherBody, 'motions.vote', { motion, choice: 'for' }, nth(board.people, 0))
  house.clock.set(addDays(house.clock.at(), 7))
  await house.refused(notOpen, 'motions.vote', { motion, choice: 'for' }, voter)
})

test('a motion that waits for its second is not open to votes', async t => {
  const { house, body } = await councilHouse(t)
  const { entry } = await house.done(
    'motions.move',
    { body: 'council', title: 'Meet in public', reasons: 'So that everybody can see us.' },
    nth(body.people, 0),
  )
  await house.refused(notOpen, 'motions.vote', { motion: entry.facts.motion, choice: 'for' }, nth(body.people, 1))
})

test('a seat added after the opening cannot vote or be recused, nor can one vote for a seat of somebody else', async t => {
  const { house, body, motion } = await openVote(t)
  const seat = { body: 'council', key: 'late', title: 'Late', appointedBy: 'electorate', isEntitlement: false }
  const { entry } = await house.done('bodies.add-seat', seat, 'operator')
  const person = await registered(house, 'late-9')
  await appointed(house, { seat: String(entry.facts.seat), person })
  await house.refused(seatNotEligible, 'motions.vote', { motion, choice: 'for' }, person)
  await house.refused(seatNotEligible, 'motions.recuse', { motion, reason }, person)
  await house.refused(otherSeat, 'motions.vote', { motion, choice: 'for', seat: nth(body.seats, 2) }, person)
  await house.refused(otherSeat, 'motions.recuse', { motion, reason, seat: nth(body.seats, 2) }, person)
})

test('whoever holds the seat when voting votes for it', async t => {
  const { house, body, motion } = await openVote(t)
  const seat = nth(body.seats, 2)
  await house.done('bodies.resign', { seat, reason: 'I move on.' }, nth(body.people, 2))
  house.clock.passDays(1)
  const heir = await registered(house, 'heir-8')
  await appointed(house, { seat, person: heir })
  await house.done('motions.vote', { motion, choice: 'abstain' }, heir)
  const ballot = (await ballotsOf(house.read, motion)).find(one => one.seat === seat)
  assert.equal(ballot?.vote?.person, heir)
})

test('an alternate names the seat, votes until the principal does, and the principal’s vote takes its place', async t => {
  const { house, body, motion } = await openVote(t)
  const [seat, principal] = [nth(body.seats, 2), nth(body.people, 2)]
  const alternate = await alternateFor(house, seat, 'alternate-5')
  await house.refused(seatUnnamed, 'motions.vote', { motion, choice: 'for' }, alternate)
  const first = await house.done('motions.vote', { motion, choice: 'for', seat }, alternate)
  assert.deepEqual(first.entry.facts, { motion, seat, choice: 'for', as: 'alternate', replaces: null })
  assert.equal(first.entry.actor.onBehalfOf, seat)
  await house.refused(alreadyVoted, 'motions.vote', { motion, choice: 'against', seat }, alternate)
  const second = await house.done('motions.vote', { motion, choice: 'against' }, principal)
  assert.deepEqual(second.entry.facts, {
    motion,
    seat,
    choice: 'against',
    as: 'principal',
    replaces: { choice: 'for', as: 'alternate' },
  })
  await house.refused(principalVoted, 'motions.vote', { motion, choice: 'for', seat }, alternate)
  const state = await tallyOf(house.read, motion, house.clock.at())
  assert.deepEqual(state?.counts, { seats: 3, for: 0, against: 1, abstain: 0, recused: 0, silent: 2 })
  await house.expectReplay()
})

test('a recusal keeps its reason, takes the seat out of the count, and cannot be followed by a vote', async t => {
  const { house, body, motion } = await openVote(t)
  const [seat, person] = [nth(body.seats, 2), nth(body.people, 2)]
  const { entry } = await house.done('motions.recuse', { motion, reason }, person)
  assert.deepEqual(entry.facts, { motion, seat, reason })
  const state = await tallyOf(house.read, motion, house.clock.at())
  assert.deepEqual([state?.counts.recused, state?.of.quorum], [1, 2])
  await house.refused(alreadyRecused, 'motions.vote', { motion, choice: 'for' }, person)
  await house.refused(alreadyRecused, 'motions.recuse', { motion, reason }, person)
  await house.expectReplay()
})

test('a recusal is refused: no such motion, another body, after a vote, when the vote is over, without a seat named', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const board = await council(house, { body: 'board' })
  await house.refused(noSuchMotion, 'motions.recuse', { motion: unknown, reason }, nth(body.people, 2))
  await house.refused(otherBody, 'motions.recuse', { motion, reason }, nth(board.people, 0))
  await votes('for', 2)
  await house.refused(recusalAfterVote, 'motions.recuse', { motion, reason }, nth(body.people, 2))
  house.clock.passDays(7)
  await house.refused(notOpen, 'motions.recuse', { motion, reason }, nth(body.people, 1))
})

test('a reason is needed, and more than a word of two letters', async t => {
  const { house, body, motion } = await openVote(t)
  for (const unfit of ['', 'no', 'x'.repeat(501)]) {
    const by = { person: nth(body.people, 2) }
    const outcome = await house.engine.perform({ act: 'motions.recuse', input: { motion, reason: unfit }, by })
    assert.ok(isRefusal(outcome))
    assert.deepEqual(
      outcome.fields?.map(({ path }) => path),
      [['reason']],
    )
  }
})

test('whoever has voted for one seat and comes to hold another says for which they speak', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const [person, other] = [nth(body.people, 2), nth(body.seats, 1)]
  await votes('for', 2)
  await house.done('bodies.resign', { seat: nth(body.seats, 2), reason: 'I move to another seat.' }, person)
  await house.done('bodies.resign', { seat: other, reason: 'I move on.' }, nth(body.people, 1))
  house.clock.passDays(1)
  await appointed(house, { seat: other, person })
  await house.refused(seatUnnamed, 'motions.vote', { motion, choice: 'for' }, person)
  await house.refused(seatUnnamed, 'motions.recuse', { motion, reason }, person)
  await house.done('motions.vote', { motion, choice: 'for', seat: other }, person)
})

test('an alternate votes for a recused principal only where the charter lets it', async t => {
  for (const alternatesVoteForRecused of [false, true]) {
    const { house, body, motion } = await openVote(t, { alternatesVoteForRecused })
    const seat = nth(body.seats, 2)
    const alternate = await alternateFor(house, seat, 'alternate-6')
    await house.done('motions.recuse', { motion, reason }, nth(body.people, 2))
    const input = { motion, choice: 'for', seat }
    if (alternatesVoteForRecused) await house.done('motions.vote', input, alternate)
    else await house.refused(principalRecused, 'motions.vote', input, alternate)
    const state = await tallyOf(house.read, motion, house.clock.at())
    assert.equal(state?.counts.for, alternatesVoteForRecused ? 1 : 0)
    assert.equal(state?.counts.recused, alternatesVoteForRecused ? 0 : 1)
  }
})

test('the charter’s rules stop a vote, and nothing is counted', async t => {
  const denial = {
    rule: 'no-self-dealing',
    clauses: ['9'],
    title: 'Nobody votes on their employer',
    remedy: 'Recuse yourself',
  }
  const { house, body, motion } = await openVote(
    t,
    {},
    { denials: ({ act }) => (act === 'motions.vote' ? [denial] : []) },
  )
  const by = { person: nth(body.people, 2) }
  const outcome = await house.engine.perform({ act: 'motions.vote', input: { motion, choice: 'for' }, by })
  assert.ok(isRefusal(outcome))
  assert.deepEqual([outcome.refused.id, outcome.clauses], ['acts/stopped-by-rule', ['9']])
  assert.equal((await tallyOf(house.read, motion, house.clock.at()))?.counts.silent, 3)
})
