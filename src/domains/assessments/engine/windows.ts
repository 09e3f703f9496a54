// Counts over a period of a history: commits, people, machines, sign-offs, and how concentrated they are.

import { type Concentration, concentration, type OrganisationBounds, organisationBounds } from '#base/concentration.ts'
import freemail from '#base/freemail.json' with { type: 'json' }
import { type History, type Identity, Signoff } from './history.ts'
import { peopleIn } from './people.ts'

const freeDomains: ReadonlySet<string> = new Set(freemail.domains)

/** What follows the last `@`; no folding of subdomains. */
export const domainOf = (address: string): string =>
  address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : '(none)'

/** Mail providers and forge aliases say nothing about an employer. */
export const isUnaffiliated = (domain: string): boolean => freeDomains.has(domain)

/** Rows with `from <= time <= until`, over the whole set: a walk that stops at the first old commit misses some. */
export function rowsBetween(history: History, from: number, until: number): number[] {
  const rows: number[] = []
  const { times } = history
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? Number.NaN
    if (time >= from && time <= until) rows.push(row)
  }
  return rows
}

export const lastDays = (history: History, until: number, days: number): number[] =>
  rowsBetween(history, until - days * 86_400, until)

export const authorOf = (history: History, row: number): Identity => {
  const identity = history.identities[history.authors[row] ?? -1]
  if (!identity) throw new RangeError(`No author for row ${row}`)
  return identity
}

export const addressText = (history: History, index: number): string => history.addresses[index] ?? ''

export type Tally = ReadonlyMap<number, number>
export function tally<T>(items: Iterable<T>, keyOf: (item: T) => number): Tally {
  const counts = new Map<number, number>()
  for (const item of items) {
    const key = keyOf(item)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** Counts of one period. `people`: authors and co-authors who are no bots, a co-author under a second address counted once. */
export type Period = {
  readonly commits: number
  readonly merges: number
  readonly botCommits: number
  /** Neither merges nor by bots. */
  readonly humanCommits: number
  readonly authors: number
  readonly humanAuthors: number
  readonly people: number
  readonly coAuthoredCommits: number
  readonly signedOff: number
  readonly signedOffByAuthor: number
  readonly nonMergeCommits: number
  /** By author, over human non-merge commits. */
  readonly absence: Concentration | undefined
  /** By domain of the address, over the same commits: an interval, because most domains tell nothing. */
  readonly organisations: OrganisationBounds | undefined
}

export const isMerge = (history: History, row: number): boolean => (history.parents[row] ?? 0) > 1
export const humanRows = (history: History, rows: readonly number[]): number[] =>
  rows.filter(row => !isMerge(history, row) && !authorOf(history, row).isBot)

export function periodOf(history: History, rows: readonly number[]): Period {
  const counts = { merges: 0, botCommits: 0, coAuthoredCommits: 0, signedOff: 0, signedOffByAuthor: 0 }
  let humanCommits = 0
  // By place of the author as the log spells one: these run for each commit, and Sets and Maps cost tenfold.
  const [seen, made] = [new Uint8Array(history.identities.length), new Uint32Array(history.identities.length)]
  for (const row of rows) {
    const author = history.authors[row] ?? 0
    const isMachine = history.identities[author]?.isBot === true
    const signoff = history.signoffs[row]
    seen[author] = 1
    if (isMachine) counts.botCommits += 1
    if (history.coAuthors.has(row)) counts.coAuthoredCommits += 1
    if (isMerge(history, row)) {
      counts.merges += 1
      continue
    }
    if (!isMachine) {
      made[author] = (made[author] ?? 0) + 1
      humanCommits += 1
    }
    if (signoff !== Signoff.none) counts.signedOff += 1
    if (signoff === Signoff.matching) counts.signedOffByAuthor += 1
  }
  const took = history.identities.filter((_, author) => seen[author] === 1)
  const shares = sharesOf(history, made)
  return {
    ...counts,
    ...{ commits: rows.length, nonMergeCommits: rows.length - counts.merges, humanCommits },
    authors: new Set(took.map(({ address }) => address)).size,
    humanAuthors: new Set(took.filter(({ isBot }) => !isBot).map(({ address }) => address)).size,
    people: peopleIn(history, rows, took),
    absence: concentration(shares.values()),
    organisations: boundsOf(history, shares),
  }
}

/** Commits by address, which several spellings of one author may share. */
function sharesOf({ identities }: History, made: Uint32Array): Tally {
  const shares = new Map<number, number>()
  for (const [author, { address }] of identities.entries()) {
    const count = made[author] ?? 0
    if (count > 0) shares.set(address, (shares.get(address) ?? 0) + count)
  }
  return shares
}

/** Each domain that is no mail provider's is an organisation; each commit from a mail provider is unknown. */
export const domainBounds = (history: History, rows: readonly number[]): OrganisationBounds | undefined =>
  boundsOf(
    history,
    tally(rows, row => authorOf(history, row).address),
  )

/** `commits`: how many each address has. */
function boundsOf(history: History, commits: Tally): OrganisationBounds | undefined {
  const known = new Map<string, number>()
  const unknown = new Map<number, number>()
  for (const [address, count] of commits) {
    const domain = domainOf(addressText(history, address))
    if (isUnaffiliated(domain)) unknown.set(address, count)
    else known.set(domain, (known.get(domain) ?? 0) + count)
  }
  return organisationBounds(known.values(), unknown.values())
}
