// Acts that put people into seats: the holder, and the alternate who stands by for one holder.
import { z } from 'zod'
import { type Actor, act, type Case } from '#acts/act.ts'
import { type Refusal, refuse } from '#acts/problem.ts'
import { fractionOf } from '#base/fractions.ts'
import { Day, dayOf, startOf } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { PersonId, personBy } from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { employmentIn } from './employment.ts'
import {
  endsTooEarly,
  enoughAlternates,
  holdsAnotherSeat,
  noSuchPerson,
  noSuchSeat,
  notYourSeat,
  otherBody,
  outlastsPrincipal,
  ownAppointment,
  seatClosed,
  seatTaken,
  seatVacant,
  startsInPast,
  termTooLong,
} from './problems.ts'
import { bodyBy, holdingsIn, seatBy, seatsOf } from './queries.ts'
import { latestEnd, otherHolding, overlaps, principalOn } from './rules.ts'
import { employerSeats, mostSeats } from './shares.ts'
import type { Tables } from './tables.ts'
import { seatsTerm } from './terms.ts'
import { BodyId, type Holding, Kind, type Period, SeatId, SeatName, Sphere, Standing } from './words.ts'

const Appointment = z.object({
  seat: SeatName,
  person: PersonId.meta({
    title: 'Person',
    description:
      'Somebody registered here; whoever is missing signs in and registers first. Programs give the id: per_….',
  }),
  from: Day.meta({ title: 'From', description: 'The first day in the seat.' }),
  until: Day.optional().meta({
    title: 'Until',
    description: 'The first day no longer in the seat; left out, as long as the charter allows.',
  }),
})
type Appointment = z.infer<typeof Appointment>

const Appointed = z.object({
  seat: SeatId,
  body: BodyId,
  person: PersonId,
  as: Standing,
  from: Day,
  until: Day.nullable(),
})

async function findsAppointment({ seat: name, person, from }: Appointment, read: Read) {
  const seat = await seatBy(read, name)
  const body = seat && (await bodyBy(read, seat.body))
  if (!seat || !body) return undefined
  const seats = await seatsOf(read, body.slug)
  const holdings = await holdingsIn(read, body.slug)
  const holders = seats.flatMap(({ id }) => {
    const principal = id === seat.id ? undefined : principalOn(holdings, id, from)
    return principal ? [{ seat: id, person: principal.person }] : []
  })
  const appointee = await personBy(read, person)
  return {
    seat,
    body,
    seats,
    holdings,
    isKnown: appointee !== undefined && appointee.erased === null,
    employment: await employmentIn(read, [...holders, { seat: seat.id, person }], startOf(from)),
  }
}
type FoundAppointment = Awaited<ReturnType<typeof findsAppointment>>
type AppointmentCase = Omit<Case<Appointment, FoundAppointment>, 'fresh'>

/** What stands against the appointment as such, whoever it is for. */
function seatRefusal({ input, found, actor, at }: AppointmentCase): Refusal | undefined {
  if (!found) return refuse(noSuchSeat)
  if (found.seat.closed !== null) return refuse(seatClosed, { detail: `Since ${found.seat.closed}.` })
  if (actor.capacity === 'chair' && actor.body !== found.seat.body) return refuse(otherBody)
  if (!found.isKnown) return refuse(noSuchPerson)
  // The operator has no person; everybody else needs another to enter it, so that nobody collects seats alone.
  if (actor.person === input.person) return refuse(ownAppointment)
  if (actor.capacity !== 'operator' && input.from < dayOf(at)) return refuse(startsInPast)
  return undefined
}

const periodOf = ({ input, found, term }: AppointmentCase): Period & { readonly latest: Day | null } => {
  const months = found ? term(seatsTerm).kinds[found.body.kind].termMonths : null
  const latest = latestEnd(input.from, months)
  return { from: input.from, until: input.until ?? latest, latest }
}

function periodRefusal({ from, until, latest }: Period & { latest: Day | null }): Refusal | undefined {
  if (until !== null && until <= from) return refuse(endsTooEarly)
  if (latest !== null && (until === null || until > latest))
    return refuse(termTooLong, { detail: `The latest end is ${latest}.` })
  return undefined
}

const said = ({ from, until }: Period): string =>
  until === null ? `from ${sayDay(from)} on` : `from ${sayDay(from)} until ${sayDay(until)}`

function clashRefusal({ input, found }: AppointmentCase, period: Period): Refusal | undefined {
  if (!found) return refuse(noSuchSeat)
  const { holdings, seat } = found
  const taken = holdings.find(other => other.seat === seat.id && other.as === 'principal' && overlaps(other, period))
  if (taken) return refuse(seatTaken, { detail: `It is held ${said(taken)}.` })
  return elsewhereRefusal(holdings, { ...period, person: input.person, seat: seat.id })
}

function elsewhereRefusal(
  holdings: readonly Holding[],
  wanted: Period & { person: string; seat: string },
): Refusal | undefined {
  const other = otherHolding(holdings, wanted)
  return other && refuse(holdsAnotherSeat, { detail: `As ${other.as} of ${other.seat}, ${said(other)}.` })
}

