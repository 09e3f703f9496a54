// A reviewer who finds otherwise than a check owes a reason; without one, or when they think again, the finding falls.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { sayDay } from '#html/time.ts'
import { patchDisagreement, reopenClock } from './changes.ts'
import { disagreementBy } from './finds.ts'
import { findingOver, noSuchDisagreement, notYourFinding, reasonGiven, reasonNotLate } from './problems.ts'
import { reviewing } from './terms.ts'
import { CheckId, DisagreementId, ProjectId, ReviewId, Said } from './words.ts'

const isOver = (state: string): boolean => state === 'withdrawn' || state === 'lapsed'

export const giveReason = act({
  name: 'stewardship.give-reason',
  title: 'Give the reason for a finding',
  describes: 'Says, as the reviewer, why a finding is otherwise than the check.',
  under: reviewing,
  by: ['participant'],
  takes: z.object({
    disagreement: DisagreementId,
    reason: Said.meta({ title: 'Reason', description: 'What you saw that the check does not see.', widget: 'text' }),
  }),
  records: z.object({ disagreement: DisagreementId, project: ProjectId, check: CheckId, reason: z.string() }),
  refuses: [noSuchDisagreement, notYourFinding, findingOver, reasonGiven],
  finds: ({ disagreement }, read) => disagreementBy(read, disagreement),
  decides({ input: { reason }, found, actor }) {
    if (!found) return refuse(noSuchDisagreement)
    if (found.reviewer !== actor.person) return refuse(notYourFinding)
    if (isOver(found.state)) return refuse(findingOver)
    if (found.state !== 'owed') return refuse(reasonGiven)
    return { disagreement: found.id, project: found.project, check: found.check, reason }
  },
  writes: (tx, { disagreement, reason }, entry) =>
    patchDisagreement(tx, disagreement, { state: 'reasoned', reason, entry: entry.id }),
  says: ({ disagreement, project, check }) => `gave the reason for ${disagreement} on ${check} of ${project}`,
})

export const withdrawFinding = act({
  name: 'stewardship.withdraw-finding',
  title: 'Withdraw a finding',
  describes:
    'Takes back a finding that is otherwise than the check; the clock does so where the reason owed is not given in time. A review that rested on it is due again.',
  under: reviewing,
  by: ['clock', 'participant'],
  takes: z.object({ disagreement: DisagreementId }),
  records: z.object({
    disagreement: DisagreementId,
    project: ProjectId,
    check: CheckId,
    review: ReviewId,
    state: z.enum(['withdrawn', 'lapsed']),
    /** Whether the review ended because of it. */
    reopens: z.boolean(),
  }),
  refuses: [noSuchDisagreement, notYourFinding, findingOver, reasonNotLate],
  finds: ({ disagreement }, read) => disagreementBy(read, disagreement),
  decides({ found, actor, at }) {
    if (!found) return refuse(noSuchDisagreement)
    if (isOver(found.state)) return refuse(findingOver)
    const { id, project, check, review, tick } = found
    const facts = { disagreement: id, project, check, review, reopens: tick === 'met' }
    if (actor.capacity === 'clock') {
      const isLate = found.state === 'owed' && at >= found.owedBy
      return isLate
        ? { ...facts, state: 'lapsed' as const }
        : refuse(reasonNotLate, { detail: `It was owed by ${sayDay(found.owedBy)}.` })
    }
    return found.reviewer === actor.person ? { ...facts, state: 'withdrawn' as const } : refuse(notYourFinding)
  },
  async writes(tx, { disagreement, review, state, reopens }, entry) {
    await patchDisagreement(tx, disagreement, { state, closed: new Date(entry.at), entry: entry.id })
    if (reopens) await reopenClock(tx, review, entry.at)
  },
  says: ({ disagreement, project, check, state }) =>
    state === 'lapsed'
      ? `let ${disagreement} on ${check} of ${project} lapse, for no reason was given in time`
      : `withdrew ${disagreement} on ${check} of ${project}`,
})
