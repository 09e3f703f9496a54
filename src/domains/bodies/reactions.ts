// What bodies do by themselves: seats of people who leave the register fall vacant, and terms that end are announced.
import { z } from 'zod'
import type { Deed, Domain, Reaction } from '#acts/domain.ts'
import { addDays, dayOf } from '#base/instants.ts'
import { PersonId } from '#domains/people/index.ts'
import { endingBetween, holdingsBy } from './queries.ts'
import { isOpenAfter } from './rules.ts'
import { seatsTerm } from './terms.ts'

const Erased = z.object({ person: PersonId })

const whenErased: Reaction = {
  to: ['people.erase'],
  async with({ facts, at }, read) {
    const erased = Erased.safeParse(facts)
    if (!erased.success) return []
    const { person } = erased.data
    const open = (await holdingsBy(read, person)).filter(holding => isOpenAfter(holding, dayOf(at)))
    return open.map(
      ({ seat, as }): Deed =>
        as === 'alternate'
          ? { act: 'bodies.withdraw-alternate', input: { seat, person } }
          : { act: 'bodies.vacate', input: { seat, person, reason: 'The holder has left the register.' } },
    )
  },
}

export const reactions: readonly Reaction[] = [whenErased]

export const due: NonNullable<Domain['due']> = async (read, at, term) => {
  const { remindDays } = term(seatsTerm)
  const ending = await endingBetween(read, dayOf(at), dayOf(addDays(at, remindDays)))
  return ending.map(({ entry }) => ({ act: 'bodies.remind', input: { holding: entry } }))
}
