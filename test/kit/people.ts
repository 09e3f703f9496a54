// People for tests of houses that hold the people domain: registered persons, organisations, and somebody of the staff.
import type { Domain } from '#acts/domain.ts'
import type { House } from './house.ts'

/** Values for the terms of the people domain. */
export const peopleTerms = {
  'people.participation': { mayWithholdName: true },
  'people.affiliation': { monthsAhead: 12 },
  'people.organisations': { participantsMayAdd: true, control: 'More than half of the votes.' },
}

const idIn = (facts: Readonly<Record<string, unknown>>, field: string): string => String(facts[field])

/** Registers somebody under this name, shown in public unless said otherwise, and gives their id. */
export async function registered(house: House, name: string, showName = true): Promise<string> {
  const account = `account of ${name}`
  const { entry } = await house.done('people.register', { account, name, showName }, 'newcomer')
  return idIn(entry.facts, 'person')
}

/** Adds an organisation and gives its id. */
export async function organisationCalled(house: House, name: string): Promise<string> {
  const { entry } = await house.done('people.add-organisation', { name }, 'operator')
  return idIn(entry.facts, 'organisation')
}

/** States that the person works for the organisation (by id, short name or name) and gives the affiliation's id. */
export async function employed(house: House, person: string, organisation: string, from = '2025-01-01') {
  const { entry } = await house.done('people.affiliate', { organisation, from }, person)
  return idIn(entry.facts, 'affiliation')
}

/** An office whose staff are the persons in this list, which a test fills as they register. */
export const office = (staff: readonly string[]): Domain => ({
  name: 'office',
  describes: 'Staff of the test.',
  acts: [],
  terms: [],
  tables: [],
  migrations: {},
  capacities: {
    kinds: ['staff'],
    of: async (_, person) => (staff.includes(person) ? [{ capacity: 'staff', person, body: 'office' }] : []),
  },
})
