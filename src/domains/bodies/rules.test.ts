// Periods and seats as pure decisions: properties over random days, and the cases that people get wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isWithin } from '#base/instants.ts'
import {
  endedOn,
  isEmpty,
  isOpenAfter,
  latestEnd,
  otherHolding,
  overlaps,
  principalOn,
  runsOn,
  standsInForChair,
} from './rules.ts'
import type { Holding, Period, Seat } from './words.ts'

const days = Array.from({ length: 30 }, (_, index) => `2026-06-${String(index + 1).padStart(2, '0')}`)
const aDay = fc.constantFrom(...days)
const period = fc.record({ from: aDay, until: fc.option(aDay) })

const daysOf = (one: Period) => new Set(days.filter(day => isWithin(day, one.from, one.until)))

test('two periods overlap exactly when they share a day', () =>
  fc.assert(
    fc.property(period, period, (a, b) => {
      assert.equal(
        overlaps(a, b),
        [...daysOf(a)].some(day => daysOf(b).has(day)),
      )
      assert.equal(overlaps(a, b), overlaps(b, a))
    }),
  ))

test('a period is open after a day exactly when it runs on that day or a later one', () =>
  fc.assert(
    fc.property(period, aDay, (one, day) => {
      const later = days.slice(days.indexOf(day))
      assert.equal(
        isOpenAfter(one, day),
        later.some(other => runsOn(one, other)),
      )
    }),
  ))

test('a period cut short on a day keeps every day before it and none from then on', () =>
  fc.assert(
    fc.property(period, aDay, (one, day) => {
      fc.pre(isOpenAfter(one, day))
      const cut = { ...one, until: endedOn(one, day) }
      assert.deepEqual(daysOf(cut), new Set([...daysOf(one)].filter(kept => kept < day)))
    }),
  ))

test('a successor may start on the very day on which the term before ends', () => {
  const first = { from: '2026-06-01', until: '2026-06-15' }
  assert.equal(overlaps(first, { from: '2026-06-15', until: null }), false)
  assert.equal(overlaps(first, { from: '2026-06-14', until: null }), true)
})

test('a period that ends on its first day has no days', () => {
  const none = { from: '2026-06-03', until: '2026-06-03' }
  assert.equal(isEmpty(none), true)
  assert.equal(overlaps(none, { from: '2026-06-01', until: null }), false)
})

test('the latest end counts calendar months, and a month without the day ends on its last', () => {
  assert.equal(latestEnd('2026-01-31', 1), '2026-02-28')
  assert.equal(latestEnd('2026-03-01', 12), '2027-03-01')
  assert.equal(latestEnd('2026-03-01', null), null)
})

const holding = (seat: string, person: string, more: Partial<Holding> = {}): Holding => ({
  entry: `ent_${seat}_${person}`,
  seat,
  person,
  as: 'principal',
  from: '2026-06-01',
  until: '2026-07-01',
  ...more,
})

test('whoever holds one seat of a body, as holder or alternate, is found when wanted for another', () => {
  const holdings = [holding('a', 'ann'), holding('b', 'bob', { as: 'alternate' })]
  const wanted = { seat: 'c', from: '2026-06-20', until: null }
  assert.equal(otherHolding(holdings, { ...wanted, person: 'ann' }), holdings[0])
  assert.equal(otherHolding(holdings, { ...wanted, person: 'bob' }), holdings[1])
  assert.equal(otherHolding(holdings, { ...wanted, person: 'cas' }), undefined)
  assert.equal(otherHolding(holdings, { ...wanted, person: 'ann', from: '2026-07-01' }), undefined)
  assert.equal(otherHolding(holdings, { ...wanted, person: 'ann', seat: 'a' }), undefined)
})

const seat = (id: string, role: Seat['role'], closed: string | null = null): Seat => ({
  id,
  body: 'council',
  key: id,
  title: id,
  appointedBy: 'electorate',
  isEntitlement: false,
  role,
  forOrganisation: null,
  forProject: null,
  opened: '2026-01-01',
  closed,
})

test('a vice-chair stands in exactly while every seat of a chair is vacant', () => {
  const seats = [seat('chair', 'chair'), seat('vice', 'vice-chair')]
  assert.equal(standsInForChair(seats, [], '2026-06-10'), true)
  assert.equal(standsInForChair(seats, [holding('chair', 'ann')], '2026-06-10'), false)
  assert.equal(standsInForChair(seats, [holding('chair', 'ann')], '2026-07-01'), true)
  assert.equal(
    standsInForChair([...seats, seat('co-chair', 'chair')], [holding('co-chair', 'ann')], '2026-06-10'),
    false,
  )
  assert.equal(standsInForChair([seat('vice', 'vice-chair')], [], '2026-06-10'), false)
})

test('the holder on a day is the principal whose term runs then, never the alternate', () => {
  const holdings = [holding('a', 'bob', { as: 'alternate' }), holding('a', 'ann')]
  assert.equal(principalOn(holdings, 'a', '2026-06-01')?.person, 'ann')
  assert.equal(principalOn(holdings, 'a', '2026-07-01'), undefined)
})
