// Letters about membership: to those who sit in a seat that goes with it.
import { z } from 'zod'
import type { Letter, Mail } from '#acts/domain.ts'
import { holdersOf, seatsForOrganisation } from '#domains/bodies/index.ts'

const Lapsed = z.object({ organisation: z.string(), standing: z.string(), reason: z.string() })

const standingSet: Mail = {
  about: ['membership.set-standing'],
  title: 'To the holders of a member’s seats when its standing changes',
  async letters({ facts, at }, read) {
    const { organisation, standing, reason } = Lapsed.parse(facts)
    const letters: Letter[] = []
    for (const seat of await seatsForOrganisation(read, organisation)) {
      if (!seat.isEntitlement) continue
      const holders = await holdersOf(read, seat.body, at)
      for (const { person } of holders.filter(holder => holder.seat === seat.id))
        letters.push({
          to: { person },
          subject:
            standing === 'lapsed'
              ? 'The membership behind your seat has lapsed'
              : 'The membership behind your seat is in good standing again',
          text: `${seat.title}\n\nThe reason given: ${reason}\n\nYour seat stays as it is; it closes only when the membership ends.`,
        })
    }
    return letters
  },
}

export const mails: readonly Mail[] = [standingSet]
