// Who may act as a maintainer: of the projects and of the applications that they answer for.
import type { Domain } from '#acts/domain.ts'
import { maintainedBy } from './finds.ts'

export const capacities: NonNullable<Domain['capacities']> = {
  kinds: ['maintainer'],
  of: async (read, person) =>
    (await maintainedBy(read, person)).map(project => ({ capacity: 'maintainer', person, project })),
}
