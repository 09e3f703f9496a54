// How a project has lived by month: commits, people and newcomers, and how few carried it over the year before.

import { sixDecimals } from '#base/concentration.ts'
import type { History } from './history.ts'
import { addressText, authorOf, domainOf, isMerge, isUnaffiliated } from './windows.ts'

export type Month = {
  readonly month: string
  readonly commits: number
  /** Authors who are no bots. */
  readonly people: number
  /** Those among them whose first commit of all it is. */
  readonly newcomers: number
  /**
   * Contributor absence factor over the twelve months that end with this one, since one month alone says little: how few
   * people made half of the commits that are neither merges nor a machine's. Null without such commits.
   */
  readonly absence: number | null
  /** Of those commits, the share whose author's address tells an organisation. */
  readonly knownShare: number | null
}

/** Ten years: a clock set to 1970 must not make six hundred empty rows. */
const mostMonths = 120
const yearOfMonths = 12

type Bucket = {
  commits: number
  newcomers: number
  /** Commits by people that are no merges, by address; 0 of those who only merged. */
  readonly shares: Map<number, number>
}

/** From the first month with commits, at most `months` of them, to the month of `until`, in seconds; later commits are not counted. */
export function trendOf(history: History, until: number, months: number = mostMonths): Month[] {
  const count = months + yearOfMonths - 1
  const starts = Array.from({ length: count + 1 }, (_, index) => monthStart(until, index - count + 1))
  const buckets = starts.slice(0, -1).map((): Bucket => ({ commits: 0, newcomers: 0, shares: new Map() }))
  fill(history, until, time => buckets[lastAtMost(starts, time)])
  const first = buckets.findIndex(({ commits }, index) => index >= yearOfMonths - 1 && commits > 0)
  if (first === -1) return []
  const years = yearsOf(history, buckets)
  return buckets.slice(first).map(({ commits, shares, newcomers }, index) => ({
    month: new Date((starts[first + index] ?? 0) * 1000).toISOString().slice(0, 7),
    ...{ commits, people: shares.size, newcomers },
    ...(years[first + index] ?? { absence: null, knownShare: null }),
  }))
}

function monthStart(seconds: number, ahead: number): number {
  const date = new Date(seconds * 1000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1) / 1000
}

/** The place of the last of the ascending values that is not above the value; -1 before the first. */
function lastAtMost(values: readonly number[], value: number): number {
  let [low, high] = [-1, values.length]
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle
  }
  return low
}

function fill(history: History, until: number, bucketAt: (time: number) => Bucket | undefined): void {
  const firsts = new Float64Array(history.addresses.length).fill(Number.POSITIVE_INFINITY)
  for (let row = 0; row < history.size; row += 1) {
    const time = history.times[row] ?? 0
    if (time > until) continue
    const { address, isBot } = authorOf(history, row)
    const bucket = bucketAt(time)
    if (bucket) bucket.commits += 1
    if (isBot) continue
    bucket?.shares.set(address, (bucket.shares.get(address) ?? 0) + (isMerge(history, row) ? 0 : 1))
    if (time < (firsts[address] ?? 0)) firsts[address] = time
  }
  for (const time of firsts) {
    if (time === Number.POSITIVE_INFINITY) continue
    const bucket = bucketAt(time)
    if (bucket) bucket.newcomers += 1
  }
}

type Carried = Pick<Month, 'absence' | 'knownShare'>

/** For each month the twelve that end with it: one month comes, one goes. */
function yearsOf(history: History, buckets: readonly Bucket[]): Carried[] {
  const year = new Map<number, number>()
  const isKnown = new Map<number, boolean>()
  let [total, known] = [0, 0]
  const add = (bucket: Bucket | undefined, sign: 1 | -1) => {
    bucket?.shares.forEach((count, address) => {
      const sum = (year.get(address) ?? 0) + sign * count
      if (sum === 0) year.delete(address)
      else year.set(address, sum)
      if (!isKnown.has(address)) isKnown.set(address, !isUnaffiliated(domainOf(addressText(history, address))))
      total += sign * count
      if (isKnown.get(address)) known += sign * count
    })
  }
  return buckets.map((bucket, index) => {
    add(bucket, 1)
    add(buckets[index - yearOfMonths], -1)
    if (total === 0) return { absence: null, knownShare: null }
    return { absence: halfMadeBy(Uint32Array.from(year.values()), total), knownShare: sixDecimals(known / total) }
  })
}

/** CHAOSS's contributor absence factor, for many months in a row: numbers in flat memory sort without a comparison. */
function halfMadeBy(counts: Uint32Array, total: number): number {
  const ascending = counts.sort()
  let [sum, people] = [0, 0]
  while (2 * sum < total) {
    people += 1
    sum += ascending[ascending.length - people] ?? total
  }
  return people
}
