// Acts that set bodies up and give them seats, or close a seat for good.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import type { Instant } from '#base/instants.ts'
import { Day, dayOf } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { organisationNamed } from '#domains/people/index.ts'
import { bodyExists, noSuchBody, noSuchOrganisation, noSuchSeat, seatClosed, seatExists } from './problems.ts'
import { allSeatsOf, bodyBy, holdingsOf, seatBy } from './queries.ts'
import { endedOn, isOpenAfter } from './rules.ts'
import type { Tables } from './tables.ts'
import { seatsTerm } from './terms.ts'
import { BodyId, type Holding, Kind, Role, SeatId, SeatKey, SeatName, Source, Sphere } from './words.ts'

const Line = z.string().trim().min(1).max(120)
export const Reason = z
  .string()
  .trim()
  .min(1, 'Say why, in a sentence that everybody may read')
  .max(500)
  .meta({ title: 'Reason', description: 'One or two sentences for the public record.' })

const Established = z.object({
  slug: BodyId.meta({
    title: 'Short name',
    description: 'It stands in addresses and in the record: technical-council.',
  }),
  name: Line.meta({ title: 'Name' }),
  kind: Kind,
  sphere: Sphere,
  describes: z.string().trim().min(1).max(400).meta({ title: 'What it is for', widget: 'text' }),
  clauses: z
    .array(z.string().max(40))
    .min(1)
    .max(20)
    .meta({ title: 'Clauses', description: 'The clauses of the charter that set it up.' }),
  source: Source.optional(),
})

export const establish = act({
  name: 'bodies.establish',
  title: 'Establish a body',
  describes: 'Sets up a board, council, working group or office, still without seats.',
  under: seatsTerm,
  by: ['operator', 'clock'],
  takes: Established,
  records: Established.omit({ slug: true }).extend({ body: BodyId }),
  refuses: [bodyExists],
  finds: ({ slug }, read) => bodyBy(read, slug),
  decides: ({ input: { slug, ...rest }, found }) =>
    found ? refuse(bodyExists, { detail: `It is ${found.name}.` }) : { ...rest, body: slug },
  writes: (tx, { body, source, clauses, ...rest }, { id }) =>
    tx
      .on<Tables>()
      .insertInto('bodies')
      .values({
        ...rest,
        slug: body,
        clauses: [...clauses],
        source_title: source?.title ?? null,
        source_address: source?.address ?? null,
        source_date: source?.date ?? null,
        entry: id,
      })
      .execute(),
  says: ({ name, kind }) => `established ${name}${kind === 'staff' ? '' : ` as a ${kind.replace('-', ' ')}`}`,
})

const SeatInput = z.object({
  body: BodyId,
  key: SeatKey,
  title: Line.meta({ title: 'Title' }),
  appointedBy: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80)
    .meta({
      title: 'Appointed by',
      description: 'member, project, electorate, host, or the short name of a body.',
    }),
  isEntitlement: z.boolean().meta({ title: 'A paid membership brings this seat' }),
  role: Role.optional(),
  organisation: z
    .string()
    .max(80)
    .optional()
    .meta({ title: 'For the organisation', description: 'Its short name.', prefix: 'org' }),
  project: z.string().max(80).optional().meta({ title: 'For the project', description: 'Its short name.' }),
})

const SeatAdded = z.object({
  seat: SeatId,
  body: BodyId,
  key: SeatKey,
  title: Line,
  appointedBy: z.string(),
  isEntitlement: z.boolean(),
  role: Role.nullable(),
  organisation: z.string().nullable(),
  project: z.string().nullable(),
  place: z.int().min(0),
})

const foundForSeat = async ({ body, organisation }: z.infer<typeof SeatInput>, read: Read) => ({
  body: await bodyBy(read, body),
  seats: await allSeatsOf(read, body),
  organisation: organisation === undefined ? undefined : await organisationNamed(read, organisation),
})

