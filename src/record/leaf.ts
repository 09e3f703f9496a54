// A leaf: the public form of one entry, whose canonical JSON bytes are what the log hashes.

import { z } from 'zod'
import { canonical } from '#base/canonical.ts'
import { idOf } from '#base/ids.ts'
import { Instant } from '#base/instants.ts'

/** An entry bundle gives each entry a 16-bit length (C2SP tlog-tiles). */
export const maxLeafBytes = 65_535

export const EntryId = idOf('ent', 'Entry')

/** Who acts, in which capacity and for whom: ids only. People's names live in registers, where they can be erased. */
export const Actor = z
  .strictObject({
    capacity: z.string().regex(/^[a-z][a-z-]{0,39}$/),
    person: idOf('per', 'Person').optional(),
    seat: z.string().max(80).optional(),
    body: z.string().max(80).optional(),
    onBehalfOf: z.string().max(80).optional(),
    project: z.string().max(80).optional(),
  })
  .meta({ title: 'Actor' })

export const Leaf = z
  .strictObject({
    v: z.literal(1),
    id: EntryId,
    act: z.string().regex(/^[a-z][a-z-]*(\.[a-z][a-zA-Z-]*)+$/),
    at: Instant,
    actor: Actor,
    under: z.array(z.string().min(1).max(40)),
    charter: z.string().regex(/^[0-9a-f]{64}$/),
    facts: z.record(z.string(), z.unknown()),
    // What the charter's rules weighed, so that anybody can ask them again.
    weighed: z.record(z.string(), z.unknown()).optional(),
    sealed: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).optional(),
    cause: EntryId.optional(),
    mandate: EntryId.optional(),
  })
  .meta({ title: 'Leaf' })

export type Actor = z.infer<typeof Actor>
export type Leaf = z.infer<typeof Leaf>

export class LeafTooLarge extends Error {
  override name = 'LeafTooLarge'
}

/** The exact text that is stored, served and hashed. Throws `LeafTooLarge`; facts that long belong in a document whose hash is recorded. */
export function leafText(leaf: Leaf): string {
  const text = canonical(leaf)
  const size = Buffer.byteLength(text)
  if (size <= maxLeafBytes) return text
  throw new LeafTooLarge(`${leaf.act} would record ${size} bytes, the most is ${maxLeafBytes}: record a hash instead`)
}

const id = /^[a-z]{2,8}_[0-9a-hjkmnp-tv-z]{20}$/

/** Every id that stands in a JSON value, as a value or as a key, sorted and once each. */
export function idsIn(value: unknown): string[] {
  const found = new Set<string>()
  const look = (part: unknown): void => {
    if (typeof part === 'string') {
      if (id.test(part)) found.add(part)
    } else if (Array.isArray(part)) part.forEach(look)
    else if (part && typeof part === 'object') for (const pair of Object.entries(part)) pair.forEach(look)
  }
  look(value)
  return [...found].sort()
}

/** What an entry is about: the ids in its facts and its actor, and the bodies named there, whose ids are their short names. */
export function subjectsOf({ actor, facts }: Pick<Leaf, 'actor' | 'facts'>): string[] {
  const bodies = [actor.body, facts.body].filter(body => typeof body === 'string')
  return [...new Set([...idsIn([actor, facts]), ...bodies])].sort()
}
