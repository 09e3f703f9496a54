// The pages of the charter: the living charter at the front door, each clause, and the texts that were in force.
import { type AnyPage, page } from '#acts/page.ts'
import { markdownToHtml } from '#base/markdown.ts'
import { verdictBadge } from '#html/badge.ts'
import { codeBlock, shortCode } from '#html/code.ts'
import { type Html, html, link, raw } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { sayDay } from '#html/time.ts'
import { historyPage, textPage } from './history.ts'
import { latestActs } from './latest.ts'
import { type GuardingRule, type Judged, type LivingClause, livingCharter } from './living.ts'
import { valueInWords } from './readable.ts'
import type { Shelf } from './shelf.ts'
import { adoptions } from './tables.ts'

const prose = (markdown: string): Html => html`<div class="prose">${raw(markdownToHtml(markdown))}</div>`

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)
const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`
const hrefOf = (clause: string): string => `/charter/${encodeURIComponent(clause)}`

/** Percentages keep one decimal; the exact figure and its evidence are on the clause's page. */
function figure({ measure, measured }: Judged, value = measured.value): string {
  if (value === null) return 'not measured'
  if (measure.unit === 'share') return `${Math.round(value * 1000) / 10} %`
  const rounded = `${Math.round(value * 100) / 100}`
  return measure.unit === 'days' ? `${rounded} days` : rounded
}

const forbidding = (rules: readonly GuardingRule[]) => rules.filter(({ effect }) => effect === 'forbid')

const stoppedText = (stopped: number): string => `Stopped ${stopped === 0 ? 'nothing so far' : times(stopped)}.`

const briefLines = ({ rules, measures, acts, done }: LivingClause): Html[] => [
  ...forbidding(rules).map(({ title, stopped }) => html`<li>${title}. ${stoppedText(stopped)}</li>`),
  ...measures.map(
    one =>
      html`<li>${one.measure.title}: <strong>${figure(one)}</strong> ${one.verdict && verdictBadge(one.verdict)}</li>`,
  ),
  ...(acts.length > 0
    ? [
        html`<li>${counted(done, 'act')} done, of ${counted(acts.length, 'kind')} that ${acts.length === 1 ? 'stands' : 'stand'} under it.</li>`,
      ]
    : []),
]

function brief(living: LivingClause): Html {
  const { id, label, title, pledge } = living.clause
  const lines = briefLines(living)
  return html`<h3 id="clause-${id}"><a href="${hrefOf(id)}">${label} ${title}</a></h3><p>${pledge}</p>${lines.length > 0 && html`<ul>${lines}</ul>`}`
}

/** One section for each outermost clause, with all that stand within it. */
function chapters(clauses: readonly LivingClause[]): Section[] {
  const starts = clauses.flatMap(({ clause }, index) => (clause.depth === 0 ? [index] : []))
  return starts.flatMap((start, at) => {
    const [first, ...within] = clauses.slice(start, starts[at + 1])
    if (!first) return []
    const { id, label, title, pledge } = first.clause
    const lines = briefLines(first)
    const says = html`${pledge} ${link({ label: `Clause ${id}`, href: hrefOf(id) })}`
    return [
      {
        title: `${label} ${title}`,
        id: `clause-${id}`,
        says,
        body: html`${lines.length > 0 && html`<ul>${lines}</ul>`}${within.map(brief)}`,
      },
    ]
  })
}

/** How many promises with a threshold are kept, strained, broken or not measured. */
function standing(clauses: readonly LivingClause[]): Html | string {
  const verdicts = clauses.flatMap(({ measures }) => measures.flatMap(({ verdict }) => verdict ?? []))
  const counts = [...Map.groupBy(verdicts, verdict => verdict)]
  return counts.length === 0
    ? 'none measured yet'
    : html`${counts.map(([verdict, list]) => html`${list.length} ${verdictBadge(verdict)} `)}`
}

const front = (shelf: Shelf) =>
  page({
    path: '/',
    async loads(request) {
      const living = await livingCharter(shelf, request.read, { at: request.at })
      if (!living) return undefined
      const acts = shelf.domains().flatMap(domain => domain.acts)
      return { ...living, adoptions: await adoptions(request.read), latest: await latestActs(request, acts, 8) }
    },
    shows({ charter, clauses, adoptions: adopted, latest }, view) {
      const { foundation, preamble, hash } = charter
      const since = adopted[0]
      const { source } = foundation
      return {
        title: foundation.name,
        kicker: 'The living charter',
        summary: 'What this foundation promises, the rules that guard each promise, and how it stands today.',
        facts: [
          { term: 'Promises', value: standing(clauses) },
          { term: 'Clauses', value: clauses.length },
          { term: 'Rules', value: charter.rules.length },
          { term: 'Stopped by a rule', value: clauses.reduce((all, { stopped }) => all + stopped, 0) },
          {
            term: 'In force since',
            value: since ? sayDay(since.adoptedAt) : 'not yet',
            source: { label: 'history', href: '/charter/history' },
          },
          { term: 'Version', value: shortCode(hash) },
          {
            term: 'Follows',
            value: `${source.title}, ${sayDay(source.date)}`,
            source: { label: 'document', href: source.address },
          },
        ],
        sections: [
          ...(preamble ? [{ title: 'The charter', body: prose(preamble) }] : []),
          ...chapters(clauses),
          { title: 'Latest acts', id: 'latest', body: view.timeline(latest) },
        ],
      }
    },
  })

const ruleBody = ({ title, remedy, text, stopped, effect }: GuardingRule): Html => html`<h3>${title}</h3>
<p>${effect === 'forbid' ? html`${stoppedText(stopped)} Remedy: ${remedy}` : 'This rule permits; every other forbids.'}</p>
${codeBlock(text, `Cedar text: ${title}`)}`

const evidence = ({ measured }: Judged): Html | string =>
  measured.evidence.length === 0
    ? 'none'
    : html`<ul>${measured.evidence.map(({ text, href }) => html`<li>${link({ label: text, href })}</li>`)}</ul>`

const thresholds = ({ claim }: Judged): string =>
  [claim.kept && `kept at ${claim.kept}`, claim.strained && `strained at ${claim.strained}`]
    .filter(Boolean)
    .join(', ') || 'no threshold'

const measureBody = (judged: Judged): Html => {
  const { measure, measured, verdict } = judged
  const { low, high } = measured
  const interval =
    low !== undefined &&
    high !== undefined &&
    low < high &&
    ` (between ${figure(judged, low)} and ${figure(judged, high)})`
  return html`<h3>${measure.title} ${verdict && verdictBadge(verdict)}</h3>
