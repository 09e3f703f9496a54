// Seats and votes counted like commits: independent people are alone, whoever has not said is unknown.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Groups } from '#domains/contributors/index.ts'
import { figuresTable, sayBounds } from './charts.ts'
import { unitsOf } from './seats.ts'

const groups: Groups = { groupOn: one => one, ofCompany: name => name, called: label => ({ label }) }

test('four seats: two of one company, one of nobody’s, one unknown', () => {
  const units = [
    { person: 'a', group: 'Loam' },
    { person: 'b', group: 'Loam' },
    { person: 'c', isAlone: true },
    { person: 'd' },
  ]
  const { intervals, most } = unitsOf(units, groups, '1/2')
  assert.deepEqual(most, [{ group: 'Loam', label: 'Loam', count: 2 }])
  assert.deepEqual(
    [intervals?.topShare, intervals?.factor, intervals?.knownShare],
    [{ low: 0.5, high: 0.75 }, { low: 1, high: 1 }, 0.75],
  )
})

test('a person of whom nobody knows is one unknown, however often they vote', () => {
  const { intervals } = unitsOf([{ person: 'a' }, { person: 'a' }, { person: 'b', group: 'Loam' }], groups, '1/2')
  assert.deepEqual(intervals?.topShare, { low: 0.666667, high: 1 })
  assert.equal(unitsOf([], groups, '1/2').intervals, undefined)
})

test('an interval across the limit is unproven, and said as from to', () => {
  assert.equal(sayBounds({ low: 0.25, high: 0.75 }, 'share'), '25 % to 75 %')
  assert.equal(sayBounds({ low: 2, high: 2 }, 'count'), '2')
  const limit = { is: 'at most', bound: 0.5 } as const
  const shown = figuresTable('Figures', [{ label: 'Largest', bounds: { low: 0.25, high: 0.75 }, as: 'share', limit }])
  assert.match(String(shown), /Unproven/)
  assert.match(
    String(figuresTable('Figures', [{ label: 'Largest', bounds: { low: 0.6, high: 0.75 }, as: 'share', limit }])),
    /Broken/,
  )
})
