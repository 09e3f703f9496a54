// How much of a body one employer holds. Companies related by control count as one; whoever's employer is unknown counts as unproven.
import { compareShare, type Fraction } from '#base/fractions.ts'

/** A seat that is held, with the organisations that employ its holder. Not known: unproven, never independent. */
export type Held = { readonly seat: string; readonly employers: readonly string[]; readonly isKnown: boolean }

/** For an organisation, itself and everything related to it by control. */
export type Groups = ReadonlyMap<string, readonly string[]>

export type GroupShare = {
  /** Those of the group that employ holders here, sorted. */
  readonly employers: readonly string[]
  readonly seats: readonly string[]
}

export type Shares = {
  /** All open seats, held or vacant: the denominator. */
  readonly seats: number
  readonly held: number
  /** Held seats whose holder has not said whom they work for. */
  readonly unproven: readonly string[]
  /** Largest first. */
  readonly groups: readonly GroupShare[]
}

const groupOf = (groups: Groups, organisation: string): readonly string[] => groups.get(organisation) ?? [organisation]

/** The seats whose holders work for anybody in the group. */
const seatsOfGroup = (held: readonly Held[], group: readonly string[]): readonly Held[] =>
  held.filter(({ employers }) => employers.some(employer => group.includes(employer)))

const shareOf = (held: readonly Held[], group: readonly string[]): GroupShare => {
  const theirs = seatsOfGroup(held, group)
  const employers = theirs.flatMap(one => one.employers.filter(employer => group.includes(employer)))
  return { employers: [...new Set(employers)].sort(), seats: [...new Set(theirs.map(({ seat }) => seat))].sort() }
}

const nameOf = (group: readonly string[]): string => [...group].sort().join(' ')

/** A holder with two employers counts for both: their groups' seats may add up to more than are held. */
export function sharesOf(held: readonly Held[], groups: Groups, seats: number): Shares {
  const named = new Map(
    held.flatMap(({ employers }) => employers.map(employer => groupOf(groups, employer))).map(g => [nameOf(g), g]),
  )
  const shares = [...named.values()].map(group => shareOf(held, group))
  const byName = (a: GroupShare, b: GroupShare) => (a.employers.join() < b.employers.join() ? -1 : 1)
  return {
    seats,
    held: held.length,
    unproven: held.filter(({ isKnown }) => !isKnown).map(({ seat }) => seat),
    groups: shares.sort((a, b) => b.seats.length - a.seats.length || byName(a, b)),
  }
}

/** The largest group's seats: `low` as proven, `high` if everybody unproven worked for it too. */
export const largestOf = ({ groups, unproven }: Shares): { low: number; high: number } => {
  const low = groups[0]?.seats.length ?? 0
  return { low, high: low + unproven.length }
}

/** Of an appointee's employers the one whose group then holds most seats; 0 when no employer is known. */
export const employerSeats = (held: readonly Held[], employers: readonly string[], groups: Groups): number =>
  Math.max(
    0,
    ...employers.map(employer => new Set(seatsOfGroup(held, groupOf(groups, employer)).map(({ seat }) => seat)).size),
  )

/** The most seats that stay within the share: 7 of 21 for a third. */
export function mostSeats(seats: number, share: Fraction | null): number {
  if (!share) return seats
  let most = Math.min(seats, Math.floor((seats * share.over) / share.under) + 1)
  while (most > 0 && compareShare(most, seats, share) > 0) most -= 1
  return most
}

export type CapVerdict = 'within' | 'over' | 'unproven'

/** Unknown is never a pass: within the cap only when it would be so even if all unproven worked for the largest. */
export const capVerdict = (shares: Shares, share: Fraction): CapVerdict => {
  const { low, high } = largestOf(shares)
  if (compareShare(low, shares.seats, share) > 0) return 'over'
  return compareShare(high, shares.seats, share) > 0 ? 'unproven' : 'within'
}
