// The figures of bodies and the look-ups, on a council with known, unknown and vacant seats.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testCouncil, today } from '#test/kit/council.ts'
import { seatLabel } from './labels.ts'
import { businessInTechnical, entitlementSeats, largestEmployerShare, vacantSeats } from './measures.ts'
import { list, seats, show } from './views.ts'

const at = `${today}T09:00:00.000Z`

test('the largest employer’s share is an interval that counts the unknown as the worst', async t => {
  const { house, person, sits } = await testCouncil(t)
  await sits(await person('Ann Ash', 'millstone'), 'council/first')
  await sits(await person('Bob Birch', 'millrace'), 'council/second')
  await sits(await person('Cas Cedar'), 'council/third')
  const { value, low, high, known, whole } = await largestEmployerShare.of(house.read, at)
  // The vacant seat for Millstone counts by the published list: 3 of 6, and one more if Cas works there too.
  assert.deepEqual({ value, low, high, known, whole }, { value: 3 / 6, low: 3 / 6, high: 4 / 6, known: 3, whole: 6 })
})

test('with no employer known nothing is measured', async t => {
  const { house, officer } = await testCouncil(t)
  await house.done('bodies.close-seat', { seat: 'council/mill', reason: 'Not needed.' }, officer)
  assert.equal((await largestEmployerShare.of(house.read, at)).value, null)
  assert.equal((await businessInTechnical.of(house.read, at)).value, null)
})

test('people with a seat in both spheres are counted once each, with their technical seats as evidence', async t => {
  const { house, person, sits, seat } = await testCouncil(t)
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first')
  assert.deepEqual((await businessInTechnical.of(house.read, at)).value, 0)
  await sits(ann, 'trustees/chair')
  const { value, known, whole, evidence } = await businessInTechnical.of(house.read, at)
  assert.deepEqual({ value, known, whole }, { value: 1, known: 1, whole: 6 })
  assert.deepEqual(
    evidence.map(({ href }) => href),
    [`/seats/${seat('council/first')}`],
  )
})

test('vacant seats and seats that a membership brings are counted', async t => {
  const { house, person, sits } = await testCouncil(t)
  await sits(await person('Ann Ash'), 'council/first')
  assert.deepEqual((await vacantSeats.of(house.read, at)).value, 8)
  const { value, whole } = await entitlementSeats.of(house.read, at)
  assert.deepEqual({ value, whole }, { value: 1 / 6, whole: 6 })
})

test('the look-ups say who holds what, on any day, and know nothing of what does not exist', async t => {
  const { house, person, sits, seat } = await testCouncil(t)
  const ann = await person('Ann Ash', 'gannet')
  const entry = await sits(ann, 'council/first', { until: '2026-06-01' })
  const asker = { at, term: house.engine.term }
  const all = list.gives.parse(await list.finds({}, house.read, asker))
  assert.deepEqual(
    all.bodies.map(({ slug, seats: count, held, vacant }) => [slug, count, held, vacant]),
    [
      ['council', 6, 1, 5],
      ['office', 2, 1, 1],
      ['trustees', 2, 0, 2],
    ],
  )
  const first = async (on?: string) => {
    const found = show.gives.parse(await show.finds({ body: 'council', on }, house.read, asker))
    return found.seats.find(({ key }) => key === 'first')
  }
  const holder = { person: ann, from: today, until: '2026-06-01', entry }
  assert.deepEqual((await first())?.holder, holder)
  assert.equal((await first('2026-06-01'))?.holder, null)
  const history = seats.gives.parse(await seats.finds({ seat: 'council/first' }, house.read, asker))
  assert.deepEqual(history.holdings, [{ ...holder, as: 'principal' }])
  assert.equal(await show.finds({ body: 'senate' }, house.read, asker), undefined)
  assert.equal(await seats.finds({ seat: 'senate/first' }, house.read, asker), undefined)
  assert.deepEqual(
    await seatLabel.of(house.read, [seat('council/first')]),
    new Map([
      [seat('council/first'), { label: 'Seat first, Lantern Council', href: `/seats/${seat('council/first')}` }],
    ]),
  )
})
