// A recorded value as a reader sees it: lists and named parts as lists, ids under the names they belong to. The JSON stands below on the page.
import { code } from '#html/code.ts'
import { type Html, html } from '#html/html.ts'
import { linked, type Names } from '../names.ts'

const words = (value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

export function shownValue(value: unknown, names: Names): Html {
  if (Array.isArray(value))
    return value.length === 0
      ? html`none`
      : html`<ul>${value.map(one => html`<li>${shownValue(one, names)}</li>`)}</ul>`
  if (typeof value === 'object' && value !== null)
    return html`<ul>${Object.entries(value).map(
      ([name, one]) => html`<li>${code(name)} ${shownValue(one, names)}</li>`,
    )}</ul>`
  return linked(words(value), names)
}
