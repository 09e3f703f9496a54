// What people do about themselves, on a real database: register, rename, show or withhold, and be erased.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { unfitInput, wrongCapacity } from '#acts/problems.ts'
import { sealedOf } from '#record/queries.ts'
import { type KitCharter, testHouse } from '#test/kit/house.ts'
import { employed, organisationCalled, peopleTerms, registered } from '#test/kit/people.ts'
import { displayName, namesOf, ownPerson, people, personBy, personOfAccount } from './index.ts'
import { alreadyRegistered, consentUnchanged, nameMustShow, nameUnchanged, noSuchPerson, notYours } from './problems.ts'

const houseOf = (t: TestContext, terms: KitCharter['terms'] = {}) =>
  testHouse(t, { domains: [people], charter: { terms: { ...peopleTerms, ...terms } } })

const namesShown = { 'people.participation': { mayWithholdName: false } }

test('registering makes a participant of a sign-in, and keeps name and sign-in out of the record', async t => {
  const house = await houseOf(t)
  const input = { account: 'a1', name: '  Ada   Okafor ', showName: true }
  const { entry } = await house.done('people.register', input, 'newcomer')
  const person = String(entry.facts.person)
  assert.deepEqual(entry.facts, { person, showName: true })
  assert.deepEqual(Object.keys(entry.sealed ?? {}).sort(), ['account', 'name'])
  assert.equal(JSON.stringify(await house.leaves()).includes('Okafor'), false)
  const registeredAt = house.clock.at()
  assert.deepEqual(await personBy(house.read, person), {
    id: person,
    name: 'Ada Okafor',
    registered: registeredAt,
    erased: null,
  })
  assert.equal(await personOfAccount(house.read, 'a1'), person)
  await house.expectReplay()
})

test('a sign-in registers once, and only as a newcomer', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  const again = { account: 'account of Ada Okafor', name: 'Somebody Else', showName: true }
  await house.refused(alreadyRegistered, 'people.register', again, 'newcomer')
  await house.refused(wrongCapacity, 'people.register', again, ada)
})

test('two newcomers may send the same idempotency key, and each gets their own entry', async t => {
  const { engine } = await houseOf(t)
  const registers = (account: string) =>
    engine.perform({
      act: 'people.register',
      input: { account, name: 'Ada Okafor', showName: true },
      by: { newcomer: true, account },
      idempotencyKey: 'first try',
    })
  const [ada, bo, again] = [await registers('a1'), await registers('b1'), await registers('a1')]
  if (isRefusal(ada) || isRefusal(bo) || isRefusal(again)) assert.fail(JSON.stringify([ada, bo, again]))
  assert.deepEqual([ada.entry.id === bo.entry.id, again.entry.id], [false, ada.entry.id])
})

test('a withheld name is shown to nobody but its owner', async t => {
  const house = await houseOf(t)
  const person = await registered(house, 'Ada Okafor', false)
  const pseudonym = `participant ${person.slice(-4)}`
  assert.equal((await personBy(house.read, person))?.name, null)
  assert.deepEqual([...(await namesOf(house.read, [person]))], [[person, pseudonym]])
  assert.equal((await ownPerson(house.read, person))?.heldName, 'Ada Okafor')
  await house.done('people.consent', { showName: true }, person)
  assert.deepEqual([...(await namesOf(house.read, [person]))], [[person, 'Ada Okafor']])
  await house.done('people.consent', { showName: false }, person)
  assert.deepEqual([...(await namesOf(house.read, [person]))], [[person, pseudonym]])
  await house.refused(consentUnchanged, 'people.consent', { showName: false }, person)
  await house.expectReplay()
})

test('where the charter wants names shown, nobody withholds one', async t => {
  const house = await houseOf(t, namesShown)
  const hidden = { account: 'a1', name: 'Ada Okafor', showName: false }
  await house.refused(nameMustShow, 'people.register', hidden, 'newcomer')
  const person = await registered(house, 'Ada Okafor')
  await house.refused(nameMustShow, 'people.consent', { showName: false }, person)
})

test('renaming changes the name and leaves neither the old nor the new one in the record', async t => {
  const house = await houseOf(t)
  const person = await registered(house, 'Ada Okafor')
  const { entry } = await house.done('people.rename', { name: 'Ada Okafor-Lindqvist' }, person)
  assert.deepEqual(entry.facts, { person })
  assert.equal((await personBy(house.read, person))?.name, 'Ada Okafor-Lindqvist')
  await house.refused(nameUnchanged, 'people.rename', { name: 'Ada Okafor-Lindqvist ' }, person)
  await house.expectReplay()
})

