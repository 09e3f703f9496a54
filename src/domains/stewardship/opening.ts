// A review opens: by the clock on its day, or earlier because somebody who reviews calls for it; and closes when its project goes elsewhere.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { addDays, Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { maintainersOf, noSuchProject, ProjectRef, projectBy, stageBy, stages } from '#domains/projects/index.ts'
import { sayDay } from '#html/time.ts'
import { patchReview } from './changes.ts'
import { clockBy, openReviewOf, reviewBy } from './finds.ts'
import {
  callReasonWanted,
  noSuchReview,
  notDue,
  notLate,
  notReviewed,
  otherReviewers,
  ownProject,
  reviewEnded,
  reviewOpen,
} from './problems.ts'
import { isOpen, lateSince, nextDue } from './rules.ts'
import type { Tables } from './tables.ts'
import { planFor, reviewing } from './terms.ts'
import { ProjectId, ReviewId, Said, StageKey } from './words.ts'

async function findsForOpening({ project: ref }: { project: string }, read: Read) {
  const project = await projectBy(read, ref)
  if (!project) return { project }
  return {
    project,
    open: await openReviewOf(read, project.id),
    clock: await clockBy(read, project.id),
    maintainers: await maintainersOf(read, project.id),
  }
}

export const openReview = act({
  name: 'stewardship.open-review',
  title: 'Call for a review',
  describes: 'Opens a review of a project: the clock when one is due, a reviewer earlier with a reason.',
  under: reviewing,
  by: ['clock', 'seat-holder', 'chair'],
  takes: z.object({
    project: ProjectRef,
    reason: Said.optional().meta({
      title: 'Reason',
      description: 'Why it should not wait for its time. Everybody can read it.',
      widget: 'text',
    }),
  }),
  records: z.object({
    review: ReviewId,
    project: ProjectId,
    stage: StageKey,
    criteria: z.string(),
    body: z.string(),
    repository: z.string().nullable(),
    due: Instant,
    lookBy: Instant,
    reason: z.string().nullable(),
  }),
  refuses: [noSuchProject, notReviewed, reviewOpen, notDue, otherReviewers, ownProject, callReasonWanted],
  finds: findsForOpening,
  decides({ input, found, actor, at, term, fresh }) {
    const { project } = found
    if (!project) return refuse(noSuchProject)
    const plan = planFor(term(reviewing), project.stage)
    const stage = stageBy(term(stages), project.stage)
    if (!plan || !stage || project.isArchived) return refuse(notReviewed)
    if (found.open) return refuse(reviewOpen)
    const due = nextDue(project.stageSince, found.clock, plan)
    if (actor.capacity === 'clock') {
      if (due > at) return refuse(notDue, { detail: `It is due on ${sayDay(due)}.` })
    } else {
      if (actor.body !== plan.body) return refuse(otherReviewers, { detail: `The body is: ${plan.body}.` })
      if (found.maintainers?.includes(actor.person ?? '')) return refuse(ownProject)
      if (input.reason === undefined) return refuse(callReasonWanted)
    }
    return {
      review: fresh('rev'),
      project: project.id,
      stage: project.stage,
      criteria: stage.criteria,
      body: plan.body,
      repository: project.repository,
      due: due < at ? due : at,
      lookBy: addDays(at, term(reviewing).lookDays),
      reason: actor.capacity === 'clock' ? null : (input.reason ?? null),
    }
  },
  writes: (tx, { review, project, stage, criteria, body, due, lookBy, reason }, entry) =>
    tx
      .on<Tables>()
      .insertInto('stewardship_reviews')
      .values({
        ...{ id: review, project, stage, criteria, body, due: new Date(due), opened: new Date(entry.at) },
        ...{ look_by: new Date(lookBy), caller: entry.actor.person ?? null, call_reason: reason },
        ...{ state: 'due', is_reminded: false, ticks: '[]', waived: '[]' },
      })
      .execute(),
  says: ({ review, reason }) =>
    reason === null ? `opened ${review}, which was due` : `called for ${review}: ${reason}`,
})

export const remind = act({
  name: 'stewardship.remind',
  title: 'Remind the reviewers',
  describes: 'Reminds those who review that a project waits for them longer than the charter wants.',
  under: reviewing,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ review: ReviewId }),
  records: z.object({ review: ReviewId, project: ProjectId, since: Instant }),
  refuses: [noSuchReview, reviewEnded, notLate],
  finds: ({ review }, read) => reviewBy(read, review),
  decides({ found: review, at }) {
    if (!review) return refuse(noSuchReview)
    if (!isOpen(review)) return refuse(reviewEnded)
    const since = lateSince(review)
    if (review.isReminded || since === undefined || at < since) return refuse(notLate)
    return { review: review.id, project: review.project, since }
  },
  writes: (tx, { review }) => patchReview(tx, review, { is_reminded: true }),
  says: ({ review, project }) => `reminded the reviewers of ${review} of ${project}`,
})

export const drop = act({
  name: 'stewardship.drop-review',
  title: 'Drop a review',
  describes: 'Ends a review because its project has left the stage at which it was reviewed.',
  under: reviewing,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ review: ReviewId, reason: z.string() }),
  records: z.object({ review: ReviewId, project: ProjectId, reason: z.string() }),
  refuses: [noSuchReview, reviewEnded],
  finds: ({ review }, read) => reviewBy(read, review),
  decides({ input: { reason }, found: review }) {
    if (!review) return refuse(noSuchReview)
    return isOpen(review) ? { review: review.id, project: review.project, reason } : refuse(reviewEnded)
  },
  writes: (tx, { review, reason }, entry) =>
    patchReview(tx, review, { state: 'dropped', ended: new Date(entry.at), end_entry: entry.id, text: reason }),
  says: ({ review, project, reason }) => `dropped ${review} of ${project}: ${reason}`,
})
