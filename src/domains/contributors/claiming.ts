// Proving that commits are one's own: by the address of the sign-in, or by a code mailed to another address; and letting go.
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { type Refusal, refuse } from '#acts/problem.ts'
import { addHours, type Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { PersonId } from '#domains/people/index.ts'
import { eraseFact } from '#record/queries.ts'
import { hostOf, identityOf, isAddress, keyed, loginOf } from './addresses.ts'
import { claimantOf, claimsOf, proofsAsked, requestBy } from './finds.ts'
import { keyOf } from './keeping.ts'
import {
  alreadyClaimed,
  cannotReceive,
  claimedByAnother,
  noSuchProof,
  notClaimed,
  proofTooOld,
  tooManyProofs,
  wrongCode,
} from './problems.ts'
import type { Tables } from './tables.ts'
import { register } from './terms.ts'
import { ClaimId, IdentityId } from './words.ts'

const Address = z.string().trim().max(254).refine(isAddress, 'Expected a mail address')

/** The sign-in's verified address as the face knows it; no form asks for it and it stays out of the record. */
const OwnAddress = Address.meta({ fromFace: 'email' })

const claimed = z.object({ identity: IdentityId, person: PersonId })

const keep = (tx: Write, facts: z.infer<typeof claimed>, { at, id }: { at: Instant; id: string }) =>
  tx
    .on<Tables>()
    .insertInto('claims')
    .values({ ...facts, claimed: new Date(at), entry: id })
    .execute()

const unfitClaim = (claimant: string | undefined, person: string | undefined): Refusal | undefined =>
  claimant === undefined ? undefined : refuse(claimant === person ? alreadyClaimed : claimedByAnother)

const acting = (person: string | undefined): string => {
  if (person === undefined) throw new Error('A participant acts who is no person')
  return person
}

async function identityFor(read: Read, address: string) {
  const identity = identityOf(await keyOf(read), address)
  return { identity, claimant: await claimantOf(read, identity) }
}

export const claim = act({
  name: 'contributors.claim',
  title: 'Claim the commits made under your sign-in’s address',
  describes:
    'Says that commits under the address you sign in with are yours. The record keeps a keyed hash of it only.',
  under: register,
  by: ['participant'],
  takes: z.object({ address: OwnAddress }),
  records: claimed,
  refuses: [alreadyClaimed, claimedByAnother],
  finds: ({ address }, read) => identityFor(read, address),
  decides({ found: { identity, claimant }, actor }) {
    const unfit = unfitClaim(claimant, actor.person)
    if (unfit) return unfit
    return { identity, person: acting(actor.person) }
  },
  writes: keep,
  says: ({ identity }) => `proved that ${identity} is theirs, by the address of their sign-in`,
})

const proofsADay = 5

export const askProof = act({
  name: 'contributors.ask-proof',
  title: 'Prove another address of yours',
  describes: 'Has a code sent to an address under which you made commits. The address stays out of the record.',
  under: register,
  by: ['participant'],
  takes: z.object({
    address: Address.meta({ title: 'Address', description: 'As it stands in your commits. It is never shown.' }),
  }),
  records: z.object({ claim: ClaimId, identity: IdentityId, person: PersonId, address: z.string().nullable() }),
  seals: ['address'],
  sealsFor: ({ person }) => person,
  refuses: [alreadyClaimed, claimedByAnother, cannotReceive, tooManyProofs],
  finds: async ({ address }, read, actor) => ({
    ...(await identityFor(read, address)),
    requests: await proofsAsked(read, actor.person ?? ''),
  }),
  decides({ input, found: { identity, claimant, requests }, actor, at, fresh }) {
    const unfit = unfitClaim(claimant, actor.person)
    if (unfit) return unfit
    const cannot = loginOf(input.address) !== undefined || /(?:^|\.)noreply\./.test(hostOf(input.address))
    if (cannot) return refuse(cannotReceive)
    if (requests.filter(asked => asked > addHours(at, -24)).length >= proofsADay) return refuse(tooManyProofs)
    return { claim: fresh('clm'), identity, person: acting(actor.person), address: input.address }
  },
  writes: (tx, { claim: id, identity, person }, { at }) =>
    tx
      .on<Tables>()
      .insertInto('claim_requests')
      .values({ id, identity, person, asked: new Date(at), is_confirmed: false })
      .execute(),
  says: ({ identity }) => `asked for a proof that ${identity} is theirs`,
})

/** What is mailed: nobody without the register's key can make it. */
export const codeOf = (key: string, request: { id: string; identity: string }): string =>
  keyed('code', key, `${request.id} ${request.identity}`).slice(-10)

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export const confirmProof = act({
  name: 'contributors.confirm-proof',
  title: 'Confirm an address by the code sent to it',
  describes: 'Proves that commits under the address are yours.',
  under: register,
  by: ['participant'],
  takes: z.object({
    claim: ClaimId,
    code: z.string().trim().toLowerCase().min(1).max(40).meta({ title: 'Code', description: 'From the letter.' }),
  }),
  records: z.object({ claim: ClaimId, ...claimed.shape }),
  refuses: [noSuchProof, proofTooOld, wrongCode, alreadyClaimed, claimedByAnother],
  async finds({ claim: id }, read) {
    const request = await requestBy(read, id)
    return { request, key: await keyOf(read), claimant: request && (await claimantOf(read, request.identity)) }
  },
  decides({ input, found: { request, key, claimant }, actor, at, term }) {
    if (!request || request.person !== actor.person || request.is_confirmed) return refuse(noSuchProof)
    if (at > addHours(request.asked.toISOString(), term(register).proofHours)) return refuse(proofTooOld)
    if (!isSame(input.code, codeOf(key, request))) return refuse(wrongCode)
    return (
      unfitClaim(claimant, actor.person) ?? { claim: request.id, identity: request.identity, person: request.person }
    )
  },
  async writes(tx, { claim: id, ...facts }, entry) {
    await tx.on<Tables>().updateTable('claim_requests').set({ is_confirmed: true }).where('id', '=', id).execute()
    await keep(tx, facts, entry)
  },
  says: ({ identity }) => `proved that ${identity} is theirs, by a code sent to its address`,
})

export const release = act({
  name: 'contributors.release',
  title: 'Let go of an identity',
  describes: 'Takes back that these commits are yours; they are counted under a pseudonym again.',
  under: register,
  by: ['participant'],
  takes: z.object({ identity: IdentityId }),
  records: claimed,
  refuses: [notClaimed],
  finds: ({ identity }, read) => claimantOf(read, identity),
  decides: ({ input, found, actor }) =>
    found !== undefined && found === actor.person ? { ...input, person: found } : refuse(notClaimed),
  writes: (tx, { identity }) => tx.on<Tables>().deleteFrom('claims').where('identity', '=', identity).execute(),
  says: ({ identity }) => `let go of ${identity}`,
})

/** When a person erases themselves: their identities are nobody's again, and what lay behind them is gone. */
export const forget = act({
  name: 'contributors.forget',
  title: 'Forget the addresses of a person',
  describes: 'Destroys the addresses and names behind the identities of somebody who has erased themselves.',
  under: register,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ person: PersonId }),
  records: z.object({ person: PersonId, identities: z.array(IdentityId) }),
  refuses: [notClaimed],
  finds: ({ person }, read) => claimsOf(read, person),
  decides: ({ input, found }) =>
    found.length === 0 ? refuse(notClaimed) : { person: input.person, identities: [...found] },
  async writes(tx, { identities }) {
    await tx.on<Tables>().deleteFrom('claims').where('identity', 'in', identities).execute()
    // Lists of addresses that came with imports are destroyed whole: what others need of them is in the register.
    const imports = await tx.on<Tables>().selectFrom('imports').select('entry').execute()
    for (const { entry } of imports) await eraseFact(tx, { entry, field: 'behind' })
    const gone = { address: null, name: null, is_forgotten: true }
    await tx.on<Tables>().updateTable('contributor_addresses').set(gone).where('identity', 'in', identities).execute()
  },
  says: ({ person }) => `destroyed the addresses behind the identities of ${person}`,
})
