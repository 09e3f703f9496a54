// The book of identities for some contributions: who is one person, and whom they worked for on each day.
import type { Day } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Affiliation, affiliationsAmong, folded, namesOf } from '#domains/people/index.ts'
import { hostOf, parentsOf, saysNothing } from './addresses.ts'
import { type Groups, loadGroups } from './groups.ts'
import { chunked } from './keeping.ts'
import { joined, type Standing, type Statement, standingOn } from './resolve.ts'
import type { Tables } from './tables.ts'
import type { Span, StatedBy } from './words.ts'

export type Book = {
  readonly groups: Groups
  /** The identity that stands for the person. */
  readonly rootOf: (identity: string) => string
  readonly standingOf: (identity: string, day: Day) => Standing | undefined
  /** Who claimed an identity of this root. */
  readonly personOf: (root: string) => string | undefined
  /** How to call a root in public: the shown name of whoever claimed it, else a pseudonym. */
  readonly called: (root: string) => { readonly label: string; readonly href?: string }
  /** Pairs that bear the same full name and are not decided yet: never joined by themselves. */
  readonly suggested: readonly (readonly [string, string])[]
  readonly isBot: (identity: string) => boolean
}

export const pseudonym = (identity: string): string => `contributor ${identity.slice(-6)}`

const inChunks = async <T, Row>(items: readonly T[], ask: (chunk: readonly T[]) => Promise<readonly Row[]>) => {
  const rows: Row[] = []
  for (const chunk of chunked(items, 5000)) rows.push(...(await ask(chunk)))
  return rows
}

const spanOf = (row: { from_day: string | null; until_day: string | null }): Span => ({
  from: row.from_day,
  until: row.until_day,
})

/** Aliases of imports in force, merges that somebody confirmed, and identities that one person claimed. */
async function joinsOf(read: Read) {
  const on = read.on<Tables>()
  const claims = await on.selectFrom('claims').select(['identity', 'person']).orderBy('identity').execute()
  const merges = await on.selectFrom('merges').select(['first', 'second', 'is_same']).execute()
  const aliases = await on
    .selectFrom('imported_aliases as alias')
    .innerJoin('imports', 'imports.id', 'alias.import')
    .select(['alias.identity', 'alias.of'])
    .where('imports.replaced_by', 'is', null)
    .execute()
  const byPerson = Map.groupBy(claims, ({ person }) => person)
  const pairs = [
    ...aliases.map(({ identity, of }) => [identity, of] as const),
    ...merges.filter(one => one.is_same).map(({ first, second }) => [first, second] as const),
    ...[...byPerson.values()].flatMap(own => own.slice(1).map(one => [own[0]?.identity ?? '', one.identity] as const)),
  ]
  const apart = new Set(merges.filter(one => !one.is_same).map(({ first, second }) => `${first} ${second}`))
  return { rootOf: joined(pairs), members: new Set(pairs.flat()), claims, apart }
}
type Joins = Awaited<ReturnType<typeof joinsOf>>

/** With everybody who is the same person as one of these. */
function relatives(identities: readonly string[], { rootOf, members }: Joins): string[] {
  const roots = new Set(identities.map(rootOf))
  return [...new Set([...identities, ...[...members].filter(one => roots.has(rootOf(one)))])]
}

const ofAffiliation = ({ organisation, from, until, source }: Affiliation): Statement => ({
  ...{ organisation, from, until, source },
})

type Domains = ReadonlyMap<string, readonly Statement[]>

async function domainsOf(read: Read, groups: Groups): Promise<Domains> {
  const stated = await read.on<Tables>().selectFrom('mail_domains').selectAll().execute()
  const imported = await read
    .on<Tables>()
    .selectFrom('imported_domains as one')
    .innerJoin('imports', 'imports.id', 'one.import')
    .select(['one.domain', 'one.company', 'one.from_day', 'one.until_day'])
    .where('imports.replaced_by', 'is', null)
    .execute()
  const all = [
    ...stated.map(row => ({ domain: row.domain, organisation: row.organisation, ...spanOf(row) })),
    ...imported.map(row => ({ domain: row.domain, organisation: groups.ofCompany(row.company), ...spanOf(row) })),
  ]
  const named = Map.groupBy(all, ({ domain }) => domain)
  return new Map(
    [...named].map(([domain, of]) => [domain, of.map(({ domain: _, ...one }) => ({ ...one, source: 'domain' }))]),
  )
}

/** The nearest domain of which something is stated covers all below it. */
const ofHost = (domains: Domains, address: string | null): readonly Statement[] => {
  const host = hostOf(address ?? '')
  if (host === '' || saysNothing(host)) return []
  const nearest = parentsOf(host).find(one => domains.has(one))
  return nearest === undefined ? [] : (domains.get(nearest) ?? [])
}

