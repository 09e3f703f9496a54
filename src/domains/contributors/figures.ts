// Concentration among people and among organisations, over anything that can be counted for somebody on a day.

import { type Fraction, fractionOf } from '#base/fractions.ts'
import type { Day } from '#base/instants.ts'
import { type Bounds, type Intervals, intervalsOf } from '#base/intervals.ts'
import type { Book } from './book.ts'
import { joined } from './resolve.ts'
import { StatedBy as Sources, type StatedBy } from './words.ts'

export type Counted = { readonly identity: string; readonly day: Day; readonly count: number }

export type Group = { readonly label: string; readonly href?: string; readonly count: number }

/** Who carries it among people: low as if every suggested merge were right, high as if none were. */
export type PeopleFigures = {
  readonly total: number
  readonly contributors: Bounds
  readonly absence: Bounds
  readonly topShare: Bounds
  readonly hhi: Bounds
  readonly effective: Bounds
  readonly gini: Bounds
  /** Pairs of identities under one full name that nobody has confirmed or rejected. */
  readonly suggested: number
  /** The part by people about whom no merge is open. */
  readonly knownShare: number
  readonly most: readonly Group[]
}

export type OrganisationFigures = Intervals & {
  /** Largest first; the independent are groups of one and are told together. */
  readonly most: readonly (Group & { readonly group: string })[]
  readonly independent: number
  /** How much is known by which kind of statement. */
  readonly by: Readonly<Record<StatedBy, number>>
}

const add = (counts: Map<string, number>, key: string, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count)
}
const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0)

const thresholdOf = (part: Fraction) => ({ part: part.over, whole: part.under })
const hull = (a: Bounds, b: Bounds): Bounds => ({ low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) })

const largestFirst = <T extends { count: number; label: string }>(groups: readonly T[]): T[] =>
  [...groups].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))

function countPeople(rows: readonly Counted[], book: Book) {
  const apart = new Map<string, number>()
  for (const { identity, count } of rows) add(apart, book.rootOf(identity), count)
  const open = book.suggested
    .map(([a, b]) => [book.rootOf(a), book.rootOf(b)] as const)
    .filter(([a, b]) => apart.has(a) && apart.has(b))
  const mergedOf = joined(open)
  const merged = new Map<string, number>()
  for (const [root, count] of apart) add(merged, mergedOf(root), count)
  return { apart, merged, open }
}

/** Undefined of nothing. Partial merging lies between the two ends, except for Gini, of which both ends are shown. */
export function peopleFigures(rows: readonly Counted[], book: Book, part: string): PeopleFigures | undefined {
  const { apart, merged, open } = countPeople(rows, book)
  const threshold = thresholdOf(fractionOf(part))
  const [none, all] = [apart, merged].map(counts => intervalsOf({ known: counts.values(), unknown: [] }, threshold))
  if (!none || !all) return undefined
  const unsure = new Set(open.flat())
  const doubtful = sumOf([...unsure].map(root => apart.get(root) ?? 0))
  return {
    total: none.total,
    contributors: { low: merged.size, high: apart.size },
    absence: hull(all.factor, none.factor),
    topShare: hull(all.topShare, none.topShare),
    hhi: hull(all.hhi, none.hhi),
    effective: hull(all.effective, none.effective),
    gini: hull(all.gini, none.gini),
    suggested: open.length,
    knownShare: (none.total - doubtful) / none.total,
    most: largestFirst([...apart].map(([root, count]) => ({ ...book.called(root), count }))).slice(0, 10),
  }
}

/** Counts by group, and by person where nobody knows; the independent are a group each. */
export function countOrganisations(rows: readonly Counted[], book: Book) {
  const [known, unknown] = [new Map<string, number>(), new Map<string, number>()]
  const by: Record<StatedBy, number> = { person: 0, employer: 0, domain: 0, import: 0 }
  const alone = new Set<string>()
  for (const { identity, day, count } of rows) {
    const [standing, root] = [book.standingOf(identity, day), book.rootOf(identity)]
    if (!standing) add(unknown, root, count)
    else {
      const group = 'group' in standing ? standing.group : root
      if (!('group' in standing)) alone.add(group)
      add(known, group, count)
      by[standing.source] += count
    }
  }
  return { known, unknown, by, alone }
}

/** Undefined of nothing. */
export function organisationFigures(
  rows: readonly Counted[],
  book: Book,
  part: string,
): OrganisationFigures | undefined {
  const { known, unknown, by, alone } = countOrganisations(rows, book)
  const intervals = intervalsOf({ known: known.values(), unknown: unknown.values() }, thresholdOf(fractionOf(part)))
  if (!intervals) return undefined
  const groups = [...known].filter(([group]) => !alone.has(group))
  return {
    ...intervals,
    most: largestFirst(groups.map(([group, count]) => ({ group, ...book.groups.called(group), count }))),
    independent: sumOf([...alone].map(root => known.get(root) ?? 0)),
    by,
  }
}

export const sources: readonly StatedBy[] = Sources.options

/** Files by the organisations of their owners. `null` among the owners: nobody knows whose. */
export type OwnedFiles = { readonly owners: readonly (string | null)[]; readonly files: number }

export type OwnershipFigures = {
  readonly files: number
  /** Files whose every owner is known. */
  readonly known: number
  readonly knownShare: number
  /** The largest share of files whose every owner is of one organisation. */
  readonly topShare: Bounds
  readonly most: readonly { readonly group: string; readonly low: number; readonly high: number }[]
  /** Files that nobody owns, or nobody alone: they count towards the whole. */
  readonly shared: number
}

/** Low: only where all owners are known to be of it. High: as if every unknown owner were. */
export function ownershipFigures(owned: readonly OwnedFiles[]): OwnershipFigures | undefined {
  const files = sumOf(owned.map(one => one.files))
  if (files === 0) return undefined
  const groups = [...new Set(owned.flatMap(({ owners }) => owners.flatMap(owner => owner ?? [])))]
  const within = (fits: (owners: readonly (string | null)[]) => boolean): number =>
    sumOf(owned.filter(({ owners }) => owners.length > 0 && fits(owners)).map(one => one.files))
  const anybody = within(owners => owners.every(owner => owner === null))
  const most = groups
    .map(group => ({
      group,
      low: within(owners => owners.every(owner => owner === group)),
      high: within(owners => owners.every(owner => owner === null || owner === group)),
    }))
    .sort((a, b) => b.low - a.low || b.high - a.high || (a.group < b.group ? -1 : 1))
  const known = within(owners => owners.every(owner => owner !== null))
  const unowned = sumOf(owned.filter(({ owners }) => owners.length === 0).map(one => one.files))
  return {
    files,
    known: known + unowned,
    knownShare: (known + unowned) / files,
    topShare: {
      low: Math.max(0, ...most.map(({ low }) => low)) / files,
      high: Math.max(anybody, ...most.map(({ high }) => high)) / files,
    },
    most,
    shared: within(owners => new Set(owners.filter(owner => owner !== null)).size > 1),
  }
}
