// What motions ask of somebody: a second, a vote for each of their seats that has not voted; and how their own motions stand.
import type { DeskItem, Domain } from '#acts/domain.ts'
import type { PageRequest } from '#acts/page.ts'
import { motionsIn, pendingStages, stateBy } from './finds.ts'
import { offersOn } from './offers.ts'
import type { Motion } from './words.ts'

const hrefOf = ({ id }: Motion): string => `/motions/${id}`

/** Rehearsed, so that nobody is asked for what the charter would then forbid them. */
async function votesWanted(request: PageRequest, motion: Motion): Promise<readonly DeskItem[]> {
  const state = await stateBy(request.read, motion, request.at)
  const { votes } = await offersOn(request, motion)
  const silent = votes.filter(({ offer, seat }) => !offer.refusal && seat && state?.mayStillVote.includes(seat))
  return silent.map(({ capacity }) => ({
    title: `Vote: ${motion.title}`,
    href: hrefOf(motion),
    says: capacity === 'alternate' ? 'The seat that you stand by for has not voted.' : 'Your seat has not voted.',
    ...(motion.opening && { due: motion.opening.closes }),
  }))
}

async function secondWanted(request: PageRequest, motion: Motion): Promise<readonly DeskItem[]> {
  if (motion.mover === request.viewer?.person) return []
  const { refusal } = await request.offer('motions.second', { motion: motion.id })
  if (refusal) return []
  const says = 'It waits for a second and lapses without one. Leave it if you think it should not come to a vote.'
  return [
    { title: `Second: ${motion.title}`, href: hrefOf(motion), says, ...(motion.secondBy && { due: motion.secondBy }) },
  ]
}

const own = (motion: Motion): DeskItem => ({
  title: motion.title,
  href: hrefOf(motion),
  says: motion.stage === 'open' ? 'Your motion is open to votes.' : 'Your motion waits for a second.',
  kind: 'theirs',
})

export const desk: NonNullable<Domain['desk']> = async request => {
  const { read, viewer } = request
  if (!viewer?.person) return []
  const bodies = new Set(viewer.capacities.map(({ body }) => body))
  const items: DeskItem[] = []
  for (const motion of await motionsIn(read, pendingStages)) {
    if (motion.mover === viewer.person) items.push(own(motion))
    if (!bodies.has(motion.body)) continue
    items.push(...(await (motion.stage === 'open' ? votesWanted : secondWanted)(request, motion)))
  }
  return items
}
