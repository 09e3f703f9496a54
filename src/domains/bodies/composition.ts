// A body as it is composed at one time: seats, holders, alternates, and how much of it each employer holds.
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { employmentIn, groupsOf } from './employment.ts'
import { bodiesAll, bodyBy, holdingsIn, seatsOf } from './queries.ts'
import { alternatesOn, isOpenAfter, principalOn } from './rules.ts'
import { type Held, type Shares, sharesOf } from './shares.ts'
import type { Body, Holding, Seat } from './words.ts'

export type SeatNow = Seat & {
  readonly principal?: Holding
  readonly alternates: readonly Holding[]
  /** Appointed, and not begun yet. */
  readonly next?: Holding
  /** Of the holder; undefined where nobody holds the seat or the holder has not said. */
  readonly employers?: readonly string[]
  /** Where nobody registered holds the seat: the organisation that the published list of seats names for it. */
  readonly published?: string
}

export type Composition = {
  readonly body: Body
  readonly seats: readonly SeatNow[]
  /** Of the seats held, by the holder's employers; of the others, by the published list. */
  readonly shares: Shares
}

const seatNow = (seat: Seat, holdings: readonly Holding[], { held, day }: { held: readonly Held[]; day: string }) => {
  const principal = principalOn(holdings, seat.id, day)
  const known = held.find(one => one.seat === seat.id && one.isKnown)
  return {
    ...seat,
    principal,
    alternates: alternatesOn(holdings, seat.id, day),
    next: holdings.find(
      one => one.seat === seat.id && one.as === 'principal' && isOpenAfter(one, day) && one.from > day,
    ),
    employers: known?.employers,
    published: principal ? undefined : (seat.forOrganisation ?? undefined),
  }
}

async function composed(read: Read, body: Body, at: Instant): Promise<Composition> {
  const day = dayOf(at)
  const open = await seatsOf(read, body.slug)
  const holdings = await holdingsIn(read, body.slug)
  const holders = open.flatMap(({ id }) => {
    const principal = principalOn(holdings, id, day)
    return principal ? [{ seat: id, person: principal.person }] : []
  })
  const { held, groups } = await employmentIn(read, holders, at)
  const seats = open.map(seat => seatNow(seat, holdings, { held, day }))
  const listed = seats.flatMap(({ id, published }) =>
    published ? [{ seat: id, employers: [published], isKnown: true }] : [],
  )
  const related = await groupsOf(
    read,
    listed.flatMap(one => one.employers),
    at,
  )
  return { body, seats, shares: sharesOf([...held, ...listed], new Map([...groups, ...related]), open.length) }
}

export async function compositionOf(read: Read, slug: string, at: Instant): Promise<Composition | undefined> {
  const body = await bodyBy(read, slug)
  return body && composed(read, body, at)
}

/** Every body, by name. */
export async function compositions(read: Read, at: Instant): Promise<readonly Composition[]> {
  const all: Composition[] = []
  for (const body of await bodiesAll(read)) all.push(await composed(read, body, at))
  return all
}

export const isHeld = ({ principal }: SeatNow): boolean => principal !== undefined
