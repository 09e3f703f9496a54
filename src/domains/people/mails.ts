// Letters about people: whoever is spoken of by somebody else is told, so that they can correct it.
import { z } from 'zod'
import type { Mail } from '#acts/domain.ts'
import { sayDay } from '#html/time.ts'
import { organisationsBy } from './organisations.ts'

const Said = z.object({
  person: z.string(),
  organisation: z.string().nullable().optional(),
  from: z.string().optional(),
  until: z.string().nullable().optional(),
})

const period = ({ from, until }: z.infer<typeof Said>): string =>
  `${from ? ` from ${sayDay(from)}` : ''}${until ? ` until ${sayDay(until)}` : ''}`

const aboutYou: Mail = {
  about: ['people.affiliate', 'people.correct-affiliation', 'people.end-affiliation', 'people.withdraw-affiliation'],
  title: 'Somebody else changed what is stated about whom you work for',
  async letters({ act, actor, facts }, read) {
    const said = Said.parse(facts)
    if (actor.person === said.person) return []
    const names = await organisationsBy(read, said.organisation ? [said.organisation] : [])
    const whom = said.organisation ? (names.get(said.organisation)?.name ?? said.organisation) : undefined
    const what =
      said.organisation === undefined
        ? `an affiliation of yours was ${act.endsWith('withdraw-affiliation') ? 'withdrawn' : `ended${period(said)}`}`
        : `it is now stated that you ${whom ? `work for ${whom}` : 'are independent'}${period(said)}`
    return [
      {
        to: { person: said.person },
        subject: 'What is stated about whom you work for has changed',
        text: `The foundation's staff changed the register: ${what}.\n\nIf this is wrong, correct it on your account page (/account); the wrong statement stays to be seen as corrected.`,
      },
    ]
  },
}

export const mails = [aboutYou]
