// Looking up who works for whom, and which organisations stand behind a thing.
import type { Label } from '#acts/domain.ts'
import { dayOf, type Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import { standingOn } from './rules.ts'
import type { PeopleTables } from './tables.ts'
import { type Affiliation, independent, type OrganisationId, type PersonId } from './words.ts'

const rowsOf = (read: Read) => read.on<PeopleTables>().selectFrom('affiliations').selectAll()

const standingOf = (row: { corrected_by: string | null; is_withdrawn: boolean }): Affiliation['standing'] =>
  row.is_withdrawn ? 'withdrawn' : row.corrected_by ? 'corrected' : 'stands'

const affiliationOf = (row: Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]): Affiliation => ({
  id: row.id,
  person: row.person,
  organisation: row.organisation,
  from: row.from_day,
  until: row.until_day,
  source: row.source,
  statedBy: row.stated_by,
  stated: row.stated.toISOString(),
  standing: standingOf(row),
})

/** Everything ever stated about the person, the latest start first; also what was corrected or withdrawn. */
export const affiliationsOf = async (read: Read, person: PersonId): Promise<readonly Affiliation[]> =>
  (await rowsOfPerson(read, { person })).map(affiliationOf)

const rowsOfPerson = prepared<PeopleTables, { person: string }>()((db, { person }) =>
  db
    .selectFrom('affiliations')
    .selectAll()
    .where('person', '=', person)
    .orderBy('from_day', 'desc')
    .orderBy('id', 'desc'),
)

/** Everything that stands about these people, whenever it held. */
export async function affiliationsAmong(read: Read, persons: readonly PersonId[]): Promise<readonly Affiliation[]> {
  if (persons.length === 0) return []
  const rows = await rowsOf(read).where('person', 'in', persons).orderBy('id').execute()
  return rows.map(affiliationOf).filter(({ standing }) => standing === 'stands')
}

/** Everything ever stated about people of the organisation, the latest start first. */
export const affiliationsWith = async (read: Read, organisation: OrganisationId): Promise<readonly Affiliation[]> =>
  (
    await rowsOf(read)
      .where('organisation', '=', organisation)
      .orderBy('from_day', 'desc')
      .orderBy('id', 'desc')
      .execute()
  ).map(affiliationOf)

export async function affiliationBy(read: Read, id: string): Promise<Affiliation | undefined> {
  const row = await rowsOf(read).where('id', '=', id).executeTakeFirst()
  return row && affiliationOf(row)
}

/** Whom the person works for at that time, sorted; empty for the independent and for those who have said nothing. */
export async function employersOf(read: Read, person: PersonId, at: Instant): Promise<readonly OrganisationId[]> {
  const standing = standingOn(await affiliationsOf(read, person), dayOf(at))
  return standing.flatMap(({ organisation }) => organisation ?? []).sort()
}

/** Of these persons, those with an affiliation (an employer, or independence) that holds at that time. */
export async function declaredAmong(read: Read, persons: readonly PersonId[], at: Instant): Promise<Set<PersonId>> {
  if (persons.length === 0) return new Set()
  const rows = await rowsOf(read).where('person', 'in', persons).execute()
  return new Set(standingOn(rows.map(affiliationOf), dayOf(at)).map(({ person }) => person))
}

/** Whom everybody says they work for on that day, in words: "Seedworks and Loam", or "independent". */
export async function employersInWords(read: Read, day: string): Promise<ReadonlyMap<PersonId, string>> {
  const rows = await read
    .on<PeopleTables>()
    .selectFrom('affiliations')
    .leftJoin('organisations', 'organisations.id', 'affiliations.organisation')
    .selectAll('affiliations')
    .select('organisations.name')
    .execute()
  const standing = new Set(standingOn(rows.map(affiliationOf), day).map(({ id }) => id))
  const holding = Map.groupBy(
    rows.filter(({ id }) => standing.has(id)),
    ({ person }) => person,
  )
  return new Map([...holding].map(([person, of]) => [person, of.map(({ name }) => name ?? independent).join(' and ')]))
}

/** How many people say today that they work for each of these organisations. */
export async function headcounts(
  read: Read,
  organisations: readonly OrganisationId[],
  at: Instant,
): Promise<ReadonlyMap<OrganisationId, number>> {
  if (organisations.length === 0) return new Map()
  const rows = await rowsOf(read).where('organisation', 'in', organisations).execute()
  const standing = Map.groupBy(standingOn(rows.map(affiliationOf), dayOf(at)), one => one.organisation ?? '')
  return new Map([...standing].map(([id, ones]) => [id, new Set(ones.map(({ person }) => person)).size]))
}

/** Keeps which organisations stand behind a thing, in place of what was kept before. For the `writes` of later domains. */
export async function standBehind(
  tx: Write,
  behind: { readonly subject: string; readonly organisations: readonly OrganisationId[]; readonly entry: string },
): Promise<void> {
  const { subject, entry } = behind
  const rows = [...new Set(behind.organisations)].map(organisation => ({ subject, organisation, entry }))
  await tx.on<PeopleTables>().deleteFrom('interests').where('subject', '=', subject).execute()
  if (rows.length > 0) await tx.on<PeopleTables>().insertInto('interests').values(rows).execute()
}

/** The organisations that stand behind any of these things, sorted and once each. */
export async function interestsIn(read: Read, subjects: readonly string[]): Promise<readonly OrganisationId[]> {
  if (subjects.length === 0) return []
  const rows = await read
    .on<PeopleTables>()
    .selectFrom('interests')
    .select('organisation')
    .distinct()
    .where('subject', 'in', subjects)
    .orderBy('organisation')
    .execute()
  return rows.map(row => row.organisation)
}

/** The ids of the things that this organisation stands behind, sorted. */
export async function subjectsOf(read: Read, organisation: OrganisationId): Promise<readonly string[]> {
  const rows = await read
    .on<PeopleTables>()
    .selectFrom('interests')
    .select('subject')
    .where('organisation', '=', organisation)
    .orderBy('subject')
    .execute()
  return rows.map(row => row.subject)
}

export const affiliationLabel: Label = {
  prefix: 'aff',
  of: async (read, ids) => {
    const rows = await rowsOf(read).where('id', 'in', ids).execute()
    return new Map(rows.map(row => [row.id, { label: 'an affiliation', href: `/people/${row.person}#affiliations` }]))
  },
}
