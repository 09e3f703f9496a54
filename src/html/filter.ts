// Finding one's way in a register: search and filters in the address, chips to take them off, and older or newer pages.
import { hiddenFields } from './hidden.ts'
import { type Html, html, type Link, safeHref } from './html.ts'
import { icon } from './icon.ts'

export type Choice = { readonly value: string; readonly label: string; readonly count?: number }

export type Filters = {
  readonly action: string
  readonly search?: { readonly name: string; readonly label: string; readonly value?: string }
  readonly selects?: readonly {
    readonly name: string
    readonly label: string
    /** The words for no choice: "Any stage". */
    readonly any: string
    readonly choices: readonly Choice[]
    readonly value?: string
  }[]
  /** What is in the address and must stay there, such as the sorting. */
  readonly hidden?: Readonly<Record<string, string>>
  /** What is filtered by now; each link leads to the same page without it. */
  readonly chips?: readonly Link[]
  readonly clear?: string
}

type Select = NonNullable<Filters['selects']>[number]

const option = ({ value, label, count }: Choice, chosen?: string): Html =>
  html`<option value="${value}"${value === chosen && html` selected`}>${label}${count !== undefined && html` (${count})`}</option>`

const select = ({ name, label, any, choices, value }: Select): Html =>
  html`<div class="filter"><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
<option value="">${any}</option>${choices.map(choice => option(choice, value))}</select></div>`

const search = ({ name, label, value }: NonNullable<Filters['search']>): Html =>
  html`<div class="filter grow"><label for="filter-${name}">${label}</label>
<input type="search" id="filter-${name}" name="${name}" value="${value ?? ''}"></div>`

const chip = ({ label, href }: Link): Html =>
  html`<li><a href="${safeHref(href)}"><span class="sr">Remove filter </span>${label} ${icon('cross')}</a></li>`

export const filters = ({ action, search: box, selects = [], hidden, chips = [], clear }: Filters): Html =>
  html`<search><form class="filters" method="get" action="${safeHref(action)}">${hiddenFields(hidden)}
${box && search(box)}${selects.map(select)}<button class="plain">Show</button></form>
${
  chips.length > 0 &&
  html`<ul class="chips" aria-label="Filters in use">${chips.map(chip)}${
    clear && html`<li class="clear"><a href="${safeHref(clear)}">Clear all</a></li>`
  }</ul>`
}</search>`

export type Pager = { readonly newer?: string; readonly older?: string; readonly summary: string }

export const pager = ({ newer, older, summary }: Pager): Html =>
  html`<nav class="pager" aria-label="Pages"><p>${summary}</p>${newer && html`<a rel="prev" href="${safeHref(newer)}">← Newer</a>`}${
    older && html`<a rel="next" href="${safeHref(older)}">Older →</a>`
  }</nav>`
