// Concentration as intervals on a page: bars from low to high, the numbers under them, and a verdict where the charter sets a limit.

import type { Settled } from '#acts/term.ts'
import { fractionOf } from '#base/fractions.ts'
import { type Bounds, type Limit, verdictWithin } from '#base/intervals.ts'
import { concentrationTerm } from '#domains/contributors/index.ts'
import { verdictBadge } from '#html/badge.ts'
import { intervalChart } from '#html/chart.ts'
import { type Html, html, sayNumber } from '#html/html.ts'
import { table } from '#html/table.ts'

export type Limits = {
  readonly people: Limit
  readonly organisations: Limit
  readonly largest: Limit
  readonly part: string
}

export function limitsOf(term: Settled): Limits {
  const { people, organisations, largest, part } = term(concentrationTerm)
  const { over, under } = fractionOf(largest)
  return {
    part,
    people: { is: 'at least', bound: people },
    organisations: { is: 'at least', bound: organisations },
    largest: { is: 'at most', bound: over / under },
  }
}

/** A part of a whole as it is said in a sentence. */
export const sayPart = (part: string): string => (part === '1/2' ? 'half' : part)

export type Line = {
  readonly label: string
  readonly bounds: Bounds
  readonly as: 'count' | 'share' | 'index'
  readonly limit?: Limit
}

export const sayShare = (share: number): string => `${Math.round(share * 1000) / 10} %`

const sayOne = (value: number, as: Line['as']): string =>
  as === 'share' ? sayShare(value) : as === 'index' ? value.toFixed(3) : sayNumber(value)

export const sayBounds = ({ low, high }: Bounds, as: Line['as']): string => {
  const [from, to] = [sayOne(low, as), sayOne(high, as)]
  return from === to ? from : `${from} to ${to}`
}

export const sayLimit = ({ is, bound }: Limit, as: Line['as']): string => `${is} ${sayOne(bound, as)}`

/** Every figure with its interval, limit and verdict. */
export const figuresTable = (caption: string, lines: readonly Line[]): Html =>
  table({
    caption,
    isCaptionHidden: true,
    columns: [
      { key: 'label', label: 'Figure' },
      { key: 'bounds', label: 'Low to high', align: 'end' },
      { key: 'limit', label: 'Promise' },
      { key: 'verdict', label: 'Verdict' },
    ],
    rows: lines.map(({ label, bounds, as, limit }) => ({
      label,
      bounds: sayBounds(bounds, as),
      limit: limit && sayLimit(limit, as),
      verdict: limit && verdictBadge(verdictWithin(bounds, limit)),
    })),
    empty: 'Nothing was counted.',
  })

export type Bars = {
  readonly title: string
  readonly period: string
  readonly known: { readonly has: number; readonly of: number; readonly what: string }
  readonly limit: Limit
  readonly rows: readonly {
    readonly label: string
    readonly href?: string
    readonly low: number
    readonly high: number
  }[]
}

/** Shares of the largest, each as if none or all of the unknown were theirs. */
export const shareBars = ({ title, period, known, limit, rows }: Bars): Html =>
  rows.length === 0
    ? html``
    : intervalChart({
        ...{ title, period, unit: ' %', min: 0, max: 100 },
        known: { ...known, others: 'count towards the whole and the high end' },
        formula: 'Low: what is known to be theirs ÷ all. High: the same with all that is unknown.',
        reference: { value: Math.round(limit.bound * 1000) / 10, label: 'the most that one may have' },
        intervals: rows.map(({ label, href, low, high }) => ({
          ...{ label, low: Math.round(low * 1000) / 10, high: Math.round(high * 1000) / 10 },
          ...(href && { href }),
        })),
      })
