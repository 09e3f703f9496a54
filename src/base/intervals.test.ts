// Intervals of concentration against brute force: every completion of the unknown lies within, and the ends are reached.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concentration, factor, organisationBounds } from './concentration.ts'
import { intervalsOf, verdictWithin } from './intervals.ts'

/** Every way to give each unknown unit to a group that is there or to a new one. */
function completions(groups: readonly number[], unknown: readonly number[]): number[][] {
  const [first, ...rest] = unknown
  if (first === undefined) return [[...groups]]
  const joined = groups.map((_, index) => groups.map((count, at) => (at === index ? count + first : count)))
  return [...joined, [...groups, first]].flatMap(next => completions(next, rest))
}

const small = fc.record({
  known: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  unknown: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
})
const near = (a: number, b: number): boolean => Math.abs(a - b) < 2e-6

test('every completion lies within the bounds, and all but the low end of Gini are reached', () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 9 }), ({ known, unknown }, part) => {
      const threshold = { part, whole: 10 }
      const found = intervalsOf({ known, unknown }, threshold)
      const all = completions(known, unknown).flatMap(counts => {
        const of = concentration(counts)
        const sorted = [...counts].sort((a, b) => b - a)
        return of ? [{ ...of, factor: factor(sorted, threshold) }] : []
      })
      if (!found) return assert.equal(all.length, 0)
      const figures = [
        [all.map(of => of.groups), found.groups],
        [all.map(of => of.top1Share), found.topShare],
        [all.map(of => of.factor), found.factor],
        [all.map(of => of.hhi), found.hhi],
        [all.map(of => of.effectiveHhi), found.effective],
      ] as const
      for (const [values, { low, high }] of figures) {
        assert.ok(near(Math.min(...values), low), `${Math.min(...values)} is not the low end ${low}`)
        assert.ok(near(Math.max(...values), high), `${Math.max(...values)} is not the high end ${high}`)
      }
      const ginis = all.map(of => of.gini)
      assert.ok(near(Math.max(...ginis), found.gini.high))
      assert.ok(Math.min(...ginis) >= found.gini.low - 2e-6)
    }),
    { numRuns: 400 },
  )
})

test('where all is known each interval is a point, and the point is the plain figure', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 40 }), counts => {
      const [found, plain] = [intervalsOf({ known: counts, unknown: [] }), concentration(counts)]
      const points = [plain?.top1Share, plain?.factorGe50, plain?.hhi].map(value => ({ low: value, high: value }))
      assert.deepEqual([found?.topShare, found?.factor, found?.hhi], points)
      assert.equal(found?.knownShare, 1)
      assert.ok(near(found?.gini.low ?? -1, plain?.gini ?? 0) && near(found?.gini.high ?? -1, plain?.gini ?? 0))
    }),
  )
})

test('agrees with the published bounds for organisations wherever the largest known is the largest of all', () => {
  fc.assert(
    fc.property(small, ({ known, unknown }) => {
      const [found, published] = [intervalsOf({ known, unknown }), organisationBounds(known, unknown)]
      if (!found || !published) return assert.deepEqual([found, published], [undefined, undefined])
      const { elephantLow, elephantHigh, top1ShareHigh, knownShare } = published
      assert.deepEqual(
        [found.factor, found.topShare.high, found.knownShare],
        [{ low: elephantLow, high: elephantHigh }, top1ShareHigh, knownShare],
      )
      // Theirs is the share of the largest known organisation, ours of the largest group, which may be an unknown author.
      assert.ok(found.topShare.low >= published.top1ShareLow)
    }),
  )
})

test('nothing has no concentration, and counts of nothing count nobody', () => {
  assert.equal(intervalsOf({ known: [], unknown: [] }), undefined)
  assert.deepEqual(intervalsOf({ known: [3, 0], unknown: [0] })?.groups, { low: 1, high: 1 })
})

test('a threshold is kept or broken only by the whole interval', () => {
  const least = { is: 'at least', bound: 2 } as const
  assert.deepEqual(
    [
      verdictWithin({ low: 2, high: 5 }, least),
      verdictWithin({ low: 1, high: 2 }, least),
      verdictWithin({ low: 1, high: 1 }, least),
      verdictWithin({ low: 0.2, high: 0.5 }, { is: 'at most', bound: 0.5 }),
      verdictWithin({ low: 0.2, high: 0.6 }, { is: 'at most', bound: 0.5 }),
      verdictWithin({ low: 0.51, high: 0.6 }, { is: 'at most', bound: 0.5 }),
    ],
    ['kept', 'unproven', 'broken', 'kept', 'unproven', 'broken'],
  )
})

test('a thousand unknown units are counted in one go', () => {
  const unknown = Array.from({ length: 1000 }, (_, index) => (index % 7) + 1)
  const found = intervalsOf({ known: [500, 300], unknown })
  assert.deepEqual(found?.groups, { low: 2, high: 1002 })
})
