// Bringing a motion before a body, through the engine on a real database: a case for each act and each refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addHours } from '#base/instants.ts'
import { decision } from '#test/kit/motions.ts'
import { council, nth, registered } from '#test/kit/voters.ts'
import { councilHouse, moved, question } from '#test/kit/voting.ts'
import { motionBy } from './finds.ts'
import { motions } from './index.ts'
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

const resolves = { act: 'projects.admit', input: { application: 'app_0123456789abcdefghjk', as: 'hosted' } }
const admitting = {
  decisions: [decision({ resolves: 'projects.admit', where: { as: 'hosted' }, body: 'council' }), decision()],
}

test('moving a motion puts it before the body, to wait for a second', async t => {
  const { house, body } = await councilHouse(t)
  const mover = nth(body.people, 0)
  const { entry } = await house.done('motions.move', question, mover)
  const motion = String(entry.facts.motion)
  assert.deepEqual(entry.facts, {
    ...question,
    motion,
    sphere: 'technical',
    resolves: null,
    secondBy: addDays(entry.at, 14),
    opening: null,
  })
  const found = await motionBy(house.read, motion)
  assert.equal(found?.stage, 'proposed')
  assert.deepEqual([found.mover, found.moverSeat], [mover, nth(body.seats, 0)])
  await house.expectReplay()
})

test('where no second is needed, moving opens the vote at once', async t => {
  const { house, body } = await councilHouse(t, { deciding: { decisions: [decision({ secondNeeded: false })] } })
  const motion = await motionBy(house.read, await moved(house, nth(body.people, 0)))
  assert.equal(motion?.stage, 'open')
  assert.equal(motion.opening?.closes, addDays(house.clock.at(), 7))
  await house.expectReplay()
})

test('a motion is refused before a body that does not exist, or is not the mover’s', async t => {
  const { house, body } = await councilHouse(t)
  await council(house, { body: 'board', sphere: 'business' })
  await house.refused(noSuchBody, 'motions.move', { ...question, body: 'senate' }, nth(body.people, 0))
  await house.refused(otherBody, 'motions.move', { ...question, body: 'board' }, nth(body.people, 0))
})

test('a motion to do what the charter gives to another body is refused with what the charter says', async t => {
  const { house, body } = await councilHouse(t, {
    deciding: { decisions: [decision({ resolves: 'projects.admit', body: 'board' }), decision()] },
  })
  const refusal = await house.refused(noDecision, 'motions.move', { ...question, resolves }, nth(body.people, 0))
  assert.equal(refusal.detail, 'By the charter, projects.admit is decided by board.')
  assert.deepEqual(refusal.clauses, ['motions.deciding'])
})

test('a second motion to the same effect is refused while the first is before a body, and not after', async t => {
  const { house, body } = await councilHouse(t, { deciding: admitting })
  const [one, other] = [nth(body.people, 0), nth(body.people, 1)]
  const first = await moved(house, one, { resolves })
  const refusal = await house.refused(alreadyMoved, 'motions.move', { ...question, resolves }, other)
  assert.equal(refusal.detail, `It is ${first}.`)
  await house.done('motions.withdraw', { motion: first }, one)
  assert.notEqual(await moved(house, other, { resolves }), first)
})

test('seconding opens the vote to the seats of that moment, under the charter of that moment', async t => {
  const { house, body } = await councilHouse(t, { council: { seats: 4, people: 3 } })
  const motion = await moved(house, nth(body.people, 0))
  house.clock.passDays(1)
  const { entry } = await house.done('motions.second', { motion }, nth(body.people, 1))
  assert.deepEqual(entry.facts, {
    motion,
    opening: {
      opened: entry.at,
      earliest: addHours(entry.at, 72),
      closes: addDays(entry.at, 7),
      decision: decision(),
      seats: body.seats.toSorted(),
    },
  })
  const found = await motionBy(house.read, motion)
  assert.deepEqual([found?.stage, found?.seconder, found?.charter], ['open', nth(body.people, 1), entry.charter])
  await house.expectReplay()
})

test('vacant seats stay out of the vote where the charter does not count them', async t => {
  const { house, body } = await councilHouse(t, {
    council: { seats: 4, people: 3 },
    deciding: { decisions: [decision({ vacantSeats: 'do not count' })] },
  })
  const motion = await moved(house, nth(body.people, 0))
  const { entry } = await house.done('motions.second', { motion }, nth(body.people, 1))
  assert.deepEqual(Object(entry.facts.opening).seats, body.seats.slice(0, 3).toSorted())
})

