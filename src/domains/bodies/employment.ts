// Who employs the holders of seats, and which of those companies count as one because one controls the other.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { declaredAmong, employersOf, groupOf } from '#domains/people/index.ts'
import type { Groups, Held } from './shares.ts'

export type Employment = { readonly held: readonly Held[]; readonly groups: Groups }

const eachOnce = async <Value>(keys: Iterable<string>, look: (key: string) => Promise<Value>) => {
  const found = new Map<string, Value>()
  for (const key of new Set(keys)) found.set(key, await look(key))
  return found
}

/** For holders of seats at that time: their employers, and the group of each employer. */
export async function employmentIn(
  read: Read,
  holders: readonly { readonly seat: string; readonly person: string }[],
  at: Instant,
): Promise<Employment> {
  const persons = holders.map(({ person }) => person)
  const known = await declaredAmong(read, persons, at)
  const employers = await eachOnce(known, person => employersOf(read, person, at))
  const held = holders.map(({ seat, person }) => ({
    seat,
    employers: employers.get(person) ?? [],
    isKnown: known.has(person),
  }))
  return {
    held,
    groups: await groupsOf(
      read,
      held.flatMap(one => one.employers),
      at,
    ),
  }
}

export const groupsOf = (read: Read, organisations: readonly string[], at: Instant): Promise<Groups> =>
  eachOnce(organisations, organisation => groupOf(read, organisation, at))
