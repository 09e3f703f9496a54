// Seats and votes by organisation: the same counting as for commits, with whoever has not said as the unknown.

import { z } from 'zod'
import type { Settled } from '#acts/term.ts'
import { type Fraction, fractionOf } from '#base/fractions.ts'
import { dayOf, type Instant } from '#base/instants.ts'
import { type Intervals, intervalsOf } from '#base/intervals.ts'
import type { Read } from '#database/handles.ts'
import { bodiesAll, compositionOf, hasVotes } from '#domains/bodies/index.ts'
import { concentrationTerm, type Groups, loadGroups } from '#domains/contributors/index.ts'
import { affiliationsAmong } from '#domains/people/index.ts'
import { maintainersAmong } from '#domains/projects/index.ts'
import { entriesPage } from '#record/queries.ts'

/** One seat or one vote: the group it is for, a person alone, or a person of whom nobody knows. */
export type Unit = { readonly person: string; readonly group?: string; readonly isAlone?: boolean }

export type Units = {
  readonly units: readonly Unit[]
  readonly intervals: Intervals | undefined
  /** Largest first. */
  readonly most: readonly {
    readonly group: string
    readonly label: string
    readonly href?: string
    readonly count: number
  }[]
}

const tally = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

export function unitsOf(units: readonly Unit[], groups: Groups, part: string): Units {
  const named = units.flatMap(({ group }) => group ?? [])
  const alone = units.flatMap(({ isAlone, person }) => (isAlone ? [`alone ${person}`] : []))
  const unknown = units.flatMap(({ group, isAlone, person }) => (group || isAlone ? [] : [person]))
  const { over, under }: Fraction = fractionOf(part)
  const intervals = intervalsOf(
    { known: tally([...named, ...alone]).values(), unknown: tally(unknown).values() },
    { part: over, whole: under },
  )
  const most = [...tally(named)].map(([group, count]) => ({ group, ...groups.called(group), count }))
  return { units, intervals, most: most.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1)) }
}

/** Of several employers that are not related nobody knows for which one the person sits there. */
function unitFor(person: string, employers: readonly string[] | undefined, on: { groups: Groups; at: Instant }): Unit {
  if (!employers) return { person }
  const held = new Set(employers.map(one => on.groups.groupOn(one, dayOf(on.at))))
  const [group] = held
  if (held.size > 1) return { person }
  return group ? { person, group } : { person, isAlone: true }
}

export type BodySeats = Units & { readonly slug: string; readonly name: string; readonly vacant: number }

/** Every body that votes. A seat that nobody holds is nobody's; one published for an organisation counts for it. */
export async function bodySeats(read: Read, at: Instant, term: Settled): Promise<readonly BodySeats[]> {
  const [groups, { part }] = [await loadGroups(read), term(concentrationTerm)]
  const all: BodySeats[] = []
  for (const body of (await bodiesAll(read)).filter(hasVotes)) {
    const seats = (await compositionOf(read, body.slug, at))?.seats ?? []
    const units = seats.flatMap(({ id, principal, employers, published }) =>
      principal
        ? [unitFor(principal.person, employers, { groups, at })]
        : published
          ? [unitFor(id, [published], { groups, at })]
          : [],
    )
    all.push({ slug: body.slug, name: body.name, vacant: seats.length - units.length, ...unitsOf(units, groups, part) })
  }
  return all
}

const Vote = z.object({ motion: z.string(), seat: z.string(), choice: z.string() })
const pageSize = 500

async function votesSince(read: Read, since: string) {
  const votes = new Map<string, { person: string; at: string }>()
  for (let before: string | undefined; ; ) {
    const page = await entriesPage(read, { act: 'motions.vote', limit: pageSize, ...(before && { before }) })
    for (const { leaf } of page) {
      const vote = Vote.safeParse(leaf.facts)
      // The newest comes first: an earlier vote of the same seat was taken back by it.
      const key = vote.success ? `${vote.data.motion} ${vote.data.seat}` : undefined
      if (key && leaf.actor.person && leaf.at >= since && !votes.has(key))
        votes.set(key, { person: leaf.actor.person, at: leaf.at })
    }
    before = page.at(-1)?.leaf.id
    if (page.length < pageSize || (page.at(-1)?.leaf.at ?? '') < since) return [...votes.values()]
  }
}

/** What somebody did or holds, and when. */
type Held = { readonly person: string; readonly at: Instant }

/** Each for whom the person worked for on that day, by what they say themselves. */
async function byEmployers(read: Read, held: readonly Held[], term: Settled): Promise<Units> {
  const groups = await loadGroups(read)
  const persons = [...new Set(held.map(({ person }) => person))]
  const stated = Map.groupBy(await affiliationsAmong(read, persons), ({ person }) => person)
  const units = held.map(({ person, at }) => {
    const day = dayOf(at)
    const then = (stated.get(person) ?? []).filter(one => one.from <= day && (one.until === null || day < one.until))
    const employers = then.length === 0 ? undefined : then.flatMap(({ organisation }) => organisation ?? [])
    return unitFor(person, employers, { groups, at })
  })
  return unitsOf(units, groups, term(concentrationTerm).part)
}

/** Votes cast since that day, by whom the voter worked for when voting. */
export const votesCast = async (read: Read, since: string, term: Settled): Promise<Units> =>
  byEmployers(read, await votesSince(read, since), term)

type MaintainersOf = { readonly projects: readonly string[]; readonly at: Instant; readonly term: Settled }

/** One for each maintainer of each of these projects, by whom they work for today. */
export async function maintainerSeats(read: Read, { projects, at, term }: MaintainersOf): Promise<Units> {
  const persons = await maintainersAmong(read, projects)
  return byEmployers(
    read,
    persons.map(person => ({ person, at })),
    term,
  )
}
