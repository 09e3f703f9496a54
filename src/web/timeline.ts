// Entries as people read them: who, in which capacity, did what, under which clause, with its receipt.
import type { Actor } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import type { TimelineItem } from '#acts/page.ts'
import type { Registry } from '#acts/registry.ts'
import type { Read } from '#database/handles.ts'
import type { ClauseLink } from '#html/clause.ts'
import { type Html, html } from '#html/html.ts'
import { timeline } from '#html/timeline.ts'
import type { Leaf } from '#record/leaf.ts'
import { type Entry, entriesPage } from '#record/queries.ts'
import { idsIn, linked, type Names, namesFor, plain } from './names.ts'

/** What was done, without its subject. An act that this program no longer knows is named plainly. */
export function sentenceOf(registry: Registry, leaf: Leaf): string {
  const act = registry.acts.get(leaf.act)
  if (!act) return `did ${leaf.act}`
  const sealed = Object.fromEntries((act.seals ?? []).map(field => [field, null]))
  // Faces end the sentence; a reason at its end may have done so already.
  return act.says({ ...leaf.facts, ...sealed }).replace(/\.$/, '')
}

const programs: Readonly<Record<string, string>> = {
  clock: 'The clock',
  operator: 'The operator',
  newcomer: 'Somebody new',
}

export const subjectOf = ({ person, capacity }: Pick<Actor, 'person'> & { capacity: string }): string =>
  person ?? programs[capacity] ?? 'Somebody'

const inCapacity = (actor: Leaf['actor']): string =>
  actor.person && !['participant', 'newcomer'].includes(actor.capacity)
    ? ` (${capacityWords([actor.capacity as Actor['capacity']])})` // recorded by the engine from its own list
    : ''

export const fullSentence = (registry: Registry, leaf: Leaf): string =>
  `${subjectOf(leaf.actor)}${inCapacity(leaf.actor)} ${sentenceOf(registry, leaf)}`

export const sayPlainly = (registry: Registry, leaf: Leaf, names: Names): string =>
  plain(fullSentence(registry, leaf), names)

export const namesOfEntries = (registry: Registry, read: Read, entries: readonly Entry[]): Promise<Names> =>
  namesFor(registry, read, idsIn(entries.map(entry => fullSentence(registry, entry.leaf))))

const itemOf = (registry: Registry, names: Names, { id, index, leaf }: Entry): TimelineItem => ({
  entry: id,
  index,
  act: leaf.act,
  at: leaf.at,
  actor: leaf.actor as Actor, // recorded by the engine
  sentence: linked(fullSentence(registry, leaf), names),
  under: leaf.under,
  hasSealed: leaf.sealed !== undefined,
})

export async function itemsOf(
  registry: Registry,
  read: Read,
  entries: readonly Entry[],
): Promise<readonly TimelineItem[]> {
  const names = await namesOfEntries(registry, read, entries)
  return entries.map(entry => itemOf(registry, names, entry))
}

/** The newest entries about an id; a body's slug or a person's id stands in the actor too. */
export const timelineAbout = async (registry: Registry, read: Read, about: { subject: string; limit: number }) =>
  itemsOf(registry, read, await entriesPage(read, about))

export const drawTimeline = (
  items: readonly TimelineItem[],
  clauses: (ids: readonly string[]) => readonly ClauseLink[],
): Html =>
  timeline(
    items.map(item => ({
      at: item.at,
      sentence: html`${item.sentence}.`,
      clauses: clauses(item.under),
      receipt: { label: item.index === null ? 'receipt' : `entry ${item.index}`, href: `/record/${item.entry}` },
      ...(item.hasSealed && { mark: 'sealed' as const }),
    })),
  )
