// Look-ups, the export, letters and the measure of the people domain, on a real database.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { isRevealed } from '#record/seals.ts'
import { testHouse } from '#test/kit/house.ts'
import { employed, organisationCalled, peopleTerms, registered } from '#test/kit/people.ts'
import { Export, exported } from './exporting.ts'
import { people } from './index.ts'
import { mails } from './mails.ts'
import { affiliationsDeclared } from './measures.ts'
import { queries } from './queries.ts'

const houseOf = (t: TestContext) => testHouse(t, { domains: [people], charter: { terms: peopleTerms } })

const queryCalled = (name: string) => {
  const found = queries.find(query => query.name === name)
  if (!found) throw new Error(`There is no query ${name}`)
  return found as { finds: (input: object, read: unknown, asker: object) => Promise<unknown>; gives: z.ZodType }
}

test('the export holds everything about its person, with seals that open, and nothing sealed for another', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor', false)
  const bo = await registered(house, 'Bo Lindqvist')
  const seedworks = await organisationCalled(house, 'Seedworks')
  await employed(house, ada, 'Seedworks')
  await employed(house, bo, 'Seedworks')
  await house.done('people.rename', { name: 'Ada Lind' }, ada)
  await house.done('people.rename', { name: 'Bo Berg' }, bo)
  const own = await exported(house.read, ada, { at: house.clock.at(), term: house.engine.term })
  assert.ok(own)
  assert.deepEqual(Export.parse(own), own)
  assert.deepEqual(own.person, {
    id: ada,
    name: 'Ada Lind',
    isNamePublic: false,
    registered: house.clock.at(),
    erased: null,
  })
  assert.equal(own.account, 'account of Ada Okafor')
  assert.deepEqual(
    own.affiliations.map(one => [one.organisation, one.organisationName]),
    [[seedworks, 'Seedworks']],
  )
  assert.deepEqual(
    own.entries.map(({ leaf, sealed }) => [
      leaf.act,
      Object.values(sealed)
        .map(({ value }) => value)
        .sort(),
    ]),
    [
      ['people.register', ['Ada Okafor', 'account of Ada Okafor']],
      ['people.affiliate', []],
      ['people.rename', ['Ada Lind']],
    ],
  )
  for (const { leaf, sealed } of own.entries)
    for (const [field, { value, salt }] of Object.entries(sealed)) {
      const commitments = z.record(z.string(), z.string()).parse(leaf.sealed)
      assert.equal(isRevealed(commitments[field] ?? '', salt, value), true)
    }
  assert.equal(/Bo |Berg/.test(JSON.stringify(own)), false)
})

test('the export goes to whoever asks, about themselves alone', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  const { finds } = queryCalled('people.export')
  assert.equal(await finds({}, house.read, { at: house.clock.at() }), undefined)
  const own = Export.parse(await finds({ person: 'per_other' }, house.read, { person: ada, at: house.clock.at() }))
  assert.equal(own.person.id, ada)
})

test('after erasing, the export of the id holds no name, no sign-in and nothing sealed', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  await house.done('people.rename', { name: 'Ada Lind' }, ada)
  await house.done('people.erase', { confirmation: 'erase me' }, ada)
  const left = await exported(house.read, ada, { at: house.clock.at(), term: house.engine.term })
  assert.deepEqual([left?.person.name, left?.account], [null, null])
  assert.deepEqual(
    left?.entries.map(({ leaf, sealed }) => [leaf.act, sealed]),
    [
      ['people.register', {}],
      ['people.rename', {}],
      ['people.erase', {}],
    ],
  )
  assert.equal(/Ada/.test(JSON.stringify(left)), false)
})

test('a person is looked up as anybody may see them', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor', false)
  await organisationCalled(house, 'Seedworks')
  const affiliation = await employed(house, ada, 'Seedworks')
  const { finds, gives } = queryCalled('people.person')
  const found = z
    .object({ displayName: z.string(), affiliations: z.array(z.object({ id: z.string() })) })
    .parse(gives.parse(await finds({ person: ada }, house.read, { at: house.clock.at(), person: ada })))
  assert.deepEqual(found, { displayName: `participant ${ada.slice(-4)}`, affiliations: [{ id: affiliation }] })
  assert.equal(await finds({ person: 'per_nobody' }, house.read, { at: house.clock.at() }), undefined)
})

test('an organisation is looked up with who controls it and who works there', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  const [above, below] = [await organisationCalled(house, 'Alpha'), await organisationCalled(house, 'Beta')]
  await house.done('people.state-control', { child: 'beta', parent: 'alpha', from: '2020-01-01' }, 'operator')
  await employed(house, ada, 'beta')
  const { finds, gives } = queryCalled('people.organisation')
  const found = gives.parse(await finds({ organisation: 'BETA' }, house.read, { at: house.clock.at() }))
  const [alpha, beta] = [
    { id: above, slug: 'alpha', name: 'Alpha', homepage: null },
    { id: below, slug: 'beta', name: 'Beta', homepage: null },
  ]
  assert.deepEqual(found, {
    ...beta,
    controllers: [alpha],
    group: [alpha, beta],
    controls: [{ child: below, parent: above, from: '2020-01-01', until: null, source: null }],
    people: [{ person: ada, displayName: 'Ada Okafor', from: '2025-01-01' }],
  })
  assert.equal(await finds({ organisation: 'gamma' }, house.read, { at: house.clock.at() }), undefined)
})

test('whoever is spoken of by somebody else gets a letter; whoever speaks of themselves does not', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  await organisationCalled(house, 'Seedworks')
  const input = { person: ada, organisation: 'Seedworks', from: '2025-01-01' }
  const said = await house.done('people.affiliate', input, 'operator')
  const letters = (await Promise.all(mails.map(mail => mail.letters(said.entry, house.read)))).flat()
  assert.deepEqual(
    letters.map(({ to }) => to),
    [{ person: ada }],
  )
  assert.match(letters[0]?.text ?? '', /it is now stated that you work for Seedworks from 1 January 2025\./)
  const own = await house.done(
    'people.affiliate',
    { organisation: 'independent', from: '2020-01-01', until: '2021-01-01' },
    ada,
  )
  assert.deepEqual((await Promise.all(mails.map(mail => mail.letters(own.entry, house.read)))).flat(), [])
})

test('the measure counts who has said whom they work for, and is not measured for nobody', async t => {
  const house = await houseOf(t)
  const measured = () => affiliationsDeclared.of(house.read, house.clock.at())
  assert.equal((await measured()).value, null)
  const ada = await registered(house, 'Ada Okafor')
  const bo = await registered(house, 'Bo Lindqvist')
  const gone = await registered(house, 'Gil Gone')
  await house.done('people.affiliate', { organisation: 'independent', from: '2026-01-01' }, ada)
  await house.done('people.erase', { confirmation: 'erase me' }, gone)
  assert.deepEqual(await measured(), {
    value: 1 / 2,
    known: 2,
    whole: 2,
    says: '1 of 2 participants have said whom they work for',
    evidence: [{ text: 'Bo Lindqvist: nothing stated', href: `/people/${bo}` }],
  })
})
