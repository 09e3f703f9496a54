// Keeping what histories say: identities under their pseudonyms, and counts by day. Working papers, in one transaction each.
import { sql } from 'kysely'
import type { Read, Write } from '#database/handles.ts'
import { foldedAddress, identityOf } from './addresses.ts'
import { keyName, type Tables } from './tables.ts'
import type { Contributions, Seen } from './words.ts'

/** The key of the pseudonyms, made with the tables: whoever has it can try addresses, so it leaves this domain never. */
export async function keyOf(read: Read): Promise<string> {
  const { value } = await read
    .on<Tables>()
    .selectFrom('contributor_keys')
    .select('value')
    .where('name', '=', keyName)
    .executeTakeFirstOrThrow()
  return value
}

export const chunked = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

export type Kept = {
  readonly identity: string
  readonly address: string
  readonly name?: string
  readonly isBot?: boolean
}

/** Fills the address book. What was forgotten stays so, and a name once known is not lost. */
export async function keepAddresses(tx: Write, kept: readonly Kept[]): Promise<void> {
  const rows = [...new Map(kept.map(one => [one.identity, one])).values()].map(one => ({
    identity: one.identity,
    address: one.address,
    name: one.name ?? null,
    is_bot: one.isBot ?? false,
    is_forgotten: false,
  }))
  for (const values of chunked(rows, 2000))
    await tx
      .on<Tables>()
      .insertInto('contributor_addresses')
      .values(values)
      .onConflict(same =>
        same
          .column('identity')
          .doUpdateSet({
            name: sql`coalesce(contributor_addresses.name, excluded.name)`,
            is_bot: sql`contributor_addresses.is_bot or excluded.is_bot`,
          })
          .where('contributor_addresses.is_forgotten', '=', false),
      )
      .execute()
}

type Counted = Tables['contributions']

/** Folded addresses may make one of two: their counts are added. */
function countsOf(subject: string, ids: readonly string[], { days }: Contributions): Counted[] {
  const counts = new Map<string, Counted>()
  for (const { who, day, kind, count } of days) {
    const identity = ids[who]
    if (identity === undefined) throw new RangeError(`Nobody is number ${who} of a history`)
    const key = `${identity} ${day} ${kind}`
    const known = counts.get(key)
    if (known) known.count += count
    else counts.set(key, { subject, identity, day, kind, count })
  }
  return [...counts.values()]
}

function ownersOf(subject: string, ids: readonly string[], { owned }: Contributions): Tables['owned_files'][] {
  const files = new Map<string, number>()
  for (const { owners, files: count } of owned) {
    const names = [...new Set(owners.map(index => ids[index] ?? 'team'))].sort().join(' ')
    files.set(names, (files.get(names) ?? 0) + count)
  }
  return [...files].map(([owners, count]) => ({ subject, owners, files: count }))
}

const isStale = async (tx: Write, subject: string, asOf: string): Promise<boolean> => {
  const head = await tx
    .on<Tables>()
    .selectFrom('contribution_heads')
    .select('as_of')
    .where('subject', '=', subject)
    .executeTakeFirst()
  return head !== undefined && head.as_of > new Date(asOf)
}

const identitiesOf = (key: string, people: readonly Seen[]): string[] =>
  people.map(({ address }) => identityOf(key, address))

/** Takes the place of what was kept of the subject before; an answer about an earlier day changes nothing. */
export async function keepContributions(tx: Write, subject: string, found: Contributions): Promise<void> {
  if (await isStale(tx, subject, found.asOf)) return
  const ids = identitiesOf(await keyOf(tx), found.people)
  await keepAddresses(
    tx,
    found.people.map(({ address, name, isBot }, index) => ({
      ...{ identity: ids[index] ?? '', address: foldedAddress(address), isBot },
      ...(name.trim() !== '' && { name: name.trim() }),
    })),
  )
  for (const table of ['contributions', 'owned_files', 'contribution_heads'] as const)
    await tx.on<Tables>().deleteFrom(table).where('subject', '=', subject).execute()
  for (const rows of chunked(countsOf(subject, ids, found), 5000))
    await tx.on<Tables>().insertInto('contributions').values(rows).execute()
  for (const rows of chunked(ownersOf(subject, ids, found), 5000))
    await tx.on<Tables>().insertInto('owned_files').values(rows).execute()
  const { commit, asOf, botRule, hasOwners } = found
  const head = { subject, commit, as_of: new Date(asOf), bot_rule: botRule, has_owners: hasOwners }
  await tx.on<Tables>().insertInto('contribution_heads').values(head).execute()
}
