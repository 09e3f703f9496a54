// Counting members by class, and the seats that a class has in all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countByClass, endOf, inOrder, seatsDue } from './rules.ts'
import type { Class } from './terms.ts'
import type { Member, Standing } from './words.ts'

const classes: readonly Class[] = ['silver', 'gold', 'bronze'].map((key, index) => ({
  key,
  name: key,
  order: [2, 1, 2][index] ?? 0,
  describes: key,
  entitles: [],
}))

const member = fc.record({
  entry: fc.uuid(),
  organisation: fc.uuid(),
  class: fc.constantFrom('silver', 'gold', 'bronze'),
  from: fc.constant('2026-01-01'),
  until: fc.constant(null),
  standing: fc.constantFrom<Standing>('good', 'lapsed'),
})

test('every member is counted in exactly one class and one standing', () =>
  fc.assert(
    fc.property(fc.array(member), (members: Member[]) => {
      const counts = countByClass(classes, members)
      assert.equal(
        counts.reduce((sum, { good, lapsed }) => sum + good + lapsed, 0),
        members.length,
      )
      for (const { class: one, good } of counts)
        assert.equal(good, members.filter(({ class: key, standing }) => key === one.key && standing === 'good').length)
    }),
  ))

test('classes stand in the charter’s order, those of one place by name', () =>
  assert.deepEqual(
    inOrder(classes).map(({ key }) => key),
    ['gold', 'bronze', 'silver'],
  ))

test('a class that shares its seats has them once, whoever many members it has, and none without members', () => {
  assert.equal(seatsDue({ body: 'board', seats: 2, shared: true }, 4), 2)
  assert.equal(seatsDue({ body: 'board', seats: 2, shared: true }, 0), 0)
  assert.equal(seatsDue({ body: 'board', seats: 2, shared: false }, 4), 8)
})

test('a membership never ends before it began', () => {
  const one: Member = {
    entry: 'e',
    organisation: 'o',
    class: 'gold',
    from: '2026-05-01',
    until: null,
    standing: 'good',
  }
  assert.equal(endOf(one, '2026-04-01'), '2026-05-01')
  assert.equal(endOf(one, '2026-06-01'), '2026-06-01')
})
