// Applications from filing to decision, through the engine on a real database.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unfitInput } from '#acts/problems.ts'
import { addMonths } from '#base/instants.ts'
import { latestFiled } from '#domains/assessments/index.ts'
import { application, landscapeHouse } from '#test/kit/landscape.ts'
import { nth } from '#test/kit/voters.ts'
import { applicationBy, contactsOf, projectBy, reviewsOf } from './finds.ts'
import { noSuchApplication, tooEarlyAgain } from './problems.ts'

test('an application is assessed, reviewed, admitted by a carried motion, and stands in the landscape', async t => {
  const { house, council, applies, decides } = await landscapeHouse(t)
  const id = await applies()
  const found = (await latestFiled(house.read, [id])).get(id)
  assert.deepEqual(found?.findings.counts, { pass: 1, fail: 1, unknown: 1, needsPerson: 1 })
  const review = { application: id, text: 'It does what it says and its neighbours agree.' }
  await house.done('projects.review', { ...review, ticks: [{ check: 'E1', tick: 'met' }] }, nth(council.people, 0))
  assert.equal((await applicationBy(house.read, id))?.stage, 'under-review')
  assert.deepEqual(
    (await reviewsOf(house.read, id)).map(({ disagreements }) => disagreements),
    [[]],
  )
  const close = await decides({ act: 'projects.admit', input: { application: id, as: 'ecosystem' } }, 'for')
  const decided = await applicationBy(house.read, id)
  assert.equal(decided?.stage, 'admitted')
  assert.equal(decided.reasons, 'As the reviews have set out.')
  const project = await projectBy(house.read, 'lantern')
  assert.equal(project?.id, decided.project)
  assert.equal(project?.nonGoals, application.nonGoals)
  const entries = await house.leaves()
  const admission = entries.find(({ act }) => act === 'projects.admit')
  assert.deepEqual([admission?.mandate, admission?.cause], [close, close])
  assert.deepEqual(await contactsOf(house.read, id), application.contacts)
  assert.equal(JSON.stringify(entries).includes('lantern.example'), false)
  await house.expectReplay()
})

test('a lost motion declines, and the project may apply again only after the months of the charter', async t => {
  const { house, applies, decides, maintainer } = await landscapeHouse(t)
  const id = await applies()
  await decides({ act: 'projects.admit', input: { application: id, as: 'ecosystem' } }, 'against')
  const declined = await applicationBy(house.read, id)
  assert.equal(declined?.stage, 'declined')
  assert.equal(declined.reapplyFrom, addMonths(declined.decided ?? '', 3))
  assert.equal(
    declined.reasons,
    'The motion “Decide about a project” was lost: 0 for, 3 against, 0 abstaining; it needed 2 and had 0.',
  )
  house.clock.passDays(80)
  const refusal = await house.refused(tooEarlyAgain, 'projects.apply', application, maintainer)
  assert.equal(refusal.detail, 'It may apply again from 10 June 2026 on.')
  house.clock.set(declined.reapplyFrom ?? '')
  const again = await applies()
  assert.equal((await applicationBy(house.read, again))?.stage, 'filed')
  await house.expectReplay()
})

test('a motion to admit what nobody applied for, or in a way that does not fit, is refused before anybody votes', async t => {
  const { house, council, applies } = await landscapeHouse(t)
  const id = await applies()
  const moved = (input: object) => ({
    body: council.body,
    title: 'Admit it',
    reasons: 'It keeps every requirement, as the reviews say.',
    resolves: { act: 'projects.admit', input },
  })
  const mover = nth(council.people, 0)
  const missing = { application: 'app_0123456789abcdefghjk', as: 'ecosystem' }
  const unknown = await house.refused(unfitInput, 'motions.move', moved(missing), mover)
  assert.deepEqual(unknown.fields, [
    {
      path: ['resolves', 'input'],
      message: `${noSuchApplication.title}. ${noSuchApplication.remedy}`,
    },
  ])
  const unfit = await house.refused(unfitInput, 'motions.move', moved({ application: id, as: 7 }), mover)
  assert.deepEqual(
    unfit.fields?.map(({ path }) => path),
    [['resolves', 'input', 'as']],
  )
  await house.done('motions.move', moved({ application: id, as: 'ecosystem' }), mover)
})
