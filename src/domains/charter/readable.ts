// Settled values in words, for pages: a term's value as a list of named facts.
import { type Html, html } from '#html/html.ts'

/** `noticeDays` becomes `Notice days`. */
export const nameInWords = (name: string): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object'

/** Yes, no, numbers and text as they are; lists with commas; records as definition lists within each other. */
export function valueInWords(value: unknown): Html | string {
  if (value === null || value === undefined) return 'not set'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none'
    if (value.every(isPlain)) return value.map(String).join(', ')
    return html`<ul>${value.map(one => html`<li>${valueInWords(one)}</li>`)}</ul>`
  }
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value)
  return html`<dl class="facts">${members.map(
    ([name, member]) => html`<div class="fact"><dt>${nameInWords(name)}</dt><dd>${valueInWords(member)}</dd></div>`,
  )}</dl>`
}
