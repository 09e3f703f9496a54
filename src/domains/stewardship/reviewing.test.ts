// Reviews through the engine on a real database: they open by the clock, are kept, noticed, cured or retired; a case for each refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrongCapacity } from '#acts/problems.ts'
import { assessmentsOf } from '#domains/assessments/index.ts'
import { noSuchProject, notYours, projectBy } from '#domains/projects/index.ts'
import { tooEarlyAgain } from '#domains/projects/problems.ts'
import { application } from '#test/kit/landscape.ts'
import { beacon, stewards, text } from '#test/kit/stewarding.ts'
import { council, nth } from '#test/kit/voters.ts'
import { disagreementsIn, reviewsOf } from './finds.ts'
import {
  alreadyUnderNotice,
  callReasonWanted,
  cureTimeOver,
  cureTimeRuns,
  noFreshAssessment,
  noSuchRequirement,
  noSuchReview,
  notDue,
  notLate,
  notReviewed,
  notUnderNotice,
  otherReviewers,
  ownProject,
  reasonsWanted,
  reasonWaived,
  requirementsUnmet,
  reviewEnded,
  reviewOpen,
  waitsForReviewer,
} from './problems.ts'

const missing = 'rev_0123456789abcdefghjk'
const reasons = [{ check: 'E2', says: 'A second person must be able to release.' }]

test('a review opens by itself on its day, has the repository read, and the project keeps its requirements', async t => {
  const { house, project, reviewer, pass, newest } = await stewards(t)
  await pass(180)
  assert.deepEqual(await reviewsOf(house.read, project), [])
  await house.refused(notDue, 'stewardship.open-review', { project }, 'clock')
  await pass(4)
  const review = await newest()
  assert.deepEqual([review.state, review.due], ['due', '2026-09-02T09:00:00.000Z'])
  assert.equal((await assessmentsOf(house.read, [project])).length, 1)
  await house.done('stewardship.keep', { review: review.id, text }, reviewer)
  const kept = await newest()
  assert.deepEqual([kept.state, kept.reviewer, kept.text], ['kept', reviewer, text])
  await pass(180)
  assert.equal((await newest()).id, review.id)
  await pass(5)
  assert.notEqual((await newest()).id, review.id)
  await house.expectReplay()
})

test('a program that was down opens the review on its return; the day on which it fell due stays, the times to act run from then', async t => {
  const { house, pass, newest } = await stewards(t)
  await pass(400)
  const review = await newest()
  assert.equal(review.due, '2026-09-02T09:00:00.000Z')
  assert.equal(review.opened, house.clock.at())
  assert.equal(review.lookBy, '2027-05-06T09:00:00.000Z')
})

test('a reviewer may call for a review before its time, with a reason', async t => {
  const { house, project, reviewer, maintainer, newest, staff } = await stewards(t)
  const call = (by: string, more: object = {}) => ['stewardship.open-review', { project, ...more }, by] as const
  await house.refused(callReasonWanted, ...call(reviewer))
  await house.refused(wrongCapacity, ...call(staff, { reason: text }))
  await house.refused(noSuchProject, 'stewardship.open-review', { project: 'nothing', reason: text }, reviewer)
  const senate = await council(house, { body: 'senate', seats: 1 })
  await house.refused(otherReviewers, ...call(nth(senate.people, 0), { reason: text }))
  await house.done('projects.name-maintainer', { project, person: reviewer }, maintainer)
  await house.refused(ownProject, ...call(reviewer, { reason: text }))
  await house.done('projects.remove-maintainer', { project, person: reviewer }, maintainer)
  await house.done(...call(reviewer, { reason: text }))
  const review = await newest()
  assert.deepEqual([review.caller, review.callReason, review.due], [reviewer, text, house.clock.at()])
  await house.refused(reviewOpen, ...call(reviewer, { reason: text }))
  await house.expectReplay()
})

test('what is not in the landscape, or at a stage that the charter does not name, is not reviewed', async t => {
  const { house, reviewer, decides } = await stewards(t)
  await decides({ act: 'projects.archive', input: { project: 'beacon', reason: text } }, 'for')
  await house.refused(notReviewed, 'stewardship.open-review', { project: 'beacon', reason: text }, reviewer)
})

