// Letters about votes: that one has opened, that one's own vote is missing, and how it ended.
import { z } from 'zod'
import type { Letter, Mail } from '#acts/domain.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { bodyBy, holdersOf } from '#domains/bodies/index.ts'
import { namesOf } from '#domains/people/index.ts'
import { sayInstant } from '#html/time.ts'
import { ballotsOf, motionBy } from './finds.ts'
import { saysShare, saysThen } from './rules.ts'
import type { Motion } from './words.ts'

const About = z.object({ motion: z.string(), seats: z.array(z.string()).optional(), reason: z.string().optional() })

const pageOf = ({ id }: Motion): string => `/motions/${id}`

const nameOf = async (read: Read, person: string): Promise<string> =>
  (await namesOf(read, [person])).get(person) ?? 'Somebody who has erased their name'

/** Holders and alternates of these seats at that time, each once. */
async function holdersAt(read: Read, motion: Motion, { seats, at }: { seats: readonly string[]; at: Instant }) {
  const wanted = new Set(seats)
  const holders = await holdersOf(read, motion.body, at)
  return [...new Set(holders.filter(({ seat }) => wanted.has(seat)).map(({ person }) => person))]
}

const eligible = async (read: Read, motion: string): Promise<readonly string[]> =>
  (await ballotsOf(read, motion)).map(({ seat }) => seat)

const letters = (persons: readonly string[], subject: string, paragraphs: readonly string[]): Letter[] =>
  persons.map(person => ({ to: { person }, subject, text: paragraphs.join('\n\n') }))

async function howToVote(read: Read, motion: Motion): Promise<readonly string[]> {
  if (!motion.opening) return []
  const { decision, closes } = motion.opening
  const body = (await bodyBy(read, motion.body))?.name ?? motion.body
  return [
    `The vote of the ${body} closes on ${sayInstant(closes)}. It is carried by ${saysShare(decision.majority, decision)}, with a quorum of ${saysShare(decision.quorum, decision)}.`,
    saysThen(motion),
    `Vote, abstain or recuse yourself here: ${pageOf(motion)}`,
  ]
}

const opened: Mail = {
  about: ['motions.move', 'motions.second'],
  title: 'To the holders and alternates of the seats when a vote opens',
  async letters({ facts, at }, read) {
    const motion = await motionBy(read, About.parse(facts).motion)
    if (!motion?.opening || motion.opening.opened !== at) return []
    const mover = await nameOf(read, motion.mover)
    const persons = await holdersAt(read, motion, { seats: await eligible(read, motion.id), at })
    return letters(persons, `Vote until ${sayInstant(motion.opening.closes)}: ${motion.title}`, [
      `${mover} has moved: “${motion.title}”. The vote is open.`,
      motion.reasons,
      ...(await howToVote(read, motion)),
    ])
  },
}

const reminder: Mail = {
  about: ['motions.remind'],
  title: 'To those who have not voted, shortly before the close',
  async letters({ facts, at }, read) {
    const { motion: id, seats = [] } = About.parse(facts)
    const motion = await motionBy(read, id)
    if (!motion?.opening) return []
    const persons = await holdersAt(read, motion, { seats, at })
    return letters(persons, `Your vote is missing: ${motion.title}`, [
      `A seat that you hold, or stand in for, has not voted on “${motion.title}”.`,
      ...(await howToVote(read, motion)),
    ])
  },
}

const closed: Mail = {
  about: ['motions.close'],
  title: 'To the mover and the holders when a vote has ended',
  async letters({ facts, at }, read) {
    const { motion: id, reason = '' } = About.parse(facts)
    const motion = await motionBy(read, id)
    if (!motion) return []
    const holders = await holdersAt(read, motion, { seats: await eligible(read, id), at })
    const persons = [...new Set([motion.mover, ...holders])]
    const authorised = motion.stage === 'carried' && motion.resolves ? [`This authorises ${motion.resolves.act}.`] : []
    return letters(persons, `${motion.stage === 'carried' ? 'Carried' : 'Lost'}: ${motion.title}`, [
      `“${motion.title}” was ${motion.stage}. ${reason}`,
      ...authorised,
      `Every seat’s vote and the entry in the record: ${pageOf(motion)}`,
    ])
  },
}

export const mails: readonly Mail[] = [opened, reminder, closed]
