// What shows whether those who decide have accepted the code that binds everybody.
import type { Evidence, Measure } from '#acts/measure.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { type Body, bodiesAll, holdersOf } from '#domains/bodies/index.ts'
import { employersOf, organisationsBy } from '#domains/people/index.ts'
import { acceptedBy, currentHash } from './tables.ts'

/** Whom these people work for, never who they are; those who have not said are only counted. */
async function workplaces(read: Read, persons: readonly string[], at: Instant): Promise<string> {
  const employers = await Promise.all(persons.map(person => employersOf(read, person, at)))
  const names = await organisationsBy(read, employers.flat())
  const known = [...new Set(employers.flat())].map(id => names.get(id)?.name ?? id).sort()
  const silent = employers.filter(list => list.length === 0).length
  return [...known, ...(silent > 0 ? [`${silent} with no employer stated`] : [])].join(', ')
}

type Bound = { readonly body: Body; readonly persons: readonly string[]; readonly missing: readonly string[] }

const evidenceOf = async (read: Read, at: Instant, { body, persons, missing }: Bound): Promise<Evidence> => {
  const open = missing.length > 0 ? `; still open: ${await workplaces(read, missing, at)}` : ''
  return {
    text: `${body.name}: ${persons.length - missing.length} of ${persons.length} have accepted${open}`,
    href: `/bodies/${body.slug}`,
  }
}

async function boundIn(read: Read, body: Body, when: { at: Instant; accepted: ReadonlySet<string> }): Promise<Bound> {
  const holders = await holdersOf(read, body.slug, when.at)
  const persons = [...new Set(holders.map(({ person }) => person))].sort()
  return { body, persons, missing: persons.filter(person => !when.accepted.has(person)) }
}

export const acceptedShare: Measure = {
  id: 'conduct.accepted-share',
  title: 'Seat holders who have accepted the current code of conduct',
  formula:
    'People who hold a seat today, as principal or alternate, and have accepted exactly the text in force, divided by all who hold a seat. Each person counts once.',
  period: 'today',
  unit: 'share',
  async of(read, at) {
    const hash = await currentHash(read)
    const accepted = hash === undefined ? new Set<string>() : await acceptedBy(read, hash)
    const bound: Bound[] = []
    for (const body of await bodiesAll(read)) bound.push(await boundIn(read, body, { at, accepted }))
    const held = bound.filter(({ persons }) => persons.length > 0)
    const persons = new Set(held.flatMap(one => one.persons))
    const whole = persons.size
    if (whole === 0 || hash === undefined) {
      const says = whole === 0 ? 'Nobody holds a seat yet' : 'No text has been published yet'
      return { value: null, known: 0, whole, says, evidence: [{ text: 'The code of conduct', href: '/conduct' }] }
    }
    const count = [...persons].filter(person => accepted.has(person)).length
    const says = `${count} of ${whole} seat holders have accepted the text in force`
    const evidence = await Promise.all(held.map(one => evidenceOf(read, at, one)))
    return { value: count / whole, known: whole, whole, says, evidence }
  },
}
