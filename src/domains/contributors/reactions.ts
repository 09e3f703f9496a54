// Whoever erases themselves leaves no address behind here.
import { z } from 'zod'
import type { Reaction } from '#acts/domain.ts'
import { claimsOf } from './finds.ts'

const Erased = z.object({ person: z.string() })

export const reactions: readonly Reaction[] = [
  {
    to: ['people.erase'],
    async with({ facts }, read) {
      const { person } = Erased.parse(facts)
      return (await claimsOf(read, person)).length > 0 ? [{ act: 'contributors.forget', input: { person } }] : []
    },
  },
]
