// Thresholds of measures, and the verdict on a promise. What is not measured is never kept.
import { z } from 'zod'
import type { Measured } from '#acts/measure.ts'

const form = /^(>=|<=|>|<|=)\s*(\d+(?:\.\d+)?|\d+\/[1-9]\d*)$/

/** `>= 0.9`, `< 3`, `>= 2/3`. */
export const Threshold = z
  .string()
  .regex(form, 'Expected a threshold such as ">= 0.9", "< 3" or ">= 2/3"')
  .meta({
    title: 'Threshold',
    examples: ['>= 0.9'],
  })

type Comparator = '>=' | '<=' | '>' | '<' | '='
type Bound = { readonly comparator: Comparator; readonly bound: number }

/** A decimal or fraction becomes the nearest double, as `count / whole` does: equal fractions stay equal. */
function boundOf(threshold: string): Bound {
  const [, comparator, text = ''] = form.exec(threshold) ?? []
  if (!comparator) throw new Error(`Not a threshold: ${threshold}`)
  const [over, under = '1'] = text.split('/')
  return { comparator: comparator as Comparator, bound: Number(over) / Number(under) } // one of the five in `form`
}

const compares: Record<Comparator, (value: number, bound: number) => boolean> = {
  '>=': (value, bound) => value >= bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '<': (value, bound) => value < bound,
  '=': (value, bound) => value === bound,
}

const isMet = (threshold: string, value: number): boolean => {
  const { comparator, bound } = boundOf(threshold)
  return compares[comparator](value, bound)
}

const direction = (threshold: string): 'up' | 'down' | 'same' => {
  const { comparator } = boundOf(threshold)
  return comparator.startsWith('>') ? 'up' : comparator.startsWith('<') ? 'down' : 'same'
}

/** Whether whatever meets `kept` also meets `strained`: else "strained" would be the harder test. */
export function isEasier(strained: string, kept: string): boolean {
  if (direction(kept) !== 'same' && direction(strained) !== direction(kept)) return false
  return isMet(strained.replace(/^([<>])(?!=)/, '$1='), boundOf(kept).bound)
}

export type Verdict = 'kept' | 'strained' | 'broken' | 'unproven' | 'not measured'

export type Claim = {
  /** The id of a measure. */
  readonly measure: string
  readonly kept?: string
  readonly strained?: string
}

/** Whether some value between the two would meet it. */
const couldMeet = (threshold: string, [low, high]: readonly [number, number]): boolean => {
  const { bound } = boundOf(threshold)
  return isMet(threshold, low) || isMet(threshold, high) || (isMet(threshold, bound) && low <= bound && bound <= high)
}

/**
 * Undefined for a claim without a threshold: the figure is shown and not judged.
 * Of an interval every value must keep the promise, and none of them for it to be called broken: what is not known is
 * neither a pass nor an accusation.
 */
export function verdictOn({ kept, strained }: Claim, measured: Measured | undefined): Verdict | undefined {
  if (!kept) return undefined
  if (!measured || measured.value === null || measured.known === 0) return 'not measured'
  const { value, low = value } = measured
  const high = measured.high === null ? Number.POSITIVE_INFINITY : (measured.high ?? value)
  const meets = (threshold: string) => [low, high].every(end => isMet(threshold, end))
  if (meets(kept)) return 'kept'
  if (strained && meets(strained)) return 'strained'
  return couldMeet(strained ?? kept, [low, high]) ? 'unproven' : 'broken'
}
