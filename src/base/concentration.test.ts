// The formulas of concentration: the published example, what must hold for any counts, and the interval.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concentration, factor, organisationBounds, sixDecimals } from './concentration.ts'

const half = { part: 1, whole: 2 }
const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 })

test('the worked example of the published definition', () => {
  const of = concentration([1000, 433, 343, 332, 202, 90, 42, 33])
  assert.deepEqual([of?.factorGe50, of?.total, of?.groups], [2, 2475, 8])
})

test('thresholds: at least half, more than half, 51 of 100', () => {
  const of = concentration([50, 1, 49])
  assert.deepEqual([of?.factorGe50, of?.factorGt50, of?.factorGe51], [1, 2, 2])
})

test('one group, equal groups, nothing', () => {
  const one = concentration([7])
  assert.deepEqual([one?.hhi, one?.effectiveHhi, one?.shannon, one?.effectiveShannon, one?.gini], [1, 1, 0, 1, 0])
  const four = concentration([5, 5, 5, 5])
  assert.deepEqual(
    [four?.hhi, four?.effectiveHhi, four?.effectiveShannon, four?.gini, four?.factorGe50],
    [0.25, 4, 4, 0, 2],
  )
  assert.equal(concentration([]), undefined)
  assert.equal(organisationBounds([], []), undefined)
})

test('ties of the last decimal go to the even digit', () => {
  assert.deepEqual([sixDecimals(1 / 128), sixDecimals(3 / 128), sixDecimals(0.1234567)], [0.007812, 0.023438, 0.123457])
})

test('for any counts: the factor is the least that reaches half, measures stay in their ranges, order does not matter', () => {
  fc.assert(
    fc.property(counts, list => {
      const of = concentration(list)
      assert.ok(of)
      const sorted = list.toSorted((a, b) => b - a)
      const sum = (to: number) => sorted.slice(0, to).reduce((total, count) => total + count, 0)
      assert.ok(2 * sum(of.factorGe50) >= of.total && 2 * sum(of.factorGe50 - 1) < of.total)
      assert.ok(of.factorGe50 <= of.factorGt50 && of.factorGe50 <= of.factorGe51)
      assert.ok(of.gini >= 0 && of.gini < 1 && of.hhi > 0 && of.hhi <= 1)
      assert.ok(of.effectiveHhi <= of.effectiveShannon + 1e-3 && of.effectiveShannon <= of.groups + 1e-3)
      assert.deepEqual(concentration(list.toReversed()), of)
    }),
  )
})

test('any way of giving the unknown to organisations, known or their own, lies within the bounds', () => {
  const ways = fc.record({ known: counts, unknown: counts, to: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }) })
  fc.assert(
    fc.property(ways, ({ known, unknown, to }) => {
      const bounds = organisationBounds(known, unknown)
      assert.ok(bounds)
      const groups = [...known]
      unknown.forEach((count, index) => {
        const target = (to[index] ?? 0) % (groups.length + 1)
        groups[target] = (groups[target] ?? 0) + count
      })
      const true_ = factor(
        groups.toSorted((a, b) => b - a),
        half,
      )
      assert.ok(bounds.elephantLow <= true_ && true_ <= bounds.elephantHigh)
      const top = Math.max(...groups) / bounds.commits
      assert.ok(bounds.top1ShareLow <= top + 1e-6 && top <= Math.max(bounds.top1ShareHigh, bounds.top1ShareLow) + 1e-6)
    }),
  )
})
