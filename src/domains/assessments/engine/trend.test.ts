// Months: whatever the order of commits and clocks, each number is what counting by hand gives.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { botRuleWith } from './bots.ts'
import { historyOf } from './history.ts'
import { addCommit, emptyTable } from './table.ts'
import { trendOf } from './trend.ts'

const rule = botRuleWith({ names: [], addresses: [] })
const day = 86_400
const end = Date.parse('2026-03-15T00:00:00Z') / 1000
const domains = ['one.example', 'two.example', 'gmail.com']

type Drawn = {
  readonly daysBefore: number
  readonly person: number
  readonly isMerge: boolean
  readonly isBot: boolean
}
const drawn: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    daysBefore: fc.integer({ min: -40, max: 1200 }),
    person: fc.nat(8),
    isMerge: fc.boolean(),
    isBot: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
)

const addressOf = ({ person }: Drawn): string => `p${person}@${domains[person % 3]}`
const timeOf = ({ daysBefore }: Drawn): number => end - daysBefore * day

async function historyFrom(commits: readonly Drawn[]) {
  const table = emptyTable(20)
  const idOf = (index: number) => index.toString(16).padStart(40, '0')
  for (const [index, commit] of commits.entries()) {
    const who = `${commit.isBot ? 'x[bot]' : `P${commit.person}`} <${commit.isBot ? 'bot@x.example' : addressOf(commit)}>`
    const next = index + 1 < commits.length ? idOf(index + 1) : ''
    const parents = commit.isMerge && next !== '' ? `${next} ${idOf(commits.length - 1)}` : next
    addCommit(table, [idOf(index), parents, String(timeOf(commit)), String(timeOf(commit)), who, who, ''])
  }
  const git = { mailmap: async (_: string, people: readonly string[]) => people }
  return historyOf(git, table, { commit: idOf(0), rule })
}

const monthOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 7)
const monthsEnding = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) => {
    const date = new Date(`${month}-01T00:00:00Z`)
    return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)).toISOString().slice(0, 7)
  })

function byHand(all: readonly Drawn[], month: string) {
  const counted = all
    .map((commit, index) => ({ ...commit, isMerge: commit.isMerge && index + 1 < all.length }))
    .filter(commit => timeOf(commit) <= end)
  const people = counted.filter(({ isBot }) => !isBot)
  const own = counted.filter(commit => monthOf(timeOf(commit)) === month)
  const year = monthsEnding(month, 12)
  const plain = people.filter(commit => !commit.isMerge && year.includes(monthOf(timeOf(commit))))
  const shares = Object.values(Object.groupBy(plain, addressOf)).map(group => group?.length ?? 0)
  shares.sort((a, b) => b - a)
  const half = shares.findIndex((_, index) => shares.slice(0, index + 1).reduce((a, b) => a + b) * 2 >= plain.length)
  const firsts = Object.values(Object.groupBy(people, addressOf)).map(group => Math.min(...(group ?? []).map(timeOf)))
  const known = plain.filter(commit => !addressOf(commit).endsWith('gmail.com')).length
  return {
    ...{ month, commits: own.length, people: new Set(own.filter(({ isBot }) => !isBot).map(addressOf)).size },
    newcomers: firsts.filter(time => monthOf(time) === month).length,
    absence: plain.length === 0 ? null : half + 1,
    knownShare: plain.length === 0 ? null : Math.round((known / plain.length) * 1e6) / 1e6,
  }
}

test('each month is what counting by hand gives', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 1, max: 50 }), async (commits, months) => {
      const trend = trendOf(await historyFrom(commits), end, months)
      const rows = monthsEnding(monthOf(end), months)
        .reverse()
        .map(month => byHand(commits, month))
      const first = rows.findIndex(row => row.commits > 0)
      assert.deepEqual(trend, first === -1 ? [] : rows.slice(first))
    }),
  )
})
