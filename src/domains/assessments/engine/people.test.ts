// Counting people: the order of commits plays no part, and nobody is counted twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isBot } from './bots.ts'
import { historyOf } from './history.ts'
import { peopleIn } from './people.ts'
import { addCommit, emptyTable } from './table.ts'

const rule = { version: '1', marks: ['[bot]'], names: new Set<string>(), addresses: new Set<string>(), addressEnds: [] }

type Drawn = { readonly author: string; readonly others: readonly string[] }
const person = fc.tuple(fc.nat(4), fc.nat(4)).map(([name, address]) => `N${name || ''} <a${address}@x.example>`)
const drawn = fc.array(fc.record({ author: person, others: fc.array(person, { maxLength: 3 }) }), { minLength: 1 })

async function counted(commits: readonly Drawn[]): Promise<number> {
  const table = emptyTable(20)
  const idOf = (index: number) => index.toString(16).padStart(40, '0')
  for (const [index, { author, others }] of commits.entries()) {
    const parent = index + 1 < commits.length ? idOf(index + 1) : ''
    const trailers = others.map(other => `Co-authored-by: ${other}`).join('\x1f')
    addCommit(table, [idOf(index), parent, '1', '1', author, author, trailers])
  }
  const git = { mailmap: async (_: string, people: readonly string[]) => people }
  const history = await historyOf(git, table, { commit: idOf(0), rule })
  return peopleIn(history, [...history.times.keys()], history.identities)
}

const touches = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].some(key => other.has(key))

/** By its meaning: authors by address, and groups of the others that touch no author. */
function byHand(commits: readonly Drawn[]): number {
  const parts = (text: string) => text.toLowerCase().split(' <') as [string, string] // as `person` makes them
  const authors = new Set(commits.map(({ author }) => parts(author)[1]))
  const taken = new Set(commits.flatMap(({ author }) => parts(author)))
  let groups: Set<string>[] = []
  for (const other of commits.flatMap(({ others }) => others)) {
    const keys = new Set(parts(other))
    const touched = groups.filter(group => touches(group, keys))
    groups = [...groups.filter(group => !touched.includes(group)), new Set([keys, ...touched].flatMap(one => [...one]))]
  }
  return authors.size + groups.filter(group => !touches(group, taken)).length
}

test('people are counted by address, and co-authors as groups that hang together', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async commits => {
      assert.equal(await counted(commits), byHand(commits))
      assert.equal(await counted(commits.toReversed()), await counted(commits))
    }),
  )
})

test('a machine is nobody', async () => {
  assert.equal(isBot(rule, { name: 'Build [bot]', address: 'b@x.example' }), true)
  const others = ['Build [bot] <b@x.example>', 'Bo <bo@x.example>']
  assert.equal(await counted([{ author: 'Ann <ann@x.example>', others }]), 2)
})
