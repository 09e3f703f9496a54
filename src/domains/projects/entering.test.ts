// What stands in the landscape: entering, correcting, maintainers, and changes by decision; a case for each refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mandateWanted, wrongCapacity } from '#acts/problems.ts'
import { landscapeHouse } from '#test/kit/landscape.ts'
import { office } from '#test/kit/people.ts'
import { registered } from '#test/kit/voters.ts'
import { maintainersOf, projectBy } from './finds.ts'
import { nameTaken, noSuchPerson, noSuchProject, noSuchStage, notYours, sameStage, unchanged } from './problems.ts'

const beacon = { name: 'Beacon', stage: 'ecosystem', repository: 'https://code.example/beacon/beacon' }
const reason = 'Nobody has answered for a year.'

test('a project that was there already is entered once, by the operator', async t => {
  const { house, maintainer } = await landscapeHouse(t)
  await house.done('projects.enter', { ...beacon, category: 'Light', accepted: '2020-05-01' }, 'operator')
  const project = await projectBy(house.read, 'beacon')
  assert.deepEqual([project?.name, project?.category, project?.accepted], ['Beacon', 'Light', '2020-05-01'])
  const same = { ...beacon, name: 'Other', repository: 'http://www.code.example/Beacon/beacon.git/' }
  await house.refused(nameTaken, 'projects.enter', same, 'operator')
  await house.refused(noSuchStage, 'projects.enter', { name: 'Core', stage: 'core' }, 'operator')
  await house.refused(wrongCapacity, 'projects.enter', { ...beacon, name: 'Mine' }, maintainer)
  await house.expectReplay()
})

test('staff and its own maintainers correct facts; what is left out stays', async t => {
  const staff: string[] = []
  const { house } = await landscapeHouse(t, { domains: [office(staff)] })
  const officer = await registered(house, 'officer-1')
  staff.push(officer)
  const keeper = await registered(house, 'keeper-2')
  await house.done('projects.enter', { ...beacon, category: 'Light' }, 'operator')
  await house.done(
    'projects.enter',
    { name: 'Torch', stage: 'ecosystem', repository: 'https://code.example/t/t' },
    'operator',
  )
  await house.done('projects.correct', { project: 'beacon', homepage: 'https://beacon.example' }, officer)
  const project = await projectBy(house.read, 'beacon')
  assert.deepEqual([project?.homepage, project?.category], ['https://beacon.example', 'Light'])
  await house.refused(unchanged, 'projects.correct', { project: 'beacon', category: 'Light' }, officer)
  await house.refused(noSuchProject, 'projects.correct', { project: 'nothing', category: 'Light' }, officer)
  const taken = { project: 'torch', repository: beacon.repository }
  await house.refused(nameTaken, 'projects.correct', taken, officer)
  await house.done('projects.name-maintainer', { project: 'beacon', person: keeper }, officer)
  await house.refused(notYours, 'projects.correct', { project: 'torch', category: 'Light' }, keeper)
  await house.done('projects.correct', { project: 'beacon', category: 'Signals' }, keeper)
  await house.expectReplay()
})

test('maintainers are named and taken off', async t => {
  const { house, maintainer } = await landscapeHouse(t)
  const { entry } = await house.done('projects.enter', beacon, 'operator')
  const project = String(entry.facts.project)
  const naming = { project: 'beacon', person: maintainer }
  await house.refused(noSuchProject, 'projects.name-maintainer', { ...naming, project: 'nothing' }, 'operator')
  const nobody = { ...naming, person: 'per_0123456789abcdefghjk' }
  await house.refused(noSuchPerson, 'projects.name-maintainer', nobody, 'operator')
  await house.done('projects.name-maintainer', naming, 'operator')
  await house.refused(unchanged, 'projects.name-maintainer', naming, 'operator')
  assert.deepEqual(await maintainersOf(house.read, project), [maintainer])
  const torch = { name: 'Torch', stage: 'ecosystem' }
  await house.done('projects.enter', torch, 'operator')
  await house.refused(notYours, 'projects.name-maintainer', { ...naming, project: 'torch' }, maintainer)
  await house.refused(notYours, 'projects.remove-maintainer', { ...naming, project: 'torch' }, maintainer)
  await house.refused(noSuchProject, 'projects.remove-maintainer', { ...naming, project: 'nothing' }, 'operator')
  await house.refused(noSuchPerson, 'projects.remove-maintainer', nobody, 'operator')
  await house.done('projects.remove-maintainer', naming, maintainer)
  await house.refused(unchanged, 'projects.remove-maintainer', naming, 'operator')
  await house.expectReplay()
})

test('stage and archive change only as a carried motion decided', async t => {
  const { house, decides } = await landscapeHouse(t)
  await house.done('projects.enter', beacon, 'operator')
  const project = 'beacon'
  await house.refused(mandateWanted, 'projects.archive', { project, reason }, 'operator')
  await decides({ act: 'projects.archive', input: { project, reason } }, 'for')
  assert.equal((await projectBy(house.read, project))?.isArchived, true)
  await house.refused(sameStage, 'projects.archive', { project, reason }, 'operator')
  await decides({ act: 'projects.restore', input: { project, reason } }, 'for')
  assert.equal((await projectBy(house.read, project))?.isArchived, false)
  await house.refused(sameStage, 'projects.restore', { project, reason }, 'operator')
  await decides({ act: 'projects.change-stage', input: { project, stage: 'hosted' } }, 'for')
  assert.equal((await projectBy(house.read, project))?.stage, 'hosted')
  await house.refused(sameStage, 'projects.change-stage', { project, stage: 'hosted' }, 'operator')
  await house.refused(noSuchStage, 'projects.change-stage', { project, stage: 'core' }, 'operator')
  for (const [verb, more] of [
    ['archive', { reason }],
    ['restore', { reason }],
    ['change-stage', { stage: 'hosted' }],
  ] as const)
    await house.refused(noSuchProject, `projects.${verb}`, { project: 'nothing', ...more }, 'operator')
  await house.expectReplay()
})
