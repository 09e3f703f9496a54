// One thing a reader may do: a small form, a link to a longer one, or the reason why it is not open to them.

import { slugOf } from '#base/ids.ts'
import { type ClauseLink, clauseRef } from './clause.ts'
import { hiddenFields } from './hidden.ts'
import { type Html, html, safeHref } from './html.ts'
import { icon } from './icon.ts'

export type Action = { readonly label: string; readonly says?: string | Html } & (
  | {
      readonly kind: 'form'
      readonly to: string
      readonly hidden?: Readonly<Record<string, string>>
      readonly csrf?: string
      readonly fields?: Html
      readonly weight?: 'main' | 'plain' | 'grave'
    }
  | { readonly kind: 'link'; readonly href: string; readonly weight?: 'main' | 'plain' }
  | { readonly kind: 'off'; readonly reason: string; readonly clause?: ClauseLink; readonly remedy?: string | Html }
)

type Kind<Name extends Action['kind']> = Extract<Action, { kind: Name }>

const openForm = (action: Kind<'form'>): Html =>
  html`<form class="action" method="post" action="${safeHref(action.to)}">${hiddenFields(action.hidden, action.csrf)}
${action.says && html`<p class="action-says">${action.says}</p>`}${action.fields}
<button class="${action.weight ?? 'plain'}">${action.label}</button></form>`

const openLink = (action: Kind<'link'>): Html =>
  html`<div class="action">${action.says && html`<p class="action-says">${action.says}</p>`}
<a class="button ${action.weight ?? 'plain'}" href="${safeHref(action.href)}">${action.label}</a></div>`

// The button can be reached and read by keyboard, and its reason is text beside it, not a tooltip.
function off(action: Kind<'off'>): Html {
  const id = `off-${slugOf(action.label)}`
  return html`<div class="action off"><button type="button" aria-disabled="true" aria-describedby="${id}">${action.label}</button>
<p id="${id}" class="why">${icon('stop')} <span>${action.reason}${action.clause && html` (${clauseRef(action.clause)})`}${
    action.remedy && html` <span class="remedy">${action.remedy}</span>`
  }</span></p></div>`
}

export function action(given: Action): Html {
  if (given.kind === 'form') return openForm(given)
  return given.kind === 'link' ? openLink(given) : off(given)
}

export const actionList = (actions: readonly Action[]): Html =>
  html`<ul class="actions">${actions.map(given => html`<li>${action(given)}</li>`)}</ul>`
