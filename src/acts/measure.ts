// A measure shows whether a promise is kept: a figure with its formula, period, known share and evidence.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'

export type Evidence = { readonly text: string; readonly href: string }

/** `value` null means not measured; an interval gives `low` and `high`, which is null where nothing bounds it. Unknown is never a pass. */
export type Measured = {
  readonly value: number | null
  readonly low?: number
  readonly high?: number | null
  /** How many of the things looked at could be decided, and how many there are. */
  readonly known: number
  readonly whole: number
  readonly says: string
  readonly evidence: readonly Evidence[]
}

export type Measure = {
  /** `domain.what`, as charter clauses cite it. */
  readonly id: `${string}.${string}`
  readonly title: string
  /** The formula in words, and its source where it has one. */
  readonly formula: string
  readonly period: string
  readonly unit: 'count' | 'share' | 'days'
  readonly of: (read: Read, at: Instant) => Promise<Measured>
}
