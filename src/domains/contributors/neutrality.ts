// The concentration of one or more subjects, such as projects, from stored counts: no repository is read.
import type { Settled } from '#acts/term.ts'
import { addDays, type Day, dayOf, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Book, openBook } from './book.ts'
import {
  type Counted,
  type OrganisationFigures,
  type OwnershipFigures,
  organisationFigures,
  ownershipFigures,
  type PeopleFigures,
  peopleFigures,
} from './figures.ts'
import type { Tables } from './tables.ts'
import { concentrationTerm, register } from './terms.ts'
import type { Kind } from './words.ts'

export type Head = {
  readonly subject: string
  readonly commit: string
  readonly asOf: Instant
  readonly hasOwners: boolean
}

export type KindFigures = {
  readonly kind: 'commit' | 'co-author' | 'merge'
  readonly people: PeopleFigures
  readonly organisations: OrganisationFigures
}

export type Neutrality = {
  readonly heads: readonly Head[]
  readonly from: Day
  readonly until: Day
  readonly kinds: readonly KindFigures[]
  /** Merges pressed by a forge or a queue, and commits by machines: told apart, counted for nobody. */
  readonly machineMerges: number
  readonly botCommits: number
  readonly ownership?: OwnershipFigures & { readonly called: (group: string) => { label: string; href?: string } }
}

export type Wanted = {
  readonly subjects: readonly string[]
  readonly at: Instant
  readonly term: Settled
}

export const headsOf = async (read: Read, subjects: readonly string[]): Promise<readonly Head[]> => {
  if (subjects.length === 0) return []
  const rows = await read
    .on<Tables>()
    .selectFrom('contribution_heads')
    .selectAll()
    .where('subject', 'in', subjects)
    .orderBy('subject')
    .execute()
  return rows.map(row => ({
    subject: row.subject,
    commit: row.commit,
    asOf: row.as_of.toISOString(),
    hasOwners: row.has_owners,
  }))
}

export type Row = Counted & { readonly subject: string; readonly kind: Kind }

/** `from <= day < until`. */
export const rowsOf = async (
  read: Read,
  { subjects, from, until }: { subjects: readonly string[]; from: Day; until: Day },
): Promise<readonly Row[]> =>
  subjects.length === 0
    ? []
    : read
        .on<Tables>()
        .selectFrom('contributions')
        .select(['subject', 'identity', 'day', 'kind', 'count'])
        .where('subject', 'in', subjects)
        .where('day', '>=', from)
        .where('day', '<', until)
        .execute()

const ownedBy = async (read: Read, subjects: readonly string[]) =>
  subjects.length === 0
    ? []
    : read.on<Tables>().selectFrom('owned_files').selectAll().where('subject', 'in', subjects).execute()

const membersOf = (owners: string): string[] => owners.split(' ').filter(one => one !== '')

/** `alone` of an owner who is independent: nobody else is of that group. */
function groupOfOwner(owner: string, book: Book, day: Day): string | null {
  const standing = owner === 'team' ? undefined : book.standingOf(owner, day)
  if (!standing) return null
  return 'group' in standing ? standing.group : book.rootOf(owner)
}

export const periodOf = ({ at, term }: Pick<Wanted, 'at' | 'term'>) => {
  const until = dayOf(addDays(at, 1))
  return { from: dayOf(addDays(at, 1 - term(concentrationTerm).days)), until }
}

const shown = ['commit', 'co-author', 'merge'] as const

/** Undefined where no history of any of them was read yet. */
export async function neutralityOf(read: Read, wanted: Wanted): Promise<Neutrality | undefined> {
  const heads = await headsOf(read, wanted.subjects)
  if (heads.length === 0) return undefined
  const [period, { part }] = [periodOf(wanted), wanted.term(concentrationTerm)]
  const { subjects } = wanted
  const [rows, owned] = [await rowsOf(read, { subjects, ...period }), await ownedBy(read, subjects)]
  const everybody = [...rows.map(({ identity }) => identity), ...owned.flatMap(({ owners }) => membersOf(owners))]
  const book = await openBook(
    read,
    everybody.filter(one => one !== 'team'),
    wanted.term(register).precedence,
  )
  const ofKind = Map.groupBy(rows, ({ kind }) => kind)
  const counted = (kind: Kind): number => (ofKind.get(kind) ?? []).reduce((sum, { count }) => sum + count, 0)
  const called = (group: string) => (group.startsWith('idn_') ? book.called(group) : book.groups.called(group))
  const day = dayOf(wanted.at)
  const ownership = ownershipFigures(
    owned.map(({ owners, files }) => ({ owners: membersOf(owners).map(one => groupOfOwner(one, book, day)), files })),
  )
  return {
    heads,
    ...period,
    kinds: shown.flatMap(kind => {
      const people = peopleFigures(ofKind.get(kind) ?? [], book, part)
      const organisations = organisationFigures(ofKind.get(kind) ?? [], book, part)
      return people && organisations ? [{ kind, people, organisations }] : []
    }),
    machineMerges: counted('machine-merge'),
    botCommits: counted('bot'),
    ...(ownership && { ownership: { ...ownership, called } }),
  }
}
