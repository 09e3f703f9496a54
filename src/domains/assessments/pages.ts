// The pages of assessments: the newest ones, and one with every check, its clause and its evidence.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { clauseRef } from '#html/clause.ts'
import { codeBlock } from '#html/code.ts'
import type { Fact } from '#html/facts.ts'
import { filters, pager } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime, instantTime } from '#html/time.ts'
import { newcomersSection } from './engine/newcomersPart.ts'
import { releasesSection } from './engine/releasesPart.ts'
import { assessmentBy, assessmentsPage, paperBy } from './finds.ts'
import { assessmentLink, badgeOf, countsLine, standingOf } from './part.ts'
import { progressOf, type Step } from './progress.ts'
import { shortAddress } from './rules.ts'
import { type AssessmentView, type CheckResult, isFiled, type Outcome, type Paper } from './words.ts'

const perPage = 50

async function loadsList({ read, query, names }: PageRequest) {
  const number = Math.max(1, Math.min(10_000, Number.parseInt(query.get('page') ?? '1', 10) || 1))
  const found = await assessmentsPage(read, { limit: perPage + 1, from: (number - 1) * perPage })
  const all = found.slice(0, perPage)
  return { all, number, hasMore: found.length > perPage, names: await names(all.map(({ subject }) => subject)) }
}

type Names = Awaited<ReturnType<PageRequest['names']>>

const subjectLink = (names: Names, subject: string): Html => {
  const known = names.get(subject)
  return known?.href ? link({ label: known.label, href: known.href }) : html`${known?.label ?? 'erased'}`
}

const listRow = (one: AssessmentView, names: Names): Row => ({
  subject: subjectLink(names, one.subject),
  date: assessmentLink(one),
  criteria: one.criteria,
  result: isFiled(one) ? countsLine(one.findings.counts) : html`${standingOf(one)} ${one.reason}`,
})

export const assessmentsListPage = page({
  path: '/assessments',
  loads: loadsList,
  shows({ all, number, hasMore, names }: Awaited<ReturnType<typeof loadsList>>) {
    const list = table({
      caption: 'Assessments',
      isCaptionHidden: true,
      columns: [
        { key: 'subject', label: 'Of' },
        { key: 'date', label: 'As of' },
        { key: 'criteria', label: 'Criteria' },
        { key: 'result', label: 'Result' },
      ],
      rows: all.map(one => listRow(one, names)),
      empty: 'Nothing has been assessed yet. An application is assessed as soon as it is filed.',
    })
    const pages = pager({
      newer: number > 1 ? `/assessments?page=${number - 1}` : undefined,
      older: hasMore ? `/assessments?page=${number + 1}` : undefined,
      summary: `Page ${number}`,
    })
    return {
      title: 'Assessments',
      summary: 'What repositories show against the published criteria, the newest first; anybody can make each again.',
      isWide: true,
      sections: [{ title: 'Newest first', id: 'list', body: html`${list}${(number > 1 || hasMore) && pages}` }],
    }
  },
})

const outcomes: readonly Outcome[] = ['fail', 'unknown', 'needs-person', 'pass']
const outcomeWords: Record<Outcome, string> = {
  fail: 'Fail',
  unknown: 'Unknown',
  'needs-person': 'Needs a person',
  pass: 'Pass',
}

async function loadsOne({ read, params, query, names }: PageRequest) {
  const one = await assessmentBy(read, params.assessment ?? '')
  if (!one) return undefined
  const paper = one.findings ? await paperBy(read, one.findings.paper) : undefined
  const wanted = outcomes.find(outcome => outcome === query.get('outcome'))
  const step = one.stage === 'asked' ? await progressOf(read, one.id) : undefined
  return { one, paper, wanted, step, names: await names([one.subject]) }
}

type Loaded = NonNullable<Awaited<ReturnType<typeof loadsOne>>>

const place = ({ path, line, blob, note }: CheckResult['evidence'][number]): Html =>
  html`<li>${path && html`<code>${path}${line !== undefined && `:${line}`}</code>`} ${blob && html`<span class="quiet">blob <code>${blob.slice(0, 12)}</code></span>`} ${note}</li>`

function evidenceOf({ evidence }: CheckResult): Html {
  const told = evidence.filter(({ path, note }) => path !== undefined || note !== undefined)
  const [first] = evidence
  if (!first) return html`<span class="quiet">none</span>`
  const commit = html`<span class="quiet">commit <code>${first.commit.slice(0, 12)}</code></span>`
  return told.length === 0
    ? commit
    : html`<ul class="plain">${told.slice(0, 8).map(place)}</ul>${told.length > 8 && html`<p class="quiet">and ${told.length - 8} more in the working paper</p>`}${commit}`
}

const checkRow = (check: CheckResult, { clauses }: Pick<PageView, 'clauses'>): Row => {
  const [clause] = clauses([check.clause])
  return {
    check: html`<span id="${check.id}">${check.id}</span> ${check.title}`,
    outcome: badgeOf(check.outcome),
    says: check.says,
    clause: clause ? clauseRef(clause) : check.clause,
    evidence: evidenceOf(check),
  }
}

