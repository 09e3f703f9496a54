// Organisations and the control of one by another, on a real database, and the walks through the tree by properties.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { portrait } from '#acts/portrait.ts'
import { unfitInput, wrongCapacity } from '#acts/problems.ts'
import { testHouse } from '#test/kit/house.ts'
import { employed, organisationCalled, peopleTerms, registered } from '#test/kit/people.ts'
import { closesCircle, controllersAbove, groupAround } from './control.ts'
import {
  controllersOf,
  groupOf,
  interestsIn,
  organisationBy,
  organisationNamed,
  organisationsPage,
  people,
  standBehind,
} from './index.ts'
import {
  addingClosed,
  alreadyControlled,
  controlInCircle,
  controlsItself,
  endsBeforeStart,
  noSuchOrganisation,
  notControlled,
  organisationKnown,
  organisationUnchanged,
} from './problems.ts'

const houseOf = (t: TestContext, participantsMayAdd = true) => {
  const terms = {
    ...peopleTerms,
    'people.organisations': { participantsMayAdd, control: 'More than half of the votes.' },
  }
  return testHouse(t, { domains: [people], charter: { terms } })
}

test('organisations are added once, whatever the case, and found by name, short name and id', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  const input = { name: 'Loam & Söhne', homepage: 'https://loam.example' }
  const { entry } = await house.done('people.add-organisation', input, ada)
  const id = String(entry.facts.organisation)
  const loam = { id, slug: 'loam-sohne', ...input }
  assert.deepEqual(await organisationBy(house.read, { slug: 'loam-sohne' }), loam)
  assert.deepEqual(await organisationBy(house.read, { id }), loam)
  assert.deepEqual(await organisationNamed(house.read, 'LOAM & SÖHNE'), loam)
  const known = await house.refused(organisationKnown, 'people.add-organisation', { name: 'loam & söhne' }, ada)
  assert.equal(known.detail, '“Loam & Söhne” has the short name loam-sohne.')
  await house.refused(organisationKnown, 'people.add-organisation', { name: 'Loam GmbH', slug: 'loam-sohne' }, ada)
  await house.expectReplay()
})

test('no organisation is called independent, and a name in another script gets a short name all the same', async t => {
  const house = await houseOf(t)
  await house.refused(unfitInput, 'people.add-organisation', { name: 'Free', slug: 'independent' }, 'operator')
  for (const name of ['Independent', '北京种子', '東京種']) await organisationCalled(house, name)
  const { organisations } = await organisationsPage(house.read, { at: house.clock.at() })
  assert.deepEqual(
    organisations.map(({ slug }) => /^organisation-[0-9a-z]{6}$/.test(slug)),
    [true, true, true],
  )
})

test('the charter may leave adding to the staff', async t => {
  const house = await houseOf(t, false)
  const ada = await registered(house, 'Ada Okafor')
  await house.refused(addingClosed, 'people.add-organisation', { name: 'Seedworks' }, ada)
  await organisationCalled(house, 'Seedworks')
})

test('a correction changes name and homepage, never the short name', async t => {
  const house = await houseOf(t)
  const id = await organisationCalled(house, 'Seedworks')
  await organisationCalled(house, 'Loam')
  const act = 'people.correct-organisation'
  await house.refused(noSuchOrganisation, act, { organisation: 'nobody', name: 'X Y' }, 'operator')
  await house.refused(organisationKnown, act, { organisation: id, name: 'LOAM' }, 'operator')
  await house.refused(organisationUnchanged, act, { organisation: id, name: 'Seedworks' }, 'operator')
  await house.refused(wrongCapacity, act, { organisation: id, name: 'Mine' }, await registered(house, 'Ada Okafor'))
  await house.done(act, { organisation: id, name: 'Seedworks Ltd', homepage: 'https://s.example' }, 'operator')
  assert.deepEqual(await organisationBy(house.read, { id }), {
    id,
    slug: 'seedworks',
    name: 'Seedworks Ltd',
    homepage: 'https://s.example',
  })
  await house.expectReplay()
})

