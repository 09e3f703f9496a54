// In which capacities holding a seat lets somebody act, and what the charter's rules may know of their seats.
import { z } from 'zod'
import type { Actor } from '#acts/act.ts'
import type { Domain, Portrayal } from '#acts/domain.ts'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { allSeatsOf, holdingsIn, type SeatHeld, seatsHeldBy } from './queries.ts'
import { hasVotes, standsInForChair } from './rules.ts'

async function isChair(read: Read, { seat }: SeatHeld, at: Instant): Promise<boolean> {
  if (seat.role !== 'vice-chair') return seat.role === 'chair'
  return standsInForChair(await allSeatsOf(read, seat.body), await holdingsIn(read, seat.body), dayOf(at))
}

async function actorsOf(read: Read, held: SeatHeld, at: Instant): Promise<readonly Actor[]> {
  const { seat, body, holding } = held
  const place = { person: holding.person, body: body.slug, seat: seat.id }
  if (holding.as === 'alternate') return [{ capacity: 'alternate', ...place, onBehalfOf: seat.id }]
  const own: Actor = { capacity: hasVotes(body) ? 'seat-holder' : 'staff', ...place }
  return (await isChair(read, held, at)) ? [own, { capacity: 'chair', ...place }] : [own]
}

export const capacities: NonNullable<Domain['capacities']> = {
  kinds: ['seat-holder', 'alternate', 'chair', 'staff'],
  async of(read, person, at) {
    const actors: Actor[] = []
    for (const held of await seatsHeldBy(read, person, at)) actors.push(...(await actorsOf(read, held, at)))
    return actors
  },
}

/** Alternates count as much as holders: whoever may vote in a body has a part in its sphere. */
export const portrayal: Portrayal = {
  attributes: z.object({ businessSeats: z.int(), technicalSeats: z.int() }),
  async of(read, person, at) {
    const held = person ? await seatsHeldBy(read, person, at) : []
    const count = (sphere: string) => held.filter(({ body }) => body.sphere === sphere).length
    return { attrs: { businessSeats: count('business'), technicalSeats: count('technical') } }
  },
}
