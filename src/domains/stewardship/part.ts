// What stewardship adds to the page of a project: requirements with evidence, what changed, clocks, notices, waivers, disagreements, trends.
import type { Domain } from '#acts/domain.ts'
import type { PageRequest, PageView } from '#acts/page.ts'
import {
  assessmentBy,
  badgeOf,
  type CheckResult,
  latestFiled,
  type Outcome,
  type Paper,
  paperBy,
  standingBy,
} from '#domains/assessments/index.ts'
import { mayUseLogo, type Project, projectBy } from '#domains/projects/index.ts'
import type { Action } from '#html/action.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import { notice as noticeBox } from '#html/notice.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime, sayDay } from '#html/time.ts'
import { disagreementTable } from './disagreementsPage.ts'
import { clockBy, disagreementsIn, reviewsOf, waiversOf } from './finds.ts'
import { runningOf } from './landscape.ts'
import { cellMark, cellWords, clockShort, reviewBadge, reviewLink } from './marks.ts'
import { isStaff, keepsIt, mayReview, offerAsking, sampleText } from './offers.ts'
import { isInForce, isOpen, lastDay, waivedBy } from './rules.ts'
import { planFor, reviewing, waiving } from './terms.ts'
import { trendSection } from './trends.ts'
import { waiverTable } from './waiversPage.ts'
import type { Review } from './words.ts'

/** The assessment on which the last review rested; before any review, the one on which the project was taken in. */
async function paperBefore(request: PageRequest, project: Project, reviews: readonly Review[]) {
  const { read } = request
  const review = reviews.find(one => one.ended !== null && one.assessment !== null)
  const assessment = review?.assessment
    ? await assessmentBy(read, review.assessment)
    : project.application
      ? (await latestFiled(read, [project.application])).get(project.application)
      : undefined
  const paper = assessment?.findings ? await paperBy(read, assessment.findings.paper) : undefined
  return paper && { paper, since: review ? ('review' as const) : ('admission' as const) }
}

async function offersOn(request: PageRequest, project: Project, hasOpen: boolean) {
  const plan = planFor(request.term(reviewing), project.stage)
  if (!plan || project.isArchived) return {}
  const reviews = mayReview(request, plan.body)
  const mayAsk = reviews || isStaff(request) || keepsIt(request, project.id)
  const until = lastDay(request.at, request.term(waiving).mostMonths)
  return {
    call:
      reviews && !hasOpen
        ? await offerAsking(request, 'stewardship.open-review', {
            input: { project: project.id },
            sample: { reason: sampleText },
          })
        : undefined,
    waiver: mayAsk
      ? await offerAsking(request, 'stewardship.request-waiver', {
          input: { project: project.id },
          sample: { check: 'X1', reason: sampleText, until },
        })
      : undefined,
  }
}

