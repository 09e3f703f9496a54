// Waivers and disagreements through the engine: asked by one and granted by another; reasons owed, given, or fallen; each refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noSuchProject, notYours } from '#domains/projects/index.ts'
import { beacon, stewards, text } from '#test/kit/stewarding.ts'
import { council, nth } from '#test/kit/voters.ts'
import { disagreementBy, disagreementsIn, waiverBy } from './finds.ts'
import {
  findingOver,
  noSuchDisagreement,
  noSuchRequirement,
  noSuchWaiver,
  notExpired,
  notReviewed,
  notYourFinding,
  otherReviewers,
  ownProject,
  reasonGiven,
  reasonNotLate,
  samePerson,
  waiverDecided,
  waiverOver,
  waiverStands,
  waiverTooLong,
} from './problems.ts'

const noWaiver = 'wai_0123456789abcdefghjk'
const noDisagreement = 'dis_0123456789abcdefghjk'

async function assessed(t: Parameters<typeof stewards>[0]) {
  const found = await stewards(t)
  found.shows({ E1: 'pass', E2: 'fail' })
  await found.house.done('projects.assess', { subject: found.project }, found.maintainer)
  await found.work()
  const wanted = { project: found.project, check: 'E2', reason: text, until: '2026-06-01' }
  const asks = async (by: string, more: object = {}) =>
    String((await found.house.done('stewardship.request-waiver', { ...wanted, ...more }, by)).entry.facts.waiver)
  const decide = (waiver: string, decision = 'granted') =>
    ['stewardship.decide-waiver', { waiver, decision, reason: text }] as const
  return { ...found, wanted, asks, decide }
}

test('a waiver is asked for once, for a requirement that there is, until a day that the charter allows', async t => {
  const { house, maintainer, wanted, asks, decides } = await assessed(t)
  const ask = (more: object, by = maintainer) => ['stewardship.request-waiver', { ...wanted, ...more }, by] as const
  await house.refused(noSuchProject, ...ask({ project: 'nothing' }))
  await house.refused(noSuchRequirement, ...ask({ check: 'E99' }))
  await house.refused(waiverTooLong, ...ask({ until: '2026-03-02' }))
  const refusal = await house.refused(waiverTooLong, ...ask({ until: '2027-03-03' }))
  assert.equal(refusal.detail, 'The latest is 2 March 2027.')
  const torch = { ...beacon, name: 'Torch', repository: 'https://code.example/t' }
  await house.done('projects.enter', torch, 'operator')
  await house.refused(notYours, ...ask({ project: 'torch' }))
  await asks(maintainer)
  await house.refused(waiverStands, ...ask({}))
  await decides({ act: 'projects.archive', input: { project: 'beacon', reason: text } }, 'for')
  await house.refused(notReviewed, ...ask({}))
  await house.expectReplay()
})

test('whoever asks does not decide, nor does a maintainer, nor another body; the decision and its reason are public', async t => {
  const { house, maintainer, project, reviewer, other, asks, decide } = await assessed(t)
  const waiver = await asks(reviewer)
  await house.refused(noSuchWaiver, ...decide(noWaiver), other)
  await house.refused(samePerson, ...decide(waiver), reviewer)
  const senate = await council(house, { body: 'senate', seats: 1 })
  await house.refused(otherReviewers, ...decide(waiver), nth(senate.people, 0))
  await house.done('projects.name-maintainer', { project, person: other }, maintainer)
  await house.refused(ownProject, ...decide(waiver), other)
  await house.done('projects.remove-maintainer', { project, person: other }, maintainer)
  await house.done(...decide(waiver), other)
  const granted = await waiverBy(house.read, waiver)
  assert.deepEqual([granted?.state, granted?.decider, granted?.decision], ['granted', other, text])
  await house.refused(waiverDecided, ...decide(waiver, 'refused'), other)
  await house.expectReplay()
})

