// The page of one clause: what it means, whether it is kept, what guards it, what it settles.

import { type PageRequest, type PageView, page, type Shown } from '#acts/page.ts'
import { verdictBadge } from '#html/badge.ts'
import { codeBlock } from '#html/code.ts'
import { facts } from '#html/facts.ts'
import { type Html, html, type Link, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { latestActs } from './latest.ts'
import { type GuardingRule, type Judged, type LivingClause, livingCharter } from './living.ts'
import { valueInWords } from './readable.ts'
import { figure, hrefOf, prose, stoppedText } from './said.ts'
import type { Shelf } from './shelf.ts'
import type { Clause } from './words.ts'

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
  return html`<h3>${measure.title} ${verdict && verdictBadge(verdict)}</h3>
<p><strong>${figure(judged)}</strong>. ${measured.says}</p>
${facts([
  { term: 'Promise', value: thresholds(judged) },
  { term: 'Formula', value: measure.formula },
  { term: 'Period', value: measure.period },
  { term: 'Known', value: `${measured.known} of ${measured.whole}` },
  { term: 'Evidence', value: evidence(judged) },
])}`
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

async function loads(shelf: Shelf, request: PageRequest) {
  const only = request.params.clause ?? ''
  const living = await livingCharter(shelf, request.read, { at: request.at, only })
  const [found] = living?.clauses ?? []
  if (!living || !found) return undefined
  const { clauses, mandates } = living.charter
  return {
    found,
    mandates,
    above: clauses.filter(({ id }) => id === found.clause.parent),
    within: clauses.filter(({ parent }) => parent === only),
    latest: await latestActs(request, found.acts, 10),
  }
}
type OneClause = NonNullable<Awaited<ReturnType<typeof loads>>>

const linkTo = ({ id, label, title }: Clause): Link => ({ label: `${label} ${title}`, href: hrefOf(id) })

const withinSection = (within: readonly Clause[]): Section => ({
  title: 'Clauses within it',
  body: html`<ul>${within.map(clause => html`<li>${link(linkTo(clause))}: ${clause.pledge}</li>`)}</ul>`,
})

const shows = ({ found, mandates, above, within, latest }: OneClause, view: PageView): Shown => ({
  title: `${found.clause.label} ${found.clause.title}`,
  kicker: 'Clause of the charter',
  summary: found.clause.pledge,
  crumbs: [{ label: 'Charter', href: '/' }, ...above.map(linkTo)],
  facts: [
    { term: 'Acts done under it', value: found.done },
    { term: 'Stopped by its rules', value: found.stopped },
  ],
  sections: [...clauseSections(found, mandates), ...(within.length > 0 ? [withinSection(within)] : [])],
  timeline: view.timeline(latest),
})

export const clausePage = (shelf: Shelf) =>
  page({ path: '/charter/:clause', loads: request => loads(shelf, request), shows })
