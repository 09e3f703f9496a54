// Whether two identities are one person. Equal names are a suggestion; somebody answerable confirms or rejects it.
import { z } from 'zod'
import { type Actor, act } from '#acts/act.ts'
import { type Refusal, refuse } from '#acts/problem.ts'
import type { Read, Write } from '#database/handles.ts'
import { claimantOf, isKnown, mergeOf } from './finds.ts'
import { alreadyDecided, noSuchIdentity, notClaimed, sameIdentity, twoPersons } from './problems.ts'
import type { Tables } from './tables.ts'
import { register } from './terms.ts'
import { IdentityId } from './words.ts'

const takes = z.object({ first: IdentityId, second: IdentityId })
type Pair = z.infer<typeof takes>

const sorted = ({ first, second }: Pair): Pair =>
  first < second ? { first, second } : { first: second, second: first }

async function findPair(input: Pair, read: Read) {
  const { first, second } = sorted(input)
  return {
    known: (await isKnown(read, first)) && (await isKnown(read, second)),
    claimants: [await claimantOf(read, first), await claimantOf(read, second)],
    decided: await mergeOf(read, first, second),
  }
}
type Found = Awaited<ReturnType<typeof findPair>>

/** Staff decide about anybody; a participant only says of their own identity that the other is not theirs. */
function unfit(input: Pair, found: Found, asked: { actor: Actor; isSame: boolean }): Refusal | undefined {
  const { actor, isSame } = asked
  if (input.first === input.second) return refuse(sameIdentity)
  if (!found.known) return refuse(noSuchIdentity)
  if (actor.capacity === 'participant' && !found.claimants.includes(actor.person)) return refuse(notClaimed)
  if (found.decided?.is_same === isSame) return refuse(alreadyDecided)
  const [a, b] = found.claimants
  return isSame && a !== undefined && b !== undefined && a !== b ? refuse(twoPersons) : undefined
}

const keep = (tx: Write, { is_same, ...pair }: Pair & { is_same: boolean }, entry: { id: string; at: string }) => {
  const row = { is_same, decided: new Date(entry.at), entry: entry.id }
  return tx
    .on<Tables>()
    .insertInto('merges')
    .values({ ...pair, ...row })
    .onConflict(same => same.columns(['first', 'second']).doUpdateSet(row))
    .execute()
}

export const mergeIdentities = act({
  name: 'contributors.merge-identities',
  title: 'Confirm that two identities are one person',
  describes: 'From then on their contributions are counted together, also those of the past.',
  under: register,
  by: ['staff', 'operator'],
  takes,
  records: takes,
  refuses: [sameIdentity, noSuchIdentity, alreadyDecided, twoPersons],
  finds: findPair,
  decides: ({ input, found, actor }) => unfit(input, found, { actor, isSame: true }) ?? sorted(input),
  writes: (tx, pair, entry) => keep(tx, { ...pair, is_same: true }, entry),
  says: ({ first, second }) => `confirmed that ${first} and ${second} are one person`,
})

export const rejectMerge = act({
  name: 'contributors.reject-merge',
  title: 'Say that two identities are two people',
  describes: 'Takes a suggestion off the list, or undoes a merge that was wrong.',
  under: register,
  by: ['staff', 'operator', 'participant'],
  takes,
  records: takes,
  refuses: [sameIdentity, noSuchIdentity, notClaimed, alreadyDecided],
  finds: findPair,
  decides: ({ input, found, actor }) => unfit(input, found, { actor, isSame: false }) ?? sorted(input),
  writes: (tx, pair, entry) => keep(tx, { ...pair, is_same: false }, entry),
  says: ({ first, second }) => `said that ${first} and ${second} are two people`,
})
