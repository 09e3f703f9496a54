// What the readers of registers share: lines with their numbers, days, and faults that repeat no address.
import { isAddress } from '../addresses.ts'
import type { LineFault } from '../words.ts'

export type Line = { readonly number: number; readonly text: string }

/** Comments begin with `#` at the start of a line. */
export const linesOf = (text: string): Line[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, text: line }))
    .filter(({ text: line }) => line.trim() !== '' && !line.startsWith('#'))

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** The line is named, its matter is not: it may hold somebody's address. */
export const fault = (line: number, expected: string, found: string): LineFault => ({
  line,
  expected,
  found: found.includes('@') || found.includes('!') ? 'another form' : found.slice(0, 60),
})

/** Addresses are written with `!` for `@` in some registers. */
export function addressIn(text: string): string | undefined {
  const address = text.trim().replace('!', '@').toLowerCase()
  return isAddress(address) ? address : undefined
}
