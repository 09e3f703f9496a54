// Names as people write them: what may stand in one, and what is shown where there is none to show.
import { z } from 'zod'
import type { Person } from './words.ts'

/** Line breaks, controls, private or unassigned code points, and marks that turn the direction of the text around them. */
const unshowable = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** More combining marks on one letter than any script uses cover the lines above and below. */
const piledMarks = /\p{M}{6}/u

/** One line of text with at least one letter, NFC, with single spaces; lengths in code points, as JSON Schema counts them. */
export const readable = (least: number, most: number) =>
  z
    .string()
    .overwrite(text =>
      text
        .normalize('NFC')
        .replace(/[\p{Zs}\t]+/gu, ' ')
        .trim(),
    )
    .refine(text => isLength(text, least, most), `Expected ${least} to ${most} characters`)
    .refine(text => /\p{L}/u.test(text), 'Expected at least one letter')
    .refine(text => !unshowable.test(text), 'It holds a character that cannot be shown, such as a line break')
    .refine(text => !piledMarks.test(text), 'Expected at most five accents on one letter')
    .meta({ minLength: least, maxLength: most })

const isLength = (text: string, least: number, most: number): boolean => {
  const length = text.length > most * 2 ? text.length : [...text].length
  return length >= least && length <= most
}

/** For searching and sorting: case and accents do not matter. */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()

export const erasedName = 'erased person'

/** How a person is called on every page, in mails and in answers. */
export const displayName = ({ id, name, erased }: Pick<Person, 'id' | 'name' | 'erased'>): string =>
  erased ? erasedName : (name ?? `participant ${id.slice(-4)}`)