export const addSeat = act({
  name: 'bodies.add-seat',
  title: 'Add a seat',
  describes: 'Adds a seat to a body and says who appoints to it, and whether a paid membership brings it.',
  under: seatsTerm,
  by: ['operator', 'staff', 'clock'],
  takes: SeatInput,
  records: SeatAdded,
  weighs: {
    context: z.object({ sphere: Sphere, isEntitlement: z.boolean() }),
    of: ({ input, found }) => ({
      sphere: found.body?.sphere ?? 'technical',
      isEntitlement: input.isEntitlement,
    }),
  },
  refuses: [noSuchBody, noSuchOrganisation, seatExists],
  finds: foundForSeat,
  decides({ input, found, fresh }) {
    if (!found.body) return refuse(noSuchBody, { detail: `There is no ${input.body}.` })
    if (input.organisation !== undefined && !found.organisation)
      return refuse(noSuchOrganisation, { detail: `There is no ${input.organisation}.` })
    if (found.seats.some(({ key }) => key === input.key)) return refuse(seatExists, { detail: `It is ${input.key}.` })
    return {
      ...input,
      seat: fresh('sea'),
      role: input.role ?? null,
      organisation: found.organisation?.id ?? null,
      project: input.project ?? null,
      place: found.seats.length,
    }
  },
  writes: (tx, { seat, appointedBy, isEntitlement, ...rest }, { at }) =>
    tx
      .on<Tables>()
      .insertInto('seats')
      .values({
        ...rest,
        id: seat,
        appointed_by: appointedBy,
        is_entitlement: isEntitlement,
        opened: dayOf(at),
        closed: null,
      })
      .execute(),
  says: ({ seat, isEntitlement }) => `added the seat ${seat}${isEntitlement ? ', which a paid membership brings' : ''}`,
})

/** Cuts holdings short; one that has not begun by that day never does. The days are facts, so a replay sets the same ones. */
export async function endHoldings(tx: Write, ended: readonly { holding: string; until: Day }[]): Promise<void> {
  for (const { holding, until } of ended)
    await tx.on<Tables>().updateTable('holdings').set({ until }).where('entry', '=', holding).execute()
}

/** The holdings that end when somebody or something leaves on the day of `at`. */
export const endingsAt = (holdings: readonly Holding[], at: Instant) =>
  holdings
    .filter(holding => isOpenAfter(holding, dayOf(at)))
    .map(holding => ({ holding: holding.entry, person: holding.person, until: endedOn(holding, dayOf(at)) }))

export const Ending = z.object({ holding: z.string(), person: z.string(), until: Day })

export const closeSeat = act({
  name: 'bodies.close-seat',
  title: 'Close a seat',
  describes: 'Takes a seat away from its body for good; whoever holds it leaves it on that day.',
  under: seatsTerm,
  by: ['operator', 'staff', 'clock'],
  takes: z.object({ seat: SeatName, reason: Reason }),
  records: z.object({ seat: SeatId, body: BodyId, reason: Reason, closed: Day, ended: z.array(Ending) }),
  refuses: [noSuchSeat, seatClosed],
  finds: async ({ seat: name }, read) => {
    const seat = await seatBy(read, name)
    return { seat, holdings: seat ? await holdingsOf(read, seat.id) : [] }
  },
  decides({ input, found: { seat, holdings }, at }) {
    if (!seat) return refuse(noSuchSeat)
    if (seat.closed !== null) return refuse(seatClosed, { detail: `Since ${seat.closed}.` })
    return {
      seat: seat.id,
      body: seat.body,
      reason: input.reason,
      closed: dayOf(at),
      ended: endingsAt(holdings, at),
    }
  },
  async writes(tx, { seat, closed, ended }) {
    await tx.on<Tables>().updateTable('seats').set({ closed }).where('id', '=', seat).execute()
    await endHoldings(tx, ended)
  },
  says: ({ seat, reason }) => `closed the seat ${seat}: ${reason}`,
})
