// Exact fractions for quorums and majorities: no floating point ever decides a vote.
import { z } from 'zod'

export type Fraction = { readonly over: number; readonly under: number }

/** Written `2/3` in terms files. */
export const FractionText = z
  .string()
  .regex(/^\d{1,9}\/[1-9]\d{0,8}$/, 'Expected a fraction such as 2/3')
  .meta({ title: 'Fraction', examples: ['2/3'] })

export const fractionOf = (text: string): Fraction => {
  const [over = 0, under = 1] = text.split('/').map(Number)
  return { over, under }
}

/** `count / whole` compared with the fraction, by whole-number multiplication: -1, 0 or 1. Exact up to 2^53. */
export const compareShare = (count: number, whole: number, { over, under }: Fraction): -1 | 0 | 1 => {
  const [left, right] = [BigInt(count) * BigInt(under), BigInt(over) * BigInt(whole)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The least whole number that is `more than` or `at least` this fraction of `whole`. */
export const leastCount = (whole: number, { over, under }: Fraction, comparator: 'more than' | 'at least'): number => {
  const product = BigInt(over) * BigInt(whole)
  const [floor, rest] = [product / BigInt(under), product % BigInt(under)]
  return Number(comparator === 'more than' ? floor + 1n : rest === 0n ? floor : floor + 1n)
}