test('unusual names are kept as they are, and unshowable ones are refused', async t => {
  const house = await houseOf(t)
  const person = await registered(house, 'Ada Okafor')
  const kept = ['李娜', 'محمد بن عبد الله', 'אבי כהן', 'Nguyễn Thị Ánh', 'नरेन्द्र', 'Zoë 🌱', '𝒜da', 'x'.repeat(80)]
  for (const name of kept) {
    await house.done('people.rename', { name }, person)
    assert.equal((await personBy(house.read, person))?.name, name.normalize('NFC'))
  }
  const unfit = [
    '',
    ' A ',
    'x'.repeat(81),
    'x'.repeat(100_000),
    '12345',
    '🌱🌱',
    'A\nB',
    'Ada\u202eakO',
    'A\u0000da',
    `Z${'\u0307'.repeat(40)}oe`,
  ]
  for (const name of unfit) {
    const refusal = await house.refused(unfitInput, 'people.rename', { name }, person)
    assert.deepEqual(refusal.fields?.[0]?.path, ['name'])
  }
})

test('erasing destroys the name, the sign-in and what is sealed, and the rest stands', async t => {
  const house = await houseOf(t)
  const person = await registered(house, 'Ada Okafor')
  const other = await registered(house, 'Bo Lindqvist')
  await organisationCalled(house, 'Seedworks')
  await employed(house, person, 'Seedworks')
  await house.done('people.rename', { name: 'Ada Lind' }, person)
  const sealedBefore = await Promise.all((await house.leaves()).map(leaf => sealedOf(house.read, leaf.id)))
  assert.equal(JSON.stringify(sealedBefore).includes('Ada Lind'), true)

  await house.done('people.erase', { confirmation: ' Erase me' }, person)

  const erasedAt = house.clock.at()
  assert.deepEqual(await ownPerson(house.read, person), {
    id: person,
    name: null,
    heldName: null,
    isNamePublic: false,
    registered: erasedAt,
    erased: erasedAt,
  })
  assert.equal(await personOfAccount(house.read, 'account of Ada Okafor'), undefined)
  assert.deepEqual(
    [...(await namesOf(house.read, [person, other]))],
    [
      [person, 'erased person'],
      [other, 'Bo Lindqvist'],
    ],
  )
  const sealedAfter = await Promise.all((await house.leaves()).map(leaf => sealedOf(house.read, leaf.id)))
  assert.deepEqual(sealedAfter.flatMap(fields => Object.values(fields).map(kept => kept.value)).sort(), [
    'Bo Lindqvist',
    'account of Bo Lindqvist',
  ])
  await house.expectReplay()
})

test('whoever is erased is nobody here any more, and may come back as somebody new', async t => {
  const house = await houseOf(t)
  const person = await registered(house, 'Ada Okafor')
  await house.done('people.erase', { confirmation: 'erase me' }, person)
  await house.refused(wrongCapacity, 'people.rename', { name: 'Ada' }, person)
  const back = await registered(house, 'Ada Okafor')
  assert.notEqual(back, person)
  await house.expectReplay()
})

test('erasing wants the words typed, and is for oneself or by the operator on request', async t => {
  const house = await houseOf(t)
  const ada = await registered(house, 'Ada Okafor')
  const bo = await registered(house, 'Bo Lindqvist')
  await house.refused(unfitInput, 'people.erase', { confirmation: 'yes' }, ada)
  await house.refused(notYours, 'people.erase', { confirmation: 'erase me', person: bo }, ada)
  await house.refused(noSuchPerson, 'people.erase', { confirmation: 'erase me' }, 'operator')
  await house.done('people.erase', { confirmation: 'erase me', person: bo }, 'operator')
  await house.refused(noSuchPerson, 'people.erase', { confirmation: 'erase me', person: bo }, 'operator')
  assert.equal((await personBy(house.read, ada))?.erased, null)
})

test('display names: the name, else a pseudonym from the id, else that the person was erased', () => {
  const id = 'per_01jd3x5m8k00000004k7'
  assert.equal(displayName({ id, name: 'Ada', erased: null }), 'Ada')
  assert.equal(displayName({ id, name: null, erased: null }), 'participant 04k7')
  assert.equal(displayName({ id, name: null, erased: '2026-03-02T09:00:00.000Z' }), 'erased person')
})