test('nothing that is unknown, waits for a person or fails is met by itself', async t => {
  const { house, reviewer, maintainer, shows, falls, newest, project } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail', E3: 'unknown', E4: 'needs-person', E10: 'unknown' })
  const review = await falls()
  const keep = (ticks?: readonly object[]) => ['stewardship.keep', { review, text, ticks }, reviewer] as const
  const refusal = await house.refused(requirementsUnmet, ...keep())
  assert.equal(refusal.detail, 'E2 fails, E3 is left open, E4 is left open, E10 is left open.')
  const ticks = ['E2', 'E3', 'E4'].map(check => ({ check, tick: 'met' }))
  const last = await house.refused(requirementsUnmet, ...keep([...ticks, { check: 'E10', tick: 'not-met' }]))
  assert.equal(last.detail, 'E10 is found not met.')
  await house.refused(noSuchRequirement, ...keep([{ check: 'E99', tick: 'met' }]))
  await house.refused(noSuchReview, 'stewardship.keep', { review: missing, text }, reviewer)
  await house.refused(wrongCapacity, 'stewardship.keep', { review, text }, maintainer)
  await house.done(...keep([...ticks, { check: 'E10', tick: 'met' }, { check: 'E1', tick: 'left-open' }]))
  assert.equal((await newest()).state, 'kept')
  const [found, ...more] = await disagreementsIn(house.read, { project })
  assert.deepEqual(
    [found?.check, found?.outcome, found?.tick, found?.state, more.length],
    ['E2', 'fail', 'met', 'owed', 0],
  )
  await house.refused(reviewEnded, ...keep())
  await house.expectReplay()
})

test('a finding rests on a fresh assessment by the criteria of the review, by a seat of its body that does not keep the project', async t => {
  const { house, reviewer, other, maintainer, project, shows, falls, pass } = await stewards(t)
  shows('The address does not answer.')
  const review = await falls()
  const keep = (by: string) => ['stewardship.keep', { review, text }, by] as const
  await house.refused(noFreshAssessment, ...keep(reviewer))
  shows({ E1: 'pass' })
  await house.done('projects.assess', { subject: project }, maintainer)
  await pass(32)
  await house.refused(noFreshAssessment, ...keep(reviewer))
  const senate = await council(house, { body: 'senate', seats: 1 })
  await house.refused(otherReviewers, ...keep(nth(senate.people, 0)))
  await house.done('projects.name-maintainer', { project, person: other }, maintainer)
  await house.refused(ownProject, ...keep(other))
  await house.done('projects.assess', { subject: project }, maintainer)
  await pass(0)
  await house.done(...keep(reviewer))
})

test('a notice names what is missing; the project answers, is read again, and a reviewer finds it cured', async t => {
  const { house, reviewer, maintainer, project, shows, falls, newest, pass } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail' })
  const review = await falls()
  const give = (more: object = {}) => ['stewardship.give-notice', { review, text, reasons, ...more }, reviewer] as const
  const answer = (by = maintainer) => ['stewardship.answer-notice', { review, text }, by] as const
  await house.refused(notUnderNotice, ...answer())
  await house.refused(noSuchReview, ...give({ review: missing }))
  await house.refused(reasonsWanted, ...give({ reasons: [] }))
  await house.refused(noSuchRequirement, ...give({ reasons: [{ check: 'E99', says: text }] }))
  await house.done(...give())
  const noticed = await newest()
  assert.deepEqual([noticed.state, noticed.notice?.by, noticed.notice?.reasons], ['under-notice', reviewer, reasons])
  assert.equal(noticed.notice?.cureBy, '2026-10-03T09:00:00.000Z')
  await house.refused(alreadyUnderNotice, ...give())
  await house.refused(noSuchReview, 'stewardship.answer-notice', { review: missing, text }, maintainer)
  const elsewhere = await house.done(
    'projects.enter',
    { ...beacon, name: 'Torch', repository: 'https://code.example/t' },
    'operator',
  )
  const stranger = nth((await council(house, { body: 'senate', seats: 1 })).people, 0)
  await house.done('projects.name-maintainer', { project: elsewhere.entry.facts.project, person: stranger }, 'operator')
  await house.refused(notYours, ...answer(stranger))
  await pass(10)
  shows({ E1: 'pass', E2: 'needs-person' })
  await house.done(...answer())
  await pass(0)
  assert.equal((await newest()).answer?.text, text)
  assert.equal((await assessmentsOf(house.read, [project])).length, 2)
  await house.done('stewardship.keep', { review, text, ticks: [{ check: 'E2', tick: 'met' }] }, reviewer)
  assert.equal((await newest()).state, 'cured')
  await house.refused(reviewEnded, ...give())
  await house.expectReplay()
})

test('when the time is over the repository is read once more, and what it shows to be met is cured without anybody', async t => {
  const { house, reviewer, shows, falls, newest, pass, project } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail' })
  const review = await falls()
  await house.refused(notUnderNotice, 'stewardship.settle', { review }, 'clock')
  await house.done('stewardship.give-notice', { review, text, reasons }, reviewer)
  await house.refused(cureTimeRuns, 'stewardship.settle', { review }, 'clock')
  await house.refused(noSuchReview, 'stewardship.settle', { review: missing }, 'clock')
  shows({ E1: 'pass', E2: 'pass' })
  await pass(29)
  assert.equal((await newest()).state, 'under-notice')
  await pass(1)
  assert.equal((await newest()).state, 'cured')
  assert.equal((await assessmentsOf(house.read, [project])).length, 2)
  assert.equal((await projectBy(house.read, project))?.isArchived, false)
  await house.expectReplay()
})

