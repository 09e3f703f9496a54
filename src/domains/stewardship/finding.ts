// What reviewers find: that a project keeps its requirements, or that something is missing, which gives it time to cure it.

import { z } from 'zod'
import { act, type Case } from '#acts/act.ts'
import { isRefusal, type Refusal, refuse } from '#acts/problem.ts'
import { canonical } from '#base/canonical.ts'
import { addDays, Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { AssessmentId, type Standing, standingBy } from '#domains/assessments/index.ts'
import { disagreementsIn, maintainersOf } from '#domains/projects/index.ts'
import { sayDay } from '#html/time.ts'
import { addDisagreements, patchReview, startClock } from './changes.ts'
import { reviewBy, waiversOf } from './finds.ts'
import {
  alreadyUnderNotice,
  noFreshAssessment,
  noSuchRequirement,
  noSuchReview,
  otherReviewers,
  ownProject,
  reasonsWanted,
  reasonWaived,
  requirementsUnmet,
  reviewEnded,
} from './problems.ts'
import { byNumber, isFreshEnough, isOpen, saysUnmet, unmetIn, waivedBy } from './rules.ts'
import { reviewing } from './terms.ts'
import { behind, contextOf, weighed } from './weighing.ts'
import { CheckId, DisagreementId, ProjectId, Reason, type Review, ReviewId, Said, Tick } from './words.ts'

const Found = z.object({
  id: DisagreementId,
  check: CheckId,
  outcome: z.enum(['pass', 'fail']),
  tick: z.enum(['met', 'not-met']),
  assessment: AssessmentId,
  reason: z.string().nullable(),
  owedBy: Instant,
})

async function findsForFinding({ review: id }: { review: string }, read: Read) {
  const review = await reviewBy(read, id)
  return {
    review,
    standing: review && (await standingBy(read, review.project)),
    waivers: review ? await waiversOf(read, review.project) : [],
    maintainers: review ? await maintainersOf(read, review.project) : [],
    subject: await behind(read, review?.project),
  }
}
type FoundFor = Awaited<ReturnType<typeof findsForFinding>>
type Question = Omit<Case<unknown, FoundFor>, 'input'>

/** The review, if this actor may find anything in it. */
function reviewFor({ found: { review, maintainers }, actor }: Pick<Question, 'found' | 'actor'>): Review | Refusal {
  if (!review) return refuse(noSuchReview)
  if (!isOpen(review)) return refuse(reviewEnded)
  if (actor.body !== review.body) return refuse(otherReviewers, { detail: `The body is: ${review.body}.` })
  return maintainers.includes(actor.person ?? '') ? refuse(ownProject) : review
}

const foreign = (checks: readonly string[], standing: Standing | undefined): readonly string[] =>
  checks.filter(check => standing?.filed?.outcomes[check] === undefined)

type Differing = { readonly ticks: readonly Tick[]; readonly standing: Standing | undefined }

/** Where the ticks say otherwise than the assessment; without a reason it is owed one. */
function differing(
  { ticks, standing }: Differing,
  { at, term, fresh }: Pick<Question, 'at' | 'term' | 'fresh'>,
): z.infer<typeof Found>[] {
  const filed = standing?.filed
  if (!filed) return []
  const checks = Object.entries(filed.outcomes).map(([id, outcome]) => ({ id, outcome }))
  return disagreementsIn(ticks, checks).map(({ check, outcome, tick, reason }) => ({
    id: fresh('dis'),
    check,
    outcome: outcome === 'pass' ? 'pass' : 'fail',
    tick,
    assessment: filed.assessment,
    reason: reason === '' ? null : reason,
    owedBy: addDays(at, term(reviewing).reasonDays),
  }))
}

const Opinion = Said.meta({
  title: 'Opinion',
  description: 'What you looked at and how it stands. Everybody can read it.',
  widget: 'text',
})

export const keep = act({
  name: 'stewardship.keep',
  title: 'Find that a project keeps its requirements',
  describes: 'Ends a review because every requirement is met: by its check, by a waiver, or as the reviewer found.',
  under: reviewing,
  by: ['seat-holder', 'chair'],
  takes: z.object({
    review: ReviewId,
    text: Opinion,
    ticks: z.array(Tick).max(100).optional().meta({ title: 'Finding' }),
  }),
  records: z.object({
    review: ReviewId,
    project: ProjectId,
    outcome: z.enum(['kept', 'cured']),
    text: z.string(),
    assessment: AssessmentId,
    ticks: z.array(Tick),
    waived: z.array(CheckId),
    disagreements: z.array(Found),
  }),
  refuses: [
    noSuchReview,
    reviewEnded,
    otherReviewers,
    ownProject,
    noFreshAssessment,
    noSuchRequirement,
    requirementsUnmet,
  ],
  finds: findsForFinding,
  weighs: { context: weighed, of: ({ found, at }) => contextOf(found.subject, at) },
  decides(question) {
    const { input, found, at, term } = question
    const review = reviewFor(question)
    if (isRefusal(review)) return review
    const { standing } = found
    const { assessmentDays } = term(reviewing)
    if (!standing?.filed || !isFreshEnough(standing, { at, days: assessmentDays, criteria: review.criteria }))
      return refuse(noFreshAssessment, { detail: `It may be ${assessmentDays} days old at the most.` })
    const ticks = (input.ticks ?? []).filter(({ tick }) => tick !== 'left-open')
    const strange = foreign(
      ticks.map(({ check }) => check),
      standing,
    )
    if (strange.length > 0) return refuse(noSuchRequirement, { detail: `Not known: ${strange.join(', ')}.` })
    const waived = waivedBy(found.waivers, at)
    const unmet = unmetIn(standing.filed.outcomes, { ticks, waived })
    if (unmet.length > 0)
      return refuse(requirementsUnmet, { detail: saysUnmet(unmet.toSorted((a, b) => byNumber(a.check, b.check))) })
    return {
      review: review.id,
      project: review.project,
      outcome: review.state === 'due' ? ('kept' as const) : ('cured' as const),
      text: input.text,
      assessment: standing.filed.assessment,
      ticks,
      waived: [...waived].sort(byNumber),
      disagreements: differing({ ticks, standing }, question),
    }
  },
  async writes(tx, { review, project, outcome, text, assessment, ticks, waived, disagreements }, entry) {
    await patchReview(tx, review, {
      ...{ state: outcome, ended: new Date(entry.at), end_entry: entry.id, reviewer: entry.actor.person ?? null },
      ...{ text, assessment, ticks: canonical(ticks), waived: canonical(waived) },
    })
    await startClock(tx, { project, review, at: entry.at })
    await addDisagreements(tx, { project, review, list: disagreements }, entry)
  },
  says: ({ review, project, outcome, disagreements }) =>
    `found in ${review} that ${project} ${outcome === 'kept' ? 'keeps its requirements' : 'has cured what was missing'}${saysDiffering(disagreements)}`,
})

const saysDiffering = (list: readonly { readonly check: string }[]): string =>
  list.length === 0 ? '' : `, finding otherwise than the assessment on ${list.map(({ check }) => check).join(', ')}`

export const giveNotice = act({
  name: 'stewardship.give-notice',
  title: 'Give notice of what is missing',
  describes: 'Tells a project in a review what is missing, with reasons, and gives it the charter’s time to cure it.',
  under: reviewing,
  by: ['seat-holder', 'chair'],
  takes: z.object({
    review: ReviewId,
    text: Opinion,
    reasons: z.array(Reason).max(40).default([]).meta({ title: 'Requirement that is missing' }),
  }),
  records: z.object({
    review: ReviewId,
    project: ProjectId,
    text: z.string(),
    reasons: z.array(Reason),
    cureBy: Instant,
    assessment: AssessmentId.nullable(),
    disagreements: z.array(Found),
  }),
  refuses: [
    noSuchReview,
    reviewEnded,
    otherReviewers,
    ownProject,
    alreadyUnderNotice,
    reasonsWanted,
    noSuchRequirement,
    reasonWaived,
  ],
  finds: findsForFinding,
  weighs: { context: weighed, of: ({ found, at }) => contextOf(found.subject, at) },
  decides(question) {
    const {
      input: { text, reasons },
      found: { standing, waivers },
      at,
      term,
    } = question
    const review = reviewFor(question)
    if (isRefusal(review)) return review
    if (review.state === 'under-notice') return refuse(alreadyUnderNotice)
    // Where the repository cannot be read there are no checks to name; the text must do.
    if (reasons.length === 0 && standing?.filed) return refuse(reasonsWanted)
    const strange = foreign(
      reasons.map(({ check }) => check),
      standing,
    )
    if (strange.length > 0) return refuse(noSuchRequirement, { detail: `Not known: ${strange.join(', ')}.` })
    const waived = waivedBy(waivers, at)
    const excused = reasons.filter(({ check }) => waived.has(check)).map(({ check }) => check)
    if (excused.length > 0) return refuse(reasonWaived, { detail: `Waived: ${excused.join(', ')}.` })
    const ticks = reasons.map(({ check, says }) => ({ check, tick: 'not-met' as const, reason: says }))
    return {
      review: review.id,
      project: review.project,
      text,
      reasons,
      cureBy: addDays(at, term(reviewing).cureDays),
      assessment: standing?.filed?.assessment ?? null,
      disagreements: differing({ ticks, standing }, question),
    }
  },
  async writes(tx, { review, project, text, reasons, cureBy, assessment, disagreements }, entry) {
    const notice = canonical({ at: entry.at, by: entry.actor.person ?? '', text, reasons, cureBy })
    await patchReview(tx, review, {
      ...{ state: 'under-notice', notice, cure_by: new Date(cureBy), assessment, is_reminded: false },
    })
    await addDisagreements(tx, { project, review, list: disagreements }, entry)
  },
  says: ({ review, project, reasons, cureBy }) =>
    `gave notice to ${project} in ${review}${reasons.length > 0 ? ` of what is missing for ${reasons.map(({ check }) => check).join(', ')}` : ''}, to be cured by ${sayDay(cureBy)}`,
})
