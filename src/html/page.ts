// The anatomy of every page: what this is, the facts, the clauses, what you may do next, the matter, the acts so far.
import { type Action, actionList } from './action.ts'
import { type ClauseLink, clauseList } from './clause.ts'
import { type Fact, facts } from './facts.ts'
import { type Child, type Html, html } from './html.ts'

export type Section = {
  readonly title: string
  readonly id?: string
  readonly says?: string | Html
  readonly body: Html
}

export type PageParts = {
  readonly kicker?: string | Html
  readonly title: string
  /** The standing of the thing, beside its title: a stage, an outcome. */
  readonly standing?: Html
  /** What this is, in one sentence. */
  readonly summary: string | Html
  readonly facts?: readonly Fact[]
  readonly clauses?: readonly ClauseLink[]
  readonly next?: readonly Action[]
  /** What most came for, told before the facts; what may be done next then goes before the facts too. */
  readonly lead?: readonly Section[]
  readonly sections?: readonly Section[]
  readonly timeline?: Html
  /** Facts across the top and the matter over the whole width: for registers and wide tables. */
  readonly isWide?: boolean
}

export const section = ({ title, id, says, body }: Section): Html =>
  html`<section class="section"><h2${id && html` id="${id}"`}>${title}</h2>${says && html`<p class="says">${says}</p>`}
${body}</section>`

const margin = (label: string, body: Child, isQuiet = false): Html =>
  html`<section class="margin"><h2${isQuiet && html` class="sr"`}>${label}</h2>${body}</section>`

function marginalia({ facts: list = [], clauses = [], next = [], lead = [], isWide }: PageParts): Child {
  if (list.length + clauses.length + next.length === 0) return undefined
  const doing = next.length > 0 && margin('What you may do next', actionList(next))
  const isFirst = lead.length > 0
  return html`<div class="marginalia">
${isFirst && doing}${list.length > 0 && margin('Facts', facts(list, { across: isWide }), isWide)}
${clauses.length > 0 && margin(clauses.length === 1 ? 'Under clause' : 'Under clauses', clauseList(clauses))}
${!isFirst && doing}</div>`
}

export function page(parts: PageParts): Html {
  const side = marginalia(parts)
  const { lead = [] } = parts
  const hasMatter = (parts.sections?.length ?? 0) > 0 || parts.timeline !== undefined
  return html`<article class="page ${parts.isWide && 'wide'}">
<header class="page-head">${parts.kicker && html`<p class="kicker">${parts.kicker}</p>`}
<h1>${parts.title}</h1>${parts.standing && html`<p class="page-standing">${parts.standing}</p>`}
<p class="summary">${parts.summary}</p></header>
${lead.length > 0 && html`<div class="matter lead">${lead.map(section)}</div>`}
${side}${
  hasMatter &&
  html`<div class="matter">${parts.sections?.map(section)}
${parts.timeline && section({ title: 'Acts so far', id: 'acts', body: parts.timeline })}</div>`
}
</article>`
}