/** A holds B from 2020, B holds C from 2021, D stands alone. */
async function family(t: TestContext) {
  const house = await houseOf(t)
  const [a = '', b = '', c = '', d = ''] = await Promise.all(
    ['Alpha', 'Beta', 'Gamma', 'Delta'].map(async name => organisationCalled(house, name)),
  )
  await house.done('people.state-control', { child: 'beta', parent: 'alpha', from: '2020-01-01' }, 'operator')
  await house.done('people.state-control', { child: c, parent: b, from: '2021-01-01' }, 'operator')
  return { house, a, b, c, d }
}

test('controllers are found up the tree and groups across it, as of a day', async t => {
  const { house, a, b, c, d } = await family(t)
  const above = (of: string[], day: string) => controllersOf(house.read, of, `${day}T00:00:00.000Z`)
  assert.deepEqual(await above([c], '2020-06-01'), [])
  assert.deepEqual(await above([c], '2021-01-01'), [a, b].sort())
  assert.deepEqual(await above([c, d], '2022-01-01'), [a, b].sort())
  assert.deepEqual(await above([], '2022-01-01'), [])
  assert.deepEqual(await groupOf(house.read, a, '2022-01-01T00:00:00.000Z'), [a, b, c].sort())
  assert.deepEqual(await groupOf(house.read, c, '2022-01-01T00:00:00.000Z'), [a, b, c].sort())
  assert.deepEqual(await groupOf(house.read, d, '2022-01-01T00:00:00.000Z'), [d])
  await house.done('people.end-control', { child: b, parent: a, until: '2023-01-01' }, 'operator')
  assert.deepEqual(await above([c], '2023-01-01'), [b])
  await house.expectReplay()
})

test('control is refused for strangers, for itself, backwards, beside another controller and in a circle', async t => {
  const { house, a, b, c, d } = await family(t)
  const act = 'people.state-control'
  const say = { child: c, parent: d, from: '2022-01-01' }
  await house.refused(noSuchOrganisation, act, { ...say, parent: 'nobody' }, 'operator')
  await house.refused(controlsItself, act, { ...say, parent: 'gamma' }, 'operator')
  await house.refused(endsBeforeStart, act, { ...say, until: '2022-01-01' }, 'operator')
  await house.refused(alreadyControlled, act, say, 'operator')
  await house.refused(controlInCircle, act, { child: a, parent: c, from: '2026-01-01' }, 'operator')
  await house.done(act, { child: a, parent: c, from: '2018-01-01', until: '2020-06-01' }, 'operator')
  assert.deepEqual(await controllersOf(house.read, [b], '2020-03-01T00:00:00.000Z'), [a, c].sort())
})

test('control ends after it began; ended on its first day it never held and may be stated anew', async t => {
  const { house, a, b, d } = await family(t)
  const act = 'people.end-control'
  await house.refused(noSuchOrganisation, act, { child: 'nobody', parent: a, until: '2022-01-01' }, 'operator')
  await house.refused(notControlled, act, { child: d, parent: a, until: '2022-01-01' }, 'operator')
  await house.refused(endsBeforeStart, act, { child: b, parent: a, until: '2019-12-31' }, 'operator')
  await house.done(act, { child: b, parent: a, until: '2020-01-01' }, 'operator')
  assert.deepEqual(await controllersOf(house.read, [b], house.clock.at()), [])
  await house.done('people.state-control', { child: b, parent: a, from: '2020-01-01' }, 'operator')
  assert.deepEqual(await controllersOf(house.read, [b], house.clock.at()), [a])
  await house.expectReplay()
})

test('rules see a person as part of their employer and of every company above it', async t => {
  const { house, a, b, c } = await family(t)
  const ada = await registered(house, 'Ada Okafor')
  await employed(house, ada, c)
  const seen = await portrait(house.registry, house.read, {
    actor: { capacity: 'participant', person: ada },
    at: house.clock.at(),
  })
  const organisation = (id: string, parents: string[]) => ({
    uid: { type: 'Organisation', id },
    attrs: {},
    parents: parents.map(parent => ({ type: 'Organisation', id: parent })),
  })
  const [person, ...companies] = seen
  assert.deepEqual(person, { uid: { type: 'Person', id: ada }, attrs: {}, parents: [{ type: 'Organisation', id: c }] })
  assert.deepEqual(
    new Map(companies.map(one => [one.uid.id, one])),
    new Map([
      [a, organisation(a, [])],
      [b, organisation(b, [a])],
      [c, organisation(c, [b])],
    ]),
  )
  const clock = await portrait(house.registry, house.read, { actor: { capacity: 'clock' }, at: house.clock.at() })
  assert.deepEqual(clock, [{ uid: { type: 'Person', id: 'clock' }, attrs: {}, parents: [] }])
})

