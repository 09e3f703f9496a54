// Looking up persons and the sign-ins they belong to.
import type { Actor } from '#acts/act.ts'
import type { Label } from '#acts/domain.ts'
import type { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { prepared } from '#database/prepared.ts'
import { sealedFor } from '#record/queries.ts'
import { displayName } from './names.ts'
import type { PeopleTables } from './tables.ts'
import type { Person, PersonId } from './words.ts'
import { endWriting } from './writing.ts'

type Row = { id: string; name: string | null; is_name_public: boolean; registered: Date; erased: Date | null }

const personOf = (row: Row): Person => ({
  id: row.id,
  name: row.is_name_public ? row.name : null,
  registered: row.registered.toISOString(),
  erased: row.erased?.toISOString() ?? null,
})

const persons = (read: Read) => read.on<PeopleTables>().selectFrom('persons').selectAll()

/** As anybody may see them: without the name where it is withheld. */
export async function personBy(read: Read, id: PersonId): Promise<Person | undefined> {
  const row = await persons(read).where('id', '=', id).executeTakeFirst()
  return row && personOf(row)
}

/** As only the person may see themselves: with the name, whether it is shown or not. */
export type OwnPerson = Person & { readonly heldName: string | null; readonly isNamePublic: boolean }

export async function ownPerson(read: Read, id: PersonId): Promise<OwnPerson | undefined> {
  const row = await persons(read).where('id', '=', id).executeTakeFirst()
  return row && { ...personOf(row), heldName: row.name, isNamePublic: row.is_name_public }
}

const accountRow = prepared<PeopleTables, { account: string }>()((db, { account }) =>
  db.selectFrom('accounts').select('person').where('account', '=', account),
)

/** The person a sign-in belongs to; undefined for a newcomer. */
export async function personOfAccount(read: Read, account: string): Promise<PersonId | undefined> {
  const [row] = await accountRow(read, { account })
  return row?.person
}

/** The sign-in of a person, for sending them mail; undefined once they have erased themselves. Never to be shown. */
export async function accountOf(read: Read, person: PersonId): Promise<string | undefined> {
  const row = await read
    .on<PeopleTables>()
    .selectFrom('accounts')
    .select('account')
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.account
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(textsIn)

/** What letters may hold of a person: the name held now, and every text sealed for them, such as earlier names and contacts. */
async function privateTextsOf(read: Read, person: PersonId): Promise<string[]> {
  const held = (await ownPerson(read, person))?.heldName
  const texts = [held ?? '', ...(await sealedFor(read, person)).flatMap(textsIn)]
  return [...new Set(texts)].filter(text => text.length > 1)
}

/**
 * Takes a person's sign-in from them, and notes that it is to be forgotten as soon as the act stands, with what
 * letters may hold of them. To be called while they can still be read.
 */
export async function depart(tx: Write, person: PersonId): Promise<void> {
  await endWriting(tx)
  const texts = await privateTextsOf(tx, person)
  const held = await tx
    .on<PeopleTables>()
    .deleteFrom('accounts')
    .where('person', '=', person)
    .returning('account')
    .execute()
  // Whoever was registered without a sign-in is noted by their id, which no sign-in has.
  const [{ account } = { account: person }] = held
  await tx.on<PeopleTables>().insertInto('departures').values({ account, texts }).execute()
}

export type Departure = { readonly account: string; readonly texts: readonly string[] }

/** Sign-ins that are still to be forgotten. */
export const departures = (read: Read): Promise<readonly Departure[]> =>
  read.on<PeopleTables>().selectFrom('departures').select(['account', 'texts']).execute()

/** To be called once the sign-in is forgotten. */
export const departed = async (tx: Write, account: string): Promise<void> => {
  await tx.on<PeopleTables>().deleteFrom('departures').where('account', '=', account).execute()
}

async function personsBy(read: Read, ids: readonly PersonId[]): Promise<readonly Person[]> {
  if (ids.length === 0) return []
  return (await persons(read).where('id', 'in', ids).execute()).map(personOf)
}

/** How to call each of them; ids that are no person's are left out. */
export const namesOf = async (read: Read, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> =>
  new Map((await personsBy(read, ids)).map(person => [person.id, displayName(person)]))

/** Everybody registered who has not erased themselves, in the order of registration. */
export const registeredPersons = async (read: Read): Promise<readonly Person[]> =>
  (await persons(read).where('erased', 'is', null).orderBy('registered').orderBy('id').execute()).map(personOf)

export const personLabel: Label = {
  prefix: 'per',
  of: async (read, ids) =>
    new Map(
      (await personsBy(read, ids)).map(person => [
        person.id,
        { label: displayName(person), href: `/people/${person.id}` },
      ]),
    ),
}

/** Whoever is registered takes part, until they erase themselves. */
export async function participantOf(read: Read, person: PersonId, _at: Instant): Promise<readonly Actor[]> {
  const found = await personBy(read, person)
  return found && !found.erased ? [{ capacity: 'participant', person }] : []
}
