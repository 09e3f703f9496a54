// How a project has lived by month, as charts with their numbers, from its newest assessment.
import { type Paper, sayNewcomers, sayReleases } from '#domains/assessments/index.ts'
import { lineChart } from '#html/chart.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { dayTime, sayMonth } from '#html/time.ts'

const mostMonths = 36

const lines = [
  [
    'Commits',
    'commits',
    'Every commit of the default branch by the month of its committer date, machines and merges with them.',
  ],
  ['Active people', 'people', 'Authors of commits in the month, each address counted once; machines left out.'],
  ['Newcomers', 'newcomers', 'Authors whose first commit of all falls into the month; machines left out.'],
] as const

function newcomersLine({ activity }: Paper, assessment: string): Html {
  const { newcomers } = activity
  if (!newcomers) return html``
  const evidence = link({ label: 'Each first commit', href: `/assessments/${assessment}#newcomers` })
  return html`<p>${sayNewcomers(newcomers)}. ${evidence}</p>`
}

export function trendSection(paper: Paper | undefined, assessment: string): Section[] {
  const months = paper?.activity.months?.slice(-mostMonths) ?? []
  const [first, last] = [months[0], months.at(-1)]
  if (!paper || !first || !last || months.length < 2) return []
  const charts = lines.map(([title, key, formula]) =>
    lineChart({
      title: `${title} by month`,
      period: `${sayMonth(first.month)} to ${sayMonth(last.month)}; the last month ends on the day of the assessment`,
      formula,
      points: months.map(month => ({ label: month.month, value: month[key] })),
    }),
  )
  const cut = paper.isShallow ? ' This copy of the history is cut off, so the numbers are lower bounds.' : ''
  return [
    {
      title: 'Month by month',
      id: 'trend',
      says: html`From ${link({ label: 'the assessment', href: `/assessments/${assessment}` })} as of ${dayTime(paper.asOf)}.${cut}`,
      body: html`<div class="charts">${charts}</div>${newcomersLine(paper, assessment)}${paper.releases && html`<p>${sayReleases(paper.releases)}.</p>`}`,
    },
  ]
}
