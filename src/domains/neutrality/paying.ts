// Whether paying predicts a say: classes of membership against seats, votes and work. Payments themselves are nowhere here.
import type { Settled } from '#acts/term.ts'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Bounds } from '#base/intervals.ts'
import type { Read } from '#database/handles.ts'
import { loadGroups, type Neutrality } from '#domains/contributors/index.ts'
import { classesTerm, membersWanted } from '#domains/membership/index.ts'
import type { BodySeats, Units } from './seats.ts'

export type PaidRow = {
  readonly name: string
  readonly members: number
  readonly shares: readonly {
    readonly key: string
    readonly label: string
    readonly bounds: Bounds
    readonly knownShare: number
    readonly isEmpty: boolean
  }[]
}

type Pot = {
  readonly key: string
  readonly label: string
  readonly total: number
  readonly known: ReadonlyMap<string, number>
  readonly unknown: number
}

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0)

/** What was counted already for the page. */
type Said = {
  readonly seats: readonly BodySeats[]
  readonly votes: Units
  readonly maintainers: Units
  readonly together: Neutrality | undefined
}
type Asked = { readonly at: Instant; readonly term: Settled }

function potsOf({ seats: bodies, votes, maintainers, together: found }: Said): readonly Pot[] {
  const ofUnits = (key: string, label: string, { intervals, most }: Units): Pot => ({
    ...{ key, label, total: intervals?.total ?? 0 },
    known: new Map(most.map(({ group, count }) => [group, count])),
    unknown: (intervals?.total ?? 0) - (intervals?.knownTotal ?? 0),
  })
  const ofKind = (kind: 'commit' | 'merge', label: string): Pot => {
    const organisations = found?.kinds.find(one => one.kind === kind)?.organisations
    return {
      ...{ key: kind, label, total: organisations?.total ?? 0 },
      known: new Map((organisations?.most ?? []).map(({ group, count }) => [group, count])),
      unknown: (organisations?.total ?? 0) - (organisations?.knownTotal ?? 0),
    }
  }
  return [
    ...bodies.map(one => ofUnits(one.slug, `Seats: ${one.name}`, one)),
    ofUnits('votes', 'Votes cast', votes),
    ofUnits('maintainers', 'Maintainers', maintainers),
    ofKind('commit', 'Commits'),
    ofKind('merge', 'Merges'),
  ]
}

/** The last row is everybody known to be of no member: independent people, and organisations that are none. */
export async function paidRows(read: Read, asked: Asked, said: Said): Promise<readonly PaidRow[]> {
  const [groups, pots, members] = [await loadGroups(read), potsOf(said), await membersWanted(read)]
  const day = dayOf(asked.at)
  const groupsOfClass = (key: string): ReadonlySet<string> =>
    new Set(members.filter(one => one.class === key).map(one => groups.groupOn(one.organisation, day)))
  const shareOf = ({ key, label, total, unknown }: Pot, count: number): PaidRow['shares'][number] => ({
    ...{ key, label, isEmpty: total === 0, knownShare: total === 0 ? 0 : (total - unknown) / total },
    bounds: total === 0 ? { low: 0, high: 0 } : { low: count / total, high: (count + unknown) / total },
  })
  const within = ({ known }: Pot, ids: ReadonlySet<string>): number =>
    sumOf([...known].filter(([group]) => ids.has(group)).map(([, count]) => count))
  const all = new Set(members.map(one => groups.groupOn(one.organisation, day)))
  const classes = [...asked.term(classesTerm)].sort((a, b) => a.order - b.order)
  return [
    ...classes.map(({ key, name }) => {
      const ids = groupsOfClass(key)
      const count = members.filter(one => one.class === key).length
      return { name, members: count, shares: pots.map(pot => shareOf(pot, within(pot, ids))) }
    }),
    {
      name: 'No member',
      members: 0,
      shares: pots.map(pot => shareOf(pot, pot.total - pot.unknown - within(pot, all))),
    },
  ]
}
