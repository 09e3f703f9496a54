// A small house with a charter of its own, for the tests of the charter: toys, how loudly they are played with, and who decides.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { z } from 'zod'
import { act } from '#acts/act.ts'
import type { Domain } from '#acts/domain.ts'
import { Resolution } from '#acts/mandate.ts'
import { term } from '#acts/term.ts'
import { mintId } from '#base/ids.ts'
import { openCharters } from '#domains/charter/charters.ts'
import { type CharterFiles, charterHash, hashesOf } from '#domains/charter/files.ts'
import { charterDomain } from '#domains/charter/index.ts'
import { loadFiles } from '#domains/charter/load.ts'
import { createShelf, type Shelf } from '#domains/charter/shelf.ts'
import { keepCharterFiles } from '#domains/charter/tables.ts'
import type { Leaf } from '#record/leaf.ts'
import { type StillClock, stillClock } from './clock.ts'
import { type House, testHouse } from './house.ts'

export const ann = mintId('per')
export const trustee = mintId('per')

export const files: CharterFiles = {
  'foundation.yml': `name: Toy Makers
short: Toys
slug: toys
origin: toys.example/log
accent: "#102030"
language: en
effective: 2025-01-01
source: { title: Statutes, address: "https://toys.example/statutes", date: 2025-01-01 }
timeZone: UTC
`,
  'charter.md': `# Statutes

Toys for all.

## 1. Play

\`\`\`yaml
clause: 1
pledge: Everybody plays.
rules: [all-may]
\`\`\`

Play is *free*.

### 1.a Turns

\`\`\`yaml
clause: 1.a
pledge: Nobody plays too loudly.
terms: [charter.amendment]
rules: [not-loud]
measures: [{ measure: toys.quiet, kept: ">= 0.5" }]
\`\`\`

Noise <b>carries</b>.
`,
  'terms.yml': `mandates:
  charter.amend: [toys.decide]
charter.amendment:
  clauses: [1.a]
  value: { noticeDays: 10 }
toys.playing:
  clauses: ['1']
  value: { mostTurns: 3, kinds: [ball, kite] }
`,
  'bodies.yml': `bodies:
  - slug: ring
    name: Ring
    kind: council
    sphere: technical
    describes: Plays.
    clauses: ['1']
    seats: [{ key: one, title: Seat one, appointedBy: electorate, isEntitlement: false }]
`,
  'rules.cedar': `@id("all-may") @clause("1") @title("All may play") @remedy("Nothing to do.")
permit (principal is Person, action, resource is House);

@id("not-loud") @clause("1.a") @title("Nobody plays louder than nine") @remedy("Play more softly.")
forbid (principal is Person, action == Action::"toys.play", resource is House)
when { context.loudness > 9 };
`,
}
export const hash = charterHash(hashesOf(files))

export const stricter = { ...files, 'rules.cedar': (files['rules.cedar'] ?? '').replace('> 9', '> 4') }

export const playing = term(
  'toys.playing',
  'How toys are played with',
  z.object({ mostTurns: z.int(), kinds: z.array(z.string()) }),
)

const play = act({
  name: 'toys.play',
  title: 'Play',
  describes: 'Plays with a toy.',
  under: playing,
  by: ['participant'],
  takes: z.object({ loudness: z.int() }),
  records: z.object({ loudness: z.int() }),
  refuses: [],
  finds: async () => undefined,
  weighs: { context: z.object({ loudness: z.int() }), of: ({ input }) => ({ loudness: input.loudness }) },
  decides: ({ input }) => input,
  writes: async () => undefined,
  says: ({ loudness }) => `played at ${loudness}`,
})

const decide = act({
  name: 'toys.decide',
  title: 'Decide',
  describes: 'Decides about the statutes.',
  under: playing,
  by: ['participant'],
  takes: z.object({ charter: z.string() }),
  records: z.object({ resolves: Resolution }),
  refuses: [],
  finds: async () => undefined,
  decides: ({ input }) => ({ resolves: { act: 'charter.amend', input } }),
  writes: async () => undefined,
  says: () => 'decided',
})

export const toys: Domain = {
  name: 'toys',
  describes: 'Toys.',
  acts: [play, decide],
  terms: [playing],
  migrations: {},
  tables: [],
  measures: [
    {
      id: 'toys.quiet',
      title: 'Quiet games',
      formula: 'games below five, of all games',
      period: 'always',
      unit: 'share',
      of: async () => ({
        value: 0.25,
        known: 4,
        whole: 4,
        says: '1 of 4 games was quiet.',
        evidence: [{ text: 'games', href: '/record' }],
      }),
    },
  ],
  capacities: {
    kinds: ['participant', 'staff'],
    of: async (_, person) => [
      { capacity: 'participant', person },
      ...(person === trustee ? [{ capacity: 'staff', person } as const] : []),
    ],
  },
}

export type Stage = {
  house: House
  shelf: Shelf
  clock: StillClock
  keep: (files: CharterFiles) => Promise<string>
  refresh: () => Promise<void>
}

export async function stage(t: TestContext): Promise<Stage> {
  const domains: Domain[] = []
  const shelf = createShelf(() => domains)
  domains.push(charterDomain(shelf), toys)
  const { charter: first } = loadFiles(files, shelf.asked())
  assert.ok(first)
  const clock = stillClock()
  // The house wants its charters before it has a database; they are opened on it at once.
  const late = { current: () => open.current(), byHash: (one: string) => open.byHash(one) }
  const house = await testHouse(t, { domains, clock, charters: late })
  const open = await openCharters(house.read, shelf, first)
  const keep = (texts: CharterFiles) => house.database.transact(tx => keepCharterFiles(tx, texts, clock.at()))
  return { house, shelf, clock, keep, refresh: () => open.follow(house.read).then(() => undefined) }
}

export async function amended({ house, keep, clock, refresh }: Stage, texts: CharterFiles): Promise<Leaf> {
  const charter = await keep(texts)
  clock.passDays(10)
  const { entry } = await house.done('toys.decide', { charter }, ann)
  const done = await house.done('charter.amend', { charter }, trustee, { mandate: entry.id })
  await refresh()
  return done.entry
}

export async function ask(shelf: Shelf, name: string, input: object, { house, clock }: Stage): Promise<unknown> {
  const query = charterDomain(shelf).queries?.find(one => one.name === name)
  assert.ok(query)
  const answer = await query.finds(query.takes.parse(input), house.read, { at: clock.at(), term: house.engine.term })
  return answer === undefined ? undefined : JSON.parse(JSON.stringify(query.gives.parse(answer)))
}
