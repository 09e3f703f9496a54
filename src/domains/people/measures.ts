// What shows whether people say whom they work for: neutrality can only be counted among those who do.
import type { Measure } from '#acts/measure.ts'
import { declaredAmong } from './affiliations.ts'
import { displayName } from './names.ts'
import { registeredPersons } from './persons.ts'

const shownAtMost = 20

export const affiliationsDeclared: Measure = {
  id: 'people.affiliations-declared',
  title: 'Participants who have said whom they work for',
  formula:
    'Registered participants with an affiliation that holds today, or who have said that they are independent, divided by all registered participants. Those who have erased themselves are not counted.',
  period: 'today',
  unit: 'share',
  async of(read, at) {
    const persons = await registeredPersons(read)
    const declared = await declaredAmong(
      read,
      persons.map(({ id }) => id),
      at,
    )
    const silent = persons.filter(({ id }) => !declared.has(id))
    return {
      value: persons.length > 0 ? declared.size / persons.length : null,
      known: persons.length,
      whole: persons.length,
      says:
        persons.length > 0
          ? `${declared.size} of ${persons.length} participants have said whom they work for`
          : 'Nobody is registered yet',
      evidence: silent
        .slice(0, shownAtMost)
        .map(person => ({ text: `${displayName(person)}: nothing stated`, href: `/people/${person.id}` })),
    }
  },
}
