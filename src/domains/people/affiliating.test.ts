// Affiliations on a real database: who says them, what overlaps, and that nothing said is lost from sight.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { unfitInput } from '#acts/problems.ts'
import { mintId } from '#base/ids.ts'
import { testHouse } from '#test/kit/house.ts'
import { employed, office, organisationCalled, peopleTerms, registered } from '#test/kit/people.ts'
import { affiliationsOf, declaredAmong, employersOf, people } from './index.ts'
import {
  alreadyEnded,
  endsBeforeStart,
  noLongerStands,
  noSuchAffiliation,
  noSuchOrganisation,
  noSuchPerson,
  notYours,
  overlapping,
  tooFarAhead,
} from './problems.ts'

/** Two organisations, a participant and somebody of the staff; the clock stands at 2026-03-02. */
async function given(t: TestContext) {
  const staff: string[] = []
  const house = await testHouse(t, { domains: [people, office(staff)], charter: { terms: peopleTerms } })
  const ada = await registered(house, 'Ada Okafor')
  const clerk = await registered(house, 'Cleo Clerk')
  staff.push(clerk)
  const seedworks = await organisationCalled(house, 'Seedworks')
  const loam = await organisationCalled(house, 'Loam & Söhne')
  const standing = async () =>
    (await affiliationsOf(house.read, ada)).map(({ organisation, from, until, standing }) => [
      organisation,
      from,
      until,
      standing,
    ])
  return { house, ada, clerk, seedworks, loam, standing }
}

test('an affiliation is stated by name, short name or id, and holds from its first day to the day before its end', async t => {
  const { house, ada, seedworks } = await given(t)
  for (const [organisation, from, until] of [
    ['seedWORKS', '2020-01-01', '2021-01-01'],
    ['seedworks', '2021-01-01', '2022-01-01'],
    [seedworks, '2022-01-01', '2026-03-02'],
  ])
    await house.done('people.affiliate', { organisation, from, until }, ada)
  const at = (day: string) => employersOf(house.read, ada, `${day}T12:00:00.000Z`)
  assert.deepEqual(await at('2019-12-31'), [])
  assert.deepEqual(await at('2020-01-01'), [seedworks])
  assert.deepEqual(await at('2026-03-01'), [seedworks])
  assert.deepEqual(await at('2026-03-02'), [])
  await house.expectReplay()
})

test('a name is found without its accents where only one is meant', async t => {
  const { house, ada, loam } = await given(t)
  await employed(house, ada, 'loam & sohne')
  assert.deepEqual(await employersOf(house.read, ada, house.clock.at()), [loam])
})

test('what is stated keeps who said so and from which source', async t => {
  const { house, ada, clerk, seedworks, loam } = await given(t)
  await employed(house, ada, 'seedworks')
  await house.done(
    'people.affiliate',
    { person: ada, organisation: loam, from: '2026-01-01', source: 'employer' },
    clerk,
  )
  await house.done('people.affiliate', { person: clerk, organisation: loam, from: '2026-01-01' }, 'operator')
  const [later, earlier] = await affiliationsOf(house.read, ada)
  assert.deepEqual([earlier?.source, earlier?.statedBy, earlier?.organisation], ['person', ada, seedworks])
  assert.deepEqual([later?.source, later?.statedBy, later?.organisation], ['employer', clerk, loam])
  const [imported] = await affiliationsOf(house.read, clerk)
  assert.deepEqual([imported?.source, imported?.statedBy], ['import', 'operator'])
  await house.expectReplay()
})

test('a participant speaks for nobody else, whatever source they name for themselves', async t => {
  const { house, ada, clerk } = await given(t)
  await house.refused(
    notYours,
    'people.affiliate',
    { person: clerk, organisation: 'seedworks', from: '2026-01-01' },
    ada,
  )
  const own = { person: ada, organisation: 'seedworks', from: '2026-01-01', source: 'employer' }
  await house.done('people.affiliate', own, ada)
  assert.equal((await affiliationsOf(house.read, ada))[0]?.source, 'person')
})

test('stating is refused for unknown people and organisations, and for periods that cannot be', async t => {
  const { house, ada, clerk } = await given(t)
  const say = { organisation: 'seedworks', from: '2026-01-01' }
  await house.refused(noSuchPerson, 'people.affiliate', { ...say, person: mintId('per') }, clerk)
  await house.refused(noSuchOrganisation, 'people.affiliate', { ...say, organisation: 'Seed' }, ada)
  await house.refused(endsBeforeStart, 'people.affiliate', { ...say, until: '2026-01-01' }, ada)
  await house.refused(unfitInput, 'people.affiliate', { ...say, from: '0202-01-01' }, ada)
  const refusal = await house.refused(tooFarAhead, 'people.affiliate', { ...say, from: '2027-03-03' }, ada)
  assert.equal(refusal.detail, 'It may begin on 2 March 2027 at the latest.')
  await house.done('people.affiliate', { ...say, from: '2027-03-02' }, ada)
})

