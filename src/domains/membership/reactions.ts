// What membership does by itself: seats that a membership brought close with it.
import { z } from 'zod'
import type { Reaction } from '#acts/domain.ts'
import { seatsForOrganisation } from '#domains/bodies/index.ts'

const Ended = z.object({ organisation: z.string() })

/**
 * The seat belongs to the membership, not to the person in it: its holder leaves, and it no longer counts among the
 * body's seats. Seats that an organisation's people hold by election or for a project stay as they are.
 */
const whenEnded: Reaction = {
  to: ['membership.end'],
  async with({ facts }, read) {
    const { organisation } = Ended.parse(facts)
    const seats = (await seatsForOrganisation(read, organisation)).filter(({ isEntitlement }) => isEntitlement)
    return seats.map(({ id }) => ({
      act: 'bodies.close-seat',
      input: { seat: id, reason: 'The membership that brought this seat has ended.' },
    }))
  },
}

export const reactions: readonly Reaction[] = [whenEnded]
