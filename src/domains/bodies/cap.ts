// The employer cap of a body in words and signs: the largest employer against what the charter allows.
import { fractionOf } from '#base/fractions.ts'
import { stageBadge } from '#html/badge.ts'
import { type Html, html } from '#html/html.ts'
import type { Composition } from './composition.ts'
import { listed, type Names } from './parts.ts'
import { capVerdict, largestOf, mostSeats } from './shares.ts'

const badges = {
  within: () => stageBadge('within the cap', 'good'),
  over: () => stageBadge('over the cap', 'bad'),
  unproven: () => stageBadge('not proven', 'warn'),
} as const

/** "1/3 of the seats: at most 7 of 21". */
export const capText = (cap: string | null, seats: number): string =>
  cap === null ? 'No cap' : `${cap} of the seats: at most ${mostSeats(seats, fractionOf(cap))} of ${seats}`

const isCounted = ({ shares }: Composition): boolean => shares.held > 0

/** One seat is never too many, however few there are. */
export function capBadge(composition: Composition, cap: string | null): Html | undefined {
  if (cap === null || !isCounted(composition)) return undefined
  if (largestOf(composition.shares).high <= 1) return badges.within()
  return badges[capVerdict(composition.shares, fractionOf(cap))]()
}

/** "Lantern Works, 3 of 9 (up to 5)". */
export function largestText({ shares }: Composition, names: Names): Html {
  const [largest] = shares.groups
  if (shares.held === 0) return html`<span class="quiet">no holder known</span>`
  if (!largest) return html`<span class="quiet">unproven</span>`
  const { low, high } = largestOf(shares)
  return html`${listed(names, largest.employers)}, ${low} of ${shares.seats}${high > low && html` <span class="quiet">(up to ${high})</span>`}`
}
