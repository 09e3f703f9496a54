// Reviews, and deciding where it is refused, through the engine on a real database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mandateWanted, wrongCapacity } from '#acts/problems.ts'
import { latestFiled } from '#domains/assessments/index.ts'
import { interestsIn } from '#domains/people/index.ts'
import { landscapeHouse } from '#test/kit/landscape.ts'
import { organisationCalled } from '#test/kit/people.ts'
import { council as anotherCouncil, nth } from '#test/kit/voters.ts'
import { applicationBy, projectBy, reviewsOf } from './finds.ts'
import {
  noSuchApplication,
  noSuchRequirement,
  notLost,
  notOpen,
  otherBody,
  otherKind,
  ownApplication,
  reasonWanted,
} from './problems.ts'

const text = 'It does what it says, and its neighbours agree with that.'

test('a review keeps its findings, and where they differ from the assessment, with the reason', async t => {
  const { house, council, applies } = await landscapeHouse(t)
  await organisationCalled(house, 'Seedworks')
  const id = await applies({ organisations: ['seedworks'] })
  const ticks = [
    { check: 'E2', tick: 'met', reason: 'The tests run on a machine elsewhere.' },
    { check: 'E1', tick: 'not-met', reason: 'The file is there and names another licence.' },
    { check: 'E3', tick: 'met' },
    { check: 'E4', tick: 'left-open' },
  ]
  const done = await house.done('projects.review', { application: id, text, ticks }, nth(council.people, 0))
  const subjectOrganisations = [...(await interestsIn(house.read, [id]))]
  assert.equal(subjectOrganisations.length, 1)
  assert.deepEqual(done.entry.weighed, { subjectOrganisations })
  const [review, ...more] = await reviewsOf(house.read, id)
  assert.equal(more.length, 0)
  assert.equal(review?.assessment, (await latestFiled(house.read, [id])).get(id)?.id)
  assert.deepEqual(review?.disagreements, [
    { check: 'E2', outcome: 'fail', tick: 'met', reason: 'The tests run on a machine elsewhere.' },
    { check: 'E1', outcome: 'pass', tick: 'not-met', reason: 'The file is there and names another licence.' },
  ])
  assert.deepEqual(
    review.ticks.map(({ check }) => check),
    ['E2', 'E1', 'E3'],
  )
  await house.expectReplay()
})

test('a review is refused without a reason, for what the criteria do not hold, and from who does not decide', async t => {
  const { house, council, maintainer, applies } = await landscapeHouse(t)
  const id = await applies()
  const seat = nth(council.people, 0)
  const review = { application: id, text }
  const bare = { ...review, ticks: [{ check: 'E2', tick: 'met' }] }
  assert.equal((await house.refused(reasonWanted, 'projects.review', bare, seat)).detail, 'Without a reason: E2.')
  const unknown = { ...review, ticks: [{ check: 'E99', tick: 'met' }] }
  await house.refused(noSuchRequirement, 'projects.review', unknown, seat)
  await house.refused(
    noSuchApplication,
    'projects.review',
    { ...review, application: 'app_0123456789abcdefghjk' },
    seat,
  )
  await house.refused(wrongCapacity, 'projects.review', review, maintainer)
  const board = await anotherCouncil(house, { body: 'board', sphere: 'business', seats: 1 })
  await house.refused(otherBody, 'projects.review', review, nth(board.people, 0))
  const own = await applies({ name: 'Own', repository: 'https://code.example/own/own' }, seat)
  await house.refused(ownApplication, 'projects.review', { ...review, application: own }, seat)
  await house.done('projects.withdraw', { application: id }, maintainer)
  await house.refused(notOpen, 'projects.review', review, seat)
})

test('nobody admits without a carried motion to exactly that effect', async t => {
  const { house, applies, maintainer } = await landscapeHouse(t)
  const application = await applies()
  const admission = { application, as: 'ecosystem' }
  await house.refused(mandateWanted, 'projects.admit', admission, 'clock')
  await house.refused(wrongCapacity, 'projects.admit', admission, maintainer)
  await house.refused(otherKind, 'projects.admit', { application, as: 'hosted' }, 'clock')
  await house.refused(
    noSuchApplication,
    'projects.admit',
    { ...admission, application: 'app_0123456789abcdefghjk' },
    'clock',
  )
  await house.done('projects.withdraw', { application }, maintainer)
  await house.refused(notOpen, 'projects.admit', admission, 'clock')
})

test('nothing is declined unless a motion to admit it was lost', async t => {
  const { house, applies, decides } = await landscapeHouse(t)
  const application = await applies()
  const motion = 'mot_0123456789abcdefghjk'
  await house.refused(notLost, 'projects.decline', { application, motion }, 'clock')
  await house.refused(
    noSuchApplication,
    'projects.decline',
    { application: 'app_0123456789abcdefghjk', motion },
    'clock',
  )
  await decides({ act: 'projects.admit', input: { application, as: 'ecosystem' } }, 'against')
  await house.refused(notOpen, 'projects.decline', { application, motion }, 'clock')
})

test('an ecosystem project becomes a hosted one: the same project, at another stage', async t => {
  const { house, applies, decides } = await landscapeHouse(t)
  const first = await applies()
  await decides({ act: 'projects.admit', input: { application: first, as: 'ecosystem' } }, 'for')
  const before = await projectBy(house.read, 'lantern')
  const second = await applies({ kind: 'hosted', goals: 'Goals that have grown since it was first taken in.' })
  await decides({ act: 'projects.admit', input: { application: second, as: 'hosted' } }, 'for')
  const after = await projectBy(house.read, 'lantern')
  assert.deepEqual([after?.id, after?.stage, after?.application], [before?.id, 'hosted', second])
  assert.equal(after?.goals, 'Goals that have grown since it was first taken in.')
  assert.equal(after.accepted, before?.accepted)
  assert.equal((await applicationBy(house.read, second))?.project, after.id)
  await house.expectReplay()
})
