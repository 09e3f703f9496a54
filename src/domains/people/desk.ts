// What the register of persons asks of somebody: whom they work for.
import type { Domain } from '#acts/domain.ts'
import { dayOf } from '#base/instants.ts'
import { affiliationsOf } from './affiliations.ts'
import { standingOn } from './rules.ts'

export const desk: NonNullable<Domain['desk']> = async ({ read, viewer, at }) => {
  if (!viewer?.person) return []
  if (standingOn(await affiliationsOf(read, viewer.person), dayOf(at)).length > 0) return []
  return [
    {
      title: 'Say whom you work for',
      href: '/account#affiliations',
      says: 'Or that you are independent. Rules about interests and shares of seats depend on it.',
    },
  ]
}
