// An assessment as one HTML page that needs nothing else: its style is inside, its charts are drawn, nothing is fetched.
import { themeAssets } from '#html/assets.ts'
import { outcomeBadge } from '#html/badge.ts'
import { intervalChart, lineChart } from '#html/chart.ts'
import { type Child, type Html, html, raw } from '#html/html.ts'
import { notice } from '#html/notice.ts'
import { page, type Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime, instantTime, sayDay, sayMonth } from '#html/time.ts'
import { printable } from './checks/check.ts'
import { newcomersSection } from './newcomersPart.ts'
import { releasesSection } from './releasesPart.ts'
import type { Month } from './trend.ts'
import type { Assessment, CheckResult, Outcome } from './words.ts'

const accent = '#1f5f8b'
const mostMonths = 60
const outcomes: readonly Outcome[] = ['fail', 'unknown', 'needs-person', 'pass']

const badge = (outcome: Outcome): Html => outcomeBadge(outcome === 'needs-person' ? 'needs a person' : outcome)

export function reportDocument(assessment: Assessment): string {
  const title = `Assessment of ${printable(assessment.repository)}`
  const { css } = themeAssets(accent)
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${raw(css.body.replaceAll('</', '<\\/'))}</style>
</head>
<body>
<main id="main" class="measure">
${assessment.warnings?.map(warned)}
${body(assessment)}
</main>
</body>
</html>
`.toString()
}

const warned = (says: string): Html =>
  notice({
    kind: 'warning',
    title: 'This copy may be out of date',
    says: says.replace(/^This copy may be out of date: /, ''),
  })

function body(assessment: Assessment): Html {
  const { repository, asOf, commit, commitTime, criteria, engine, branch, hash, isShallow, seenUntil } = assessment
  return page({
    kicker: 'Assessment',
    title: printable(repository),
    summary: html`What the repository shows against the ${criteria.id} criteria as of ${dayTime(asOf)}. ${counts(assessment)}`,
    isWide: true,
    facts: [
      { term: 'As of', value: instantTime(asOf) },
      { term: 'Commit', value: html`<code>${commit.slice(0, 12)}</code> of ${dayTime(commitTime)}` },
      { term: 'Branch', value: printable(branch) },
      ...(seenUntil
        ? [{ term: 'Copy', value: html`nothing shows that it was updated after ${dayTime(seenUntil)}` }]
        : []),
      ...(isShallow ? [{ term: 'History', value: 'cut off: counts are lower bounds' }] : []),
      { term: 'Criteria', value: html`${criteria.id} <code>${criteria.hash.slice(0, 12)}</code>` },
      { term: 'Engine', value: engine },
      { term: 'Hash of the report', value: html`<code>${hash.slice(0, 16)}</code>` },
    ],
    sections: [
      checksSection(assessment),
      ...monthsSections(assessment),
      ...newcomersSection(assessment),
      ...releasesSection(assessment),
      carriedSection(assessment),
    ],
  })
}

const counts = ({ checks }: Assessment): Child =>
  outcomes
    .map(outcome => [outcome, checks.filter(check => check.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count], index) => html`${index > 0 && ' · '}<b>${count}</b> ${badge(outcome)}`)

const place = ({ path, line, blob, note }: CheckResult['evidence'][number]): Html =>
  html`<li>${path && html`<code>${printable(path)}${line !== undefined && `:${line}`}</code>`} ${blob && html`<span class="quiet">blob <code>${blob.slice(0, 12)}</code></span>`} ${note && printable(note)}</li>`

const row = ({ id, title, outcome, says, clause, evidence }: CheckResult): Row => {
  const told = evidence.filter(({ path, note }) => path !== undefined || note !== undefined)
  return {
    requirement: html`<span id="${id}">${id}</span> ${title}`,
    outcome: badge(outcome),
    says: printable(says),
    clause,
    evidence: told.length > 0 ? html`<ul class="plain">${told.map(place)}</ul>` : 'the commit',
  }
}

const checksSection = ({ checks }: Assessment): Section => ({
  title: 'Requirements',
  id: 'requirements',
  says: 'Unknown is never a pass; what needs a person waits for one.',
  body: table({
    caption: 'Requirements',
    isCaptionHidden: true,
    columns: [
      { key: 'requirement', label: 'Requirement' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'says', label: 'What was found' },
      { key: 'clause', label: 'Clause' },
      { key: 'evidence', label: 'Evidence' },
    ],
    rows: checks.map(row),
    empty: 'The criteria hold no requirement.',
  }),
})

const lines: readonly (readonly [string, (month: Month) => number | null, string])[] = [
  [
    'Commits',
    ({ commits }) => commits,
    'Every commit by the month of its committer date, machines and merges with them.',
  ],
  ['Active people', ({ people }) => people, 'Authors in the month, each address once; machines left out.'],
  [
    'Newcomers',
    ({ newcomers }) => newcomers,
    'Authors whose first commit of all falls into the month; machines left out.',
  ],
  [
    'Contributor absence factor',
    ({ absence }) => absence,
    'How few people made half of the commits of the twelve months that end with each; merges and machines left out.',
  ],
]

function monthsSections({ activity, isShallow }: Assessment): Section[] {
  const months = activity.months.slice(-mostMonths)
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last || months.length < 2) return []
  const charts = lines.map(([title, read, formula]) =>
    lineChart({
      title: `${title} by month`,
      period: `${sayMonth(first.month)} to ${sayMonth(last.month)}; the last month ends on the day of the assessment`,
      formula,
      points: months.map(month => ({ label: month.month, value: read(month) })),
    }),
  )
  const says = isShallow ? 'This copy of the history is cut off, so the numbers are lower bounds.' : undefined
  return [{ title: 'Month by month', id: 'months', says, body: html`<div class="charts">${charts}</div>` }]
}

const periods = [
  ['90 days', 'window90'],
  ['365 days', 'window365'],
  ['All time', 'all'],
] as const

/** The middle of a span is no estimate: the low end, which is proven, is marked. */
function carriedSection({ activity, asOf }: Assessment): Section {
  const known = periods.flatMap(([label, key]) => {
    const bounds = activity[key].organisations
    return bounds ? [{ label, bounds }] : []
  })
  const intervals = known.map(({ label, bounds }) => ({
    label: `${label}, ${Math.floor(bounds.knownShare * 100)}% known`,
    ...{ low: Math.round(bounds.top1ShareLow * 100), high: Math.round(bounds.top1ShareHigh * 100) },
    estimate: Math.round(bounds.top1ShareLow * 100),
  }))
  const year = activity.window365.organisations
  const chart = intervalChart({
    ...{ title: 'Share of the largest organisation', unit: '%', min: 0, max: 100, intervals },
    period: `before ${sayDay(asOf)}`,
    ...(year && { known: { has: year.commits - year.unknownCommits, of: year.commits, what: 'commits of 365 days' } }),
    formula: 'From: the largest organisation that addresses tell. To: the same with every unknown commit added.',
  })
  return {
    title: 'Who carries it',
    id: 'carried',
    says: 'Addresses of mail providers tell no organisation, so the answer is a span. A span is not a verdict.',
    body: html`${known.length > 0 && chart}${figures(activity)}`,
  }
}

const figures = (activity: Assessment['activity']): Html =>
  table({
    caption: 'Commits and people',
    narrow: 'scroll',
    columns: [
      { key: 'period', label: 'Period' },
      { key: 'commits', label: 'Commits', align: 'end' },
      { key: 'human', label: 'By people, no merges', align: 'end' },
      { key: 'people', label: 'People', align: 'end' },
      { key: 'absence', label: 'Made half', align: 'end' },
      { key: 'organisations', label: 'Organisations that made half', align: 'end' },
      { key: 'known', label: 'Known', align: 'end' },
    ],
    rows: periods.map(([period, key]) => {
      const { commits, humanCommits, people, absence, organisations: bounds } = activity[key]
      return {
        ...{ period, commits, human: humanCommits, people, absence: absence?.factorGe50 },
        organisations: bounds && `${bounds.elephantLow} to ${bounds.elephantHigh}`,
        known: bounds && `${Math.floor(bounds.knownShare * 100)}%`,
      }
    }),
    empty: 'No commits.',
  })
