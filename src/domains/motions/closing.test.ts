// The end of a vote, through the engine on a real database: those who are late are reminded, and it closes when it may.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { decision } from '#test/kit/motions.ts'
import { council, nth } from '#test/kit/voters.ts'
import { openVote } from '#test/kit/voting.ts'
import { motions } from './index.ts'
import { noSuchMotion, notDue, notOpen, otherBody, stillOpen } from './problems.ts'

const unknown = 'mot_0123456789abcdefghjk'

test('a vote closes on time, carries what it resolves, and its entry is the mandate', async t => {
  const resolves = { act: 'projects.admit', input: { application: 'app_0123456789abcdefghjk', as: 'hosted' } }
  const { house, motion, votes, now } = await openVote(t, { resolves: 'projects.admit' }, { moved: { resolves } })
  await votes('for', 0, 1)
  await votes('against', 2)
  house.clock.passDays(7)
  const { entry } = await house.done('motions.close', { motion }, 'clock')
  assert.deepEqual(entry.facts, {
    motion,
    outcome: 'carried',
    reason: 'It had 2 for and needed 2; 3 took part and 2 were needed.',
    isEarly: false,
    tally: {
      counts: { seats: 3, for: 2, against: 1, abstain: 0, recused: 0, silent: 0 },
      needs: { quorum: 2, majority: 2 },
      has: { quorum: 3, majority: 2 },
      of: { quorum: 3, majority: 3 },
      isQuorate: true,
      outcome: 'carried',
    },
    decision: (await now()).opening?.decision,
    resolves,
  })
  assert.equal((await now()).stage, 'carried')
  await house.refused(notOpen, 'motions.close', { motion }, 'clock')
  await house.expectReplay()
})

test('a lost vote resolves nothing and says what was missing', async t => {
  const { house, motion, votes, now } = await openVote(t)
  await votes('for', 0)
  house.clock.passDays(7)
  const { entry } = await house.done('motions.close', { motion }, 'clock')
  assert.equal(entry.facts.reason, 'No quorum: 1 took part and 2 were needed.')
  assert.equal('resolves' in entry.facts, false)
  assert.equal((await now()).stage, 'lost')
})

test('neither clock nor chair closes a vote whose outcome may still change, or before the minimum wait', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const board = await council(house, { body: 'board' })
  const chair = nth(body.people, 0)
  const due = async () => motions.due?.(house.read, house.clock.at(), house.engine.term)
  await house.refused(noSuchMotion, 'motions.close', { motion: unknown }, 'clock')
  await house.refused(otherBody, 'motions.close', { motion }, nth(board.people, 0))
  await votes('for', 0)
  house.clock.passHours(72)
  await house.refused(stillOpen, 'motions.close', { motion }, chair)
  house.clock.passHours(-1)
  await votes('for', 1)
  await house.refused(stillOpen, 'motions.close', { motion }, chair)
  assert.deepEqual(await due(), [])
  house.clock.passHours(1)
  assert.deepEqual(await due(), [{ act: 'motions.close', input: { motion } }])
  const { entry } = await house.done('motions.close', { motion }, chair)
  assert.deepEqual([entry.facts.isEarly, entry.facts.outcome, entry.actor.capacity], [true, 'carried', 'chair'])
})

test('a vote is counted as the charter had it when the vote opened, even after an amendment', async t => {
  const { house, motion, votes, terms } = await openVote(t)
  terms['motions.deciding'] = {
    decisions: [decision({ majority: { comparator: 'at least', fraction: '1/1', of: 'seats' } })],
    remindHours: 48,
  }
  await votes('for', 0, 1)
  house.clock.passDays(7)
  const { entry } = await house.done('motions.close', { motion }, 'clock')
  assert.equal(entry.facts.outcome, 'carried')
})

test('those who have not voted are reminded once, shortly before the close', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const due = async () => motions.due?.(house.read, house.clock.at(), house.engine.term)
  await votes('for', 0)
  await house.refused(noSuchMotion, 'motions.remind', { motion: unknown }, 'clock')
  house.clock.passHours(5 * 24 - 1)
  await house.refused(notDue, 'motions.remind', { motion }, 'clock')
  assert.deepEqual(await due(), [])
  house.clock.passHours(1)
  assert.deepEqual(await due(), [{ act: 'motions.remind', input: { motion } }])
  const { entry } = await house.done('motions.remind', { motion }, 'clock')
  assert.deepEqual(entry.facts, { motion, seats: [nth(body.seats, 1), nth(body.seats, 2)].toSorted() })
  assert.deepEqual(await due(), [])
  await house.refused(notDue, 'motions.remind', { motion }, 'clock')
  await house.expectReplay()
})
