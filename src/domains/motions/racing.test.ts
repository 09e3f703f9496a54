// Votes and closes at the same time, on a real database: each is counted once or refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'

import { nth } from '#test/kit/voters.ts'
import { openVote } from '#test/kit/voting.ts'
import { tallyOf } from './finds.ts'

test('twenty seats that vote at the same time are all counted, once each', async t => {
  const { house, body, motion } = await openVote(t, {}, { council: { seats: 20 } })
  const choices = ['for', 'against', 'abstain', 'for'] as const
  const outcomes = await Promise.all(
    body.people.map((person, at) =>
      house.engine.perform({ act: 'motions.vote', input: { motion, choice: nth(choices, at % 4) }, by: { person } }),
    ),
  )
  assert.deepEqual(outcomes.filter(isRefusal), [])
  const state = await tallyOf(house.read, motion, house.clock.at())
  assert.deepEqual(state?.counts, { seats: 20, for: 10, against: 5, abstain: 5, recused: 0, silent: 0 })
  assert.equal((await house.leaves()).filter(({ act }) => act === 'motions.vote').length, 20)
  await house.expectReplay()
})

test('of two votes by one seat at the same time, one counts and the other is refused', async t => {
  const { house, body, motion } = await openVote(t)
  const by = { person: nth(body.people, 2) }
  const outcomes = await Promise.all(
    (['for', 'against'] as const).map(choice =>
      house.engine.perform({ act: 'motions.vote', input: { motion, choice }, by }),
    ),
  )
  assert.deepEqual(
    outcomes.filter(isRefusal).map(({ refused }) => refused.id),
    ['motions/already-voted'],
  )
})

test('of two closes at the same time, one ends the vote and the other is refused', async t => {
  const { house, motion, votes } = await openVote(t)
  await votes('for', 0, 1)
  house.clock.passDays(7)
  const order = { act: 'motions.close', input: { motion }, by: { program: 'clock' } } as const
  const outcomes = await Promise.all([house.engine.perform(order), house.engine.perform(order)])
  assert.deepEqual(
    outcomes.filter(isRefusal).map(({ refused }) => refused.id),
    ['motions/not-open'],
  )
  assert.equal((await house.leaves()).filter(({ act }) => act === 'motions.close').length, 1)
})

test('a vote cast while the vote is being closed is either counted in the result or refused', async t => {
  const { house, body, motion, votes } = await openVote(t, {}, { council: { seats: 5 } })
  await votes('for', 0, 1, 2)
  house.clock.passHours(72)
  const person = nth(body.people, 3)
  const [cast, closed] = await Promise.all([
    house.engine.perform({ act: 'motions.vote', input: { motion, choice: 'against' }, by: { person } }),
    house.engine.perform({ act: 'motions.close', input: { motion }, by: { program: 'clock' } }),
  ])
  assert.ok(!isRefusal(closed))
  assert.equal(Object(closed.entry.facts.tally).counts.against, isRefusal(cast) ? 0 : 1)
})
