// Newcomers: real git makes merges, squashes, rebases and wrong clocks, and each answer is worked out by hand beside it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { assessPath, criteriaWith } from '#test/kit/assessing.ts'
import { git, scratch } from '#test/kit/repositories.ts'
import { medianOf, type Told } from './newcomers.ts'
import { newcomersSection, sayMedian, sayNewcomers } from './newcomersPart.ts'
import { formatText } from './report.ts'
import { reportDocument } from './reportPage.ts'

const asOf = '2026-01-31T23:59:59.000Z'
const day = 86_400
const criteria = criteriaWith('ci', {})

type Who = { readonly name: string; readonly written: string; readonly by?: string; readonly on?: string }

const person = (kind: string, name: string, date: string) => ({
  [`GIT_${kind}_NAME`]: name,
  [`GIT_${kind}_EMAIL`]: `${name.toLowerCase()}@sample.example`,
  [`GIT_${kind}_DATE`]: /^@/.test(date) ? `${date} +0000` : `${date}T12:00:00Z`,
})

/** A checkout in which each command has its author, its committer, and both their clocks. */
function checkout(context: TestContext) {
  const folder = join(scratch(context), 'work')
  git('/', ['init', '-q', '-b', 'main', folder])
  const as = ({ name, written, by = name, on = written }: Who, ...args: string[]): string => {
    const surroundings = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }
    const env = { ...surroundings, ...person('AUTHOR', name, written), ...person('COMMITTER', by, on) }
    const done = spawnSync('git', ['-C', folder, ...args], { env })
    assert.equal(done.status, 0, done.stderr.toString())
    return git(folder, ['rev-parse', 'HEAD']).trim()
  }
  const commit = (who: Who) => as(who, 'commit', '-q', '--allow-empty', '-m', `By ${who.name}`)
  commit({ name: 'Ada', written: '2024-01-01' })
  /** On a branch of its own, which ends checked out main again. */
  const aside = (who: Who): string => {
    git(folder, ['checkout', '-q', '-b', who.name.toLowerCase().replace(/\W.*/, '')])
    const id = commit(who)
    git(folder, ['checkout', '-q', 'main'])
    return id
  }
  const merge = (date: string, branch: string) =>
    as({ name: 'Ada', written: date }, 'merge', '-q', '--no-ff', '-m', 'Merge', branch)
  return { folder, as, commit, aside, merge }
}

const newcomersAt = async (folder: string, at = asOf) => {
  const { newcomers } = (await assessPath(folder, criteria, { asOf: at })).activity
  assert.ok(newcomers)
  return newcomers
}

test('merged, squashed, rebased, and by clocks that are wrong: what the dates of a first commit tell', async context => {
  const { folder, as, commit, aside, merge } = checkout(context)
  const bea = aside({ name: 'Bea', written: '2026-01-01' })
  const beaIn = merge('2026-01-05', 'bea')
  aside({ name: 'Cy', written: '2026-01-02' })
  git(folder, ['merge', '-q', '--squash', 'cy'])
  const cy = commit({ name: 'Cy', written: '2026-01-06', by: 'Forge' })
  aside({ name: 'Di', written: '2026-01-02' })
  as({ name: 'Ada', written: '2026-01-09' }, 'rebase', '-q', '--force-rebase', 'main', 'di')
  git(folder, ['checkout', '-q', 'main'])
  const di = as({ name: 'Ada', written: '2026-01-09' }, 'merge', '-q', '--ff-only', 'di')
  const ed = commit({ name: 'Ed', written: '2026-01-07', by: 'Forge', on: '2026-01-10' })
  const fi = commit({ name: 'Fi', written: '2026-01-20', by: 'Ada', on: '2026-01-11' })
  const gus = commit({ name: 'Gus', written: '@1000000000', by: 'Ada', on: '2026-01-12' })
  const hal = aside({ name: 'Hal', written: '2026-01-15' })
  const halIn = merge('2026-01-14', 'hal')
  aside({ name: 'robot[bot]', written: '2026-01-15' })
  const iva = as({ name: 'Iva', written: '2026-01-16' }, 'merge', '-q', '--no-ff', '-m', 'Merge', 'robot')
  commit({ name: 'Bea', written: '2026-01-17' })
  assert.deepEqual(await newcomersAt(folder), {
    days: 365,
    people: 8,
    known: 3,
    median: { low: null, high: null },
    firsts: [
      { commit: bea, landedBy: beaIn, seconds: 4 * day, told: 'whole' },
      { commit: cy, landedBy: cy, seconds: null, told: 'same-instant' },
      { commit: di, landedBy: di, seconds: 7 * day, told: 'at-least' },
      { commit: ed, landedBy: ed, seconds: 3 * day, told: 'at-least' },
      { commit: fi, landedBy: fi, seconds: null, told: 'clocks' },
      { commit: gus, landedBy: gus, seconds: null, told: 'clocks' },
      { commit: hal, landedBy: halIn, seconds: null, told: 'clocks' },
      { commit: iva, landedBy: iva, seconds: null, told: 'merge' },
    ],
  })
  const earlier = await newcomersAt(folder, '2026-01-10T23:59:59.000Z')
  assert.deepEqual([earlier.people, earlier.known, earlier.median], [4, 3, { low: 3 * day, high: null }])
})

