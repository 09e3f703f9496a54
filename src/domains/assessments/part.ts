// What other pages show of an assessment: its counts in one line, and a section with the newest and those before it.
import { addMonths } from '#base/instants.ts'
import { outcomeBadge, stageBadge } from '#html/badge.ts'
import { empty } from '#html/empty.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { type AssessmentView, type Counts, type Filed, isFiled, type Outcome } from './words.ts'

export const badgeOf = (outcome: Outcome): Html => outcomeBadge(outcome === 'needs-person' ? 'needs a person' : outcome)

const order = [
  ['fail', 'fail'],
  ['unknown', 'unknown'],
  ['needs-person', 'needsPerson'],
  ['pass', 'pass'],
] as const

/** "3 Fail 1 Unknown 4 Needs a person 12 Pass"; nothing is said of outcomes that did not occur. */
export const countsLine = (counts: Counts): Html =>
  html`${order.filter(([, key]) => counts[key] > 0).map(([outcome, key], index) => html`${index > 0 && ' · '}<b>${counts[key]}</b> ${badgeOf(outcome)}`)}`

export const isFresh = (one: Pick<AssessmentView, 'asOf'>, at: string, months: number): boolean =>
  one.asOf >= addMonths(at, -months)

const stages = {
  asked: stageBadge('under way', 'plain'),
  filed: stageBadge('filed', 'good'),
  failed: stageBadge('could not be made', 'warn'),
} as const

export const standingOf = ({ stage }: AssessmentView): Html => stages[stage]

export const assessmentLink = ({ id, asOf }: AssessmentView): Html =>
  html`<a href="/assessments/${id}">As of ${dayTime(asOf)}</a>`

const resultOf = (one: AssessmentView): Html =>
  isFiled(one) ? countsLine(one.findings.counts) : html`${standingOf(one)} ${one.reason}`

const earlier = (all: readonly AssessmentView[]): Html =>
  table({
    caption: 'Assessments',
    isCaptionHidden: true,
    columns: [
      { key: 'date', label: 'As of' },
      { key: 'criteria', label: 'Criteria' },
      { key: 'result', label: 'Result' },
    ],
    rows: all.map(one => ({ date: assessmentLink(one), criteria: one.criteria, result: resultOf(one) })),
    empty: 'Nothing has been assessed yet.',
  })

const says =
  'What the repository itself shows, read from Git. Unknown is never a pass; what needs a person waits for a reviewer.'

function headline(newest: Filed | undefined, { at, months }: { at: string; months: number }): Html {
  if (!newest) return html``
  const isOld = !isFresh(newest, at, months)
  const date = dayTime(newest.asOf)
  return html`<p>${countsLine(newest.findings.counts)}</p><p class="quiet">As of ${date}, commit <code>${newest.findings.commit.slice(0, 12)}</code>. ${isOld && html`This is more than ${months} months old. `}${link({ label: 'Every check with its evidence', href: `/assessments/${newest.id}` })}</p>`
}

/** `all` of one thing, the newest first. */
export function assessmentSection(all: readonly AssessmentView[], now: { at: string; months: number }): Section {
  const newest = all.filter(isFiled).toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))[0]
  const body =
    all.length === 0
      ? empty('Nothing has been assessed yet. Maintainers, seat holders and staff may ask for an assessment.')
      : html`${headline(newest, now)}${earlier(all)}`
  return { title: 'Assessment', id: 'assessment', says, body }
}
