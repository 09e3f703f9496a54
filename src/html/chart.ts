// Charts made on the server: SVG without style or script, and under each the same numbers as a table.
import { type Html, html, safeHref, sayNumber } from './html.ts'
import { type Column, type Row, table } from './table.ts'

export type ChartFrame = {
  readonly title: string
  /** From when to when the numbers are. */
  readonly period: string
  /** How many of the cases are known: a share without it is not a share. */
  readonly known?: {
    readonly has: number
    readonly of: number
    readonly what: string
    /** What becomes of the unknown, where they do not simply count neither way. */
    readonly others?: string
  }
  readonly formula?: string | Html
  readonly unit?: string
}

export type Bar = { readonly label: string; readonly value: number; readonly href?: string; readonly note?: string }
export type Interval = {
  readonly label: string
  readonly low: number
  readonly high: number
  /** Left out where no point within the interval is more likely than another. */
  readonly estimate?: number
  readonly href?: string
}
export type Point = { readonly label: string; readonly value: number | null }

const percent = (part: number): string => `${(Math.min(1, Math.max(0, part)) * 100).toFixed(2)}%`

const say = (value: number, unit = ''): string => `${sayNumber(value)}${unit}`

const known = ({ has, of, what, others = 'count neither way' }: NonNullable<ChartFrame['known']>): Html =>
  html`<p>Known: ${has} of ${of} ${what}${of > 0 && html` (${Math.floor((has / of) * 100)}%)`}.${
    has < of && html` The other ${of - has} are unknown and ${others}.`
  }</p>`

type Figures = { readonly columns: readonly Column[]; readonly rows: readonly Row[] }

const frame = (given: ChartFrame, drawing: Html, figures: Figures): Html =>
  html`<figure class="chart"><figcaption><p class="chart-title">${given.title}</p></figcaption>${drawing}
<div class="chart-basis"><p>Period: ${given.period}.</p>${given.known && known(given.known)}${
    given.formula && html`<p>Formula: ${given.formula}</p>`
  }</div><details><summary>The numbers as a table</summary>${table({
    caption: given.title,
    isCaptionHidden: true,
    empty: 'No numbers yet.',
    narrow: 'scroll',
    ...figures,
  })}</details></figure>`

const labelOf = ({ label, href }: { label: string; href?: string }): Html =>
  href === undefined ? html`${label}` : html`<a href="${safeHref(href)}">${label}</a>`

/** Horizontal bars from zero. */
export function barChart(given: ChartFrame & { readonly bars: readonly Bar[]; readonly max?: number }): Html {
  const { bars, unit } = given
  const top = given.max ?? Math.max(0, ...bars.map(({ value }) => value))
  const row = (bar: Bar): Html =>
    html`<li><span class="row-label">${labelOf(bar)}</span><svg class="row-bar" aria-hidden="true" focusable="false"><rect width="${percent(top > 0 ? bar.value / top : 0)}" height="100%"/></svg><span class="row-value">${say(bar.value, unit)}${
      bar.note && html` <span class="quiet">${bar.note}</span>`
    }</span></li>`
  return frame(given, html`<ul class="rows">${bars.map(row)}</ul>`, {
    columns: [
      { key: 'label', label: 'What' },
      { key: 'value', label: 'Value', align: 'end' },
    ],
    rows: bars.map(bar => ({ label: labelOf(bar), value: say(bar.value, unit) })),
  })
}