test('a branch within a branch lands when the outer one does; who was there before the year is not new', async context => {
  const { folder, as, commit, merge } = checkout(context)
  commit({ name: 'Old', written: '2025-01-31' })
  git(folder, ['checkout', '-q', '-b', 'outer'])
  const one = commit({ name: 'One', written: '2026-01-01' })
  git(folder, ['checkout', '-q', '-b', 'inner'])
  const two = commit({ name: 'Two', written: '2026-01-02' })
  git(folder, ['checkout', '-q', 'outer'])
  as({ name: 'One', written: '2026-01-03' }, 'merge', '-q', '--no-ff', '-m', 'Merge', 'inner')
  git(folder, ['checkout', '-q', 'main'])
  const landed = merge('2026-01-11', 'outer')
  commit({ name: 'Old', written: '2026-01-12' })
  const found = await newcomersAt(folder)
  assert.deepEqual(
    found.firsts.map(({ commit: id, landedBy, seconds }) => [id, landedBy, seconds]),
    [
      [one, landed, 10 * day],
      [two, landed, 9 * day],
    ],
  )
  assert.deepEqual(found.median, { low: 9 * day, high: 9 * day })
})

test('more than five years from writing to landing is no wait, it is a date carried over', async context => {
  const { folder, aside, merge, commit } = checkout(context)
  commit({ name: 'Ada', written: '2018-01-01' })
  aside({ name: 'Bea', written: '2021-02-02', on: '2026-01-02' })
  merge('2026-01-03', 'bea')
  aside({ name: 'Cy', written: '2020-12-31', on: '2026-01-04' })
  merge('2026-01-05', 'cy')
  assert.deepEqual(
    (await newcomersAt(folder)).firsts.map(({ told }) => told),
    ['whole', 'clocks'],
  )
})

test('a copy that is cut off cannot tell who is new', async context => {
  const { folder, commit } = checkout(context)
  for (const date of ['2026-01-02', '2026-01-03', '2026-01-04']) commit({ name: 'Ada', written: date })
  const shallow = join(scratch(context), 'shallow.git')
  git('/', ['clone', '-q', '--bare', '--depth', '2', `file://${folder}`, shallow])
  assert.equal((await assessPath(shallow, criteria, { asOf })).activity.newcomers, null)
})

const first = (told: Told, seconds: number | null = null) => ({ told, seconds })

test('the median: as low and as high as it can be', () => {
  const [whole, most, none] = [
    (seconds: number) => first('whole', seconds),
    (seconds: number) => first('at-least', seconds),
    first('same-instant'),
  ]
  assert.deepEqual(medianOf([]), { low: null, high: null })
  assert.deepEqual(medianOf([none, first('clocks'), first('merge')]), { low: null, high: null })
  assert.deepEqual(medianOf([whole(9), whole(1), whole(5)]), { low: 5, high: 5 })
  assert.deepEqual(medianOf([whole(9), whole(1), whole(5), whole(7)]), { low: 5, high: 5 })
  assert.deepEqual(medianOf([whole(9), whole(1), whole(5), none]), { low: 1, high: 5 })
  assert.deepEqual(medianOf([whole(9), whole(1), whole(5), most(2)]), { low: 2, high: 5 })
  assert.deepEqual(medianOf([most(3), most(2), whole(1)]), { low: 2, high: null })
  assert.deepEqual(medianOf([whole(0), none, none]), { low: null, high: null })
})

const drawn = fc.array(
  fc.record({ told: fc.constantFrom<Told>('whole', 'at-least', 'clocks'), seconds: fc.nat(50), more: fc.nat(50) }),
  { minLength: 1, maxLength: 12 },
)

test('however long the rest really took, the median lies between the two', () => {
  fc.assert(
    fc.property(drawn, all => {
      const { low, high } = medianOf(all.map(({ told, seconds }) => first(told, told === 'clocks' ? null : seconds)))
      const really = all
        .map(({ told, seconds, more }) => (told === 'clocks' ? more : seconds + (told === 'at-least' ? more : 0)))
        .sort((a, b) => a - b)
      const median = really[Math.floor((really.length - 1) / 2)] ?? -1
      assert.ok((low ?? 0) <= median && median <= (high ?? median))
    }),
  )
})

test('in words: a span, a least, or not known, always with how many are known', async context => {
  assert.deepEqual(
    [
      sayMedian({ low: 90_000, high: 90_000 }),
      sayMedian({ low: 1200, high: 190_000 }),
      sayMedian({ low: 864_000, high: null }),
      sayMedian({ low: null, high: null }),
    ],
    ['25 hours', '20 minutes to 2.2 days', 'at least 10 days', 'not known'],
  )
  const { folder, aside, merge } = checkout(context)
  aside({ name: 'Bea', written: '2026-01-01' })
  merge('2026-01-05', 'bea')
  const assessment = await assessPath(folder, criteria, { asOf })
  const { newcomers } = assessment.activity
  const says = '1 newcomer in 365 days; from written to landed, the median: 4 days (the dates tell of 1 of 1)'
  assert.equal(newcomers && sayNewcomers(newcomers), says)
  assert.equal(newcomers && sayNewcomers({ ...newcomers, people: 0 }), '0 newcomers in 365 days')
  assert.ok(formatText(assessment).split('\n').includes(says))
  const page = reportDocument(assessment)
  assert.ok(page.includes(says))
  assert.ok(page.includes(git(folder, ['rev-parse', 'bea']).slice(0, 12)))
  assert.deepEqual(newcomersSection({ activity: { ...assessment.activity, newcomers: null } }), [])
})
