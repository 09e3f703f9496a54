// Counts over a period of a history: commits, people, machines, sign-offs, and how concentrated they are.

import { type Concentration, concentration, type OrganisationBounds, organisationBounds } from '#base/concentration.ts'
import freemail from './data/freemail.json' with { type: 'json' }
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
  history.times.forEach((time, row) => {
    if (time >= from && time <= until) rows.push(row)
  })
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
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
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
  const plain = rows.filter(row => !isMerge(history, row))
  const people = rows.filter(row => !authorOf(history, row).isBot)
  const human = humanRows(history, rows)
  const author = (row: number) => authorOf(history, row).address
  return {
    ...{ commits: rows.length, merges: rows.length - plain.length, botCommits: rows.length - people.length },
    humanCommits: human.length,
    authors: tally(rows, author).size,
    humanAuthors: tally(people, author).size,
    people: peopleIn(history, rows),
    coAuthoredCommits: rows.filter(row => history.coAuthors.has(row)).length,
    signedOff: plain.filter(row => history.signoffs[row] !== Signoff.none).length,
    signedOffByAuthor: plain.filter(row => history.signoffs[row] === Signoff.matching).length,
    nonMergeCommits: plain.length,
    absence: concentration(tally(human, author).values()),
    organisations: domainBounds(history, human),
  }
}

/** Each domain that is no mail provider's is an organisation; each commit from a mail provider is unknown. */
export function domainBounds(history: History, rows: readonly number[]): OrganisationBounds | undefined {
  const known = new Map<string, number>()
  const unknown = new Map<number, number>()
  for (const [address, count] of tally(rows, row => authorOf(history, row).address)) {
    const domain = domainOf(addressText(history, address))
    if (isUnaffiliated(domain)) unknown.set(address, count)
    else known.set(domain, (known.get(domain) ?? 0) + count)
  }
  return organisationBounds(known.values(), unknown.values())
}
