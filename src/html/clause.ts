// References to clauses of the charter: the number, and where there is room the pledge in plain words.
import { type Html, html, safeHref } from './html.ts'

export type ClauseLink = { readonly id: string; readonly href: string; readonly pledge?: string }

/** `§ 3.c`, spoken as "clause 3.c". */
export const clauseRef = ({ id, href, pledge }: ClauseLink): Html =>
  html`<a class="clause-ref" href="${safeHref(href)}" title="${pledge ?? ''}"><span class="sr">Clause </span><span aria-hidden="true">§ </span>${id}</a>`

export const clauseList = (clauses: readonly ClauseLink[]): Html =>
  html`<ul class="clauses">${clauses.map(clause => html`<li>${clauseRef(clause)}${clause.pledge && html` <span>${clause.pledge}</span>`}</li>`)}</ul>`
