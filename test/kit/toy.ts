// A toy domain, so that the engine and the faces are tested without the foundation's own: bells that are hung and rung.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import type { Domain } from '#acts/domain.ts'
import { Resolution } from '#acts/mandate.ts'
import { problem, refuse } from '#acts/problem.ts'
import { query } from '#acts/query.ts'
import { term } from '#acts/term.ts'
import { idOf } from '#base/ids.ts'
import { grantAll } from '#database/grants.ts'
import type { Read } from '#database/handles.ts'

export const BellId = idOf('bel', 'Bell')

type Tables = {
  bells: { id: string; name: string; rung: number; melted: boolean }
  whispers: { entry: string; words: string | null }
}

export const ringing = term('bells.ringing', 'How often a bell may be rung', z.object({ most: z.int().positive() }))

export const noSuchBell = problem('bells/no-such-bell', 'missing', 'There is no such bell', 'Hang it first.')
export const rungOut = problem(
  'bells/rung-out',
  'untimely',
  'This bell has been rung often enough',
  'Ring another one.',
)

const bellBy = (read: Read, id: string) =>
  read.on<Tables>().selectFrom('bells').selectAll().where('id', '=', id).executeTakeFirst()

export const hang = act({
  name: 'bells.hang',
  title: 'Hang a bell',
  describes: 'Hangs a bell, ready to be rung.',
  under: ringing,
  by: ['staff', 'participant', 'operator', 'clock'],
  takes: z.object({ name: z.string().min(2).max(40).meta({ title: 'Name', description: 'What the bell is called' }) }),
  records: z.object({ bell: BellId, name: z.string() }),
  refuses: [],
  finds: async () => undefined,
  decides: ({ input, fresh }) => ({ bell: fresh('bel'), name: input.name }),
  writes: (tx, { bell, name }) =>
    tx.on<Tables>().insertInto('bells').values({ id: bell, name, rung: 0, melted: false }).execute(),
  says: ({ bell }) => `hung ${bell}`,
})

export const ring = act({
  name: 'bells.ring',
  title: 'Ring a bell',
  describes: 'Rings a bell once.',
  under: ringing,
  by: ['participant'],
  takes: z.object({
    bell: BellId,
    loudness: z.enum(['soft', 'loud']).meta({ title: 'Loudness', description: 'How hard to pull' }),
    whisper: z.string().max(200).optional().meta({ title: 'Whisper', description: 'For the ringer only' }),
  }),
  records: z.object({ bell: BellId, loudness: z.string(), times: z.int(), whisper: z.string().nullable() }),
  seals: ['whisper'],
  refuses: [noSuchBell, rungOut],
  finds: ({ bell }, read) => bellBy(read, bell),
  weighs: {
    context: z.object({ loudness: z.string() }),
    of: ({ input }) => ({ loudness: input.loudness }),
  },
  decides({ input, found, term: settled }) {
    if (!found || found.melted) return refuse(noSuchBell)
    const { most } = settled(ringing)
    if (found.rung >= most) return refuse(rungOut, { detail: `It has been rung ${found.rung} of ${most} times.` })
    return { bell: found.id, loudness: input.loudness, times: found.rung + 1, whisper: input.whisper ?? null }
  },
  async writes(tx, { bell, times, whisper }, entry) {
    await tx.on<Tables>().updateTable('bells').set({ rung: times }).where('id', '=', bell).execute()
    await tx.on<Tables>().insertInto('whispers').values({ entry: entry.id, words: whisper }).execute()
  },
  says: ({ bell, loudness, times }) => `rang ${bell} ${loudness === 'loud' ? 'loudly' : 'softly'}, ${times} in all`,
})

/** Decides that a bell be melted; the entry is a mandate for `bells.melt`. */
export const condemn = act({
  name: 'bells.condemn',
  title: 'Condemn a bell',
  describes: 'Decides that a bell is to be melted.',
  under: ringing,
  by: ['participant'],
  takes: z.object({ bell: BellId }),
  records: z.object({ bell: BellId, resolves: Resolution }),
  refuses: [],
  finds: async () => undefined,
  decides: ({ input }) => ({ bell: input.bell, resolves: { act: 'bells.melt', input: { bell: input.bell } } }),
  writes: async () => undefined,
  says: ({ bell }) => `condemned ${bell}`,
})

export const melt = act({
  name: 'bells.melt',
  title: 'Melt a bell',
  describes: 'Melts a condemned bell.',
  under: ringing,
  by: ['clock', 'participant'],
  takes: z.object({ bell: BellId }),
  records: z.object({ bell: BellId }),
  refuses: [noSuchBell],
  finds: ({ bell }, read) => bellBy(read, bell),
  decides: ({ found }) => (found && !found.melted ? { bell: found.id } : refuse(noSuchBell)),
  writes: (tx, { bell }) => tx.on<Tables>().updateTable('bells').set({ melted: true }).where('id', '=', bell).execute(),
  says: ({ bell }) => `melted ${bell}`,
})

export const listBells = query({
  name: 'bells.list',
  title: 'List the bells',
  describes: 'Every bell that hangs.',
  takes: z.object({ name: z.string().optional() }),
  gives: z.object({ bells: z.array(z.object({ id: BellId, name: z.string(), rung: z.int() })) }),
  finds: async ({ name }, read) => {
    const rows = await read.on<Tables>().selectFrom('bells').select(['id', 'name', 'rung']).orderBy('id').execute()
    return { bells: rows.filter(row => !name || row.name === name) }
  },
})

/** Everybody with a person's id is a participant here. */
export const toy = (more: Partial<Domain> = {}): Domain => ({
  name: 'bells',
  describes: 'Bells, hung and rung.',
  acts: [hang, ring, condemn, melt],
  terms: [ringing],
  tables: ['bells', 'whispers'],
  queries: [listBells],
  migrations: {
    '2026-01-01-bells-1': {
      async up(db) {
        await db.schema
          .createTable('bells')
          .addColumn('id', 'text', column => column.primaryKey())
          .addColumn('name', 'text', column => column.notNull())
          .addColumn('rung', 'integer', column => column.notNull())
          .addColumn('melted', 'boolean', column => column.notNull())
          .execute()
        await db.schema
          .createTable('whispers')
          .addColumn('entry', 'text', column => column.primaryKey())
          .addColumn('words', 'text')
          .execute()
        await grantAll(db, 'bells')
        await grantAll(db, 'whispers')
      },
    },
  },
  capacities: { kinds: ['participant'], of: async (_, person) => [{ capacity: 'participant', person }] },
  labels: [
    {
      prefix: 'bel',
      of: async (read, ids) => {
        const rows = await read.on<Tables>().selectFrom('bells').select(['id', 'name']).where('id', 'in', ids).execute()
        return new Map(rows.map(row => [row.id, { label: `the bell “${row.name}”` }]))
      },
    },
  ],
  ...more,
})