test('what is not cured is retired by the clock: it leaves the landscape, may show no logo, and applies again after three months', async t => {
  const { house, reviewer, maintainer, shows, falls, newest, pass, project } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail' })
  const review = await falls()
  await house.done('stewardship.give-notice', { review, text, reasons }, reviewer)
  // The program is down for a fortnight when the time is over: the months run from when the project was told.
  await pass(44)
  const retired = await newest()
  assert.deepEqual([retired.state, retired.text], ['retired', 'Still failing when the time was over: E2.'])
  const archived = await projectBy(house.read, project)
  assert.deepEqual([archived?.isArchived, archived?.reapplyFrom], [true, '2027-01-17T09:00:00.000Z'])
  const settled = (await house.leaves()).find(leaf => leaf.act === 'stewardship.settle')
  const archive = (await house.leaves()).find(leaf => leaf.act === 'projects.archive')
  assert.deepEqual([archive?.mandate, settled?.facts.logoUntil], [settled?.id, house.clock.at()])
  const again = { ...application, name: 'Beacon', repository: beacon.repository }
  await house.refused(tooEarlyAgain, 'projects.apply', again, maintainer)
  await pass(92)
  await house.done('projects.apply', again, maintainer)
  await house.expectReplay()
})

test('a project that answered, and of which no check shows a failure, waits for a reviewer, who is reminded once', async t => {
  const { house, reviewer, maintainer, shows, falls, newest, pass } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail' })
  const review = await falls()
  await house.done('stewardship.give-notice', { review, text, reasons }, reviewer)
  await pass(20)
  shows({ E1: 'pass', E2: 'unknown' })
  await house.done('stewardship.answer-notice', { review, text }, maintainer)
  await house.refused(notLate, 'stewardship.remind', { review }, 'clock')
  await pass(11)
  await house.refused(waitsForReviewer, 'stewardship.settle', { review }, 'clock')
  await house.refused(cureTimeOver, 'stewardship.answer-notice', { review, text }, maintainer)
  await pass(20)
  const late = await newest()
  assert.deepEqual([late.state, late.isReminded], ['under-notice', true])
  await house.refused(notLate, 'stewardship.remind', { review }, 'clock')
  await house.done('stewardship.keep', { review, text, ticks: [{ check: 'E2', tick: 'met' }] }, reviewer)
  await house.refused(reviewEnded, 'stewardship.remind', { review }, 'clock')
  await house.refused(noSuchReview, 'stewardship.remind', { review: missing }, 'clock')
  await house.expectReplay()
})

test('a repository that could not be read is noticed in words; unanswered it is retired, and others go on', async t => {
  const { house, reviewer, shows, falls, newest, pass } = await stewards(t)
  shows('The address does not answer.')
  const review = await falls()
  await house.done('stewardship.give-notice', { review, text }, reviewer)
  await pass(31)
  assert.deepEqual(
    [(await newest()).state, (await newest()).text],
    ['retired', 'Nobody answered the notice within its time.'],
  )
  await house.expectReplay()
})

test('a review is dropped when its project leaves the stage otherwise', async t => {
  const { house, falls, newest, decides } = await stewards(t)
  const review = await falls()
  await house.refused(noSuchReview, 'stewardship.drop-review', { review: missing, reason: text }, 'clock')
  await decides({ act: 'projects.change-stage', input: { project: 'beacon', stage: 'hosted' } }, 'for')
  assert.deepEqual([(await newest()).state, (await newest()).text], ['dropped', 'The project moved to another stage.'])
  await house.refused(reviewEnded, 'stewardship.drop-review', { review, reason: text }, 'clock')
  await house.expectReplay()
})

test('what is waived is no reason for a notice', async t => {
  const { house, reviewer, other, maintainer, project, shows, falls } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail' })
  const review = await falls()
  const until = '2026-12-01'
  const asked = await house.done(
    'stewardship.request-waiver',
    { project, check: 'E2', reason: text, until },
    maintainer,
  )
  const waiver = asked.entry.facts.waiver
  await house.done('stewardship.decide-waiver', { waiver, decision: 'granted', reason: text }, other)
  await house.refused(reasonWaived, 'stewardship.give-notice', { review, text, reasons }, reviewer)
  await house.done('stewardship.keep', { review, text }, reviewer)
  await house.expectReplay()
})
