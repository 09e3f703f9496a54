// The lines of a desk, drawn.
import type { DeskItem } from '#acts/domain.ts'
import type { PageView } from '#acts/page.ts'
import { clauseRef } from '#html/clause.ts'
import { type Html, html, link } from '#html/html.ts'
import { instantTime } from '#html/time.ts'

const line =
  ({ at, clauses }: PageView) =>
  ({ title, href, says, due, clause }: DeskItem): Html =>
    html`<li><p>${link({ label: title, href })}${due && html` <span class="quiet">by ${instantTime(due, at)}</span>`}</p>
<p class="quiet">${says}${clause && clauses([clause]).map(one => html` ${clauseRef(one)}`)}</p></li>`

export const deskList = (items: readonly DeskItem[], view: PageView): Html =>
  html`<ul class="desk">${items.map(line(view))}</ul>`
