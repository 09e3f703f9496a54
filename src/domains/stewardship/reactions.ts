// What stewardship does of itself: has the repository read when a review opens or a notice is answered, and carries out retirements.
import { z } from 'zod'
import type { Deed, Reaction } from '#acts/domain.ts'
import { Resolution } from '#acts/mandate.ts'
import { openReviewOf } from './finds.ts'

const ToRead = z.object({ project: z.string(), criteria: z.string(), repository: z.string().nullable() })

const assess: Reaction = {
  to: ['stewardship.open-review', 'stewardship.answer-notice'],
  async with({ facts, at }) {
    const { project: subject, criteria, repository } = ToRead.parse(facts)
    return repository === null
      ? []
      : [{ act: 'assessments.request', input: { subject, repository, criteria, asOf: at } }]
  },
}

const Settled = z.object({ resolves: Resolution.optional() })

/** The settlement is the mandate of the retirement, where the charter says so. */
const retire: Reaction = {
  to: ['stewardship.settle'],
  async with({ id, facts }): Promise<readonly Deed[]> {
    const { resolves } = Settled.parse(facts)
    return resolves ? [{ ...resolves, mandate: id }] : []
  },
}

const Moved = z.object({ project: z.string() })

const moved: Readonly<Record<string, string>> = {
  'projects.archive': 'The project was archived.',
  'projects.change-stage': 'The project moved to another stage.',
  'projects.admit': 'The project was admitted to another stage.',
}

const drop: Reaction = {
  to: Object.keys(moved),
  async with({ act, facts }, read) {
    const open = await openReviewOf(read, Moved.parse(facts).project)
    return open ? [{ act: 'stewardship.drop-review', input: { review: open.id, reason: moved[act] } }] : []
  },
}

export const reactions: readonly Reaction[] = [assess, retire, drop]