/** What the charter's rules weigh: counts are computed here and recorded, the rule only compares them. */
const Weighed = z.object({
  /** Seats that the appointee's employers, the largest group of them, would hold then, this one included; 0 without an employer. */
  employerSeatsAfter: z.int(),
  /** The most that the charter's share allows: all seats where it sets none. */
  employerSeatsAllowed: z.int(),
  bodySeats: z.int(),
  /** Whether the appointee has said whom they work for, or that they work for nobody. */
  isEmployerKnown: z.boolean(),
  sphere: Sphere,
  bodyKind: Kind,
  isEntitlement: z.boolean(),
})

function weighed({ input, found, term }: AppointmentCase): z.infer<typeof Weighed> {
  // A seat that does not exist is refused before any rule is asked.
  if (!found) throw new Error(`Rules were asked about a seat that does not exist: ${input.seat}`)
  const { held, groups } = found.employment
  const appointee = held.find(({ seat }) => seat === found.seat.id)
  const { employerShare } = term(seatsTerm).kinds[found.body.kind]
  return {
    employerSeatsAfter: employerSeats(held, appointee?.employers ?? [], groups),
    employerSeatsAllowed: mostSeats(found.seats.length, employerShare === null ? null : fractionOf(employerShare)),
    bodySeats: found.seats.length,
    isEmployerKnown: appointee?.isKnown ?? false,
    sphere: found.body.sphere,
    bodyKind: found.body.kind,
    isEntitlement: found.seat.isEntitlement,
  }
}

export const appoint = act({
  name: 'bodies.appoint',
  title: 'Appoint to a seat',
  describes: 'Puts a person into a seat from one day to another; the days may lie ahead.',
  under: seatsTerm,
  by: ['staff', 'chair', 'operator', 'clock'],
  takes: Appointment,
  records: Appointed,
  weighs: { context: Weighed, of: weighed },
  refuses: [
    noSuchSeat,
    seatClosed,
    otherBody,
    noSuchPerson,
    ownAppointment,
    startsInPast,
    endsTooEarly,
    termTooLong,
    seatTaken,
    holdsAnotherSeat,
  ],
  finds: findsAppointment,
  decides(question) {
    const { input, found } = question
    const period = periodOf(question)
    const no = seatRefusal(question) ?? periodRefusal(period) ?? clashRefusal(question, period)
    if (no || !found) return no ?? refuse(noSuchSeat)
    const { from, until } = period
    return { seat: found.seat.id, body: found.seat.body, person: input.person, as: 'principal' as const, from, until }
  },
  writes: (tx, { body: _, ...holding }, { id }) =>
    tx
      .on<Tables>()
      .insertInto('holdings')
      .values({ ...holding, entry: id, is_reminded: false })
      .execute(),
  says: ({ seat, person, ...period }) => `appointed ${person} to ${seat} ${said(period)}`,
})

/** The holder whom the alternate would stand in for: the one who holds the seat on the first day. */
const principalOf = ({ input, found }: AppointmentCase): Holding | undefined =>
  found && principalOn(found.holdings, found.seat.id, input.from)

const isOwnSeat = (actor: Actor, seat: string): boolean => actor.capacity !== 'seat-holder' || actor.seat === seat

function alternateRefusal(question: AppointmentCase, principal: Holding | undefined): Refusal | undefined {
  const { input, found, actor, term } = question
  if (found && !isOwnSeat(actor, found.seat.id)) return refuse(notYourSeat)
  const no = seatRefusal(question)
  if (no || !found) return no ?? refuse(noSuchSeat)
  if (!principal) return refuse(seatVacant, { detail: `On ${input.from}.` })
  const until = input.until ?? principal.until
  if (until !== null && until <= input.from) return refuse(endsTooEarly)
  if (principal.until !== null && (until === null || until > principal.until))
    return refuse(outlastsPrincipal, { detail: `The holder’s term ends on ${sayDay(principal.until)}.` })
  const period = { from: input.from, until }
  const standing = found.holdings.filter(
    other => other.seat === found.seat.id && other.as === 'alternate' && overlaps(other, period),
  )
  const most = term(seatsTerm).kinds[found.body.kind].alternates
  if (standing.length >= most) return refuse(enoughAlternates, { detail: `The charter allows ${most}.` })
  if (input.person === principal.person) return refuse(holdsAnotherSeat, { detail: 'They hold this very seat.' })
  return elsewhereRefusal(found.holdings, { ...period, person: input.person, seat: found.seat.id })
}

export const appointAlternate = act({
  name: 'bodies.appoint-alternate',
  title: 'Name an alternate',
  describes: 'Names the person who acts for the holder of a seat when the holder does not.',
  under: seatsTerm,
  by: ['seat-holder', 'staff', 'operator', 'clock'],
  takes: Appointment,
  records: Appointed,
  refuses: [
    noSuchSeat,
    notYourSeat,
    seatClosed,
    noSuchPerson,
    ownAppointment,
    startsInPast,
    seatVacant,
    endsTooEarly,
    outlastsPrincipal,
    enoughAlternates,
    holdsAnotherSeat,
  ],
  finds: findsAppointment,
  decides(question) {
    const { input, found } = question
    const principal = principalOf(question)
    const no = alternateRefusal(question, principal)
    if (no || !found || !principal) return no ?? refuse(noSuchSeat)
    const until = input.until ?? principal.until
    return {
      seat: found.seat.id,
      body: found.seat.body,
      person: input.person,
      as: 'alternate' as const,
      from: input.from,
      until,
    }
  },
  writes: appoint.writes,
  says: ({ seat, person, ...period }) => `named ${person} as alternate for ${seat} ${said(period)}`,
})
