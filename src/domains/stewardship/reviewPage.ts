// The page of one review: where it stands, the notice and its answer, what was found, and what its reviewers and maintainers may do.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { requirementsIn, standingBy } from '#domains/assessments/index.ts'
import { bodyBy } from '#domains/bodies/index.ts'
import { called, mayUseLogo, projectBy, projectLink, prose, stageName, stages } from '#domains/projects/index.ts'
import type { Action } from '#html/action.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime, instantTime } from '#html/time.ts'
import { disagreementTable } from './disagreementsPage.ts'
import { disagreementsIn, reviewBy, waiversOf } from './finds.ts'
import { cellMark, reviewBadge } from './marks.ts'
import { keepsIt, mayReview, offerAsking, sampleText } from './offers.ts'
import { keepForm, noticeForm } from './reviewForms.ts'
import { isOpen, waivedBy } from './rules.ts'
import type { Review } from './words.ts'

async function offersOn(request: PageRequest, review: Review) {
  if (!isOpen(review)) return {}
  const isTheirs = keepsIt(request, review.project)
  const notice = { review: review.id, text: sampleText, reasons: [] }
  return {
    answer:
      isTheirs && review.notice
        ? await offerAsking(request, 'stewardship.answer-notice', {
            input: { review: review.id },
            sample: { text: sampleText },
          })
        : undefined,
    // Rehearsed without ticks: what they would have to say is not yet known, so only who may find anything is asked.
    find: mayReview(request, review.body) ? await request.offer('stewardship.give-notice', notice) : undefined,
  }
}

/** Refusals that only say that the form is not filled in yet, or that the notice is given. */
const onlyUnfilled = ['stewardship/reasons-wanted', 'stewardship/already-under-notice']

async function loads(request: PageRequest) {
  const { read, params, at, term, names } = request
  const review = await reviewBy(read, params.review ?? '')
  const project = review && (await projectBy(read, review.project))
  if (!review || !project) return undefined
  const standing = await standingBy(read, project.id)
  const disagreements = (await disagreementsIn(read, { project: project.id })).filter(one => one.review === review.id)
  const people = [review.caller, review.reviewer, review.notice?.by, review.answer?.by].flatMap(id => id ?? [])
  return {
    ...{ review, project, standing, disagreements },
    requirements: standing?.filed ? await requirementsIn(read, standing.filed.paper) : [],
    waived: waivedBy(await waiversOf(read, project.id), at),
    body: (await bodyBy(read, review.body))?.name ?? review.body,
    names: await names([...people, ...disagreements.map(({ reviewer }) => reviewer)]),
    stages: term(stages),
    offers: await offersOn(request, review),
    timeline: await request.timeline(review.id, 100),
  }
}
type Loaded = NonNullable<Awaited<ReturnType<typeof loads>>>

function factsOf({ review, project, body, stages: known }: Loaded): Fact[] {
  return [
    { term: 'Project', value: projectLink(project) },
    { term: 'Reviewed as', value: stageName(known, review.stage) },
    { term: 'Reviewed by', value: body },
    { term: 'Fell due', value: dayTime(review.due) },
    { term: 'Opened', value: dayTime(review.opened) },
    ...(review.state === 'due' ? [{ term: 'To be looked at by', value: dayTime(review.lookBy) }] : []),
    ...(review.ended ? [{ term: 'Ended', value: dayTime(review.ended) }] : []),
    ...(review.endEntry
      ? [{ term: 'Entry', value: link({ label: 'in the record', href: `/record/${review.endEntry}` }) }]
      : []),
    { term: 'Logo of the foundation', value: mayUseLogo(project) ? 'may be shown' : 'may no longer be shown' },
  ]
}

function standingText({ review, names }: Loaded, at: string): Html {
  const { notice, answer } = review
  if (review.state === 'due')
    return html`The review waits for a reviewer${review.lookBy <= at && html`, and is late since ${dayTime(review.lookBy)}`}.`
  if (review.state === 'under-notice' && notice)
    return at < notice.cureBy
      ? html`The project is under notice and has until ${instantTime(notice.cureBy, at)} to cure what is missing.`
      : html`The time to cure was over on ${dayTime(notice.cureBy)}. ${answer ? 'The project has answered; a reviewer has to look.' : 'The repository is read once more, then it is settled.'}`
  const who = review.reviewer ? html`, as ${called(names, review.reviewer)} found` : ''
  const ends: Partial<Record<Review['state'], Html>> = {
    kept: html`The project keeps its requirements${who}.`,
    cured: html`The project has cured what was missing${who}.`,
    retired: html`The project was not cured in time and has been retired. Its right to the logo has ended.`,
    dropped: html`The review ended without a finding.`,
  }
  return ends[review.state] ?? html``
}