test('seconding is refused: no such motion, another body, no longer proposed, too late', async t => {
  const { house, body } = await councilHouse(t)
  const board = await council(house, { body: 'board' })
  const [mover, seconder] = [nth(body.people, 0), nth(body.people, 1)]
  const motion = await moved(house, mover)
  await house.refused(noSuchMotion, 'motions.second', { motion: 'mot_0123456789abcdefghjk' }, seconder)
  await house.refused(otherBody, 'motions.second', { motion }, nth(board.people, 0))
  await house.done('motions.second', { motion }, seconder)
  await house.refused(notProposed, 'motions.second', { motion }, nth(body.people, 2))
  const late = await moved(house, mover)
  house.clock.passDays(14)
  await house.refused(secondTooLate, 'motions.second', { motion: late }, seconder)
})

test('whoever has followed the mover in their seat cannot second with it', async t => {
  const { house, body } = await councilHouse(t)
  const motion = await moved(house, nth(body.people, 1))
  house.clock.passDays(1)
  await house.done('bodies.resign', { seat: nth(body.seats, 1), reason: 'I move on.' }, nth(body.people, 1))
  house.clock.passDays(1)
  const heir = await registered(house, 'heir-7')
  await house.done(
    'bodies.appoint',
    { seat: nth(body.seats, 1), person: heir, from: house.clock.at().slice(0, 10) },
    'operator',
  )
  await house.refused(sameSeat, 'motions.second', { motion }, heir)
})

test('the charter’s rules are asked with the sphere, the mover and whoever stands behind the subject', async t => {
  const asked: unknown[] = []
  const { house, body } = await councilHouse(t, {
    denials: ({ act, context }) => {
      if (act.startsWith('motions.')) asked.push([act, context])
      return []
    },
  })
  const mover = nth(body.people, 0)
  const motion = await moved(house, mover)
  await house.done('motions.second', { motion }, nth(body.people, 1))
  const context = { sphere: 'technical', subjectOrganisations: [], mover }
  assert.deepEqual(asked, [
    ['motions.move', context],
    ['motions.second', context],
  ])
})

test('a charter amended between moving and seconding may leave the body nothing to decide', async t => {
  const { house, body, terms } = await councilHouse(t, { deciding: admitting })
  const motion = await moved(house, nth(body.people, 0), { resolves })
  terms['motions.deciding'] = { decisions: [decision()], remindHours: 48 }
  const refusal = await house.refused(noDecision, 'motions.second', { motion }, nth(body.people, 1))
  assert.equal(refusal.detail, 'The charter lets no motion decide projects.admit.')
})

test('a mover may withdraw until somebody has voted; nobody else may', async t => {
  const { house, body } = await councilHouse(t)
  const [mover, other] = [nth(body.people, 0), nth(body.people, 1)]
  const motion = await moved(house, mover)
  await house.refused(noSuchMotion, 'motions.withdraw', { motion: 'mot_0123456789abcdefghjk' }, mover)
  await house.refused(notMover, 'motions.withdraw', { motion }, other)
  const { entry } = await house.done('motions.withdraw', { motion }, mover)
  assert.deepEqual(entry.facts, { motion })
  assert.equal((await motionBy(house.read, motion))?.stage, 'withdrawn')
  await house.refused(notPending, 'motions.withdraw', { motion }, mover)
  const voted = await moved(house, mover)
  await house.done('motions.second', { motion: voted }, other)
  await house.done('motions.vote', { motion: voted, choice: 'against' }, other)
  await house.refused(votesCast, 'motions.withdraw', { motion: voted }, mover)
  await house.expectReplay()
})

test('a motion without a second lapses when its days are over, and not before', async t => {
  const { house, body } = await councilHouse(t)
  const motion = await moved(house, nth(body.people, 0))
  const due = async () => motions.due?.(house.read, house.clock.at(), house.engine.term)
  await house.refused(noSuchMotion, 'motions.lapse', { motion: 'mot_0123456789abcdefghjk' }, 'clock')
  house.clock.set(addHours(house.clock.at(), 14 * 24 - 1))
  assert.deepEqual(await due(), [])
  await house.refused(notLapsed, 'motions.lapse', { motion }, 'clock')
  house.clock.passHours(1)
  assert.deepEqual(await due(), [{ act: 'motions.lapse', input: { motion } }])
  await house.done('motions.lapse', { motion }, 'clock')
  assert.equal((await motionBy(house.read, motion))?.stage, 'lapsed')
  assert.deepEqual(await due(), [])
  await house.refused(notProposed, 'motions.lapse', { motion }, 'clock')
  await house.expectReplay()
})
