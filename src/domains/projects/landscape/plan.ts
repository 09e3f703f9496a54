// One import of a landscape file: read, sorted by the charter's mapping, compared with what stands here, as orders.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { membersWanted } from '#domains/membership/index.ts'
import { type Organisation, organisationsPage } from '#domains/people/index.ts'
import { projectsAll } from '../finds.ts'
import type { LandscapeMapping } from '../terms.ts'
import { type KnownLandscape, type LandscapeOrder, ordersForLandscape } from './orders.ts'
import { readLandscape } from './read.ts'
import { sortItems } from './sort.ts'
import type { LandscapeFault, UnknownKey } from './words.ts'

/** What stands in the registers now. */
export async function knownLandscape(read: Read, at: Instant): Promise<KnownLandscape> {
  const organisations: Organisation[] = []
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await organisationsPage(read, { page, at })
    organisations.push(...found.organisations)
    pages = found.pages
  }
  return { organisations, members: await membersWanted(read), projects: await projectsAll(read) }
}

export type LandscapePlan = {
  readonly orders: readonly LandscapeOrder[]
  /** Items with a fault are in no order: an import with faults goes on only where the operator wants them skipped. */
  readonly faults: readonly LandscapeFault[]
  readonly unknownKeys: readonly UnknownKey[]
  readonly counts: { readonly items: number; readonly projects: number; readonly members: number }
}

export function planLandscape(
  text: string,
  given: { readonly mapping: LandscapeMapping; readonly known?: KnownLandscape },
): LandscapePlan {
  const { items, faults, unknownKeys } = readLandscape(text)
  const sorted = sortItems(items, given.mapping)
  return {
    orders: ordersForLandscape(items, given),
    faults: [...faults, ...sorted.faults].sort((a, b) => a.line - b.line),
    unknownKeys,
    counts: { items: items.length, projects: sorted.projects.length, members: sorted.members.length },
  }
}