function noticeSection({ review, names }: Loaded): Section[] {
  const { notice, answer } = review
  if (!notice) return []
  const reasons = table({
    caption: 'What is missing',
    isCaptionHidden: true,
    columns: [
      { key: 'check', label: 'Requirement' },
      { key: 'says', label: 'What must be different' },
    ],
    rows: notice.reasons.map(({ check, says }) => ({ check: html`<b>${check}</b>`, says })),
    empty: 'No single requirement was named: the repository could not be read.',
  })
  const given = html`<p class="quiet">${called(names, notice.by)}, ${dayTime(notice.at)}; to be cured by ${dayTime(notice.cureBy)}</p>`
  return [
    { title: 'Notice', id: 'notice', body: html`${given}${prose(notice.text)}${reasons}` },
    ...(answer
      ? [
          {
            title: 'Answer',
            id: 'answer',
            body: html`<p class="quiet">${called(names, answer.by)}, ${dayTime(answer.at)}; to be looked at by ${dayTime(answer.lookBy)}</p>${prose(answer.text)}`,
          },
        ]
      : []),
  ]
}

const tickWords = { met: 'Met', 'not-met': 'Not met', 'left-open': 'Left open' } as const

/** What the reviewer found where the check left it open; for an open review how each requirement stands now. */
function requirementsSection({ review, requirements, standing, waived }: Loaded): Section[] {
  const filed = standing?.filed
  if (review.ended && review.ticks.length === 0) return []
  if (review.ended)
    return [
      {
        title: 'What the reviewer found',
        id: 'findings',
        body: html`<ul>${review.ticks.map(({ check, tick, reason }) => html`<li><b>${check}</b> ${tickWords[tick]}${reason && html`: ${reason}`}</li>`)}</ul>${review.waived.length > 0 && html`<p>Waived then: ${review.waived.join(', ')}.</p>`}`,
      },
    ]
  if (!filed)
    return [
      {
        title: 'How it stands',
        id: 'standing',
        body: html`<p>${standing?.lastStage === 'failed' ? html`The repository could not be read: ${standing.lastReason}` : 'The repository is being read.'}</p>`,
      },
    ]
  return [
    {
      title: 'How it stands',
      id: 'standing',
      says: html`As of ${dayTime(filed.asOf)}: ${link({ label: 'every check with its evidence', href: `/assessments/${filed.assessment}` })}.`,
      body: html`<ul class="columns">${requirements.map(({ id, title }) => {
        const outcome = filed.outcomes[id]
        return html`<li>${cellMark(outcome !== 'pass' && waived.has(id) ? 'waived' : outcome)} <b>${id}</b> ${title}</li>`
      })}</ul>`,
    },
  ]
}

function formSections({ review, requirements, standing, waived, offers }: Loaded): Section[] {
  const { find } = offers
  if (!find || (find.refusal && !onlyUnfilled.includes(find.refusal.refused.id))) return []
  const filed = standing?.filed
  const matter = {
    review,
    requirements,
    outcomes: filed?.outcomes ?? {},
    waived,
    assessment: filed?.assessment ?? null,
  }
  const keep = filed
    ? [
        {
          title: review.state === 'due' ? 'It keeps its requirements' : 'It is cured',
          id: 'keep',
          body: keepForm(matter),
        },
      ]
    : []
  return review.state === 'due'
    ? [...keep, { title: 'Something is missing', id: 'give-notice', body: noticeForm(matter) }]
    : keep
}

function actions({ offers }: Loaded, view: PageView): Action[] {
  const barred = offers.find?.refusal && !onlyUnfilled.includes(offers.find.refusal.refused.id)
  return [
    ...(offers.answer ? [view.action(offers.answer, { weight: 'main' })] : []),
    ...(offers.find && barred ? [view.action(offers.find, { label: 'Review it' })] : []),
    ...(offers.find && !barred
      ? [{ kind: 'link' as const, label: 'Review it', href: '#keep', weight: 'main' as const }]
      : []),
  ]
}

export const reviewPage = page({
  path: '/stewardship/reviews/:review',
  loads,
  shows(loaded: Loaded, view) {
    const { review, project, disagreements, names, timeline } = loaded
    const text = review.text && review.ended ? [{ title: 'How it ended', id: 'end', body: prose(review.text) }] : []
    const why = review.callReason
      ? [
          {
            title: 'Why it was called for',
            id: 'call',
            body: html`<p class="quiet">${called(names, review.caller)}</p>${prose(review.callReason)}`,
          },
        ]
      : []
    return {
      crumbs: [
        { label: 'Stewardship', href: '/stewardship' },
        { label: 'Reviews', href: '/stewardship/reviews' },
      ],
      kicker: 'Review',
      title: project.name,
      standing: reviewBadge(review),
      summary: standingText(loaded, view.at),
      facts: factsOf(loaded),
      clauses: view.clauses([...new Set(timeline.flatMap(({ under }) => under))]),
      next: actions(loaded, view),
      sections: [
        ...why,
        ...text,
        ...noticeSection(loaded),
        ...requirementsSection(loaded),
        ...(disagreements.length > 0
          ? [
              {
                title: 'Disagreements',
                id: 'disagreements',
                body: disagreementTable(disagreements, { names, outcomes: loaded.standing?.filed?.outcomes ?? {} }),
              },
            ]
          : []),
        ...formSections(loaded),
      ],
      timeline: view.timeline(timeline),
    }
  },
})
