// What the acts of contributors look up.
import type { Read } from '#database/handles.ts'
import type { Tables } from './tables.ts'

const on = (read: Read) => read.on<Tables>()

/** The person who has proved this identity. */
export const claimantOf = async (read: Read, identity: string): Promise<string | undefined> =>
  (await on(read).selectFrom('claims').select('person').where('identity', '=', identity).executeTakeFirst())?.person

export const claimsOf = async (read: Read, person: string): Promise<readonly string[]> =>
  (
    await on(read).selectFrom('claims').select('identity').where('person', '=', person).orderBy('identity').execute()
  ).map(({ identity }) => identity)

/** Whether any history or register holds it. */
export const isKnown = async (read: Read, identity: string): Promise<boolean> =>
  (await on(read)
    .selectFrom('contributor_addresses')
    .select('identity')
    .where('identity', '=', identity)
    .executeTakeFirst()) !== undefined

export const requestBy = (read: Read, id: string) =>
  on(read).selectFrom('claim_requests').selectAll().where('id', '=', id).executeTakeFirst()

/** When the person asked for proofs. */
export const proofsAsked = async (read: Read, person: string): Promise<readonly string[]> => {
  const rows = await on(read).selectFrom('claim_requests').select('asked').where('person', '=', person).execute()
  return rows.map(({ asked }) => asked.toISOString())
}

export const disputeBy = (read: Read, id: string) =>
  on(read).selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirst()

export const disputesAbout = (read: Read, identities: readonly string[]) =>
  identities.length === 0
    ? Promise.resolve([])
    : on(read)
        .selectFrom('disputes')
        .selectAll()
        .where('identity', 'in', identities)
        .where('is_withdrawn', '=', false)
        .orderBy('id')
        .execute()

export const mergeOf = (read: Read, first: string, second: string) =>
  on(read).selectFrom('merges').selectAll().where('first', '=', first).where('second', '=', second).executeTakeFirst()

export const domainsStated = (read: Read) =>
  on(read).selectFrom('mail_domains').selectAll().orderBy('domain').orderBy('from_day').execute()

export const importsInForce = (read: Read) =>
  on(read)
    .selectFrom('imports')
    .selectAll()
    .where('replaced_by', 'is', null)
    .orderBy('imported')
    .orderBy('id')
    .execute()
