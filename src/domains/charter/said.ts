// What the charter's pages say in the same words: figures, counts, addresses of clauses.
import { markdownToHtml } from '#base/markdown.ts'
import { type Html, html, raw } from '#html/html.ts'
import type { Judged } from './living.ts'

export const prose = (markdown: string): Html => html`<div class="prose">${raw(markdownToHtml(markdown))}</div>`

export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`
export const hrefOf = (clause: string): string => `/charter/${encodeURIComponent(clause)}`

/** Where part is unknown, the interval and never a point within it. Percentages keep one decimal; the exact figure and its evidence are on the clause's page. */
export function figure({ measure, measured }: Judged): string {
  const { value, low = value, high = value } = measured
  if (value === null || low === null) return 'not measured'
  if (high === null) return `at least ${figureOf(measure, low)}`
  const [from, to] = [figureOf(measure, low), figureOf(measure, high)]
  return from === to ? from : `${from} to ${to}`
}

function figureOf(measure: Judged['measure'], value: number): string {
  if (measure.unit === 'share') return `${Math.round(value * 1000) / 10} %`
  const rounded = `${Math.round(value * 100) / 100}`
  return measure.unit === 'days' ? `${rounded} days` : rounded
}

export const stoppedText = (stopped: number): string => `Stopped ${stopped === 0 ? 'nothing so far' : times(stopped)}.`
