// The latest acts under a clause, as items of a timeline.
import type { AnyAct } from '#acts/act.ts'
import type { PageRequest, TimelineItem } from '#acts/page.ts'
import { type Html, html, link } from '#html/html.ts'
import { idsIn } from '#record/leaf.ts'
import { type Entry, entriesPage } from '#record/queries.ts'

type Names = ReadonlyMap<string, { label: string; href?: string }>

const name = (id: string, names: Names): Html | string => {
  const found = names.get(id)
  if (!found) return 'erased'
  return found.href ? link({ label: found.label, href: found.href }) : found.label
}

const anyId = /([a-z]{2,8}_[0-9a-hjkmnp-tv-z]{20})/

const withNames = (text: string, names: Names): Html =>
  html`${text.split(anyId).map(part => (anyId.test(part) ? name(part, names) : part))}`

/** Sealed facts are null for everybody here. */
const factsOf = ({ seals = [] }: AnyAct, { leaf }: Entry): object => ({
  ...leaf.facts,
  ...Object.fromEntries(seals.map(field => [field, null])),
})

/** The newest entries of these acts, newest first. */
export async function latestActs(
  { read, names }: Pick<PageRequest, 'read' | 'names'>,
  acts: readonly AnyAct[],
  limit: number,
): Promise<readonly TimelineItem[]> {
  const pages = await Promise.all(
    acts.map(async act => ({ act, entries: await entriesPage(read, { act: act.name, limit }) })),
  )
  const newest = pages
    .flatMap(({ act, entries }) => entries.map(entry => ({ act, entry, says: act.says(factsOf(act, entry)) })))
    .sort((a, b) => (a.entry.id < b.entry.id ? 1 : -1))
    .slice(0, limit)
  const ids = newest.flatMap(({ entry, says }) => [entry.leaf.actor.person ?? '', ...says.split(anyId)])
  const known = await names([...new Set(ids.filter(id => idsIn(id).length > 0))])
  return newest.map(({ act, entry: { id, index, leaf }, says }) => ({
    entry: id,
    index,
    act: act.name,
    at: leaf.at,
    actor: leaf.actor as TimelineItem['actor'], // the record's form admits any word for a capacity
    sentence: html`${leaf.actor.person ? name(leaf.actor.person, known) : `The ${leaf.actor.capacity}`} ${withNames(says, known)}`,
    under: leaf.under,
    hasSealed: leaf.sealed !== undefined,
  }))
}
