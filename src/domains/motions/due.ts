// What the clock should do about motions by now.
import type { Deed, Domain } from '#acts/domain.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { ballotsOf, motionsIn, pendingStages } from './finds.ts'
import { remindFrom, stateOf } from './rules.ts'
import { deciding } from './terms.ts'
import type { Motion } from './words.ts'

type Moment = { readonly at: Instant; readonly remindHours: number }

async function deedOn(read: Read, motion: Motion, { at, remindHours }: Moment): Promise<string | undefined> {
  const { opening, secondBy, isReminded } = motion
  if (!opening) return secondBy && at >= secondBy ? 'motions.lapse' : undefined
  const state = stateOf(opening, await ballotsOf(read, motion.id), at)
  if (state.mayClose) return 'motions.close'
  const from = remindFrom(opening, remindHours)
  return !isReminded && from && at >= from && state.mayStillVote.length > 0 ? 'motions.remind' : undefined
}

export const due: NonNullable<Domain['due']> = async (read, at, term) => {
  const deeds: Deed[] = []
  const { remindHours } = term(deciding)
  for (const motion of await motionsIn(read, pendingStages)) {
    const act = await deedOn(read, motion, { at, remindHours })
    if (act) deeds.push({ act, input: { motion: motion.id } })
  }
  return deeds
}
