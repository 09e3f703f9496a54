// Hashes, ids and other machine text: short to the eye, whole to the clipboard and to a screen reader's reader.
import { type Html, html } from './html.ts'

/**
 * Shows the first characters of a long value. The rest is in the text too, folded away by style, so that
 * selecting or searching finds the full value; focusing it unfolds it.
 */
export function shortCode(value: string, shown = 12): Html {
  if (value.length <= shown + 4) return code(value)
  return html`<code class="short" tabindex="0" title="${value}">${value.slice(0, shown)}<span class="rest">${value.slice(shown)}</span></code>`
}

export const code = (value: string): Html => html`<code>${value}</code>`

/** A block to copy, such as a command or a checkpoint. The region can be scrolled by keyboard. */
export const codeBlock = (text: string, label: string): Html =>
  html`<pre class="block" tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`
