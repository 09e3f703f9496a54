// The front page: the living charter, chapter by chapter.

import { type PageRequest, type PageView, page, type Shown } from '#acts/page.ts'
import { verdictBadge } from '#html/badge.ts'
import { shortCode } from '#html/code.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { sayDay } from '#html/time.ts'
import { latestActs } from './latest.ts'
import { type GuardingRule, type LivingClause, livingCharter } from './living.ts'
import { counted, figure, hrefOf, prose, stoppedText } from './said.ts'
import type { Shelf } from './shelf.ts'
import { adoptions } from './tables.ts'

const forbidding = (rules: readonly GuardingRule[]) => rules.filter(({ effect }) => effect === 'forbid')

/** A figure of a part says so. */
const knownPart = ({ measured: { value, known, whole } }: LivingClause['measures'][number]): Html | false =>
  value !== null && known < whole && html` <span class="quiet">(${known} of ${whole} known)</span>`

const briefLines = ({ rules, measures, acts, done }: LivingClause): Html[] => [
  ...forbidding(rules).map(({ title, stopped }) => html`<li>${title}. ${stoppedText(stopped)}</li>`),
  ...measures.map(
    one =>
      html`<li>${one.measure.title}: <strong>${figure(one)}</strong>${knownPart(one)} ${one.verdict && verdictBadge(one.verdict)}</li>`,
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

/** How many promises with a threshold are kept, strained, broken, unproven or not measured. */
function standing(clauses: readonly LivingClause[]): Html | string {
  const verdicts = clauses.flatMap(({ measures }) => measures.flatMap(({ verdict }) => verdict ?? []))
  const counts = [...Map.groupBy(verdicts, verdict => verdict)]
  return counts.length === 0
    ? 'none measured yet'
    : html`${counts.map(([verdict, list], index) => html`${index > 0 && html`<br>`}${list.length} ${verdictBadge(verdict)}`)}`
}

async function loads(shelf: Shelf, request: PageRequest) {
  const living = await livingCharter(shelf, request.read, { at: request.at })
  if (!living) return undefined
  const acts = shelf.domains().flatMap(domain => domain.acts)
  return { ...living, adopted: await adoptions(request.read), latest: await latestActs(request, acts, 8) }
}
type Front = NonNullable<Awaited<ReturnType<typeof loads>>>

function frontFacts({ charter, clauses, adopted: [since] }: Front): Fact[] {
  const { source } = charter.foundation
  const follows = `${source.title}, ${sayDay(source.date)}`
  const history = { label: 'history', href: '/charter/history' }
  return [
    { term: 'Promises', value: standing(clauses) },
    { term: 'Clauses', value: clauses.length },
    { term: 'Rules', value: charter.rules.length },
    { term: 'Stopped by a rule', value: clauses.reduce((all, { stopped }) => all + stopped, 0) },
    { term: 'In force since', value: since ? sayDay(since.adoptedAt) : 'not yet', source: history },
    { term: 'Version', value: shortCode(charter.hash) },
    { term: 'Follows', value: follows, source: { label: 'document', href: source.address } },
  ]
}

const shows = (data: Front, view: PageView): Shown => ({
  title: data.charter.foundation.name,
  kicker: 'The living charter',
  summary: 'What this foundation promises, the rules that guard each promise, and how it stands today.',
  facts: frontFacts(data),
  sections: [
    ...(data.charter.preamble ? [{ title: 'The charter', body: prose(data.charter.preamble) }] : []),
    ...chapters(data.clauses),
    { title: 'Latest acts', id: 'latest', body: view.timeline(data.latest) },
  ],
})

export const frontPage = (shelf: Shelf) => page({ path: '/', loads: request => loads(shelf, request), shows })
