// Acts in the order they happened, newest day first or as given: who did what, under which clause, with its receipt.
import { type ClauseLink, clauseRef } from './clause.ts'
import { type Html, html, type Link, link } from './html.ts'
import { icon } from './icon.ts'
import { clockTime, sayDay } from './time.ts'

export type TimelineAct = {
  readonly at: string
  readonly sentence: Html | string
  readonly clauses?: readonly ClauseLink[]
  readonly receipt?: Link
  /** `sealed`: part of it is not public. `erased`: it was, or might have been, and its text is destroyed. */
  readonly mark?: 'sealed' | 'erased'
  readonly note?: Html | string
}

const marks = { sealed: { glyph: 'lock', label: 'Sealed' }, erased: { glyph: 'erased', label: 'Erased' } } as const

const markOf = (mark: 'sealed' | 'erased'): Html =>
  html`<span class="act-mark">${icon(marks[mark].glyph)} ${marks[mark].label}</span>`

const act = ({ at, sentence, clauses = [], receipt, mark, note }: TimelineAct): Html =>
  html`<li class="act ${mark}"><span class="act-time">${clockTime(at)}</span><div class="act-body"><p>${sentence}</p>
${note && html`<p class="act-note">${note}</p>`}<p class="act-proof">${clauses.map(clause => html`${clauseRef(clause)} `)}${
    receipt && html`<span class="act-receipt">${icon('receipt')} ${link(receipt)}</span> `
  }${mark && markOf(mark)}</p></div></li>`

/** Keeps the order given; acts of one day that follow each other stand under one heading. */
export function timeline(acts: readonly TimelineAct[], none: string | Html = 'Nothing has happened yet.'): Html {
  if (acts.length === 0) return html`<p class="empty">${none}</p>`
  const days = Map.groupBy(acts, ({ at }) => at.slice(0, 10))
  return html`<div class="timeline">${[...days].map(
    ([day, list]) => html`<h3><time datetime="${day}">${sayDay(day)}</time></h3><ol>${list.map(act)}</ol>`,
  )}</div>`
}
