// How seats and bodies are called where only their ids are known.
import type { Label } from '#acts/domain.ts'
import type { Read } from '#database/handles.ts'
import { bodiesAll } from './queries.ts'
import type { Tables } from './tables.ts'
import type { Sphere } from './words.ts'

export type Called = { readonly label: string; readonly href: string; readonly sphere: Sphere }

/** Bodies are named by their slugs, which no label's prefix finds: pages ask here. */
export async function bodyNames(read: Read): Promise<ReadonlyMap<string, Called>> {
  const all = await bodiesAll(read)
  return new Map(all.map(({ slug, name, sphere }) => [slug, { label: name, href: `/bodies/${slug}`, sphere }]))
}

/** "Chair of the council, Growers' Council": a seat's title says little without its body. */
export const seatLabel: Label = {
  prefix: 'sea',
  of: async (read, ids) => {
    const rows = await read
      .on<Tables>()
      .selectFrom('seats')
      .innerJoin('bodies', 'bodies.slug', 'seats.body')
      .select(['seats.id', 'seats.title', 'bodies.name'])
      .where('seats.id', 'in', ids)
      .execute()
    return new Map(rows.map(({ id, title, name }) => [id, { label: `${title}, ${name}`, href: `/seats/${id}` }]))
  },
}