function checksSection({ one, paper, wanted }: Loaded, view: PageView): Section {
  const all = paper?.checks ?? []
  const here = `/assessments/${one.id}`
  const count = (outcome: Outcome): number => all.filter(check => check.outcome === outcome).length
  const form = filters({
    action: here,
    selects: [
      {
        name: 'outcome',
        label: 'Outcome',
        any: 'Every outcome',
        value: wanted,
        choices: outcomes.map(value => ({ value, label: outcomeWords[value], count: count(value) })),
      },
    ],
    chips: wanted ? [{ label: outcomeWords[wanted], href: here }] : [],
  })
  const list = table({
    caption: 'Checks',
    isCaptionHidden: true,
    columns: [
      { key: 'check', label: 'Requirement' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'says', label: 'What was found' },
      { key: 'clause', label: 'Clause' },
      { key: 'evidence', label: 'Evidence' },
    ],
    rows: all.filter(check => !wanted || check.outcome === wanted).map(check => checkRow(check, view)),
    empty: html`No check has this outcome. ${link({ label: 'Show all', href: here })}`,
  })
  return {
    title: 'Checks',
    id: 'checks',
    says: 'Unknown is never a pass; what needs a person waits for a reviewer.',
    body: html`${form}${list}`,
  }
}

const periods = [
  ['90 days', 'window90'],
  ['365 days', 'window365'],
  ['All time', 'all'],
] as const

const activitySection = ({ activity }: Paper): Section => ({
  title: 'Activity',
  id: 'activity',
  says: 'Commits before the date of the assessment. Machines are counted apart from people.',
  body: table({
    caption: 'Activity',
    isCaptionHidden: true,
    columns: [
      { key: 'period', label: 'Period' },
      { key: 'commits', label: 'Commits', align: 'end' },
      { key: 'human', label: 'By people', align: 'end' },
      { key: 'people', label: 'People', align: 'end' },
    ],
    rows: periods.map(([period, key]) => ({
      period,
      commits: activity[key].commits,
      human: activity[key].humanCommits,
      people: activity[key].people,
    })),
    empty: 'No commits.',
  }),
})

const bundleOfOne = ({ id }: AssessmentView): string => `/api/assessments/bundle?assessment=${id}`

const again = ({ one }: Loaded): Section => ({
  title: 'Make it again',
  id: 'again',
  says: 'Anybody can make the same working paper from the repository alone, byte for byte.',
  body: html`${codeBlock(`guildhall assess --replay ${one.id}.json`, 'The command')}<p>It reads the ${link({ label: 'evidence bundle', href: bundleOfOne(one) })}, saved as <code>${one.id}.json</code>: the working paper, the criteria and the blobs that the paper rests on. It says “same”, or names the first difference; with <code>--from</code> it reads a clone of your own.</p><p>The hash of the working paper: <code>${one.findings?.paper}</code>. The paper alone: ${link({ label: 'as JSON', href: `/api/assessments/show?assessment=${one.id}` })}.</p>`,
})

function factsOf({ one, paper, names }: Loaded): Fact[] {
  const { findings } = one
  return [
    { term: 'Of', value: subjectLink(names, one.subject) },
    { term: 'Repository', value: link({ label: shortAddress(one.repository), href: one.repository }) },
    { term: 'As of', value: instantTime(one.asOf) },
    {
      term: 'Criteria',
      value: findings ? html`${one.criteria} <code>${findings.criteriaHash.slice(0, 12)}</code>` : one.criteria,
    },
    ...(findings ? [{ term: 'Commit', value: html`<code>${findings.commit.slice(0, 12)}</code>` }] : []),
    ...(paper
      ? [
          {
            term: 'Branch',
            value: html`${paper.branch}${paper.isShallow && ' (history cut off: counts are lower bounds)'}`,
          },
        ]
      : []),
    ...(findings ? [{ term: 'Engine', value: findings.engine }] : []),
    { term: one.answered ? 'Answered' : 'Asked', value: dayTime(one.answered ?? one.asked) },
    { term: 'Entry', value: link({ label: 'in the record', href: `/record/${one.entry}` }) },
  ]
}

const stepText = ({ says, done, of }: Step): Html =>
  done === undefined
    ? html`<p>${says}…</p>`
    : html`<p><label for="step">${says}</label>: ${done}${of !== undefined && ` of ${of}`}</p>${
        of !== undefined && html`<progress id="step" max="${of}" value="${done}"></progress>`
      }`

/** Time enough to read the page to its end, also by ear. */
const secondsApart = 15

function underWay({ one, step }: Loaded): Section[] {
  if (one.stage !== 'asked') return []
  const says = 'A large repository takes minutes the first time, and seconds after that.'
  const now = step
    ? stepText(step)
    : html`<p>It waits for its turn: repositories are read one after the other, so that none keeps the others waiting for long.</p>`
  const body = html`${now}<p>This page looks again by itself every ${secondsApart} seconds until the answer is there. ${link({ label: 'Look again', href: `/assessments/${one.id}` })}</p>`
  return [{ title: 'Under way', id: 'under-way', says, body }]
}

const outcomeText = ({ one }: Loaded): Html => {
  if (one.findings) return html`${countsLine(one.findings.counts)}`
  if (one.stage === 'asked') return html`The repository is being read. This page shows the result when it is there.`
  return html`The repository could not be read: ${one.reason} Nothing is concluded from that.`
}

export const assessmentPage = page({
  path: '/assessments/:assessment',
  loads: loadsOne,
  shows(loaded: Loaded, view) {
    const { one, paper } = loaded
    return {
      crumbs: [{ label: 'Assessments', href: '/assessments' }],
      kicker: 'Assessment',
      title: `${shortAddress(one.repository)}`,
      standing: standingOf(one),
      summary: html`What the repository shows against the ${one.criteria} criteria as of ${dayTime(one.asOf)}. ${outcomeText(loaded)}`,
      isWide: true,
      ...(one.stage === 'asked' && { looksAgain: secondsApart }),
      facts: factsOf(loaded),
      sections: paper
        ? [
            checksSection(loaded, view),
            activitySection(paper),
            ...newcomersSection(paper),
            ...releasesSection(paper),
            again(loaded),
          ]
        : underWay(loaded),
    }
  },
})
