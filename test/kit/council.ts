// An invented foundation on a test house: an office, a council, trustees, and people who sign in; everything through acts.
import type { TestContext } from 'node:test'
import type { Domain } from '#acts/domain.ts'
import { bodies, ordersForBodies } from '#domains/bodies/index.ts'
import type { Body } from '#domains/charter/index.ts'
import { people } from '#domains/people/index.ts'
import { type House, type KitCharter, testHouse } from './house.ts'

const seat = (key: string, more: object = {}) => ({
  key,
  title: `Seat ${key}`,
  appointedBy: 'electorate',
  isEntitlement: false,
  ...more,
})

export const councilBodies: readonly Body[] = [
  {
    slug: 'office',
    name: 'Office',
    kind: 'staff',
    sphere: 'business',
    describes: 'Keeps the registers.',
    clauses: ['4'],
    seats: [seat('secretary'), seat('registrar')],
  },
  {
    slug: 'council',
    name: 'Lantern Council',
    kind: 'council',
    sphere: 'technical',
    describes: 'Decides about the lanterns.',
    clauses: ['4.1'],
    seats: [
      seat('chair', { role: 'chair' }),
      seat('vice', { role: 'vice-chair' }),
      seat('mill', { appointedBy: 'member', isEntitlement: true, organisation: 'millstone' }),
      seat('first'),
      seat('second'),
      seat('third'),
    ],
  },
  {
    slug: 'trustees',
    name: 'Trustees',
    kind: 'board',
    sphere: 'business',
    describes: 'Decides about the money.',
    clauses: ['4.2'],
    seats: [seat('chair', { role: 'chair' }), seat('treasurer')],
  },
]

export const councilTerms = {
  'people.participation': { mayWithholdName: true },
  'people.affiliation': { monthsAhead: 12 },
  'people.organisations': { participantsMayAdd: true, control: 'More than half of the votes.' },
  'bodies.seats': {
    kinds: {
      board: { termMonths: 24, employerShare: null, alternates: 0 },
      council: { termMonths: 12, employerShare: '1/3', alternates: 1 },
      'working-group': { termMonths: 12, employerShare: '1/2', alternates: 1 },
      staff: { termMonths: null, employerShare: null, alternates: 0 },
    },
    remindDays: 30,
  },
}

export const today = '2026-03-02'

export type Council = {
  readonly house: House
  /** The id of a seat, by body and key. */
  readonly seat: (name: string) => string
  /** Registers somebody of this name, working for that organisation where one is given; their id. */
  readonly person: (name: string, employer?: string) => Promise<string>
  /** Puts them into the seat by decision of the operator, from today on unless said otherwise; the entry's id. */
  readonly sits: (person: string, seat: string, more?: { from?: string; until?: string }) => Promise<string>
  /** A person who holds a seat of the office. */
  readonly officer: string
}

const organisations = ['Millstone', 'Millrace', 'Gannet']

type CouncilOptions = { readonly domains?: readonly Domain[]; readonly charter?: KitCharter }

/** Millstone controls Millrace; Gannet stands alone. One officer holds the secretary's seat. */
export async function testCouncil(t: TestContext, options: CouncilOptions = {}): Promise<Council> {
  const { domains = [], charter = {} } = options
  const terms = { ...councilTerms, ...charter.terms }
  const house = await testHouse(t, { domains: [people, bodies, ...domains], charter: { ...charter, terms } })
  const seats = new Map<string, string>()

  const person: Council['person'] = async (name, employer) => {
    const registered = await house.done('people.register', { account: name, name, showName: true }, 'newcomer')
    const id = String(registered.entry.facts.person)
    if (employer) await house.done('people.affiliate', { organisation: employer, from: '2026-01-01' }, id)
    return id
  }
  const sits: Council['sits'] = async (who, name, more = {}) => {
    const input = { seat: name, person: who, from: today, ...more }
    return (await house.done('bodies.appoint', input, 'operator')).entry.id
  }

  for (const name of organisations) await house.done('people.add-organisation', { name }, 'operator')
  const control = { child: 'millrace', parent: 'millstone', from: '2020-01-01' }
  await house.done('people.state-control', control, 'operator')
  for (const order of ordersForBodies(councilBodies)) {
    const { facts } = (await house.done(order.act, order.input, 'operator')).entry
    if (order.act === 'bodies.add-seat') seats.set(`${facts.body}/${facts.key}`, String(facts.seat))
  }
  const officer = await person('Orla Office')
  await sits(officer, 'office/secretary')

  const seatNamed = (name: string): string => {
    const id = seats.get(name)
    if (id === undefined) throw new Error(`The council of the tests has no seat ${name}`)
    return id
  }
  return { house, seat: seatNamed, person, sits, officer }
}