async function stintsOf(read: Read, identities: readonly string[], groups: Groups): Promise<Map<string, Statement[]>> {
  const rows = await inChunks(identities, chunk =>
    read
      .on<Tables>()
      .selectFrom('imported_stints as stint')
      .innerJoin('imports', 'imports.id', 'stint.import')
      .select(['stint.identity', 'stint.company', 'stint.from_day', 'stint.until_day'])
      .where('imports.replaced_by', 'is', null)
      .where('stint.is_contested', '=', false)
      .where('stint.identity', 'in', chunk)
      .execute(),
  )
  const statements = rows.map(row => ({
    identity: row.identity,
    source: 'import' as const,
    organisation: row.company === null ? null : groups.ofCompany(row.company),
    ...spanOf(row),
  }))
  return Map.groupBy(statements, ({ identity }) => identity)
}

const addressesOf = (read: Read, identities: readonly string[]) =>
  inChunks(identities, chunk =>
    read.on<Tables>().selectFrom('contributor_addresses').selectAll().where('identity', 'in', chunk).execute(),
  )
type Addressed = Awaited<ReturnType<typeof addressesOf>>

const disputesOf = async (read: Read) => {
  const rows = await read.on<Tables>().selectFrom('disputes').selectAll().where('is_withdrawn', '=', false).execute()
  return rows.map(row => ({ identity: row.identity, source: row.source, ...spanOf(row) }))
}

/** A name of at least two words; one word is borne by too many to suggest anything. */
const fullName = (name: string | null): string | undefined => {
  const plain = folded(name ?? '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain.includes(' ') ? plain : undefined
}

function suggestions(addressed: Addressed, { rootOf, apart }: Joins): (readonly [string, string])[] {
  const named = addressed.flatMap(({ identity, name, is_bot }) => {
    const full = is_bot ? undefined : fullName(name)
    return full ? [{ identity, full }] : []
  })
  return [...Map.groupBy(named, ({ full }) => full).values()].flatMap(same => {
    const sorted = same.map(({ identity }) => identity).sort()
    return sorted.slice(1).flatMap((second, index) => {
      const first = sorted[index] ?? ''
      return rootOf(first) === rootOf(second) || apart.has(`${first} ${second}`) ? [] : [[first, second] as const]
    })
  })
}

type Facts = {
  readonly joins: Joins
  readonly groups: Groups
  readonly addressed: Addressed
}

/** All that is said of each identity: of the person as a whole, and of this address alone. */
async function statementsOf(read: Read, { joins, groups, addressed }: Facts) {
  const identities = addressed.map(({ identity }) => identity)
  const claimed = new Map(joins.claims.map(({ identity, person }) => [joins.rootOf(identity), person]))
  const own = Map.groupBy(await affiliationsAmong(read, [...new Set(claimed.values())]), ({ person }) => person)
  const [stints, domains, disputes] = [
    await stintsOf(read, identities, groups),
    await domainsOf(read, groups),
    await disputesOf(read),
  ]
  const ofRoot = Map.groupBy(identities, joins.rootOf)
  const wholes = new Map(
    [...ofRoot].map(([root, members]) => [
      root,
      [
        ...(own.get(claimed.get(root) ?? '') ?? []).map(ofAffiliation),
        ...members.flatMap(one => stints.get(one) ?? []),
      ],
    ]),
  )
  const all = new Map<string, Statement[]>()
  for (const { identity, address } of addressed) {
    const root = joins.rootOf(identity)
    const said = [...(wholes.get(root) ?? []), ...ofHost(domains, address)]
    const theirs = disputes.filter(one =>
      one.source === 'domain' ? one.identity === identity : joins.rootOf(one.identity) === root,
    )
    const but = (source: StatedBy): Span[] => theirs.filter(one => one.source === source)
    all.set(identity, theirs.length === 0 ? said : said.map(one => ({ ...one, but: but(one.source) })))
  }
  return { all, claimed }
}

/** Everything needed to count these identities; a few questions to the database however many they are. */
export async function openBook(
  read: Read,
  identities: readonly string[],
  precedence: readonly StatedBy[],
): Promise<Book> {
  const [joins, groups] = [await joinsOf(read), await loadGroups(read)]
  const addressed = await addressesOf(read, relatives([...new Set(identities)], joins))
  const { all, claimed } = await statementsOf(read, { joins, groups, addressed })
  const names = await namesOf(read, [...new Set(claimed.values())])
  const bots = new Set(addressed.filter(one => one.is_bot).map(({ identity }) => identity))
  const cache = new Map<string, Standing | undefined>()
  return {
    groups,
    rootOf: joins.rootOf,
    standingOf(identity, day) {
      const key = `${identity} ${day}`
      if (!cache.has(key)) cache.set(key, standingOn(all.get(identity) ?? [], day, { precedence, ...groups }))
      return cache.get(key)
    },
    personOf: root => claimed.get(root),
    called(root) {
      const person = claimed.get(root)
      return person
        ? { label: names.get(person) ?? pseudonym(root), href: `/people/${person}` }
        : { label: pseudonym(root) }
    },
    suggested: suggestions(addressed, joins),
    isBot: identity => bots.has(identity),
  }
}
