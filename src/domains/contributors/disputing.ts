// The person concerned says that a statement about them is wrong: in force at once, and open to see.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { PlausibleDay } from '#domains/people/index.ts'
import { claimantOf, disputeBy } from './finds.ts'
import { endsBeforeStart, noSuchDispute, notClaimed } from './problems.ts'
import type { Tables } from './tables.ts'
import { register } from './terms.ts'
import { DisputeId, IdentityId } from './words.ts'

/** What people say themselves they correct in the register of people. */
const Disputable = z.enum(['employer', 'domain', 'import']).meta({
  title: 'What is wrong',
  labels: {
    employer: 'What an employer confirmed',
    domain: 'What the mail domain seems to say',
    import: 'What a published register says',
  },
})

export const dispute = act({
  name: 'contributors.dispute',
  title: 'Dispute whom your contributions are counted for',
  describes:
    'Takes a kind of statement about one of your identities out of the count at once, for a period or for good.',
  under: register,
  by: ['participant'],
  takes: z.object({
    identity: IdentityId,
    source: Disputable,
    from: PlausibleDay.optional().meta({ title: 'From', description: 'Empty: from the beginning.' }),
    until: PlausibleDay.optional().meta({ title: 'Until', description: 'The first day on which it is right again.' }),
    reason: z.string().trim().min(3).max(200).meta({ title: 'Reason', description: 'Public.' }),
  }),
  records: z.object({
    dispute: DisputeId,
    identity: IdentityId,
    source: Disputable,
    from: PlausibleDay.nullable(),
    until: PlausibleDay.nullable(),
    reason: z.string(),
  }),
  refuses: [notClaimed, endsBeforeStart],
  finds: ({ identity }, read) => claimantOf(read, identity),
  decides({ input: { from = null, until = null, ...input }, found, actor, fresh }) {
    if (found === undefined || found !== actor.person) return refuse(notClaimed)
    if (from !== null && until !== null && until <= from) return refuse(endsBeforeStart)
    return { dispute: fresh('dsp'), ...input, from, until }
  },
  writes: (tx, { dispute: id, identity, source, from, until, reason }, { at }) =>
    tx
      .on<Tables>()
      .insertInto('disputes')
      .values({
        ...{ id, identity, source, reason, is_withdrawn: false },
        ...{ from_day: from, until_day: until, disputed: new Date(at) },
      })
      .execute(),
  says: ({ identity, source, reason }) => `disputed what is said of ${identity} by ${source}: ${reason}`,
})

export const withdrawDispute = act({
  name: 'contributors.withdraw-dispute',
  title: 'Withdraw a dispute',
  describes: 'Lets the statement count again.',
  under: register,
  by: ['participant'],
  takes: z.object({ dispute: DisputeId }),
  records: z.object({ dispute: DisputeId, identity: IdentityId }),
  refuses: [noSuchDispute, notClaimed],
  async finds({ dispute: id }, read) {
    const found = await disputeBy(read, id)
    return { found, claimant: found && (await claimantOf(read, found.identity)) }
  },
  decides({ found: { found, claimant }, actor }) {
    if (!found || found.is_withdrawn) return refuse(noSuchDispute)
    if (claimant === undefined || claimant !== actor.person) return refuse(notClaimed)
    return { dispute: found.id, identity: found.identity }
  },
  writes: (tx, { dispute: id }) =>
    tx.on<Tables>().updateTable('disputes').set({ is_withdrawn: true }).where('id', '=', id).execute(),
  says: ({ dispute: id }) => `withdrew ${id}`,
})
