// Filing and withdrawing applications, through the engine on a real database: a case for each refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interestsIn } from '#domains/people/index.ts'
import { application, landscapeHouse } from '#test/kit/landscape.ts'
import { employed, organisationCalled } from '#test/kit/people.ts'
import { registered } from '#test/kit/voters.ts'
import { applicationBy, contactsOf, maintainedBy } from './finds.ts'
import {
  alreadyThere,
  earlierStageWanted,
  noSuchApplication,
  noSuchStage,
  notOpen,
  notYours,
  openApplication,
  tooFewContacts,
  tooManyOpen,
  unknownOrganisation,
  unknownSimilar,
} from './problems.ts'

const other = { name: 'Beacon', repository: 'https://code.example/beacon/beacon' }
const entered = { name: 'Lantern', stage: 'ecosystem', repository: 'https://Code.example/lantern/lantern.git' }

test('who stands behind an application is kept: the organisations named and the applicant’s own employer', async t => {
  const { house, maintainer, applies } = await landscapeHouse(t)
  const mill = await organisationCalled(house, 'Millstone')
  const gannet = await organisationCalled(house, 'Gannet')
  await employed(house, maintainer, 'Gannet')
  const id = await applies({ organisations: ['millstone'] })
  assert.deepEqual(await interestsIn(house.read, [id]), [mill, gannet].sort())
  assert.deepEqual(await maintainedBy(house.read, maintainer), [id])
  await house.expectReplay()
})

test('similar projects are named by short name or id and kept by id', async t => {
  const { house, applies } = await landscapeHouse(t)
  const { entry } = await house.done('projects.enter', { ...entered, ...other }, 'operator')
  const id = await applies({ similar: ['beacon'] })
  assert.deepEqual((await applicationBy(house.read, id))?.similar, [entry.facts.project])
})

test('an application is refused where it names what is not known', async t => {
  const { house, maintainer } = await landscapeHouse(t)
  const refused = (problem: Parameters<typeof house.refused>[0], more: object) =>
    house.refused(problem, 'projects.apply', { ...application, ...more }, maintainer)
  assert.equal((await refused(noSuchStage, { kind: 'core' })).detail, 'The stages are: ecosystem, hosted.')
  assert.equal((await refused(unknownOrganisation, { organisations: ['Nowhere'] })).detail, 'Not known: Nowhere.')
  assert.equal((await refused(unknownSimilar, { similar: ['nothing'] })).detail, 'Not known: nothing.')
  const [one] = application.contacts
  const twice = [one, { ...one, name: 'Again Example', email: 'MARA@lantern.example' }]
  assert.equal((await refused(tooFewContacts, { contacts: twice })).detail, 'Needs 2 with different addresses.')
})

test('unfit fields are all named at once', async t => {
  const { house, maintainer } = await landscapeHouse(t)
  const unfit = {
    ...application,
    licence: 'Apachy-2',
    nonGoals: '',
    repository: 'https://user:secret@code.example/a',
    isMaintainer: false,
  }
  const outcome = await house.engine.perform({ act: 'projects.apply', input: unfit, by: { person: maintainer } })
  const fields = 'fields' in outcome ? outcome.fields : undefined
  assert.deepEqual(fields?.map(({ path }) => path.join('.')).sort(), [
    'isMaintainer',
    'licence',
    'nonGoals',
    'repository',
  ])
  assert.equal(JSON.stringify(outcome).includes('secret'), false)
})

test('a project that is there already, whatever its address looks like, does not apply again; an archived one may', async t => {
  const { house, maintainer, applies } = await landscapeHouse(t)
  await house.done('projects.enter', { ...entered, isArchived: false }, 'operator')
  const refusal = await house.refused(alreadyThere, 'projects.apply', application, maintainer)
  assert.equal(refusal.detail, 'Lantern is at the stage: ecosystem.')
  await house.done('projects.enter', { ...entered, ...other, isArchived: true }, 'operator')
  assert.equal((await applicationBy(house.read, await applies(other)))?.stage, 'filed')
})

test('a later stage wants the earlier one first', async t => {
  const { house, maintainer, applies } = await landscapeHouse(t)
  const hosted = { ...application, kind: 'hosted' }
  const refusal = await house.refused(earlierStageWanted, 'projects.apply', hosted, maintainer)
  assert.equal(refusal.detail, 'The stage wanted first: ecosystem.')
  const { entry } = await house.done('projects.enter', entered, 'operator')
  const id = await applies({ kind: 'hosted' })
  assert.equal((await applicationBy(house.read, id))?.project, entry.facts.project)
})

test('one application for a project at a time, and only so many for a person', async t => {
  const { house, maintainer, applies } = await landscapeHouse(t)
  await applies()
  const someone = await registered(house, 'someone-4')
  await house.refused(openApplication, 'projects.apply', application, someone)
  await applies(other)
  const third = { ...application, name: 'Third', repository: 'https://code.example/third/third' }
  const refusal = await house.refused(tooManyOpen, 'projects.apply', third, maintainer)
  assert.equal(refusal.detail, 'You have 2 open; the most is 2.')
})

test('only the applicant withdraws, once; then the project may apply at once', async t => {
  const { house, maintainer, applies } = await landscapeHouse(t)
  const id = await applies()
  const second = await applies(other)
  const stranger = await registered(house, 'stranger-5')
  const missing = { application: 'app_0123456789abcdefghjk' }
  await house.refused(noSuchApplication, 'projects.withdraw', missing, maintainer)
  const theirs = await applies({ name: 'Third', repository: 'https://code.example/third/third' }, stranger)
  await house.refused(notYours, 'projects.withdraw', { application: theirs }, maintainer)
  await house.done('projects.withdraw', { application: id }, maintainer)
  await house.refused(notOpen, 'projects.withdraw', { application: id }, maintainer)
  assert.equal((await applicationBy(house.read, id))?.stage, 'withdrawn')
  assert.equal((await applicationBy(house.read, second))?.stage, 'filed')
  assert.equal((await applicationBy(house.read, await applies()))?.stage, 'filed')
  await house.expectReplay()
})

test('who erases themselves takes the contacts that they gave along', async t => {
  const { house, maintainer, applies } = await landscapeHouse(t)
  const id = await applies()
  assert.equal((await contactsOf(house.read, id)).length, 2)
  await house.done('people.erase', { confirmation: 'erase me' }, maintainer)
  assert.deepEqual(await contactsOf(house.read, id), [])
  assert.deepEqual(await maintainedBy(house.read, maintainer), [])
  assert.equal((await applicationBy(house.read, id))?.name, 'Lantern')
  await house.expectReplay()
})