test('lists are searched without case or accents, filtered by control, and turned page by page', async t => {
  const { house } = await family(t)
  await organisationCalled(house, 'Été 100%')
  for (let number = 10; number < 60; number += 1) await organisationCalled(house, `Nursery ${number}`)
  const found = async (wanted: object) => {
    const page = await organisationsPage(house.read, { at: house.clock.at(), ...wanted })
    return [page.total, page.page, page.pages, page.organisations.map(({ name }) => name).slice(0, 2)]
  }
  assert.deepEqual(await found({}), [55, 1, 2, ['Alpha', 'Beta']])
  assert.deepEqual(await found({ page: 2 }), [55, 2, 2, ['Nursery 55', 'Nursery 56']])
  assert.deepEqual(await found({ page: 99 }), [55, 2, 2, ['Nursery 55', 'Nursery 56']])
  assert.deepEqual(await found({ search: ' ete' }), [1, 1, 1, ['Été 100%']])
  assert.deepEqual(await found({ search: '%' }), [1, 1, 1, ['Été 100%']])
  assert.deepEqual(await found({ search: '_' }), [0, 1, 1, []])
  assert.deepEqual(await found({ part: 'controlled' }), [2, 1, 1, ['Beta', 'Gamma']])
  assert.deepEqual(await found({ part: 'controlling' }), [2, 1, 1, ['Alpha', 'Beta']])
})

test('who stands behind a thing is kept anew each time it is said', async t => {
  const { house, a, b, c } = await family(t)
  const keep = (subject: string, organisations: string[]) =>
    house.database.transact(tx => standBehind(tx, { subject, organisations, entry: 'ent_1' }))
  await keep('app_1', [a, b, a])
  await keep('app_2', [c])
  assert.deepEqual(await interestsIn(house.read, ['app_1', 'app_2']), [a, b, c].sort())
  await keep('app_1', [])
  assert.deepEqual(await interestsIn(house.read, ['app_1', 'app_2']), [c])
  assert.deepEqual(await interestsIn(house.read, []), [])
})

const day = (year: number) => `${year}-01-01`
const edges = fc.array(
  fc.record({
    child: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    parent: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    start: fc.integer({ min: 2000, max: 2008 }),
    years: fc.option(fc.integer({ min: 1, max: 6 })),
  }),
  { maxLength: 14 },
)

test('whatever is stated in whatever order, on no day does anything control itself; and only circles are refused', () => {
  fc.assert(
    fc.property(edges, stated => {
      const kept: { child: string; parent: string; from: string; until: string | null }[] = []
      for (const { child, parent, start, years } of stated) {
        const edge = { child, parent, from: day(start), until: years === null ? null : day(start + years) }
        const would = [...kept, edge]
        const years_ = Array.from({ length: 16 }, (_, index) => 2000 + index)
        const isCircle = years_.some(year => controllersAbove(would, [child], day(year)).includes(child))
        assert.equal(closesCircle(kept, edge), isCircle)
        if (!isCircle) kept.push(edge)
      }
    }),
  )
})

test('a group is the same seen from each of its members, and holds all their controllers', () => {
  fc.assert(
    fc.property(edges, stated => {
      const controls = stated.map(({ child, parent, start, years }) => ({
        child,
        parent,
        from: day(start),
        until: years === null ? null : day(start + years),
      }))
      for (const start of ['a', 'b', 'c', 'd', 'e']) {
        const group = groupAround(controls, start, day(2005))
        assert.equal(group.includes(start), true)
        for (const member of group) {
          assert.deepEqual(groupAround(controls, member, day(2005)), group)
          const above = controllersAbove(controls, [member], day(2005))
          assert.deepEqual(
            above.filter(one => !group.includes(one)),
            [],
          )
        }
      }
    }),
  )
})
