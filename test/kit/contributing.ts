// A house with a register of contributors: four identities of three people in one history, and a register to import.
import type { TestContext } from 'node:test'
import { identityOf } from '#domains/contributors/addresses.ts'
import { contributors, keepContributions, neutralityOf } from '#domains/contributors/index.ts'
import { keyOf } from '#domains/contributors/keeping.ts'
import type { Contributions } from '#domains/contributors/words.ts'
import { people as peopleDomain } from '#domains/people/index.ts'
import { type House, testHouse } from './house.ts'
import { office, peopleTerms } from './people.ts'

const terms = {
  ...peopleTerms,
  'contributors.register': { precedence: ['person', 'employer', 'domain', 'import'], proofHours: 24 },
  'contributors.concentration': {
    days: 365,
    part: '1/2',
    people: 2,
    organisations: 2,
    stages: ['hosted'],
    largest: '1/2',
  },
}
export const subject = 'prj_00000000000000000001'

export const history = (house: House, days: readonly (readonly [who: number, count: number])[]): Contributions => {
  const at = house.clock.now()
  const day = new Date(at - 10 * 86_400_000).toISOString().slice(0, 10)
  return {
    ...{ commit: 'c'.repeat(40), asOf: new Date(at).toISOString(), botRule: 'B2', hasOwners: true },
    people: [
      { address: 'ada@loam.example', name: 'Ada Sample', isBot: false },
      { address: '12+Bo@users.noreply.github.com', name: 'Bo Sample', isBot: false },
      { address: 'cy@gmail.com', name: 'Cy Sample', isBot: false },
      { address: 'ada@gmail.com', name: 'ada  SAMPLE', isBot: false },
    ],
    days: days.map(([who, count]) => ({ who, day, kind: 'commit', count })),
    owned: [
      { owners: [0], files: 6 },
      { owners: [0, 2], files: 3 },
      { owners: [-1], files: 1 },
    ],
  }
}

export async function openRegister(t: TestContext) {
  const staff: string[] = []
  const house = await testHouse(t, { domains: [peopleDomain, contributors, office(staff)], charter: { terms } })
  await house.database.transact(tx =>
    keepContributions(
      tx,
      subject,
      history(house, [
        [0, 50],
        [1, 30],
        [2, 15],
        [3, 5],
      ]),
    ),
  )
  const key = await keyOf(house.read)
  const figures = async () => {
    const at = new Date(house.clock.now()).toISOString()
    const term = house.engine.term
    const found = await neutralityOf(house.read, { subjects: [subject], at, term })
    const commits = found?.kinds.find(({ kind }) => kind === 'commit')
    if (!found || !commits) throw new Error('Nothing was counted')
    return { ...commits, ownership: found.ownership }
  }
  const claim = (person: string, address: string) => house.done('contributors.claim', { address }, person)
  return { house, staff, figures, claim, id: (address: string) => identityOf(key, address) }
}

export const register =
  'ada: ada!gmail.com, ada!loam.example\n\tLoam, Inc.\nbo: bo!users.noreply.github.com\n\tIndependent\n'
export const ask = { label: 'A register', form: 'developers-affiliations', text: register }
