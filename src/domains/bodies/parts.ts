// Pieces that the pages about bodies share: names as links, who appoints, terms of holding.
import { type Html, html, link } from '#html/html.ts'
import { dayTime } from '#html/time.ts'
import type { Called } from './labels.ts'
import type { Holding, Period, Seat } from './words.ts'

export type Names = ReadonlyMap<string, { label: string; href?: string }>

/** A name with its page; an id without a name is somebody or something that was erased. */
export const named = (names: Names, id: string): Html => {
  const found = names.get(id)
  if (!found) return html`<span class="quiet">erased</span>`
  return found.href === undefined ? html`${found.label}` : link({ label: found.label, href: found.href })
}

export const listed = (names: Names, ids: readonly string[]): Html =>
  html`${ids.map((id, index) => html`${index > 0 && ', '}${named(names, id)}`)}`

const appointers: Readonly<Record<string, string>> = {
  member: 'A member organisation',
  project: 'The project',
  electorate: 'An election',
  host: 'The host of the foundation',
}

export const appointer = ({ appointedBy }: Pick<Seat, 'appointedBy'>, bodies: ReadonlyMap<string, Called>): Html => {
  const body = bodies.get(appointedBy)
  return body ? link(body) : html`${appointers[appointedBy] ?? appointedBy}`
}

export const entitlement = ({ isEntitlement }: Pick<Seat, 'isEntitlement'>): string => (isEntitlement ? 'Yes' : 'No')

export const roleWords = { chair: 'Chair', 'vice-chair': 'Vice-chair' } as const

export const untilTime = ({ until }: Period): Html => (until === null ? html`no end set` : dayTime(until))

/** Every id of people and organisations that a seat's row shows. */
export const idsOfHoldings = (holdings: readonly (Holding | undefined)[]): readonly string[] =>
  holdings.flatMap(holding => (holding ? [holding.person, holding.entry] : []))

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
