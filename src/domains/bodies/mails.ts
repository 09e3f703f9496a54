// Letters about seats: to whoever is appointed, whose appointment ends, and to both sides before a term ends.
import { z } from 'zod'
import type { Letter, Mail } from '#acts/domain.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { personBy } from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { Ending } from './establishing.ts'
import { bodiesAll, bodyBy, holdersOf, seatBy } from './queries.ts'
import { hasVotes } from './rules.ts'
import { Standing } from './words.ts'

const About = z.object({
  seat: z.string(),
  person: z.string(),
  as: Standing.optional(),
  until: z.string().nullish(),
})
const Appointed = About.extend({ from: z.string() })
const Reminded = z.object({ seat: z.string(), person: z.string(), until: z.string() })
const Ended = z.object({ seat: z.string(), reason: z.string().optional(), ended: z.array(Ending) })

/** The seat in words: "Representative of Quarry, Lantern Council". */
async function seatInWords(read: Read, id: string): Promise<string> {
  const seat = await seatBy(read, id)
  const body = seat && (await bodyBy(read, seat.body))
  return seat && body ? `${seat.title}, ${body.name}` : id
}

const term = ({ from, until }: z.infer<typeof Appointed>): string =>
  until ? `from ${sayDay(from)} until ${sayDay(until)}` : `from ${sayDay(from)} on`

const appointed: Mail = {
  about: ['bodies.appoint', 'bodies.appoint-alternate'],
  title: 'To somebody appointed to a seat',
  async letters({ facts }, read) {
    const about = Appointed.parse(facts)
    const seat = await seatInWords(read, about.seat)
    const as = about.as === 'alternate' ? 'the alternate for' : 'the holder of'
    return [
      {
        to: { person: about.person },
        subject: `You are ${as} a seat: ${seat}`,
        text: `You are ${as} this seat ${term(about)}:\n\n${seat}\n\nYou may resign at any time on the page of the seat.`,
      },
    ]
  },
}

const ended: Mail = {
  about: ['bodies.vacate', 'bodies.withdraw-alternate', 'bodies.close-seat'],
  title: 'To somebody whose appointment has ended',
  async letters({ facts }, read) {
    const about = Ended.parse(facts)
    const seat = await seatInWords(read, about.seat)
    const reason = about.reason ? `\n\nThe reason given: ${about.reason}` : ''
    const letters: Letter[] = []
    for (const person of new Set(about.ended.map(one => one.person))) {
      // Whoever left the register has no address any more.
      if ((await personBy(read, person))?.erased !== null) continue
      const text = `Your appointment to this seat has ended today:\n\n${seat}${reason}`
      letters.push({ to: { person }, subject: `Your appointment has ended: ${seat}`, text })
    }
    return letters
  },
}

async function staffAt(read: Read, at: Instant): Promise<readonly string[]> {
  const persons: string[] = []
  for (const body of await bodiesAll(read))
    if (!hasVotes(body)) persons.push(...(await holdersOf(read, body.slug, at)).map(({ person }) => person))
  return [...new Set(persons)]
}

const resigned: Mail = {
  about: ['bodies.resign'],
  title: 'To the staff when a seat is given up',
  async letters({ facts, at }, read) {
    const { seat: id, person } = About.parse(facts)
    const seat = await seatInWords(read, id)
    const staff = (await staffAt(read, at)).filter(one => one !== person)
    return staff.map(to => ({
      to: { person: to },
      subject: `Resigned: ${seat}`,
      text: `Somebody has resigned from this seat today:\n\n${seat}`,
    }))
  },
}

const ending: Mail = {
  about: ['bodies.remind'],
  title: 'To the holder and the staff before a term ends',
  async letters({ facts, at }, read) {
    const { seat: id, person, until } = Reminded.parse(facts)
    const seat = await seatInWords(read, id)
    const day = sayDay(until)
    const text = `The term in this seat ends on ${day}, and nobody is appointed to follow:\n\n${seat}`
    const persons = new Set([person, ...(await staffAt(read, at))])
    return [...persons].map((to): Letter => ({ to: { person: to }, subject: `A term ends on ${day}: ${seat}`, text }))
  },
}

export const mails: readonly Mail[] = [appointed, ended, resigned, ending]
