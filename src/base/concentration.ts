// How concentrated counts are: CHAOSS factors, Herfindahl-Hirschman, Shannon and Gini, and an interval for organisations.

/** Sorted counts c1 >= ... >= cn with sum T and shares p = c/T. Rounded to six decimals. */
export type Concentration = {
  readonly groups: number
  readonly total: number
  readonly top1Share: number
  /** Smallest k with c1+..+ck at least half of T: CHAOSS's contributor absence factor and elephant factor. */
  readonly factorGe50: number
  readonly factorGt50: number
  readonly factorGe51: number
  /** Sum of p squared, and its reciprocal. */
  readonly hhi: number
  readonly effectiveHhi: number
  /** -sum of p ln p, and its exponential. */
  readonly shannon: number
  readonly effectiveShannon: number
  /** Sum of (2i - n - 1) x_i / (n T) over ascending x. */
  readonly gini: number
}

const descending = (counts: Iterable<number>): number[] => [...counts].sort((a, b) => b - a)
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** Half to even, so that a tie rounds as most statistics programs round it. */
export function sixDecimals(value: number): number {
  const scaled = value * 1e6
  const floor = Math.floor(scaled)
  const isTie = scaled - floor === 0.5
  return (isTie && floor % 2 === 0 ? floor : Math.round(scaled)) / 1e6
}

/** Smallest k with `whole` * (c1+..+ck) at least `part` * T, or more than it; 0 of no counts. */
export function factor(sorted: readonly number[], { part, whole, isStrict = false }: Threshold): number {
  const total = sumOf(sorted)
  let sum = 0
  for (const [index, count] of sorted.entries()) {
    sum += count
    if (isStrict ? whole * sum > part * total : whole * sum >= part * total) return index + 1
  }
  return 0
}
export type Threshold = { readonly part: number; readonly whole: number; readonly isStrict?: boolean }

/** Undefined of nothing: no counts have no concentration. */
export function concentration(counts: Iterable<number>): Concentration | undefined {
  const sorted = descending(counts)
  const total = sumOf(sorted)
  if (total === 0) return undefined
  const groups = sorted.length
  const hhi = sorted.reduce((sum, count) => sum + (count / total) ** 2, 0)
  const shannon = -sorted.reduce((sum, count) => sum + (count === 0 ? 0 : (count / total) * Math.log(count / total)), 0)
  const weighted = sorted.reduceRight((sum, count, index) => sum + (groups + 1 - 2 * (index + 1)) * count, 0)
  return {
    ...{ groups, total, top1Share: sixDecimals((sorted[0] ?? 0) / total) },
    factorGe50: factor(sorted, { part: 1, whole: 2 }),
    factorGt50: factor(sorted, { part: 1, whole: 2, isStrict: true }),
    factorGe51: factor(sorted, { part: 51, whole: 100 }),
    ...{ hhi: sixDecimals(hhi), effectiveHhi: sixDecimals(1 / hhi) },
    ...{ shannon: sixDecimals(shannon + 0), effectiveShannon: sixDecimals(Math.exp(shannon)) },
    gini: sixDecimals(weighted / (groups * total)),
  }
}

/** Any true answer that keeps the known organisations apart lies between low and high. */
export type OrganisationBounds = {
  readonly commits: number
  readonly unknownCommits: number
  readonly knownShare: number
  readonly top1ShareLow: number
  readonly top1ShareHigh: number
  readonly elephantLow: number
  readonly elephantHigh: number
}

/**
 * `known`: commits by organisation. `unknown`: commits by author of no known organisation. Low: all the unknown belong to the
 * largest known organisation. High: each unknown author is an organisation of their own.
 */
export function organisationBounds(known: Iterable<number>, unknown: Iterable<number>): OrganisationBounds | undefined {
  const [sure, loose] = [descending(known), [...unknown]]
  const unknownCommits = sumOf(loose)
  const commits = sumOf(sure) + unknownCommits
  if (commits === 0) return undefined
  const half = { part: 1, whole: 2 }
  const [largest = 0, ...rest] = sure
  return {
    ...{ commits, unknownCommits, knownShare: sixDecimals((commits - unknownCommits) / commits) },
    top1ShareLow: sixDecimals(largest / commits),
    top1ShareHigh: sixDecimals((largest + unknownCommits) / commits),
    elephantLow: factor(descending([largest + unknownCommits, ...rest]), half),
    elephantHigh: factor(descending([...sure, ...loose]), half),
  }
}
