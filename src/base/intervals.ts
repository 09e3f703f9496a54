// Concentration where part is unknown: every figure as an interval that holds whatever the unknown turn out to be.
//
// A completion gives each unknown unit, such as an author of no known organisation, whole to one group: a known one, a new
// one, or a new one shared with other unknown units. Bounds hold for every completion. All but the low end of Gini are reached.
import { factor, sixDecimals, type Threshold } from './concentration.ts'

/** `known`: counts by group. `unknown`: counts by unit of unknown group, each of which belongs to one group. */
export type Tallies = { readonly known: Iterable<number>; readonly unknown: Iterable<number> }

export type Bounds = { readonly low: number; readonly high: number }

export type Intervals = {
  readonly total: number
  readonly knownTotal: number
  readonly knownShare: number
  readonly groups: Bounds
  readonly topShare: Bounds
  /** Smallest number of groups that hold the part asked for. */
  readonly factor: Bounds
  readonly hhi: Bounds
  /** 1 / HHI: as many groups of equal size would be as concentrated. */
  readonly effective: Bounds
  readonly gini: Bounds
}

const half: Threshold = { part: 1, whole: 2 }

const descending = (counts: Iterable<number>): number[] => [...counts].filter(count => count > 0).sort((a, b) => b - a)
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
const hhiOf = (counts: readonly number[], total: number): number =>
  counts.reduce((sum, count) => sum + (count / total) ** 2, 0)

const bounds = (low: number, high: number): Bounds => ({ low: sixDecimals(low), high: sixDecimals(high) })

/** The weight of the count at this place, largest first, in Gini: sum of (2i - n - 1) x_i / (n T) over ascending x. */
const weightOf = (place: number, groups: number): number => groups - 1 - 2 * place

/**
 * For each number of new groups, the most unequal completion: as many of the smallest unknown units alone, and all the
 * rest with the largest. No completion with that number of groups has smaller sums at its lower end.
 */
function highestGini(known: readonly number[], unknown: readonly number[], total: number): number {
  const groups = [...known]
  let [highest, rest] = [0, sumOf(unknown)]
  for (let smallest = unknown.length; ; smallest -= 1) {
    const weighted = groups.reduce((sum, count, place) => sum + weightOf(place, groups.length) * count, 0)
    if (groups.length > 0) {
      const gini = (weighted + weightOf(0, groups.length) * rest) / (groups.length * total)
      highest = Math.max(highest, gini)
    }
    const next = unknown[smallest - 1]
    if (next === undefined) return highest
    const place = groups.findIndex(count => count < next)
    groups.splice(place === -1 ? groups.length : place, 0, next)
    rest -= next
  }
}

/**
 * A bound below every completion, as if unknown units could be split at will and poured over the smallest groups until
 * they are level; so it need not be reached.
 */
function lowestGini(known: readonly number[], unknown: readonly number[], total: number): number {
  let lowest = 1
  for (let added = known.length === 0 ? 1 : 0; added <= unknown.length; added += 1)
    lowest = Math.min(lowest, levelGini(known, { added, pool: sumOf(unknown), total }))
  return Math.max(0, lowest)
}

function levelGini(known: readonly number[], to: { added: number; pool: number; total: number }): number {
  const groups = known.length + to.added
  let [above, poured] = [known.length, to.pool]
  while (above > 0 && ((known[above - 1] ?? 0) * (groups - above) < poured || above === groups)) {
    poured += known[above - 1] ?? 0
    above -= 1
  }
  const level = groups > above ? poured / (groups - above) : 0
  const weights = (groups - above) * (groups - 1) - (groups * (groups - 1) - above * (above - 1))
  const weighted = known.slice(0, above).reduce((sum, count, place) => sum + weightOf(place, groups) * count, 0)
  return (weighted + level * weights) / (groups * to.total)
}

/** Undefined of nothing: no counts have no concentration. */
export function intervalsOf({ known, unknown }: Tallies, threshold: Threshold = half): Intervals | undefined {
  const [sure, loose] = [descending(known), descending(unknown)]
  const [knownTotal, unknownTotal] = [sumOf(sure), sumOf(loose)]
  const total = knownTotal + unknownTotal
  if (total === 0) return undefined
  // Every figure but Gini only falls as groups are split: all the unknown with the largest is one end, each alone the other.
  const [largest = 0, ...rest] = sure
  const together = [largest + unknownTotal, ...rest]
  const apart = descending([...sure, ...loose])
  const hhi = { low: hhiOf(apart, total), high: hhiOf(together, total) }
  return {
    ...{ total, knownTotal, knownShare: sixDecimals(knownTotal / total) },
    groups: { low: Math.max(1, sure.length), high: apart.length },
    topShare: bounds((apart[0] ?? 0) / total, (together[0] ?? 0) / total),
    factor: { low: factor(together, threshold), high: factor(apart, threshold) },
    hhi: bounds(hhi.low, hhi.high),
    effective: bounds(1 / hhi.high, 1 / hhi.low),
    gini: bounds(lowestGini(sure, loose, total), highestGini(sure, loose, total)),
  }
}

export type Limit = { readonly is: 'at least' | 'at most'; readonly bound: number }

/** Kept or broken only where the whole interval is; unknown is neither a pass nor an accusation. */
export function verdictWithin({ low, high }: Bounds, { is, bound }: Limit): 'kept' | 'broken' | 'unproven' {
  const [worst, best] = is === 'at least' ? [low - bound, high - bound] : [bound - high, bound - low]
  return worst >= 0 ? 'kept' : best < 0 ? 'broken' : 'unproven'
}