test('a waiver ends on its day by the clock, or before by who asked, the maintainers, or a seat that decides', async t => {
  const { house, maintainer, staff, reviewer, other, asks, decide, pass } = await assessed(t)
  const end = (waiver: string) => ['stewardship.end-waiver', { waiver }] as const
  const first = await asks(staff)
  await house.refused(notExpired, ...end(first), 'clock')
  await house.refused(noSuchWaiver, ...end(noWaiver), 'clock')
  const senate = await council(house, { body: 'senate', seats: 1 })
  await house.refused(otherReviewers, ...end(first), nth(senate.people, 0))
  const torch = { ...beacon, name: 'Torch', repository: 'https://code.example/t' }
  const elsewhere = await house.done('projects.enter', torch, 'operator')
  const keeper = nth(senate.people, 0)
  await house.done('projects.name-maintainer', { project: elsewhere.entry.facts.project, person: keeper }, 'operator')
  await house.refused(notYours, ...end(first), { person: keeper, as: 'maintainer' })
  await house.done(...end(first), staff)
  assert.equal((await waiverBy(house.read, first))?.state, 'withdrawn')
  await house.refused(waiverOver, ...end(first), staff)
  const second = await asks(staff)
  await house.done(...decide(second), other)
  await house.done(...end(second), reviewer)
  assert.equal((await waiverBy(house.read, second))?.state, 'ended')
  const third = await asks(staff)
  await house.done(...end(third), maintainer)
  assert.equal((await waiverBy(house.read, third))?.state, 'withdrawn')
  const fourth = await asks(maintainer)
  await house.done(...decide(fourth), other)
  const fifth = await asks(maintainer, { check: 'E1' })
  await pass(90)
  assert.equal((await waiverBy(house.read, fourth))?.state, 'granted')
  await pass(1)
  assert.deepEqual(
    [(await waiverBy(house.read, fourth))?.state, (await waiverBy(house.read, fifth))?.state],
    ['expired', 'expired'],
  )
  await house.refused(waiverDecided, ...decide(fifth), other)
  await house.expectReplay()
})

async function disagreed(t: Parameters<typeof stewards>[0], reason?: string) {
  const found = await stewards(t)
  found.shows({ E1: 'pass', E2: 'fail' })
  const review = await found.falls()
  const ticks = [{ check: 'E2', tick: 'met', ...(reason && { reason }) }]
  await found.house.done('stewardship.keep', { review, text, ticks }, found.reviewer)
  const [one] = await disagreementsIn(found.house.read, { project: found.project })
  return { ...found, review, disagreement: one?.id ?? '', state: one?.state }
}

test('the reviewer owes the reason, and nobody else can give it', async t => {
  const { house, reviewer, other, disagreement, state } = await disagreed(t)
  assert.equal(state, 'owed')
  const give = (one = disagreement) => ['stewardship.give-reason', { disagreement: one, reason: text }] as const
  await house.refused(noSuchDisagreement, ...give(noDisagreement), reviewer)
  await house.refused(notYourFinding, ...give(), other)
  await house.done(...give(), reviewer)
  const reasoned = await disagreementBy(house.read, disagreement)
  assert.deepEqual([reasoned?.state, reasoned?.reason], ['reasoned', text])
  await house.refused(reasonGiven, ...give(), reviewer)
  await house.refused(reasonNotLate, 'stewardship.withdraw-finding', { disagreement }, 'clock')
  await house.done('stewardship.withdraw-finding', { disagreement }, reviewer)
  await house.refused(findingOver, ...give(), reviewer)
  await house.refused(findingOver, 'stewardship.withdraw-finding', { disagreement }, reviewer)
  await house.expectReplay()
})

test('a reason given with the finding is not owed', async t => {
  const { state } = await disagreed(t, text)
  assert.equal(state, 'reasoned')
})

test('a finding withdrawn makes the review that rested on it due again at once', async t => {
  const { house, reviewer, other, disagreement, review, newest, pass } = await disagreed(t)
  const withdraw = (one = disagreement) => ['stewardship.withdraw-finding', { disagreement: one }] as const
  await house.refused(noSuchDisagreement, ...withdraw(noDisagreement), reviewer)
  await house.refused(notYourFinding, ...withdraw(), other)
  await house.done(...withdraw(), reviewer)
  await pass(0)
  const next = await newest()
  assert.notEqual(next.id, review)
  assert.deepEqual([next.state, next.due], ['due', house.clock.at()])
  await house.expectReplay()
})

test('without a reason the finding lapses on the day given, and the review is due again', async t => {
  const { house, disagreement, review, newest, pass } = await disagreed(t)
  await house.refused(reasonNotLate, 'stewardship.withdraw-finding', { disagreement }, 'clock')
  await pass(13)
  assert.equal((await disagreementBy(house.read, disagreement))?.state, 'owed')
  await pass(1)
  assert.equal((await disagreementBy(house.read, disagreement))?.state, 'lapsed')
  assert.notEqual((await newest()).id, review)
  await house.expectReplay()
})

test('a notice against a check that passes is a disagreement with its reason', async t => {
  const { house, reviewer, project, shows, falls } = await stewards(t)
  shows({ E1: 'pass', E2: 'pass' })
  const review = await falls()
  const reasons = [{ check: 'E1', says: 'The licence file is not that of the code.' }]
  await house.done('stewardship.give-notice', { review, text, reasons }, reviewer)
  const [one] = await disagreementsIn(house.read, { project })
  assert.deepEqual(
    [one?.check, one?.outcome, one?.tick, one?.state, one?.reason],
    ['E1', 'pass', 'not-met', 'reasoned', reasons[0]?.says],
  )
})
