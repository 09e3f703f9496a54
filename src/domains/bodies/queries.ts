// Looking up bodies, seats and holders. Other domains see these through the door.
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import { isOpenAfter, runsOn } from './rules.ts'
import { bodyOf, holdingOf, seatOf, type Tables } from './tables.ts'
import type { Body, Holding, Seat, Standing } from './words.ts'

const on = (read: Read) => read.on<Tables>()

export async function bodyBy(read: Read, slug: string): Promise<Body | undefined> {
  const row = await on(read).selectFrom('bodies').selectAll().where('slug', '=', slug).executeTakeFirst()
  return row && bodyOf(row)
}

/** By name. */
export async function bodiesAll(read: Read): Promise<readonly Body[]> {
  return (await on(read).selectFrom('bodies').selectAll().orderBy('name').execute()).map(bodyOf)
}

/** By its id, or by its body and key: `technical-council/chair`. Closed seats are found too. */
export async function seatBy(read: Read, name: string): Promise<Seat | undefined> {
  const [body, key] = name.split('/')
  const all = on(read).selectFrom('seats').selectAll()
  const row = await (body !== undefined && key !== undefined
    ? all.where('body', '=', body).where('key', '=', key)
    : all.where('id', '=', name)
  ).executeTakeFirst()
  return row && seatOf(row)
}

/** Every seat that a body has or had, in the order in which they were added. */
export async function allSeatsOf(read: Read, body: string): Promise<readonly Seat[]> {
  return (await on(read).selectFrom('seats').selectAll().where('body', '=', body).orderBy('place').execute()).map(
    seatOf,
  )
}

/** The open seats of a body. */
export const seatsOf = async (read: Read, body: string): Promise<readonly Seat[]> =>
  (await allSeatsOf(read, body)).filter(({ closed }) => closed === null)

/** The open seats of every body. */
export async function openSeats(read: Read): Promise<readonly Seat[]> {
  return (await on(read).selectFrom('seats').selectAll().where('closed', 'is', null).orderBy('place').execute()).map(
    seatOf,
  )
}

/** The open seats that are for an organisation. */
export async function seatsForOrganisation(read: Read, organisation: string): Promise<readonly Seat[]> {
  const rows = await on(read)
    .selectFrom('seats')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('closed', 'is', null)
    .orderBy('body')
    .orderBy('place')
    .execute()
  return rows.map(seatOf)
}

/** Every holding of a seat there ever was, newest first. */
export async function holdingsOf(read: Read, seat: string): Promise<readonly Holding[]> {
  const rows = await on(read)
    .selectFrom('holdings')
    .selectAll()
    .where('seat', '=', seat)
    .orderBy('from', 'desc')
    .orderBy('entry', 'desc')
    .execute()
  return rows.map(holdingOf)
}

/** Every holding of the body's seats there ever was, open seats or closed. */
export async function holdingsIn(read: Read, body: string): Promise<readonly Holding[]> {
  const rows = await on(read)
    .selectFrom('holdings')
    .innerJoin('seats', 'seats.id', 'holdings.seat')
    .selectAll('holdings')
    .where('seats.body', '=', body)
    .orderBy('holdings.entry')
    .execute()
  return rows.map(holdingOf)
}

/** Every holding of a person there ever was. */
export async function holdingsBy(read: Read, person: string): Promise<readonly Holding[]> {
  const rows = await on(read).selectFrom('holdings').selectAll().where('person', '=', person).orderBy('entry').execute()
  return rows.map(holdingOf)
}

export async function holdingByEntry(read: Read, entry: string): Promise<Holding | undefined> {
  const row = await on(read).selectFrom('holdings').selectAll().where('entry', '=', entry).executeTakeFirst()
  return row && holdingOf(row)
}

/** Who holds which open seat of the body at that time. */
export async function holdersOf(
  read: Read,
  body: string,
  at: Instant,
): Promise<readonly { seat: string; person: string; as: Standing }[]> {
  const open = new Set((await seatsOf(read, body)).map(({ id }) => id))
  return (await holdingsIn(read, body))
    .filter(holding => open.has(holding.seat) && runsOn(holding, dayOf(at)))
    .map(({ seat, person, as }) => ({ seat, person, as }))
}

export type SeatHeld = {
  readonly seat: Seat
  readonly body: Pick<Body, 'slug' | 'name' | 'kind' | 'sphere'>
  readonly holding: Holding
}

const heldRows = prepared<Tables, { person: string; day: string }>()((db, { person, day }) =>
  db
    .selectFrom('holdings')
    .innerJoin('seats', 'seats.id', 'holdings.seat')
    .innerJoin('bodies', 'bodies.slug', 'seats.body')
    .selectAll('seats')
    .select(['holdings.entry', 'holdings.seat', 'holdings.person', 'holdings.as', 'holdings.from', 'holdings.until'])
    .select(['bodies.name', 'bodies.kind', 'bodies.sphere'])
    .where('holdings.person', '=', person)
    .where('holdings.from', '<=', day)
    .where(eb => eb.or([eb('holdings.until', 'is', null), eb('holdings.until', '>', day)]))
    .where('seats.closed', 'is', null)
    .orderBy('holdings.entry'),
)

/** The open seats that a person holds at that time, with their bodies: one statement, as every act of theirs asks for it. */
export async function seatsHeldBy(read: Read, person: string, at: Instant): Promise<readonly SeatHeld[]> {
  const rows = await heldRows(read, { person, day: dayOf(at) })
  return rows.map(row => ({
    seat: seatOf(row),
    body: { slug: row.body, name: row.name, kind: row.kind, sphere: row.sphere },
    holding: holdingOf(row),
  }))
}

/** Holdings whose end falls within these days, not announced yet, and with nobody appointed to follow. */
export async function endingBetween(read: Read, from: string, until: string): Promise<readonly Holding[]> {
  const rows = await on(read)
    .selectFrom('holdings as ending')
    .innerJoin('seats', 'seats.id', 'ending.seat')
    .selectAll('ending')
    .where('ending.as', '=', 'principal')
    .where('ending.is_reminded', '=', false)
    .where('seats.closed', 'is', null)
    .where('ending.until', '>', from)
    .where('ending.until', '<=', until)
    .orderBy('ending.entry')
    .execute()
  const holdings = rows.map(holdingOf)
  const followed = await on(read)
    .selectFrom('holdings')
    .selectAll()
    .where('seat', 'in', holdings.length > 0 ? holdings.map(({ seat }) => seat) : [''])
    .where('as', '=', 'principal')
    .execute()
  return holdings.filter(
    ({ seat, entry, until: end }) =>
      end !== null &&
      !followed.some(row => row.seat === seat && row.entry !== entry && isOpenAfter(holdingOf(row), end)),
  )
}

export const isReminded = async (read: Read, entry: string): Promise<boolean> =>
  (await on(read).selectFrom('holdings').select('is_reminded').where('entry', '=', entry).executeTakeFirst())
    ?.is_reminded ?? false
