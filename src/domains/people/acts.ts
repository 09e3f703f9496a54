// What a person does about themselves: register, change the name, show or withhold it, be erased.
import { z } from 'zod'
import { type Actor, act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import type { Read } from '#database/handles.ts'
import { erase as eraseSealed } from '#record/queries.ts'
import { depart, type OwnPerson, ownPerson, personBy, personOfAccount } from './persons.ts'
import { alreadyRegistered, consentUnchanged, nameMustShow, nameUnchanged, noSuchPerson, notYours } from './problems.ts'
import type { PeopleTables } from './tables.ts'
import { participation } from './terms.ts'
import { PersonId, PersonName } from './words.ts'

const ShowName = z.boolean().meta({
  title: 'Show my name in public',
  description: 'Otherwise pages call you by a pseudonym. You can change this at any time.',
})

/** The sign-in as the face knows it; no form asks for it and no visitor may choose it. */
const Account = z.string().min(1).max(200).meta({ fromFace: 'account' })

export const register = act({
  name: 'people.register',
  title: 'Register as a participant',
  describes: 'Makes a participant of somebody who has signed in for the first time.',
  under: participation,
  by: ['newcomer'],
  takes: z.object({ account: Account, name: PersonName, showName: ShowName }),
  records: z.object({
    person: PersonId,
    account: z.string().nullable(),
    name: z.string().nullable(),
    showName: z.boolean(),
  }),
  seals: ['account', 'name'],
  sealsFor: ({ person }) => person,
  refuses: [alreadyRegistered, nameMustShow],
  finds: ({ account }, read) => personOfAccount(read, account),
  decides({ input, found, term, fresh }) {
    if (found) return refuse(alreadyRegistered)
    if (!input.showName && !term(participation).mayWithholdName) return refuse(nameMustShow)
    return { person: fresh('per'), ...input }
  },
  async writes(tx, { person, account, name, showName }, { at }) {
    await tx
      .on<PeopleTables>()
      .insertInto('persons')
      .values({ id: person, name, is_name_public: showName, registered: at, erased: null })
      .execute()
    if (account !== null) await tx.on<PeopleTables>().insertInto('accounts').values({ account, person }).execute()
  },
  says: ({ person }) => `registered ${person} as a participant`,
})

/** The acting participant. Whoever acts as one is registered, so nobody to be found is a fault of ours. */
async function selfOf(read: Read, { person }: Actor): Promise<OwnPerson> {
  const found = person && (await ownPerson(read, person))
  if (!found) throw new Error(`A participant acts who is not registered: ${person}`)
  return found
}

export const rename = act({
  name: 'people.rename',
  title: 'Change your name',
  describes: 'Changes the name you are known by; the record keeps that it changed, not from what to what.',
  under: participation,
  by: ['participant'],
  takes: z.object({ name: PersonName }),
  records: z.object({ person: PersonId, name: z.string().nullable() }),
  seals: ['name'],
  refuses: [nameUnchanged],
  finds: (_, read, actor) => selfOf(read, actor),
  decides({ input, found }) {
    if (found.heldName === input.name) return refuse(nameUnchanged)
    return { person: found.id, name: input.name }
  },
  writes: (tx, { person, name }) =>
    tx.on<PeopleTables>().updateTable('persons').set({ name }).where('id', '=', person).execute(),
  says: () => 'changed their name',
})

export const consent = act({
  name: 'people.consent',
  title: 'Show or withhold your name',
  describes: 'Says whether public pages call you by your name or by a pseudonym.',
  under: participation,
  by: ['participant'],
  takes: z.object({ showName: ShowName }),
  records: z.object({ person: PersonId, showName: z.boolean() }),
  refuses: [consentUnchanged, nameMustShow],
  finds: (_, read, actor) => selfOf(read, actor),
  decides({ input: { showName }, found, term }) {
    if (found.isNamePublic === showName) return refuse(consentUnchanged)
    if (!showName && !term(participation).mayWithholdName) return refuse(nameMustShow)
    return { person: found.id, showName }
  },
  writes: (tx, { person, showName }) =>
    tx.on<PeopleTables>().updateTable('persons').set({ is_name_public: showName }).where('id', '=', person).execute(),
  says: ({ showName }) => (showName ? 'let their name be shown' : 'withheld their name'),
})

const Confirmation = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^erase me$/, 'Type the two words: erase me')
  .meta({
    title: 'Type “erase me” to confirm',
    description: 'This cannot be undone: your name, your sign-in and everything sealed for you are destroyed.',
  })

export const erase = act({
  name: 'people.erase',
  title: 'Erase yourself',
  describes:
    'Destroys the name, the sign-in and all sealed facts of a person. What they did stays in the record under an id.',
  under: participation,
  by: ['participant', 'operator'],
  takes: z.object({
    confirmation: Confirmation,
    person: PersonId.optional().meta({
      title: 'Person',
      description: 'Only for the operator, on the request of somebody who can no longer sign in.',
    }),
  }),
  records: z.object({ person: PersonId }),
  refuses: [noSuchPerson, notYours],
  finds: ({ person }, read, actor) => personBy(read, person ?? actor.person ?? ''),
  decides({ input, found, actor }) {
    if (actor.person && input.person && input.person !== actor.person) return refuse(notYours)
    return found && !found.erased ? { person: found.id } : refuse(noSuchPerson)
  },
  async writes(tx, { person }, { at }) {
    await depart(tx, person)
    await eraseSealed(tx, { subject: person })
    const gone = { name: null, is_name_public: false, erased: at }
    await tx.on<PeopleTables>().updateTable('persons').set(gone).where('id', '=', person).execute()
  },
  says: ({ person }) => `destroyed the name, the sign-in and the sealed facts of ${person}`,
})
