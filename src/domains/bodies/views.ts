// The look-ups that API and command line offer about bodies: the same facts as the pages show.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { Day, dayOf, startOf } from '#base/instants.ts'
import { type Composition, compositionOf, compositions, isHeld, type SeatNow } from './composition.ts'
import { holdingsOf, seatBy } from './queries.ts'
import { largestOf } from './shares.ts'
import { BodyId, Kind, Role, SeatId, SeatName, Source, Sphere, Standing } from './words.ts'

const HoldingView = z.object({
  person: z.string(),
  from: Day,
  until: Day.nullable(),
  entry: z.string().meta({ description: 'The appointment in the record.' }),
})

const SeatView = z.object({
  id: SeatId,
  key: z.string(),
  title: z.string(),
  appointedBy: z.string(),
  isEntitlement: z.boolean(),
  role: Role.nullable(),
  organisation: z.string().nullable(),
  project: z.string().nullable(),
  holder: HoldingView.nullable(),
  employers: z
    .array(z.string())
    .nullable()
    .meta({ description: 'Null: not known. Empty: the holder works for no organisation.' }),
  alternates: z.array(HoldingView),
})

const BodySummary = z.object({
  slug: BodyId,
  name: z.string(),
  kind: Kind,
  sphere: Sphere,
  describes: z.string(),
  clauses: z.array(z.string()),
  seats: z.int(),
  held: z.int(),
  vacant: z.int(),
  largestEmployer: z
    .object({ seats: z.int(), seatsAtMost: z.int(), employers: z.array(z.string()) })
    .meta({ description: 'seatsAtMost counts unproven holders as if all worked for the largest employer.' }),
})

const EmployerShare = z.object({ employers: z.array(z.string()), seats: z.array(SeatId) })

const summaryOf = ({ body, seats, shares }: Composition): z.infer<typeof BodySummary> => {
  const held = seats.filter(isHeld).length
  const { low, high } = largestOf(shares)
  return {
    slug: body.slug,
    name: body.name,
    kind: body.kind,
    sphere: body.sphere,
    describes: body.describes,
    clauses: [...body.clauses],
    seats: seats.length,
    held,
    vacant: seats.length - held,
    largestEmployer: { seats: low, seatsAtMost: high, employers: [...(shares.groups[0]?.employers ?? [])] },
  }
}

const holdingView = ({ person, from, until, entry }: z.infer<typeof HoldingView>) => ({ person, from, until, entry })

const seatView = (seat: SeatNow): z.infer<typeof SeatView> => ({
  id: seat.id,
  key: seat.key,
  title: seat.title,
  appointedBy: seat.appointedBy,
  isEntitlement: seat.isEntitlement,
  role: seat.role,
  organisation: seat.forOrganisation,
  project: seat.forProject,
  holder: seat.principal ? holdingView(seat.principal) : null,
  employers: seat.employers ? [...seat.employers] : null,
  alternates: seat.alternates.map(holdingView),
})

const OnDay = z.object({
  on: Day.optional().meta({ description: 'As it was, or will be, on this day; today if left out.' }),
})

export const list = query({
  name: 'bodies.list',
  title: 'Bodies',
  describes: 'Every body with its seats, how many are held, and the largest employer in it.',
  takes: OnDay,
  gives: z.object({ on: Day, bodies: z.array(BodySummary) }),
  async finds({ on }, read, { at }) {
    const when = on ? startOf(on) : at
    return { on: dayOf(when), bodies: (await compositions(read, when)).map(summaryOf) }
  },
})

export const show = query({
  name: 'bodies.show',
  title: 'A body',
  describes: 'One body: its seats, holders, alternates and employer shares.',
  takes: OnDay.extend({ body: BodyId }),
  gives: BodySummary.omit({ seats: true }).extend({
    on: Day,
    source: Source.nullable(),
    seats: z.array(SeatView),
    employers: z.array(EmployerShare),
    unproven: z.array(SeatId).meta({ description: 'Seats whose holder has not said whom they work for.' }),
  }),
  async finds({ body: slug, on }, read, { at }) {
    const when = on ? startOf(on) : at
    const found = await compositionOf(read, slug, when)
    if (!found) return undefined
    return {
      ...summaryOf(found),
      on: dayOf(when),
      source: found.body.source,
      seats: found.seats.map(seatView),
      employers: found.shares.groups.map(({ employers, seats }) => ({ employers: [...employers], seats: [...seats] })),
      unproven: [...found.shares.unproven],
    }
  },
})

export const seats = query({
  name: 'bodies.seats',
  title: 'A seat and who held it',
  describes: 'One seat with every appointment to it there ever was.',
  takes: z.object({ seat: SeatName }),
  gives: SeatView.omit({ holder: true, employers: true, alternates: true }).extend({
    body: BodyId,
    opened: Day,
    closed: Day.nullable(),
    holdings: z.array(HoldingView.extend({ as: Standing })),
  }),
  async finds({ seat: name }, read) {
    const seat = await seatBy(read, name)
    if (!seat) return undefined
    const { forOrganisation, forProject, ...rest } = seat
    const holdings = await holdingsOf(read, seat.id)
    return {
      ...rest,
      organisation: forOrganisation,
      project: forProject,
      holdings: holdings.map(one => ({ ...holdingView(one), as: one.as })),
    }
  },
})

export const queries = [list, show, seats] as const
