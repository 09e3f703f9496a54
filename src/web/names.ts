// Names for ids: sentences hold ids, so that a name can be erased; pages show names and link to what they name.

import type { Registry } from '#acts/registry.ts'
import type { Read } from '#database/handles.ts'
import { type Html, html, link } from '#html/html.ts'

export type Names = ReadonlyMap<string, { readonly label: string; readonly href?: string }>

const ids = /\b[a-z]{3}_[0-9a-hjkmnp-tv-z]{20}\b/g

export const idsIn = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap(text => [...text.matchAll(ids)].map(([id]) => id))),
]

/** One look-up for each kind of id, however many there are. Entries are named by their record page. */
export async function namesFor(registry: Registry, read: Read, wanted: readonly string[]): Promise<Names> {
  const names = new Map<string, { label: string; href?: string }>()
  for (const [prefix, of] of Map.groupBy(new Set(wanted), id => id.slice(0, 3))) {
    if (prefix === 'ent') for (const id of of) names.set(id, { label: `entry ${id.slice(-6)}`, href: `/record/${id}` })
    for (const [id, name] of (await registry.labels.get(prefix)?.of(read, of)) ?? []) names.set(id, name)
  }
  return names
}

/** An id without a name has been erased, or never was: the text says so and keeps the id. */
const shown = (names: Names, id: string): Html => {
  const name = names.get(id)
  if (!name) return html`<span class="erased" title="${id}">(erased)</span>`
  return name.href ? link({ label: name.label, href: name.href }) : html`${name.label}`
}

/** The sentence with each id replaced by its name. */
export function linked(sentence: string, names: Names): Html {
  const parts: Html[] = []
  let from = 0
  for (const match of sentence.matchAll(ids)) {
    parts.push(html`${sentence.slice(from, match.index)}`, shown(names, match[0]))
    from = match.index + match[0].length
  }
  return html`${parts}${sentence.slice(from)}`
}

const places = /(?<=^|\s)\/[a-z][a-z-]*(?:\/[a-z-]+)*(?=[\s.,;:]|$)/g

/** Advice with the pages of this site that it names, such as /conduct, as links. */
export function withPlaces(text: string): Html {
  const parts: Html[] = []
  let from = 0
  for (const match of text.matchAll(places)) {
    parts.push(html`${text.slice(from, match.index)}`, link({ label: match[0], href: match[0] }))
    from = match.index + match[0].length
  }
  return html`${parts}${text.slice(from)}`
}

/** The same in plain text, for mails, feeds and the command line. */
export const plain = (sentence: string, names: Names): string =>
  sentence.replace(ids, id => names.get(id)?.label ?? '(erased)')
