// How people leave seats, on a real database: resigning, vacating, erasure, the end of a term; and who is written to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintId } from '#base/ids.ts'
import { type Council, testCouncil, today } from '#test/kit/council.ts'
import { mails } from './mails.ts'
import * as no from './problems.ts'
import { holdersOf, holdingsOf } from './queries.ts'

const noSeat = mintId('sea')
const at = `${today}T09:00:00.000Z`

test('who resigns leaves with their alternate; an alternate leaves alone', async t => {
  const { house, person, sits, seat } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  await sits(ann, 'council/first')
  const alternate = { seat: 'council/first', person: bob, from: today }
  await house.refused(no.noSuchSeat, 'bodies.resign', { seat: noSeat }, ann)
  await house.refused(no.notYourSeat, 'bodies.resign', { seat: 'council/second' }, ann)
  await house.done('bodies.appoint-alternate', alternate, ann)
  const left = await house.done('bodies.resign', { seat: 'council/first' }, bob)
  assert.deepEqual([left.entry.facts.as, left.entry.actor.capacity], ['alternate', 'alternate'])
  house.clock.passDays(1)
  await house.done('bodies.appoint-alternate', { ...alternate, from: '2026-03-03' }, ann)
  house.clock.passDays(1)
  const gone = await house.done('bodies.resign', { seat: 'council/first' }, ann)
  assert.deepEqual(gone.entry.actor, {
    capacity: 'seat-holder',
    person: ann,
    body: 'council',
    seat: seat('council/first'),
  })
  assert.deepEqual(await holdersOf(house.read, 'council', house.clock.at()), [])
  assert.equal((await holdersOf(house.read, 'council', at)).length, 1)
  await house.refused(no.notYourSeat, 'bodies.resign', { seat: 'council/first' }, ann)
  await house.expectReplay()
})

test('a seat that begins later is given up before it begins', async t => {
  const { house, person, sits, seat } = await testCouncil(t)
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first', { from: '2026-06-01' })
  await house.done('bodies.resign', { seat: 'council/first' }, ann)
  const [holding] = await holdingsOf(house.read, seat('council/first'))
  assert.deepEqual([holding?.from, holding?.until], ['2026-06-01', '2026-06-01'])
})

test('a seat is vacated by the staff or the chair of its body, with a reason', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const [ann, bob, cas] = [await person('Ann Ash'), await person('Bob Birch'), await person('Cas Cedar')]
  await sits(ann, 'council/chair')
  await sits(bob, 'trustees/chair')
  await sits(cas, 'council/first')
  const input = { seat: 'council/first', reason: 'Six meetings missed.' }
  await house.refused(no.noSuchSeat, 'bodies.vacate', { ...input, seat: noSeat }, officer)
  await house.refused(no.otherBody, 'bodies.vacate', input, bob)
  await house.refused(no.notHolding, 'bodies.vacate', { ...input, person: bob }, officer)
  await house.done('bodies.vacate', input, ann)
  await house.refused(no.notHolding, 'bodies.vacate', input, officer)
  await house.done('bodies.appoint', { seat: 'council/first', person: cas, from: today }, officer)
  await house.expectReplay()
})

test('the seats of somebody who is erased fall vacant, each with an entry of its own', async t => {
  const { house, person, sits } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  await sits(ann, 'council/first')
  await sits(bob, 'council/second')
  await sits(ann, 'trustees/treasurer', { from: '2026-06-01' })
  await house.done('bodies.appoint-alternate', { seat: 'council/first', person: await person('Cas'), from: today }, ann)
  const erased = await house.done('people.erase', { confirmation: 'erase me' }, ann)
  assert.deepEqual(
    erased.follows.map(({ act, cause, actor }) => [act, cause, actor]),
    [
      ['bodies.vacate', erased.entry.id, { capacity: 'clock' }],
      ['bodies.vacate', erased.entry.id, { capacity: 'clock' }],
    ],
  )
  const left = await house.done('people.erase', { confirmation: 'erase me' }, bob)
  assert.deepEqual(
    left.follows.map(({ act }) => act),
    ['bodies.vacate'],
  )
  assert.deepEqual(await holdersOf(house.read, 'council', house.clock.at()), [])
  await house.expectReplay()
})

test('the end of a term is announced once, and not when somebody is appointed to follow', async t => {
  const { house, person, sits } = await testCouncil(t)
  const [ann, bob, cas] = [await person('Ann Ash'), await person('Bob Birch'), await person('Cas Cedar')]
  const ending = await sits(ann, 'council/first', { until: '2026-05-01' })
  await sits(bob, 'council/second', { until: '2026-05-01' })
  await sits(cas, 'council/second', { from: '2026-05-01' })
  const due = async () => {
    const domain = house.registry.domains.find(({ name }) => name === 'bodies')
    const term = () => ({ remindDays: 30 }) as never // the one term that this asks for
    return domain?.due?.(house.read, house.clock.at(), term)
  }
  house.clock.set('2026-03-31T23:00:00.000Z')
  assert.deepEqual(await due(), [])
  house.clock.set('2026-04-01T00:00:00.000Z')
  assert.deepEqual(await due(), [{ act: 'bodies.remind', input: { holding: ending } }])
  await house.done('bodies.remind', { holding: ending }, 'clock')
  assert.deepEqual(await due(), [])
  await house.refused(no.alreadyReminded, 'bodies.remind', { holding: ending }, 'clock')
  await house.expectReplay()
})

/** Who is written to about an entry, and with which subject. */
async function lettersAbout({ house }: Council, leaf: Parameters<(typeof mails)[number]['letters']>[0]) {
  const letters = await Promise.all(
    mails.filter(({ about }) => about.includes(leaf.act)).map(mail => mail.letters(leaf, house.read)),
  )
  return letters.flat().map(({ to, subject }) => [to, subject])
}

test('letters go to whoever is appointed or leaves, and to the staff when somebody resigns', async t => {
  const council = await testCouncil(t)
  const { house, officer, person } = council
  const ann = await person('Ann Ash')
  const input = { seat: 'council/first', person: ann, from: today }
  const appointed = await house.done('bodies.appoint', input, officer)
  const seat = 'Seat first, Lantern Council'
  assert.deepEqual(await lettersAbout(council, appointed.entry), [
    [{ person: ann }, `You are the holder of a seat: ${seat}`],
  ])
  const resigned = await house.done('bodies.resign', { seat: 'council/first' }, ann)
  assert.deepEqual(await lettersAbout(council, resigned.entry), [[{ person: officer }, `Resigned: ${seat}`]])
  await house.done('bodies.appoint', input, officer)
  const vacated = await house.done('bodies.vacate', { seat: 'council/first', reason: 'A new council.' }, officer)
  assert.deepEqual(await lettersAbout(council, vacated.entry), [
    [{ person: ann }, `Your appointment has ended: ${seat}`],
  ])
  await house.done('bodies.appoint', { ...input, until: '2026-03-20' }, officer)
  const holding = (await house.leaves()).at(-1)?.id
  const reminded = await house.done('bodies.remind', { holding }, 'clock')
  const ending = `A term ends on 20 March 2026: ${seat}`
  assert.deepEqual(await lettersAbout(council, reminded.entry), [
    [{ person: ann }, ending],
    [{ person: officer }, ending],
  ])
})

test('nobody writes to somebody who was erased', async t => {
  const council = await testCouncil(t)
  const { house, person, sits } = council
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first')
  const erased = await house.done('people.erase', { confirmation: 'erase me' }, ann)
  const [vacated] = erased.follows
  assert.ok(vacated)
  assert.deepEqual(await lettersAbout(council, vacated), [])
})
