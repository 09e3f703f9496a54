// One message above the page: what just happened, or what stands in the way.
import { type Html, html, type Link, link } from './html.ts'
import { icon } from './icon.ts'

export type Notice = {
  readonly kind: 'success' | 'warning' | 'error' | 'information'
  readonly title: string
  readonly says?: string | Html
  readonly receipt?: Link
}

const glyphs = { success: 'tick', warning: 'warning', error: 'stop', information: 'dot' } as const

/** Errors and warnings are announced at once, the rest when the reader pauses. */
export function notice({ kind, title, says, receipt }: Notice): Html {
  const role = kind === 'error' || kind === 'warning' ? 'alert' : 'status'
  return html`<div class="notice ${kind}" role="${role}">
${icon(glyphs[kind])}<div><p class="notice-title">${title}</p>${says && html`<div class="notice-says">${says}</div>`}
${receipt && html`<p class="notice-receipt">${icon('receipt')} ${link(receipt)}</p>`}</div></div>`
}
