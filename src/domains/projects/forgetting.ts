// When somebody erases themselves, the contacts in their applications go too, and so does their part as a maintainer.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import type { Reaction } from '#acts/domain.ts'
import { refuse } from '#acts/problem.ts'
import { applicationsPage, maintainedBy } from './finds.ts'
import { unchanged } from './problems.ts'
import type { Tables } from './tables.ts'
import { applying } from './terms.ts'

export const forget = act({
  name: 'projects.forget-contacts',
  title: 'Forget the contacts that somebody gave',
  describes: 'Destroys the contacts in the applications of somebody who has erased themselves.',
  under: applying,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ person: z.string() }),
  records: z.object({ person: z.string(), applications: z.array(z.string()) }),
  refuses: [unchanged],
  finds: async ({ person }, read) => ({
    applications: await applicationsPage(read, { applicant: person, limit: 100_000 }),
    maintained: await maintainedBy(read, person),
  }),
  decides({ input: { person }, found: { applications, maintained } }) {
    if (applications.length + maintained.length === 0) return refuse(unchanged)
    return { person, applications: applications.map(({ id }) => id).sort() }
  },
  async writes(tx, { person, applications }) {
    const on = tx.on<Tables>()
    if (applications.length > 0)
      await on.deleteFrom('application_contacts').where('application', 'in', applications).execute()
    await on.deleteFrom('maintainers').where('person', '=', person).execute()
  },
  says: ({ person }) => `forgot the contacts that ${person} had given`,
})

const Erased = z.object({ person: z.string() })

export const forgetErased: Reaction = {
  to: ['people.erase'],
  with: async ({ facts, actor }) => {
    const person = Erased.safeParse(facts).data?.person ?? actor.person
    return person ? [{ act: 'projects.forget-contacts', input: { person } }] : []
  },
}
