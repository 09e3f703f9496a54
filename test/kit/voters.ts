// A council for tests, made only through acts: registered people, a body with seats, and everybody appointed.
import { z } from 'zod'
import type { Deciding } from '#domains/motions/terms.ts'
import type { KitCharter, House as WholeHouse } from '#test/kit/house.ts'
import { decision } from '#test/kit/motions.ts'

/** What setting up needs of a house. */
export type House = Pick<WholeHouse, 'done'> & { readonly clock: Pick<WholeHouse['clock'], 'at'> }

/** Values for the terms of people, bodies and motions. */
export const councilTerms = (given: Partial<Deciding> = {}): NonNullable<KitCharter['terms']> => ({
  'people.participation': { mayWithholdName: true },
  'people.affiliation': { monthsAhead: 6 },
  'people.organisations': { participantsMayAdd: true, control: 'More than half of the votes, or the say over them.' },
  'bodies.seats': {
    kinds: Object.fromEntries(
      ['board', 'council', 'working-group', 'staff'].map(kind => [
        kind,
        { termMonths: null, employerShare: null, alternates: 2 },
      ]),
    ),
    remindDays: 30,
  },
  'motions.deciding': { decisions: [decision()], remindHours: 48, ...given },
})

const names = [
  'Ada',
  'Bo',
  'Cleo',
  'Dov',
  'Esi',
  'Fay',
  'Gus',
  'Hana',
  'Ivo',
  'Jun',
  'Kai',
  'Lea',
  'Mio',
  'Noor',
  'Ola',
]

/** Registers a person and gives their id. */
export async function registered(house: House, account: string): Promise<string> {
  const number = Number(account.replace(/\D/g, '') || 0)
  const name = `${names[number % names.length]} Example`
  const { entry } = await house.done('people.register', { account, name, showName: true }, 'newcomer')
  return z.string().parse(entry.facts.person)
}

export type Council = {
  readonly body: string
  readonly seats: readonly string[]
  /** The holder of each seat; the last seats are vacant where there are fewer people. */
  readonly people: readonly string[]
}

export type CouncilOptions = {
  readonly seats?: number
  readonly people?: number
  readonly body?: string
  readonly sphere?: 'business' | 'technical'
}

async function addSeat(house: House, body: string, number: number): Promise<string> {
  const seat = { body, key: `seat-${number}`, title: `Seat ${number}`, appointedBy: 'electorate', isEntitlement: false }
  const { entry } = await house.done('bodies.add-seat', number === 1 ? { ...seat, role: 'chair' } : seat, 'operator')
  return z.string().parse(entry.facts.seat)
}

/** The first seat is the chair's. */
export async function council(house: House, options: CouncilOptions = {}): Promise<Council> {
  const { seats: count = 3, people: filled = count, body = 'council', sphere = 'technical' } = options
  const describes = 'Decides what is put before it.'
  const name = `Lantern ${body}`
  await house.done(
    'bodies.establish',
    { slug: body, name, kind: 'council', sphere, describes, clauses: ['1'] },
    'operator',
  )
  const seats: string[] = []
  const people: string[] = []
  for (let number = 1; number <= count; number++) {
    const seat = await addSeat(house, body, number)
    seats.push(seat)
    if (number > filled) continue
    const person = await registered(house, `${body}-${number}`)
    await appointed(house, { seat, person })
    people.push(person)
  }
  return { body, seats, people }
}

export const appointed = (house: House, { seat, person }: { seat: string; person: string }) =>
  house.done('bodies.appoint', { seat, person, from: house.clock.at().slice(0, 10) }, 'operator')

/** Registers somebody and names them alternate for this seat. */
export async function alternateFor(house: House, seat: string, account: string): Promise<string> {
  const person = await registered(house, account)
  const from = house.clock.at().slice(0, 10)
  await house.done('bodies.appoint-alternate', { seat, person, from }, 'operator')
  return person
}

/** The person at this place of a list, which the test made that long. */
export function nth<Thing>(list: readonly Thing[], index: number): Thing {
  const found = list[index]
  if (found === undefined) throw new Error(`The test has no number ${index}`)
  return found
}
