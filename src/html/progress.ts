// How far a count has come towards what it needs: "needs 12, has 14", with a mark where enough is.
import { type Html, html, type Link, link } from './html.ts'
import { icon } from './icon.ts'

export type Progress = {
  /** What is counted: `Votes for`, `Quorum`. */
  readonly label: string
  readonly needs: number
  readonly has: number
  /** How many there could be at most; the bar's full width. */
  readonly of: number
  /** Where the number needed comes from: "more than 1/2 of 23 seats". */
  readonly formula?: string | Html
  readonly pending?: { readonly label: string; readonly who: readonly (Link | string)[] }
}

const share = (count: number, whole: number): string =>
  `${whole > 0 ? Math.min(100, Math.max(0, (count / whole) * 100)).toFixed(2) : 0}%`

// Percentages as SVG attributes need no style attribute, which the content policy forbids.
const bar = ({ needs, has, of }: Progress): Html =>
  html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="bar-ground" width="100%" height="100%"/>
<rect class="bar-has" width="${share(has, of)}" height="100%"/>${
    needs <= of && html`<line class="bar-needs" x1="${share(needs, of)}" x2="${share(needs, of)}" y1="0" y2="100%"/>`
  }</svg>`

const pendingList = ({ label, who }: NonNullable<Progress['pending']>): Html =>
  html`<details class="pending"><summary>${label}: ${who.length}</summary><ul>${who.map(
    one => html`<li>${typeof one === 'string' ? one : link(one)}</li>`,
  )}</ul></details>`

export function progress(given: Progress): Html {
  const isEnough = given.has >= given.needs
  return html`<div class="progress ${isEnough && 'enough'}"><p class="progress-head"><span class="progress-label">${given.label}</span>
<span class="progress-count">${isEnough && icon('tick')} needs <b>${given.needs}</b>, has <b>${given.has}</b> <span class="quiet">of ${given.of}</span></span></p>
${bar(given)}${given.formula && html`<p class="formula">${given.formula}</p>`}${
  given.pending && given.pending.who.length > 0 && pendingList(given.pending)
}</div>`
}
