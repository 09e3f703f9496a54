// How identities, disputes and imports are called in sentences and links.
import type { Label } from '#acts/domain.ts'
import { namesOf } from '#domains/people/index.ts'
import { pseudonym } from './book.ts'
import type { Tables } from './tables.ts'

const identityLabel: Label = {
  prefix: 'idn',
  async of(read, ids) {
    const claims = await read.on<Tables>().selectFrom('claims').selectAll().where('identity', 'in', ids).execute()
    const persons = new Map(claims.map(({ identity, person }) => [identity, person]))
    const names = await namesOf(read, [...new Set(persons.values())])
    return new Map(
      ids.map(id => {
        const person = persons.get(id)
        const own = person && names.get(person)
        return [id, own ? { label: `${pseudonym(id)} (${own})`, href: `/people/${person}` } : { label: pseudonym(id) }]
      }),
    )
  },
}

const disputeLabel: Label = {
  prefix: 'dsp',
  of: async (_, ids) => new Map(ids.map(id => [id, { label: 'a dispute' }])),
}
const claimLabel: Label = { prefix: 'clm', of: async (_, ids) => new Map(ids.map(id => [id, { label: 'a proof' }])) }

const importLabel: Label = {
  prefix: 'imp',
  async of(read, ids) {
    const rows = await read.on<Tables>().selectFrom('imports').select(['id', 'label']).where('id', 'in', ids).execute()
    return new Map(rows.map(({ id, label }) => [id, { label, href: '/neutrality/register' }]))
  },
}

export const labels = [identityLabel, disputeLabel, claimLabel, importLabel]
