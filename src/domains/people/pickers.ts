// What may be chosen in forms: people by the name they are called by, organisations by theirs.
import type { Picker } from '#acts/domain.ts'
import { dayOf } from '#base/instants.ts'
import { employersInWords } from './affiliations.ts'
import { displayName } from './names.ts'
import { organisationNames } from './organisations.ts'
import { registeredPersons } from './persons.ts'

const byLabel = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label, 'en')

/** Everybody registered; whom they work for and the end of the id tell people of one name apart. */
export const personPicker: Picker = {
  kind: 'per',
  isOnly: true,
  async of(read, at) {
    const employers = await employersInWords(read, dayOf(at))
    const label = (id: string, name: string): string => [name, employers.get(id) ?? id.slice(-4)].join(', ')
    const all = await registeredPersons(read)
    return all.map(person => ({ value: person.id, label: label(person.id, displayName(person)) })).sort(byLabel)
  },
}

/** Suggestions, as one that is missing may be typed and is then told how to be added. */
export const organisationPicker: Picker = {
  kind: 'organisation',
  isOnly: false,
  of: async read => (await organisationNames(read)).map(name => ({ value: name, label: name })).sort(byLabel),
}