test('two employers at once are possible; the same one twice, or independence beside one, are not', async t => {
  const { house, ada, seedworks, loam } = await given(t)
  await employed(house, ada, seedworks, '2025-01-01')
  await employed(house, ada, loam, '2025-06-01')
  const refusal = await house.refused(
    overlapping,
    'people.affiliate',
    { organisation: 'seedworks', from: '2026-01-01' },
    ada,
  )
  assert.equal(refusal.detail, 'Stated already: an affiliation from 1 January 2025.')
  await house.refused(overlapping, 'people.affiliate', { organisation: 'independent', from: '2026-01-01' }, ada)
  await house.done('people.affiliate', { organisation: 'Independent', from: '2024-01-01', until: '2025-01-01' }, ada)
  assert.deepEqual(await employersOf(house.read, ada, '2024-05-05T00:00:00.000Z'), [])
  assert.deepEqual(await employersOf(house.read, ada, '2026-05-05T00:00:00.000Z'), [loam, seedworks].sort())
})

test('to be independent is an answer, to say nothing is none', async t => {
  const { house, ada, clerk } = await given(t)
  await house.done('people.affiliate', { organisation: 'independent', from: '2026-03-02' }, ada)
  assert.deepEqual(await declaredAmong(house.read, [ada, clerk], house.clock.at()), new Set([ada]))
  assert.deepEqual(await declaredAmong(house.read, [ada, clerk], '2026-03-01T23:59:59.999Z'), new Set())
})

test('a correction takes the place of the wrong statement, which stays to be seen', async t => {
  const { house, ada, seedworks, loam, standing } = await given(t)
  const affiliation = await employed(house, ada, seedworks, '2025-01-01')
  const right = { organisation: loam, from: '2025-02-01', until: '2026-02-01', reason: 'Wrong company picked' }
  await house.done('people.correct-affiliation', { affiliation, ...right }, ada)
  assert.deepEqual(await standing(), [
    [loam, '2025-02-01', '2026-02-01', 'stands'],
    [seedworks, '2025-01-01', null, 'corrected'],
  ])
  await house.expectReplay()
})

test('corrections are refused as statements are, and for what is not there, not yours or gone', async t => {
  const { house, ada, clerk, seedworks, loam } = await given(t)
  const affiliation = await employed(house, ada, seedworks, '2025-01-01')
  await employed(house, ada, loam, '2023-01-01')
  const theirs = await employed(house, clerk, loam)
  const right = { affiliation, organisation: 'seedworks', from: '2025-02-01', reason: 'Wrong day' }
  const act = 'people.correct-affiliation'
  await house.refused(noSuchAffiliation, act, { ...right, affiliation: mintId('aff') }, ada)
  await house.refused(notYours, act, { ...right, affiliation: theirs }, ada)
  await house.refused(noSuchOrganisation, act, { ...right, organisation: 'nowhere' }, ada)
  await house.refused(endsBeforeStart, act, { ...right, until: '2024-01-01' }, ada)
  await house.refused(tooFarAhead, act, { ...right, from: '2029-01-01' }, ada)
  await house.refused(overlapping, act, { ...right, organisation: loam }, ada)
  await house.done(act, right, ada)
  await house.refused(noLongerStands, act, right, ada)
  await house.done('people.erase', { confirmation: 'erase me', person: clerk }, 'operator')
  await house.refused(noSuchPerson, act, { ...right, affiliation: theirs }, 'operator')
})

test('ending gives an affiliation its last day, once', async t => {
  const { house, ada, clerk, seedworks, standing } = await given(t)
  const affiliation = await employed(house, ada, seedworks, '2025-01-01')
  const theirs = await employed(house, clerk, seedworks)
  const act = 'people.end-affiliation'
  await house.refused(noSuchAffiliation, act, { affiliation: mintId('aff'), until: '2026-01-01' }, ada)
  await house.refused(notYours, act, { affiliation: theirs, until: '2026-01-01' }, ada)
  await house.refused(endsBeforeStart, act, { affiliation, until: '2025-01-01' }, ada)
  await house.done(act, { affiliation, until: '2026-01-01' }, ada)
  assert.deepEqual(await standing(), [[seedworks, '2025-01-01', '2026-01-01', 'stands']])
  await house.refused(alreadyEnded, act, { affiliation, until: '2026-02-01' }, ada)
  await house.done('people.withdraw-affiliation', { affiliation, reason: 'Never worked there' }, ada)
  await house.refused(noLongerStands, act, { affiliation, until: '2026-02-01' }, ada)
  await house.expectReplay()
})

test('withdrawing takes back what never was, and frees its days', async t => {
  const { house, ada, clerk, seedworks, standing } = await given(t)
  const affiliation = await employed(house, ada, seedworks, '2025-01-01')
  const theirs = await employed(house, clerk, seedworks)
  const act = 'people.withdraw-affiliation'
  const reason = 'Never worked there'
  await house.refused(noSuchAffiliation, act, { affiliation: mintId('aff'), reason }, ada)
  await house.refused(notYours, act, { affiliation: theirs, reason }, ada)
  await house.done(act, { affiliation, reason }, ada)
  await house.refused(noLongerStands, act, { affiliation, reason }, ada)
  assert.deepEqual(await employersOf(house.read, ada, house.clock.at()), [])
  await employed(house, ada, seedworks, '2025-01-01')
  assert.deepEqual((await standing()).map(row => row[3]).sort(), ['stands', 'withdrawn'])
})
