// Counting seats by employer: no seat counted twice for a group, nothing unknown counted as independent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareShare } from '#base/fractions.ts'
import { capVerdict, employerSeats, type Groups, type Held, largestOf, mostSeats, sharesOf } from './shares.ts'

const organisations = ['ash', 'birch', 'cedar', 'dogwood', 'elm', 'fir']

/** Organisations dealt into groups: every member of a group is mapped to the whole of it, as control relates them. */
const groupsArb = fc
  .array(fc.nat(3), { minLength: organisations.length, maxLength: organisations.length })
  .map((dealt): Groups => {
    const together = Map.groupBy(organisations, name => dealt[organisations.indexOf(name)])
    return new Map(organisations.map(name => [name, together.get(dealt[organisations.indexOf(name)]) ?? [name]]))
  })

const employersArb = fc.oneof(
  fc.constant({ employers: [], isKnown: false }),
  fc.uniqueArray(fc.constantFrom(...organisations), { maxLength: 3 }).map(employers => ({ employers, isKnown: true })),
)
const heldArb = fc
  .array(employersArb, { maxLength: 12 })
  .map(list => list.map((one, index): Held => ({ ...one, seat: `s${String(index).padStart(2, '0')}` })))

test('a group’s seats are those with a holder employed in it, each once', () =>
  fc.assert(
    fc.property(heldArb, groupsArb, (held, groups) => {
      const shares = sharesOf(held, groups, held.length)
      for (const { employers, seats } of shares.groups) {
        const group = groups.get(employers[0] ?? '') ?? []
        const theirs = held.filter(one => one.employers.some(employer => group.includes(employer)))
        assert.deepEqual(
          seats,
          theirs.map(({ seat }) => seat),
        )
      }
      const named = shares.groups.flatMap(({ employers }) => employers)
      assert.deepEqual(named.toSorted(), [...new Set(held.flatMap(({ employers }) => employers))].sort())
    }),
  ))

test('the largest group never shrinks by what is unknown, and grows at most by it', () =>
  fc.assert(
    fc.property(heldArb, groupsArb, fc.constantFrom(...organisations), (held, groups, guess) => {
      const { low, high } = largestOf(sharesOf(held, groups, held.length))
      const revealed = held.map(one => (one.isKnown ? one : { ...one, employers: [guess], isKnown: true }))
      const proven = largestOf(sharesOf(revealed, groups, held.length))
      assert.equal(proven.low, proven.high)
      assert.ok(proven.low >= low && proven.low <= high)
    }),
  ))

test('shares do not depend on the order of seats', () =>
  fc.assert(
    fc.property(heldArb, groupsArb, (held, groups) =>
      assert.deepEqual(
        sharesOf(held.toReversed(), groups, held.length).groups,
        sharesOf(held, groups, held.length).groups,
      ),
    ),
  ))

test('one more seat for an employer adds exactly one to what its group holds', () =>
  fc.assert(
    fc.property(heldArb, groupsArb, fc.constantFrom(...organisations), (held, groups, employer) => {
      const before = employerSeats(held, [employer], groups)
      const after = employerSeats([...held, { seat: 'new', employers: [employer], isKnown: true }], [employer], groups)
      assert.equal(after, before + 1)
    }),
  ))

test('an appointee with several employers is weighed by the largest of their groups', () => {
  const held = ['a', 'b', 'c'].map(seat => ({ seat, employers: seat === 'c' ? ['elm'] : ['ash'], isKnown: true }))
  assert.equal(employerSeats(held, ['elm', 'ash'], new Map()), 2)
  assert.equal(employerSeats(held, [], new Map()), 0)
})

test('a parent and its subsidiary count as one', () => {
  const group = ['ash', 'birch']
  const groups: Groups = new Map(group.map(name => [name, group]))
  const held = [
    { seat: 'a', employers: ['ash'], isKnown: true },
    { seat: 'b', employers: ['birch'], isKnown: true },
    { seat: 'c', employers: ['elm'], isKnown: true },
  ]
  const [first] = sharesOf(held, groups, 5).groups
  assert.deepEqual(first, { employers: ['ash', 'birch'], seats: ['a', 'b'] })
})

test('the most seats within a share is the largest count that does not exceed it', () =>
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (seats, over, under) => {
      fc.pre(over <= under)
      const most = mostSeats(seats, { over, under })
      assert.ok(compareShare(most, seats, { over, under }) <= 0)
      assert.ok(most === seats || compareShare(most + 1, seats, { over, under }) > 0)
    }),
  ))

test('seven of twenty-one is a third, eight is more', () => {
  assert.equal(mostSeats(21, { over: 1, under: 3 }), 7)
  assert.equal(mostSeats(20, { over: 1, under: 3 }), 6)
  assert.equal(mostSeats(20, null), 20)
})

test('what is not proven is not within the cap', () => {
  const held = (known: number, unknown: number): Held[] => [
    ...Array.from({ length: known }, (_, index) => ({ seat: `k${index}`, employers: ['ash'], isKnown: true })),
    ...Array.from({ length: unknown }, (_, index) => ({ seat: `u${index}`, employers: [], isKnown: false })),
  ]
  const verdict = (known: number, unknown: number) =>
    capVerdict(sharesOf(held(known, unknown), new Map(), 9), { over: 1, under: 3 })
  assert.equal(verdict(3, 0), 'within')
  assert.equal(verdict(3, 1), 'unproven')
  assert.equal(verdict(0, 4), 'unproven')
  assert.equal(verdict(4, 0), 'over')
})

test('the independent belong to no group and are not unproven', () => {
  const shares = sharesOf([{ seat: 'a', employers: [], isKnown: true }], new Map(), 1)
  assert.deepEqual(shares, { seats: 1, held: 1, unproven: [], groups: [] })
})
