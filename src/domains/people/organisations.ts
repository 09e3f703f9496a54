// Looking up organisations, and who controls whom.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Label } from '#acts/domain.ts'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { controllersAbove, groupAround } from './control.ts'
import { folded } from './names.ts'
import type { PeopleTables } from './tables.ts'
import type { Control, Organisation, OrganisationId } from './words.ts'

const fields = ['id', 'slug', 'name', 'homepage'] as const

const organisations = (read: Read) => read.on<PeopleTables>().selectFrom('organisations').select(fields)

export const organisationBy = (
  read: Read,
  by: { readonly id: OrganisationId } | { readonly slug: string },
): Promise<Organisation | undefined> =>
  organisations(read)
    .where('id' in by ? 'id' : 'slug', '=', 'id' in by ? by.id : by.slug)
    .executeTakeFirst()

/** By id, short name or name, whatever the case; of several alike in all but accents, only the one written so. */
export async function organisationNamed(read: Read, ref: string): Promise<Organisation | undefined> {
  const found = await organisations(read)
    .where(or => or.or([or('id', '=', ref), or('slug', '=', ref.toLowerCase()), or('search', '=', folded(ref))]))
    .execute()
  const exact =
    found.find(one => [one.id, one.slug].includes(ref.toLowerCase())) ?? found.find(one => isSameName(one.name, ref))
  return exact ?? (found.length === 1 ? found[0] : undefined)
}

/** All of them, by id. */
export const organisationsAll = (read: Read): Promise<readonly Organisation[]> =>
  organisations(read).orderBy('id').execute()

/** The names of all. */
export const organisationNames = async (read: Read): Promise<readonly string[]> =>
  (await organisations(read).execute()).map(({ name }) => name)

export const isSameName = (a: string, b: string): boolean =>
  a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()

/** Those that would be mistaken for one of this name, or have this short name. */
export const organisationsLike = (read: Read, { name, slug }: { name: string; slug: string }) =>
  organisations(read)
    .where(or => or.or([or('slug', '=', slug), or('search', '=', folded(name))]))
    .execute()

export async function organisationsBy(
  read: Read,
  ids: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, Organisation>> {
  if (ids.length === 0) return new Map()
  const rows = await organisations(read).where('id', 'in', ids).execute()
  return new Map(rows.map(row => [row.id, row]))
}

export type OrganisationsWanted = {
  readonly search?: string
  /** Only those controlled by another today, or those that control others. */
  readonly part?: 'controlled' | 'controlling'
  /** From 1. */
  readonly page?: number
  readonly at: Instant
}

export type OrganisationsPage = {
  readonly organisations: readonly Organisation[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

export const pageSize = 50

type Clause = ExpressionBuilder<PeopleTables, 'organisations'>

const isPart = (where: Clause, part: 'controlled' | 'controlling', day: string) =>
  where.exists(
    where
      .selectFrom('controls')
      .select('parent')
      .whereRef(part === 'controlled' ? 'child' : 'parent', '=', 'organisations.id')
      .where('from_day', '<=', day)
      .where(open => open.or([open('until_day', 'is', null), open('until_day', '>', day)])),
  )

/** In the order of their names. A page beyond the last gives the last. */
export async function organisationsPage(read: Read, wanted: OrganisationsWanted): Promise<OrganisationsPage> {
  const { search, part, at } = wanted
  const pattern = search && `%${folded(search.trim()).replace(/[\\%_]/g, '\\$&')}%`
  const matching = read
    .on<PeopleTables>()
    .selectFrom('organisations')
    .$if(Boolean(pattern), rows => rows.where('search', 'like', pattern ?? ''))
    .$if(part !== undefined, rows => rows.where(where => isPart(where, part ?? 'controlled', dayOf(at))))
  const { count } = await matching.select(sql<string>`count(*)`.as('count')).executeTakeFirstOrThrow()
  const total = Number(count)
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(pages, Math.max(1, wanted.page ?? 1))
  const rows = await matching
    .select(fields)
    .orderBy('search')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { organisations: rows, total, page, pages }
}

/** Every statement of control, those about one organisation or all. */
export async function controlsAbout(read: Read, organisation?: OrganisationId): Promise<readonly Control[]> {
  const rows = await read
    .on<PeopleTables>()
    .selectFrom('controls')
    .selectAll()
    .$if(organisation !== undefined, query =>
      query.where(or => or.or([or('child', '=', organisation ?? ''), or('parent', '=', organisation ?? '')])),
    )
    .orderBy('from_day')
    .orderBy('child')
    .orderBy('parent')
    .execute()
  return rows.map(({ from_day, until_day, ...row }) => ({ ...row, from: from_day, until: until_day }))
}

/** All companies that control these at that time, up to the top, sorted. */
export async function controllersOf(
  read: Read,
  of: readonly OrganisationId[],
  at: Instant,
): Promise<readonly OrganisationId[]> {
  return of.length === 0 ? [] : controllersAbove(await controlsAbout(read), of, dayOf(at))
}

/** The organisation with everything related to it by control at that time: what counts as one where shares are capped. */
export const groupOf = async (
  read: Read,
  organisation: OrganisationId,
  at: Instant,
): Promise<readonly OrganisationId[]> => groupAround(await controlsAbout(read), organisation, dayOf(at))

export const organisationLabel: Label = {
  prefix: 'org',
  of: async (read, ids) =>
    new Map(
      [...(await organisationsBy(read, ids)).values()].map(({ id, name, slug }) => [
        id,
        { label: name, href: `/organisations/${slug}` },
      ]),
    ),
}
