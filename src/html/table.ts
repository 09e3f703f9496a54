// Registers as tables: a caption, columns that sort by address, totals, and cards where the screen is narrow.
import { slugOf } from '#base/ids.ts'
import { type Child, type Html, html, raw, safeHref, sayNumber } from './html.ts'

export type Column = {
  readonly key: string
  readonly label: string
  readonly align?: 'start' | 'end'
  /** A link that sorts by this column; `direction` when it is sorted by it now. */
  readonly sort?: { readonly href: string; readonly direction?: 'ascending' | 'descending' }
}

/** Numbers are grouped by thousands and aligned by the column; a year or an id is text. */
export type Cell = Html | string | number | null | undefined
export type Row = Readonly<Record<string, Cell>>

export type Table = {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly empty: string | Html
  readonly totals?: Row
  /** On narrow screens: rows become cards, or the table scrolls sideways. Many narrow number columns scroll better. */
  readonly narrow?: 'stack' | 'scroll'
  /** The caption is for screen readers only, where a heading above says the same. */
  readonly isCaptionHidden?: boolean
}

const arrows = { ascending: ' ↑', descending: ' ↓' } as const

function heading({ label, align, sort }: Column): Html {
  const arrow = sort?.direction && html`<span class="arrow" aria-hidden="true">${arrows[sort.direction]}</span>`
  const text = sort ? html`<a href="${safeHref(sort.href)}">${label}${arrow}</a>` : label
  const sorted = sort?.direction && html` aria-sort="${sort.direction}"`
  return html`<th scope="col" role="columnheader"${align === 'end' && html` class="end"`}${sorted}>${text}</th>`
}

const isBlank = (cell: Cell): boolean => cell === undefined || cell === null || cell === ''

const blankCell = html`<span class="none" aria-hidden="true">–</span><span class="sr">none</span>`

/** What every cell of a column starts and ends with, made once for the table: registers have hundreds of rows. */
type Shape = { readonly key: string; readonly start: Html; readonly end: Html }

// Roles are written out because cards change `display`, and browsers then forget that this is a table.
function shapeOf({ key, label, align }: Column, index: number): Shape {
  const attributes = html`data-label="${label}"${align === 'end' && html` class="end"`}`
  return index === 0
    ? { key, start: html`<th scope="row" role="rowheader" ${attributes}>`, end: raw('</th>') }
    : { key, start: html`<td role="cell" ${attributes}>`, end: raw('</td>') }
}

const shown = (cell: Cell): Html | string | null | undefined => (typeof cell === 'number' ? sayNumber(cell) : cell)

const rowOf = (row: Row, shapes: readonly Shape[], blank: Html): Html =>
  html`<tr role="row">${shapes.map(({ key, start, end }) => [start, isBlank(row[key]) ? blank : shown(row[key]), end])}</tr>\n`

const totalsOf = (totals: Row, shapes: readonly Shape[]): Html =>
  html`<tfoot role="rowgroup">${rowOf(totals, shapes, html`<span class="sr">none</span>`)}</tfoot>`

export function table(given: Table): Html {
  const { caption, columns, rows, totals, narrow = 'stack' } = given
  if (rows.length === 0) return html`<div class="empty"><p>${given.empty}</p></div>`
  const shapes = columns.map(shapeOf)
  const id = narrow === 'scroll' && `table-${slugOf(caption)}`
  const region: Child = id && html` role="region" tabindex="0" aria-labelledby="${id}"`
  return html`<div class="table-room ${narrow}"${region}><table role="table">
<caption${id && html` id="${id}"`}${given.isCaptionHidden && html` class="sr"`}>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(heading)}</tr></thead>
<tbody role="rowgroup">${rows.map(row => rowOf(row, shapes, blankCell))}</tbody>
${totals && totalsOf(totals, shapes)}</table></div>`
}
