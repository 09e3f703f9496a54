// Figures that show whether seats are held as the charter promises, with the pages that they can be checked on.
import type { Evidence, Measure } from '#acts/measure.ts'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Composition, compositions, isHeld } from './composition.ts'
import { seatsHeldBy } from './queries.ts'
import { hasVotes } from './rules.ts'
import { largestOf } from './shares.ts'

const voting = async (read: Read, at: Instant): Promise<readonly Composition[]> =>
  (await compositions(read, at)).filter(({ body }) => hasVotes(body))

const technical = async (read: Read, at: Instant): Promise<readonly Composition[]> =>
  (await voting(read, at)).filter(({ body, seats }) => body.sphere === 'technical' && seats.length > 0)

const evidenceOf = ({ body }: Composition, text: string): Evidence => ({
  text: `${body.name}: ${text}`,
  href: `/bodies/${body.slug}`,
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

type Largest = { readonly of: Composition; readonly low: number; readonly high: number; readonly known: number }

function largestIn(composition: Composition): Largest {
  const { seats, unproven } = composition.shares
  const { low, high } = largestOf(composition.shares)
  const counted = composition.shares.held - unproven.length
  return { of: composition, low: low / seats, high: high / seats, known: counted }
}

const shareText = ({ of: { shares } }: Largest): string => {
  const { low, high } = largestOf(shares)
  return `${low === high ? low : `${low} to ${high}`} of ${shares.seats} seats`
}

/** A body of one seat is always in one hand, and one seat is never too many: the charters' rules say so too. */
const canBeShared = ({ of: { shares } }: Largest): boolean => largestOf(shares).high > 1

export const largestEmployerShare: Measure = {
  id: 'bodies.largest-employer-share',
  title: 'Largest share of a technical body’s seats that one employer holds',
  formula:
    'Seats whose holders work for one employer, or for a company related to it by control, divided by all open seats of the body; the largest over all technical bodies in which somebody could hold more than one seat. A seat nobody registered holds yet counts for the organisation that the published list names for it. The upper end counts holders whose employer is unknown as if all worked for the largest.',
  period: 'today',
  unit: 'share',
  async of(read, at) {
    const bodies = (await technical(read, at)).map(largestIn)
    const known = sum(bodies.map(one => one.known))
    const whole = sum(bodies.map(one => one.of.shares.seats))
    const shared = bodies.filter(canBeShared)
    const evidence = bodies.map(one => evidenceOf(one.of, shareText(one)))
    if (known === 0) return { value: null, known, whole, says: 'No holder’s employer is known yet.', evidence }
    const low = Math.max(0, ...shared.map(one => one.low))
    const high = Math.max(0, ...shared.map(one => one.high))
    const worst = shared.find(one => one.high === high)
    const says = worst
      ? `At most ${shareText(worst)} of ${worst.of.body.name}; the employer is known for ${known} of ${whole} seats.`
      : `No employer holds more than one seat in any technical body; the employer is known for ${known} of ${whole} seats.`
    return { value: low, low, high, known, whole, says, evidence }
  },
}

export const businessInTechnical: Measure = {
  id: 'bodies.business-holders-in-technical',
  title: 'People who hold a business seat and a technical seat at once',
  formula: 'Holders of seats in technical bodies, alternates included, who also hold a seat in a business body.',
  period: 'today',
  unit: 'count',
  async of(read, at) {
    const bodies = await technical(read, at)
    const seats = bodies.flatMap(composition => composition.seats.map(seat => ({ composition, seat })))
    const evidence: Evidence[] = []
    const both = new Set<string>()
    for (const { composition, seat } of seats)
      for (const person of [seat.principal, ...seat.alternates].flatMap(one => one?.person ?? [])) {
        const held = await seatsHeldBy(read, person, at)
        if (!held.some(({ body }) => body.sphere === 'business' && hasVotes(body))) continue
        both.add(person)
        evidence.push({ text: `${composition.body.name}: ${seat.title}`, href: `/seats/${seat.id}` })
      }
    const whole = seats.length
    const known = seats.filter(({ seat }) => isHeld(seat)).length
    if (known === 0)
      return { value: null, known, whole, says: 'No technical seat has a registered holder yet.', evidence }
    const says = `${both.size} of the holders of ${known} technical seats.`
    return { value: both.size, known, whole, says, evidence }
  },
}

export const vacantSeats: Measure = {
  id: 'bodies.vacant-seats',
  title: 'Seats that nobody registered holds',
  formula: 'Open seats of all bodies without a holder today.',
  period: 'today',
  unit: 'count',
  async of(read, at) {
    const all = await compositions(read, at)
    const vacant = (one: Composition) => one.seats.filter(seat => !isHeld(seat)).length
    const whole = sum(all.map(({ seats }) => seats.length))
    const value = sum(all.map(vacant))
    const evidence = all
      .filter(one => vacant(one) > 0)
      .map(one => evidenceOf(one, `${vacant(one)} of ${one.seats.length}`))
    if (whole === 0) return { value: null, known: 0, whole, says: 'There are no seats yet.', evidence }
    return { value, known: whole, whole, says: `${value} of ${whole} seats on ${dayOf(at)}.`, evidence }
  },
}

export const entitlementSeats: Measure = {
  id: 'bodies.technical-entitlement-share',
  title: 'Share of technical seats that a paid membership brings',
  formula: 'Open seats of technical bodies that are an entitlement of membership, divided by all their open seats.',
  period: 'today',
  unit: 'share',
  async of(read, at) {
    const bodies = await technical(read, at)
    const bought = (one: Composition) => one.seats.filter(({ isEntitlement }) => isEntitlement).length
    const whole = sum(bodies.map(({ seats }) => seats.length))
    const count = sum(bodies.map(bought))
    const evidence = bodies.map(one => evidenceOf(one, `${bought(one)} of ${one.seats.length} seats`))
    if (whole === 0) return { value: null, known: 0, whole, says: 'There are no technical seats yet.', evidence }
    const says = `${count} of ${whole} seats in technical bodies come with a membership.`
    return { value: count / whole, known: whole, whole, says, evidence }
  },
}

export const measures: readonly Measure[] = [largestEmployerShare, businessInTechnical, vacantSeats, entitlementSeats]
