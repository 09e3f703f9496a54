// Accepting the code of conduct, on a real database: exactly one text, asked for again when it changes.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { portrait } from '#acts/portrait.ts'
import { unfitInput, wrongCapacity } from '#acts/problems.ts'
import { sha256 } from '#base/canonical.ts'
import { bodies } from '#domains/bodies/index.ts'
import { people } from '#domains/people/index.ts'
import { councilTerms, testCouncil } from '#test/kit/council.ts'
import { type House, kitCharter, testHouse } from '#test/kit/house.ts'
import { registered } from '#test/kit/people.ts'
import { conduct } from './index.ts'
import { mails } from './mails.ts'
import { acceptedShare } from './measures.ts'
import { alreadyAccepted, alreadyPublished, notTheCurrentText } from './problems.ts'
import { queries } from './queries.ts'
import { acceptanceCounts, acceptancesOf, publications } from './tables.ts'

const code = (words: string) => ({ title: 'Code of conduct', text: `${words} `.repeat(20) })
const first = code('Be kind.')
const second = code('Be kind, and be on time.')
const hashOf = ({ text }: { text: string }) => sha256(text)

/** A house whose charter can be given another text, as an amendment would. */
async function given(t: TestContext) {
  let current = kitCharter({ terms: { ...councilTerms, 'conduct.code': first } })
  const known = [current]
  const byHash = (hash: string) => known.find(one => one.hash === hash) ?? current
  const house = await testHouse(t, { domains: [people, bodies, conduct], charters: { current: () => current, byHash } })
  const amend = (text: typeof first) => {
    current = kitCharter({ terms: { ...councilTerms, 'conduct.code': text } })
    known.push(current)
  }
  return { house, amend, ada: await registered(house, 'Ada Okafor') }
}

const hasAccepted = async (house: House, person?: string): Promise<unknown> => {
  const actor = person ? ({ capacity: 'participant', person } as const) : ({ capacity: 'clock' } as const)
  const [seen] = await portrait(house.registry, house.read, { actor, at: house.clock.at() })
  return seen?.attrs.hasAcceptedConduct
}

const dueOf = (house: House) => conduct.due?.(house.read, house.clock.at(), house.engine.term)

test('the clock publishes the text once, with its words in the record', async t => {
  const { house, amend } = await given(t)
  assert.deepEqual(await dueOf(house), [{ act: 'conduct.publish', input: {} }])
  const { entry } = await house.done('conduct.publish', {}, 'clock')
  assert.deepEqual(entry.facts, { ...first, hash: hashOf(first) })
  assert.deepEqual(await dueOf(house), [])
  await house.refused(alreadyPublished, 'conduct.publish', {}, 'clock')
  amend(second)
  assert.deepEqual(await dueOf(house), [{ act: 'conduct.publish', input: {} }])
  await house.expectReplay()
})

test('accepting is bound to the hash of the text, and done once', async t => {
  const { house, ada } = await given(t)
  await house.done('conduct.publish', {}, 'clock')
  assert.equal(await hasAccepted(house, ada), false)
  const { entry } = await house.done('conduct.accept', { hash: hashOf(first) }, ada)
  assert.deepEqual(entry.facts, { hash: hashOf(first) })
  assert.equal(await hasAccepted(house, ada), true)
  assert.deepEqual(await acceptancesOf(house.read, ada), [{ hash: hashOf(first), accepted: house.clock.at() }])
  await house.refused(alreadyAccepted, 'conduct.accept', { hash: hashOf(first) }, ada)
  await house.expectReplay()
})

test('what is not the text in force cannot be accepted, nor by those who are not registered', async t => {
  const { house, ada } = await given(t)
  const refusal = await house.refused(notTheCurrentText, 'conduct.accept', { hash: hashOf(second) }, ada)
  assert.equal(refusal.detail, `The text in force has the hash ${hashOf(first)}.`)
  await house.refused(unfitInput, 'conduct.accept', { hash: 'yes' }, ada)
  await house.refused(wrongCapacity, 'conduct.accept', { hash: hashOf(first) }, 'newcomer')
})

test('whoever accepts a new text first publishes it, and the clock has nothing left to do', async t => {
  const { house, ada } = await given(t)
  const { entry } = await house.done('conduct.accept', { hash: hashOf(first) }, ada)
  assert.deepEqual(entry.facts, { hash: hashOf(first), published: first })
  assert.deepEqual(await dueOf(house), [])
  assert.deepEqual(await publications(house.read), [
    { entry: entry.id, hash: hashOf(first), ...first, since: house.clock.at() },
  ])
  assert.equal(await hasAccepted(house, ada), true)
  await house.expectReplay()
})