<p><strong>${figure(judged)}</strong>${interval}. ${measured.says}</p>
<dl class="facts across">${[
    ['Promise', thresholds(judged)],
    ['Formula', measure.formula],
    ['Period', measure.period],
    ['Known', `${measured.known} of ${measured.whole}`],
    ['Evidence', evidence(judged)],
  ].map(([term, value]) => html`<div class="fact"><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
}

type Mandates = Readonly<Record<string, readonly string[]>>

function clauseSections({ clause, rules, terms, measures, acts }: LivingClause, mandates: Mandates): Section[] {
  const settled = terms.map(({ title, value }) => html`<h3>${title}</h3>${valueInWords(value)}`)
  const listed = acts.map(({ title, describes, name }) => ({
    act: title,
    about: describes,
    wants: mandates[name]?.join(' or '),
    name: html`<code>${name}</code>`,
  }))
  const columns = [
    { key: 'act', label: 'Act' },
    { key: 'about', label: 'What it does' },
    { key: 'wants', label: 'Wants as mandate' },
    { key: 'name', label: 'Name' },
  ]
  const caption = 'Acts that stand under this clause'
  return [
    { title: 'What it means', body: prose(clause.prose) },
    ...(measures.length > 0 ? [{ title: 'Is it kept?', body: html`${measures.map(measureBody)}` }] : []),
    ...(rules.length > 0 ? [{ title: 'Rules that guard it', body: html`${rules.map(ruleBody)}` }] : []),
    ...(terms.length > 0 ? [{ title: 'What it settles', body: html`${settled}` }] : []),
    ...(acts.length > 0
      ? [{ title: caption, body: table({ caption, columns, rows: listed, empty: '', isCaptionHidden: true }) }]
      : []),
  ]
}

const clausePage = (shelf: Shelf) =>
  page({
    path: '/charter/:clause',
    async loads(request) {
      const only = request.params.clause ?? ''
      const living = await livingCharter(shelf, request.read, { at: request.at, only })
      const [found] = living?.clauses ?? []
      if (!living || !found) return undefined
      const nearby = living.charter.clauses.filter(({ id, parent }) => parent === only || id === found.clause.parent)
      return { found, nearby, mandates: living.charter.mandates, latest: await latestActs(request, found.acts, 10) }
    },
    shows({ found, nearby, mandates, latest }, view) {
      const { clause, done, stopped } = found
      const children = nearby.filter(({ parent }) => parent === clause.id)
      const above = nearby.filter(({ id }) => id === clause.parent)
      const crumb = ({ id, label, title }: (typeof nearby)[number]) => ({
        label: `${label} ${title}`,
        href: hrefOf(id),
      })
      return {
        title: `${clause.label} ${clause.title}`,
        kicker: 'Clause of the charter',
        summary: clause.pledge,
        crumbs: [{ label: 'Charter', href: '/' }, ...above.map(crumb)],
        facts: [
          { term: 'Acts done under it', value: done },
          { term: 'Stopped by its rules', value: stopped },
        ],
        sections: [
          ...clauseSections(found, mandates),
          ...(children.length > 0
            ? [
                {
                  title: 'Clauses within it',
                  body: html`<ul>${children.map(child => html`<li>${link(crumb(child))}: ${child.pledge}</li>`)}</ul>`,
                },
              ]
            : []),
        ],
        timeline: view.timeline(latest),
      }
    },
  })

/** The history stands before the clauses: its address would fit theirs. */
export const charterPages = (shelf: Shelf): readonly AnyPage[] => [
  front(shelf),
  historyPage(),
  textPage(shelf),
  clausePage(shelf),
]
