// The acts of the charter: adopting the first one, and amending it.
import { z } from 'zod'
import { type AnyAct, act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { addDays, dayOf, Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { sayDay } from '#html/time.ts'
import type { Leaf } from '#record/leaf.ts'
import type { Fault } from './fault.ts'
import {
  alreadyInForce,
  changesNothing,
  doesNotLoad,
  noneInForce,
  noSuchCharter,
  otherOrigin,
  tooSoon,
} from './problems.ts'
import { readable, type Shelf } from './shelf.ts'
import { putAdoption } from './tables.ts'
import { amendment } from './terms.ts'

export const CharterHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Expected the hash of a charter: 64 hexadecimal digits')
  .meta({ title: 'Charter', description: 'The hash under which its files were handed in' })

const Facts = z.object({
  charter: CharterHash,
  /** The foundation's name in it. */
  name: z.string(),
  files: z.record(z.string(), CharterHash),
  replaces: CharterHash.optional(),
  /** Since when its files lay in public. */
  published: Instant,
})

/** The first few faults: enough to begin mending. */
const told = (faults: readonly Fault[]): string => {
  const lines = faults
    .slice(0, 5)
    .map(({ file, line, expected, found }) => `${file}:${line}: expected ${expected}, found ${found}`)
  return [...lines, ...(faults.length > 5 ? [`and ${faults.length - 5} more`] : [])].join('; ')
}

const findsFor =
  (shelf: Shelf) =>
  async ({ charter }: { charter: string }, read: Read) => {
    const [wanted, inForce] = [await shelf.byHash(read, charter), await shelf.inForce(read)]
    const now = inForce && {
      hash: inForce.hash,
      isLoaded: !!inForce.loaded.charter,
      origin: readable(shelf, inForce).foundation.origin,
    }
    return { wanted, now }
  }

const takes = z.object({ charter: CharterHash })

const writes = (tx: Write, facts: z.infer<typeof Facts>, entry: Pick<Leaf, 'id' | 'at'>) =>
  putAdoption(tx, { entry: entry.id, hash: facts.charter, replaces: facts.replaces ?? null, adoptedAt: entry.at })

export const adoptIn = (shelf: Shelf) =>
  act({
    name: 'charter.adopt',
    title: 'Adopt the charter',
    describes:
      'Puts the first charter into force; later also one that this program can read, where it can no longer read the one in force.',
    under: amendment,
    by: ['operator'],
    takes,
    records: Facts,
    refuses: [noSuchCharter, doesNotLoad, alreadyInForce, otherOrigin],
    finds: findsFor(shelf),
    decides({ found: { wanted, now } }) {
      if (!wanted) return refuse(noSuchCharter)
      const { charter, faults } = wanted.loaded
      if (!charter) return refuse(doesNotLoad, { detail: told(faults) })
      if (now?.isLoaded) return refuse(alreadyInForce)
      const { hash, files, foundation } = charter
      if (now && now.origin !== foundation.origin) return refuse(otherOrigin, { detail: `It is ${now.origin}.` })
      return {
        charter: hash,
        name: foundation.name,
        files,
        ...(now && { replaces: now.hash }),
        published: wanted.keptAt,
      }
    },
    writes,
    says: ({ name }) => `adopted the charter of the ${name}`,
  })

export const amendIn = (shelf: Shelf) =>
  act({
    name: 'charter.amend',
    title: 'Amend the charter',
    describes: 'Puts another text of the charter into force, as a carried motion decided.',
    under: amendment,
    by: ['staff', 'chair', 'clock'],
    takes,
    records: Facts,
    refuses: [noSuchCharter, doesNotLoad, noneInForce, changesNothing, otherOrigin, tooSoon],
    finds: findsFor(shelf),
    decides({ found: { wanted, now }, at, term }) {
      if (!wanted) return refuse(noSuchCharter)
      const { charter, faults } = wanted.loaded
      if (!charter) return refuse(doesNotLoad, { detail: told(faults) })
      if (!now) return refuse(noneInForce)
      const { hash, files, foundation } = charter
      if (hash === now.hash) return refuse(changesNothing)
      if (now.origin !== foundation.origin) return refuse(otherOrigin, { detail: `It is ${now.origin}.` })
      const from = addDays(wanted.keptAt, term(amendment).noticeDays)
      if (at < from) return refuse(tooSoon, { detail: `It may come into force from ${sayDay(dayOf(from))} on.` })
      return { charter: hash, name: foundation.name, files, replaces: now.hash, published: wanted.keptAt }
    },
    writes,
    says: ({ charter }) => `put the charter ${charter.slice(0, 12)} into force`,
  })

export const charterActs = (shelf: Shelf): readonly AnyAct[] => [adoptIn(shelf), amendIn(shelf)]
