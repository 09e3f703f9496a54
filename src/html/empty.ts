// What stands where there is nothing: says that it is so, why, and what would fill it.
import { type Html, html, type Link, link } from './html.ts'

export const empty = (says: string | Html, next?: Link): Html =>
  html`<div class="empty"><p>${says}</p>${next && html`<p>${link(next)}</p>`}</div>`