/** Estimates with their bounds, on one scale from `min` to `max`, with an optional line to compare with. */
export function intervalChart(
  given: ChartFrame & {
    readonly intervals: readonly Interval[]
    readonly min: number
    readonly max: number
    readonly reference?: { readonly value: number; readonly label: string }
  },
): Html {
  const { intervals, min, max, unit, reference } = given
  const place = (value: number): string => percent(max > min ? (value - min) / (max - min) : 0)
  const upright = (value: number, name: string): Html =>
    html`<line class="${name}" x1="${place(value)}" x2="${place(value)}" y1="0" y2="100%"/>`
  const said = ({ low, high, estimate }: Interval): Html | string => {
    const range = low === high ? say(low, unit) : `${say(low)} to ${say(high, unit)}`
    return estimate === undefined
      ? range
      : html`${say(estimate, unit)} <span class="quiet">(${say(low)} to ${say(high)})</span>`
  }
  const row = (one: Interval): Html =>
    html`<li><span class="row-label">${labelOf(one)}</span><svg class="row-interval" aria-hidden="true" focusable="false">${
      reference && upright(reference.value, 'reference')
    }<line class="span" x1="${place(one.low)}" x2="${place(one.high)}" y1="50%" y2="50%"/>${one.estimate === undefined ? one.low === one.high && upright(one.low, 'estimate') : upright(one.estimate, 'estimate')}</svg><span class="row-value">${said(one)}</span></li>`
  const hasEstimates = intervals.some(({ estimate }) => estimate !== undefined)
  const names = hasEstimates ? (['low', 'estimate', 'high'] as const) : (['low', 'high'] as const)
  const key = html`<p class="scale">Scale from ${say(min, unit)} to ${say(max, unit)}${reference && html`; dashed line: ${reference.label}, ${say(reference.value, unit)}`}.</p>`
  return frame(given, html`<ul class="rows">${intervals.map(row)}</ul>${key}`, {
    columns: [
      { key: 'label', label: 'What' },
      ...names.map(name => ({ key: name, label: name, align: 'end' as const })),
    ],
    rows: intervals.map(({ low, high, estimate, ...named }) => ({ label: labelOf(named), low, high, estimate })),
  })
}

type Place = { readonly x: number; readonly y: number }

/** Runs of points without a gap: what is not known is not drawn through. */
function runsOf(points: readonly Point[], top: number): readonly (readonly Place[])[] {
  const runs: Place[][] = [[]]
  points.forEach(({ value }, index) => {
    if (value === null) runs.push([])
    else
      runs.at(-1)?.push({
        x: points.length > 1 ? (index / (points.length - 1)) * 100 : 50,
        y: 100 - (top > 0 ? (value / top) * 100 : 0),
      })
  })
  return runs.filter(run => run.length > 0)
}

const stroke = (run: readonly Place[]): Html => {
  const [first = { x: 0, y: 100 }, ...rest] = run
  const on = rest.length > 0 ? rest : [{ x: first.x + 0.01, y: first.y }]
  return html`<path d="M${first.x.toFixed(2)} ${first.y.toFixed(2)}${on.map(({ x, y }) => `L${x.toFixed(2)} ${y.toFixed(2)}`).join('')}"/>`
}

/** One line over time, from zero to its highest value; gaps where nothing is known. */
export function lineChart(given: ChartFrame & { readonly points: readonly Point[] }): Html {
  const { points, unit } = given
  const top = Math.max(0, ...points.map(({ value }) => value ?? 0))
  const alt = `${given.title}: ${points.length} points from ${points[0]?.label ?? 'nothing'} to ${points.at(-1)?.label ?? 'nothing'}, highest ${say(top, unit)}`
  const drawing = html`<div class="line-chart"><p class="scale top">${say(top, unit)}</p>
<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${alt}"><line class="grid" x1="0" x2="100" y1="0" y2="0"/><line class="grid" x1="0" x2="100" y1="50" y2="50"/><line class="grid base" x1="0" x2="100" y1="100" y2="100"/>${runsOf(points, top).map(stroke)}</svg>
<p class="scale ends"><span>${points[0]?.label}</span><span>${points.at(-1)?.label}</span></p></div>`
  return frame(given, drawing, {
    columns: [
      { key: 'label', label: 'When' },
      { key: 'value', label: 'Value', align: 'end' },
    ],
    rows: points.map(({ label, value }) => ({ label, value: value === null ? 'unknown' : say(value, unit) })),
  })
}
