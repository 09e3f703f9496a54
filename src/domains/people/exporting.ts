// Everything held about one person, for that person only.
import { z } from 'zod'
import type { Asker } from '#acts/query.ts'
import { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Entry, entriesPage, sealedOf } from '#record/queries.ts'
import { affiliationsOf } from './affiliations.ts'
import { organisationsBy } from './organisations.ts'
import { accountOf, ownPerson } from './persons.ts'
import { PersonId } from './words.ts'

const Sealed = z.object({ value: z.unknown(), salt: z.string() })

export const Export = z.object({
  about: z.string(),
  exported: Instant,
  person: z.object({
    id: PersonId,
    name: z.string().nullable(),
    isNamePublic: z.boolean(),
    registered: Instant,
    erased: Instant.nullable(),
  }),
  account: z.string().nullable(),
  /** The sign-in: address, sessions, passkeys, keys; and the letters that are kept. */
  held: z.record(z.string(), z.unknown()),
  affiliations: z.array(z.record(z.string(), z.unknown())),
  entries: z.array(
    z.object({
      index: z.int().nullable(),
      leaf: z.record(z.string(), z.unknown()),
      /** What is sealed for this person, with the salt that proves it was not changed. */
      sealed: z.record(z.string(), Sealed),
    }),
  ),
})
export type Export = z.infer<typeof Export>

const about =
  'Everything that this foundation’s Guildhall holds about you: the register of persons, whom you said you work for, and each entry of the public record that names you, with the facts sealed for you; then your sign-in with its address, sessions, passkeys and keys (without what would open them), and the letters to you that are kept here.'

const batch = 500

/** Every entry that holds the id, as actor or in its facts, the oldest first. */
async function entriesNaming(read: Read, person: string): Promise<readonly Entry[]> {
  const all: Entry[] = []
  for (;;) {
    const before = all.at(-1)?.id
    const page = await entriesPage(read, { subject: person, limit: batch, ...(before && { before }) })
    all.push(...page)
    if (page.length < batch) return all.reverse()
  }
}

async function opened(read: Read, { index, leaf }: Entry, person: string): Promise<Export['entries'][number]> {
  const kept = leaf.sealed ? Object.entries(await sealedOf(read, leaf.id)) : []
  const own = kept.filter(([, { subject }]) => subject === person)
  return { index, leaf, sealed: Object.fromEntries(own.map(([field, { value, salt }]) => [field, { value, salt }])) }
}

/** Undefined for an id that is no person's. */
export async function exported(read: Read, person: string, { at, held }: Asker): Promise<Export | undefined> {
  const own = await ownPerson(read, person)
  if (!own) return undefined
  const affiliations = await affiliationsOf(read, person)
  const names = await organisationsBy(
    read,
    affiliations.flatMap(({ organisation }) => organisation ?? []),
  )
  const entries: Export['entries'] = []
  for (const entry of await entriesNaming(read, person)) entries.push(await opened(read, entry, person))
  const { id, heldName: name, isNamePublic, registered, erased } = own
  return {
    about,
    exported: at,
    person: { id, name, isNamePublic, registered, erased },
    account: (await accountOf(read, person)) ?? null,
    held: (await held?.()) ?? {},
    affiliations: affiliations.map(one => ({
      ...one,
      organisationName: one.organisation ? names.get(one.organisation)?.name : 'independent',
    })),
    entries,
  }
}