test('a new text asks everybody again; one that comes back asks nobody who had accepted it', async t => {
  const { house, ada, amend } = await given(t)
  const bo = await registered(house, 'Bo Lindqvist')
  for (const person of [ada, bo]) await house.done('conduct.accept', { hash: hashOf(first) }, person)
  amend(second)
  house.clock.passDays(1)
  await house.done('conduct.publish', {}, 'clock')
  assert.deepEqual([await hasAccepted(house, ada), await hasAccepted(house, bo)], [false, false])
  await house.refused(notTheCurrentText, 'conduct.accept', { hash: hashOf(first) }, ada)
  await house.done('conduct.accept', { hash: hashOf(second) }, ada)
  assert.deepEqual([await hasAccepted(house, ada), await hasAccepted(house, bo)], [true, false])
  assert.deepEqual(
    await acceptanceCounts(house.read),
    new Map([
      [hashOf(first), 2],
      [hashOf(second), 1],
    ]),
  )

  amend(first)
  house.clock.passDays(1)
  const again = await house.done('conduct.accept', { hash: hashOf(first) }, ada)
  assert.deepEqual(again.entry.facts, { hash: hashOf(first), published: first })
  assert.deepEqual([await hasAccepted(house, ada), await hasAccepted(house, bo)], [true, true])
  assert.equal((await publications(house.read)).length, 3)
  await house.expectReplay()
})

test('rules about conduct hold for nobody who is no person', async t => {
  const { house } = await given(t)
  assert.equal(await hasAccepted(house), true)
})

test('only those who accepted an earlier text get a letter about a new one', async t => {
  const { house, ada, amend } = await given(t)
  await registered(house, 'Bo Lindqvist')
  const lettersTo = async (entry: Parameters<NonNullable<(typeof mails)[0]>['letters']>[0]) =>
    (await Promise.all(mails.map(mail => mail.letters(entry, house.read)))).flat().map(letter => letter.to)
  const { entry } = await house.done('conduct.accept', { hash: hashOf(first) }, ada)
  assert.deepEqual(await lettersTo(entry), [])
  amend(second)
  house.clock.passDays(1)
  const published = await house.done('conduct.publish', {}, 'clock')
  assert.deepEqual(await lettersTo(published.entry), [{ person: ada }])
  const accepted = await house.done('conduct.accept', { hash: hashOf(second) }, ada)
  assert.deepEqual(await lettersTo(accepted.entry), [])
})

test('the look-up gives the text in force, and to whom it asks, whether they accepted it', async t => {
  const { house, ada } = await given(t)
  const [lookUp] = queries
  assert.equal(await lookUp?.finds({}, house.read, { at: house.clock.at(), term: house.engine.term }), undefined)
  await house.done('conduct.accept', { hash: hashOf(first) }, ada)
  const found = { ...first, hash: hashOf(first), since: house.clock.at(), acceptedBy: 1 }
  assert.deepEqual(await lookUp?.finds({}, house.read, { at: house.clock.at(), term: house.engine.term }), {
    ...found,
    acceptedByYou: null,
  })
  assert.deepEqual(
    await lookUp?.finds({}, house.read, { at: house.clock.at(), person: ada, term: house.engine.term }),
    {
      ...found,
      acceptedByYou: house.clock.at(),
    },
  )
})

test('the measure counts each seat holder once, and names workplaces, never persons', async t => {
  const council = await testCouncil(t, { domains: [conduct], charter: { terms: { 'conduct.code': first } } })
  const { house, person, sits } = council
  const measured = () => acceptedShare.of(house.read, house.clock.at())
  assert.deepEqual([(await measured()).value, (await measured()).known], [null, 0])
  const mill = await person('Mia Mill', 'millstone')
  const free = await person('Fay Free')
  await sits(mill, 'council/first')
  await sits(free, 'council/chair')
  await sits(free, 'trustees/treasurer')
  await house.done('conduct.accept', { hash: hashOf(first) }, council.officer)
  assert.deepEqual(await measured(), {
    value: 1 / 3,
    known: 3,
    whole: 3,
    says: '1 of 3 seat holders have accepted the text in force',
    evidence: [
      {
        text: 'Lantern Council: 0 of 2 have accepted; still open: Millstone, 1 with no employer stated',
        href: '/bodies/council',
      },
      { text: 'Office: 1 of 1 have accepted', href: '/bodies/office' },
      { text: 'Trustees: 0 of 1 have accepted; still open: 1 with no employer stated', href: '/bodies/trustees' },
    ],
  })
})