async function loads(request: PageRequest, project: Project) {
  const { read, at, term, names } = request
  const [standing, reviews, waivers, disagreements, clock] = await Promise.all([
    standingBy(read, project.id),
    reviewsOf(read, project.id),
    waiversOf(read, project.id),
    disagreementsIn(read, { project: project.id }),
    clockBy(read, project.id),
  ])
  const filed = standing?.filed
  const open = reviews.find(isOpen)
  const people = [
    ...waivers.flatMap(({ requester, decider }) => [requester, decider]),
    ...disagreements.map(({ reviewer }) => reviewer),
  ].flatMap(id => id ?? [])
  return {
    ...{ project, standing, reviews, waivers, disagreements, open, at },
    paper: filed ? await paperBy(read, filed.paper) : undefined,
    before: await paperBefore(request, project, reviews),
    running: project.isArchived ? null : runningOf(project, { review: open, clock, at, reviewing: term(reviewing) }),
    names: await names([...new Set([project.id, ...people])]),
    offers: await offersOn(request, project, open !== undefined),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const evidenceLink = (assessment: string, { id, evidence }: CheckResult): Html => {
  const path = evidence.find(one => one.path !== undefined)?.path
  return html`<a href="/assessments/${assessment}#${id}">${path ? html`<code>${path}</code>` : 'evidence'}</a>`
}

function requirementsSection({ standing, paper, waivers, at }: Loaded): Section[] {
  const filed = standing?.filed
  if (!filed || !paper) return []
  const waived = waivedBy(waivers, at)
  const passed = paper.checks.filter(({ outcome }) => outcome === 'pass').length
  const rows = paper.checks.map(check => ({
    check: html`<b>${check.id}</b> ${check.title}`,
    outcome:
      check.outcome !== 'pass' && waived.has(check.id) ? html`${cellMark('waived')} Waived` : badgeOf(check.outcome),
    says: check.says,
    evidence: evidenceLink(filed.assessment, check),
  }))
  const list = table({
    caption: 'Requirements',
    isCaptionHidden: true,
    columns: [
      { key: 'check', label: 'Requirement' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'says', label: 'What was found' },
      { key: 'evidence', label: 'Evidence' },
    ],
    rows,
    empty: 'The criteria ask nothing.',
  })
  return [
    {
      title: 'Requirements',
      id: 'requirements',
      says: html`${passed} of ${paper.checks.length} pass as of ${dayTime(filed.asOf)}. Unknown is never a pass; what needs a person waits for a review.`,
      body: html`<details><summary>Every requirement with its evidence</summary>${list}</details>`,
    },
  ]
}

type Change = {
  readonly id: string
  readonly title: string
  readonly was: Outcome | undefined
  readonly is: Outcome | undefined
}

/** Requirements whose outcome differs between two assessments, those that are new, and those that are gone. */
export function changesBetween(before: Pick<Paper, 'checks'>, now: Pick<Paper, 'checks'>): readonly Change[] {
  const [was, is] = [before, now].map(({ checks }) => new Map(checks.map(check => [check.id, check])))
  const ids = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
  return ids.flatMap(id => {
    const [old, fresh] = [was?.get(id), is?.get(id)]
    const title = (fresh ?? old)?.title ?? ''
    return old?.outcome === fresh?.outcome ? [] : [{ id, title, was: old?.outcome, is: fresh?.outcome }]
  })
}

const told = (outcome: Outcome | undefined): Html | string =>
  outcome ? html`${cellMark(outcome)} ${cellWords[outcome]}` : 'not asked'

function changedSection({ before, paper }: Loaded): Section[] {
  if (!before || !paper || before.paper.hash === paper.hash) return []
  const since = before.since === 'review' ? 'the last review' : 'it was taken in'
  const isOther = before.paper.criteria.id !== paper.criteria.id
  const changes = isOther ? [] : changesBetween(before.paper, paper)
  const body = isOther
    ? html`<p>It was judged by the ${before.paper.criteria.id} criteria then, and is by the ${paper.criteria.id} criteria now.</p>`
    : table({
        caption: `What changed since ${since}`,
        isCaptionHidden: true,
        columns: [
          { key: 'check', label: 'Requirement' },
          { key: 'was', label: 'Then' },
          { key: 'is', label: 'Now' },
        ],
        rows: changes.map(({ id, title, was, is }) => ({
          check: html`<b>${id}</b> ${title}`,
          was: told(was),
          is: told(is),
        })),
        empty: 'No requirement has another outcome now.',
      })
  return [
    {
      title: `What changed since ${since}`,
      id: 'changed',
      says: html`Compared with the assessment as of ${dayTime(before.paper.asOf)}.`,
      body,
    },
  ]
}

function openNotice({ open, at }: Loaded): Html {
  if (!open?.notice) return html``
  const { cureBy, text, reasons } = open.notice
  const says = html`<p>${text}</p><ul>${reasons.map(({ check, says: missing }) => html`<li><b>${check}</b> ${missing}</li>`)}</ul>`
  const title =
    at < cureBy
      ? `Under notice: to be cured by ${sayDay(cureBy)}`
      : `Under notice: the time to cure was over on ${sayDay(cureBy)}`
  return html`${noticeBox({ kind: 'information', title, says })}`
}

function reviewsSection(loaded: Loaded): Section {
  const { reviews, running, open } = loaded
  const list = table({
    caption: 'Reviews',
    isCaptionHidden: true,
    columns: [
      { key: 'opened', label: 'Review' },
      { key: 'state', label: 'State' },
      { key: 'ended', label: 'Ended' },
    ],
    rows: reviews.map(review => ({
      opened: reviewLink(review, `of ${sayDay(review.opened)}`),
      state: reviewBadge(review),
      ended: review.ended ? dayTime(review.ended) : '',
    })),
    empty: 'It has not been reviewed here yet.',
  })
  const clock = running && !open && html`<p>${clockShort(running)}</p>`
  return { title: 'Reviews', id: 'reviews', body: html`${openNotice(loaded)}${clock}${list}` }
}

function smallSections({ waivers, disagreements, names, standing }: Loaded): Section[] {
  return [
    ...(waivers.length > 0
      ? [{ title: 'Waivers', id: 'waivers', body: waiverTable(waivers, { names, withProject: false }) }]
      : []),
    ...(disagreements.length > 0
      ? [
          {
            title: 'Disagreements',
            id: 'disagreements',
            says: 'Where a reviewer finds otherwise than a check.',
            body: disagreementTable(disagreements, { names, outcomes: standing?.filed?.outcomes ?? {} }),
          },
        ]
      : []),
  ]
}

function factsOf({ project, standing, running, waivers, at }: Loaded): Fact[] {
  const inForce = waivers.filter(waiver => isInForce(waiver, at)).length
  return [
    ...(running ? [{ term: 'Review', value: clockShort(running) }] : []),
    ...(standing?.lastStage === 'failed'
      ? [
          {
            term: 'Repository',
            value: html`<span class="bad">could not be read on ${dayTime(standing.lastAsOf)}</span>`,
          },
        ]
      : []),
    ...(standing?.lastStage === 'asked'
      ? [{ term: 'Assessment', value: link({ label: 'under way', href: `/assessments/${standing.last}` }) }]
      : []),
    ...(inForce > 0 ? [{ term: 'Waivers in force', value: inForce }] : []),
    {
      term: 'Logo of the foundation',
      value: mayUseLogo(project)
        ? 'may be shown'
        : html`may no longer be shown${project.reapplyFrom && html`; it may apply again from ${dayTime(project.reapplyFrom)} on`}`,
    },
  ]
}

function actions({ offers, open }: Loaded, view: PageView): Action[] {
  return [
    ...(open ? [{ kind: 'link' as const, label: 'The open review', href: `/stewardship/reviews/${open.id}` }] : []),
    ...(offers.call ? [view.action(offers.call)] : []),
    ...(offers.waiver
      ? [
          {
            kind: 'link' as const,
            label: offers.waiver.act.title,
            href: `/acts/stewardship/request-waiver?${new URLSearchParams([...Object.entries(offers.waiver.input).map(([name, value]) => [name, String(value)]), ['_return', view.here]])}`,
          },
        ]
      : []),
  ]
}

export const adds: NonNullable<Domain['adds']> = async (request, subject) => {
  const project = subject.startsWith('prj_') ? await projectBy(request.read, subject) : undefined
  if (!project) return undefined
  const loaded = await loads(request, project)
  return view => ({
    facts: factsOf(loaded),
    next: actions(loaded, view),
    sections: [
      reviewsSection(loaded),
      ...requirementsSection(loaded),
      ...changedSection(loaded),
      ...smallSections(loaded),
      ...trendSection(loaded.paper, loaded.standing?.filed?.assessment ?? ''),
    ],
  })
}
