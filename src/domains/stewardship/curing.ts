// How a notice ends: the project answers, and when its time is over the clock finds it cured or retires it.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { Resolution } from '#acts/mandate.ts'
import { refuse } from '#acts/problem.ts'
import { canonical } from '#base/canonical.ts'
import { addDays, addMonths, Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { AssessmentId, standingBy } from '#domains/assessments/index.ts'
import { notYours, projectBy, reapplying } from '#domains/projects/index.ts'
import { sayDay } from '#html/time.ts'
import { patchReview, startClock } from './changes.ts'
import { reviewBy, waiversOf } from './finds.ts'
import { cureTimeOver, cureTimeRuns, noSuchReview, notUnderNotice, waitsForReviewer } from './problems.ts'
import { endingOf, waivedBy } from './rules.ts'
import { reviewing } from './terms.ts'
import { ProjectId, ReviewId, Said } from './words.ts'

async function findsForAnswer({ review: id }: { review: string }, read: Read) {
  const review = await reviewBy(read, id)
  return { review, project: review && (await projectBy(read, review.project)) }
}

export const answerNotice = act({
  name: 'stewardship.answer-notice',
  title: 'Answer a notice',
  describes:
    'Says, as a maintainer, what has been done about a notice; has the repository assessed and asks the reviewers to look again.',
  under: reviewing,
  by: ['maintainer'],
  takes: z.object({
    review: ReviewId,
    text: Said.meta({ title: 'Answer', description: 'What you have done, and where it can be seen.', widget: 'text' }),
  }),
  records: z.object({
    review: ReviewId,
    project: ProjectId,
    criteria: z.string(),
    repository: z.string().nullable(),
    text: z.string(),
    lookBy: Instant,
  }),
  refuses: [noSuchReview, notYours, notUnderNotice, cureTimeOver],
  finds: findsForAnswer,
  decides({ input: { text }, found: { review, project }, actor, at, term }) {
    if (!review || !project) return refuse(noSuchReview)
    if (actor.project !== review.project) return refuse(notYours)
    const { notice, criteria } = review
    if (review.state !== 'under-notice' || !notice) return refuse(notUnderNotice)
    if (at >= notice.cureBy) return refuse(cureTimeOver, { detail: `It was over on ${sayDay(notice.cureBy)}.` })
    const lookBy = addDays(at, term(reviewing).lookDays)
    return { review: review.id, project: project.id, criteria, repository: project.repository, text, lookBy }
  },
  writes: (tx, { review, text, lookBy }, entry) =>
    patchReview(tx, review, {
      answer: canonical({ at: entry.at, by: entry.actor.person ?? '', text, lookBy }),
      is_reminded: false,
    }),
  says: ({ review, project }) => `answered the notice to ${project} in ${review}`,
})

async function findsForSettling({ review: id }: { review: string }, read: Read) {
  const review = await reviewBy(read, id)
  return {
    review,
    project: review && (await projectBy(read, review.project)),
    standing: review && (await standingBy(read, review.project)),
    waivers: review ? await waiversOf(read, review.project) : [],
  }
}

export const settle = act({
  name: 'stewardship.settle',
  title: 'Settle a notice whose time is over',
  describes:
    'Finds a project cured where its repository shows it, or retires it; the right to the logo ends with that.',
  under: [reviewing, reapplying],
  by: ['clock'],
  isInternal: true,
  takes: z.object({ review: ReviewId }),
  records: z.object({
    review: ReviewId,
    project: ProjectId,
    outcome: z.enum(['cured', 'retired']),
    reason: z.string(),
    assessment: AssessmentId.nullable(),
    /** From when the project may no longer show the foundation's logo; null where it was cured. */
    logoUntil: Instant.nullable(),
    reapplyFrom: Instant.nullable(),
    resolves: Resolution.optional(),
  }),
  refuses: [noSuchReview, notUnderNotice, cureTimeRuns, waitsForReviewer],
  finds: findsForSettling,
  decides({ found: { review, project, standing, waivers }, at, term }) {
    if (!review || !project) return refuse(noSuchReview)
    if (review.state !== 'under-notice' || !review.notice) return refuse(notUnderNotice)
    const { cureBy } = review.notice
    if (at < cureBy) return refuse(cureTimeRuns, { detail: `It runs until ${sayDay(cureBy)}.` })
    const ending = endingOf(review, { standing, waived: waivedBy(waivers, at) })
    if (ending.is === 'waits') return refuse(waitsForReviewer)
    const assessment = standing?.filed?.assessment ?? null
    const facts = { review: review.id, project: project.id, reason: ending.reason, assessment }
    if (ending.is === 'cured') return { ...facts, outcome: 'cured' as const, logoUntil: null, reapplyFrom: null }
    // Whoever was told late has the months counted from when they were told.
    const reapplyFrom = addMonths(at, term(reapplying).months)
    const reason = `Retired by a review: ${ending.reason}`
    const resolves = { act: 'projects.archive', input: { project: project.id, reason, reapplyFrom } }
    return { ...facts, outcome: 'retired' as const, logoUntil: at, reapplyFrom, resolves }
  },
  async writes(tx, { review, project, outcome, reason, assessment }, entry) {
    await patchReview(tx, review, {
      ...{ state: outcome, ended: new Date(entry.at), end_entry: entry.id, text: reason, assessment },
    })
    await startClock(tx, { project, review, at: entry.at })
  },
  says: ({ review, project, outcome, reason, reapplyFrom }) =>
    outcome === 'cured'
      ? `settled ${review}: ${project} is cured`
      : `settled ${review}: ${project} is retired and its right to the logo ends. ${reason}${reapplyFrom ? ` It may apply again from ${sayDay(reapplyFrom)} on` : ''}`,
})
