// The kept table: it answers as plain git does, whole or month by month, after a rewrite, a damaged file and a kill.
import assert from 'node:assert/strict'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { usualLimits } from '#adapters/git/limits.ts'
import { openRepository } from '#adapters/git/repository.ts'
import { canonical } from '#base/canonical.ts'
import { criteriaWith } from '#test/kit/assessing.ts'
import { type FakeCommit, git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { assess, isRefused } from './assess.ts'
import { isReached, landingsFrom } from './landings.ts'
import { branchTable } from './readTable.ts'
import type { LogRequest } from './source.ts'
import { addCommit, emptyTable } from './table.ts'
import { decodeTable, encodeTable } from './tableFile.ts'

const start = Date.parse('2025-01-01T00:00:00Z') / 1000
const asOf = '2035-12-31T00:00:00.000Z'
const people = [
  'Ada <ada@one.example>',
  'Bea <BEA@two.example>',
  'Cafe\u0301 à <c@gmail.com>',
  'Di[bot] <di@bots.example>',
]

/** Times go back and forth, every seventh commit merges, trailers name the next person. */
const manyCommits = (count: number): FakeCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    at: start + index * 3600 - (index % 5) * 9000,
    author: people[index % 4],
    message: `Change ${index}\n\nCo-authored-by: ${people[(index + 1) % 4]}\nSigned-off-by: ${people[index % 3]}`,
    ...(index % 7 === 6 && { merges: [index - 3] }),
  }))

/** As a mirror of our own, with the log requests it was asked. */
async function openMirrored(folder: string) {
  const repository = await openRepository({ address: folder, folder, limits: usualLimits, isOwn: true })
  const asked: LogRequest[] = []
  const log = (request: LogRequest) => {
    asked.push(request)
    return repository.log(request)
  }
  return { ...repository, asked, log }
}

async function report(folder: string, isOwn = true): Promise<{ text: string; asked: readonly LogRequest[] }> {
  const mirror = await openMirrored(folder)
  const opened = isOwn ? mirror : { ...mirror, shelf: undefined }
  const answer = await assess({ git: opened, criteria: criteriaWith('active-people', { days: 90, minimum: 1 }), asOf })
  mirror.close()
  if (isRefused(answer)) throw new Error(answer.says)
  return { text: canonical(answer), asked: mirror.asked }
}

const moveTo = (folder: string, id: string) => git(folder, ['update-ref', 'refs/heads/main', id])
const idsOf = (folder: string) => git(folder, ['rev-list', '--topo-order', '--reverse', 'main']).trim().split('\n')
const kept = (folder: string) => join(folder, 'guildhall-commits')

test('month by month gives the bytes of the whole, and reads only what is new', async context => {
  for (const format of ['sha1', 'sha256']) {
    const folder = makeRepository(join(scratch(context), 'a.git'), manyCommits(60), { format })
    const [ids, tip] = [idsOf(folder), git(folder, ['rev-parse', 'main']).trim()]
    const whole = await report(folder, false)
    const stops = [10, 11, 40].map(place => ids[place] ?? '')
    for (const stop of [...stops, tip]) {
      moveTo(folder, stop)
      assert.equal((await report(folder)).text, (await report(folder, false)).text)
    }
    const again = await report(folder)
    assert.equal(again.text, whole.text)
    assert.deepEqual(again.asked, [])
    moveTo(folder, stops[2] ?? '')
    await report(folder)
    moveTo(folder, tip)
    assert.deepEqual(
      (await report(folder)).asked.map(({ from, not }) => [from, not]),
      [[tip, stops[2]]],
    )
  }
})

test('a rewritten branch, an older format, a file cut short or altered: the table is made anew', async context => {
  const folder = makeRepository(join(scratch(context), 'a.git'), manyCommits(30))
  const [ids, tip] = [idsOf(folder), git(folder, ['rev-parse', 'main']).trim()]
  const tree = git(folder, ['rev-parse', 'main^{tree}']).trim()
  const other = git(folder, ['commit-tree', tree, '-p', ids[20] ?? '', '-m', 'Elsewhere']).trim()
  const madeAnew = async (spoil: () => unknown) => {
    moveTo(folder, tip)
    await report(folder)
    spoil()
    const { text, asked } = await report(folder)
    assert.equal(text, (await report(folder, false)).text)
    assert.equal(asked.at(-1)?.not, undefined)
    assert.equal((await report(folder)).asked.length, 0)
  }
  await madeAnew(() => moveTo(folder, other))
  await madeAnew(() => moveTo(folder, ids[5] ?? ''))
  await madeAnew(() => truncateSync(kept(folder), 700))
  await madeAnew(() => writeFileSync(kept(folder), ''))
  const swapped = (from: string, to: string) => readFileSync(kept(folder), 'latin1').replace(from, to)
  await madeAnew(() => writeFileSync(kept(folder), swapped('guildhall-commits/2', 'guildhall-commits/1'), 'latin1'))
  await madeAnew(() => writeFileSync(kept(folder), swapped('ada@one', 'eve@one'), 'latin1'))
  await madeAnew(() => writeFileSync(kept(folder), swapped(tip, '1'.repeat(40)), 'latin1'))
})

test('a draft that a kill left behind is not read; nothing is written into a repository that is not ours', async context => {
  const folder = makeRepository(join(scratch(context), 'a.git'), manyCommits(12))
  const before = await readdir(folder)
  await report(folder, false)
  assert.deepEqual(await readdir(folder), before)
  writeFileSync(join(folder, 'tmp_guildhall-commits_1'), 'half of it')
  await report(folder)
  assert.deepEqual((await readdir(folder)).sort(), [...before, 'guildhall-commits', 'tmp_guildhall-commits_1'].sort())
  assert.equal((await report(folder)).asked.length, 0)
})

test('30,000 commits: the counts of plain git, from the whole and from a table and the rest', async context => {
  const folder = makeRepository(join(scratch(context), 'a.git'), manyCommits(30_000))
  const [tip, earlier] = [git(folder, ['rev-parse', 'main']).trim(), git(folder, ['rev-parse', 'main~500']).trim()]
  moveTo(folder, earlier)
  await report(folder)
  moveTo(folder, tip)
  const [whole, joined] = [await report(folder, false), await report(folder)]
  assert.equal(joined.text, whole.text)
  const count = (...args: string[]) => Number(git(folder, ['rev-list', '--count', ...args, 'main']))
  const { all } = JSON.parse(whole.text).activity
  const authors = new Set(git(folder, ['log', '--format=%ae', 'main']).trim().toLowerCase().split('\n'))
  assert.deepEqual(
    [all.commits, all.merges, all.nonMergeCommits, all.authors],
    [count(), count('--merges'), count('--no-merges'), authors.size],
  )
  const times = new Map(
    git(folder, ['log', '--format=%H %ct %P', 'main'])
      .trim()
      .split('\n')
      .map(line => line.split(' '))
      .map(([id = '', time, ...parents]) => [id, { time: Number(time), parents }]),
  )
  const later = [...times.values()].flatMap(({ time, parents }) =>
    parents.filter(parent => (times.get(parent)?.time ?? 0) > time),
  )
  assert.equal(JSON.parse(whole.text).activity.clockInversions, later.length)
})

const drawn = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 2 ** 33 }),
    author: fc.nat(5),
    parents: fc.array(fc.nat(40), { maxLength: 3 }),
    trailers: fc.array(fc.constantFrom('Signed-off-by', 'reviewed-by', 'Co-Authored-By', 'X-Other'), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 41 },
)

test('any table is read back as it was written, and reaches what a walk along the parents reaches', () => {
  const idOf = (index: number) => index.toString(16).padStart(40, '5')
  fc.assert(
    fc.property(drawn, commits => {
      const table = emptyTable(20)
      // A parent is older in the drawing, so that there are no circles.
      const parentsOf = (index: number) => [...new Set(commits[index]?.parents)].filter(parent => parent < index)
      for (const [index, { time, author, trailers }] of [...commits.entries()].reverse()) {
        const lines = trailers.map(kind => `${kind}: P${author} <p${author}@x.example>`).join('\x1f')
        const who = `P${author} <p${author}@x.example>`
        addCommit(table, [
          idOf(index),
          parentsOf(index).map(idOf).join(' '),
          String(time),
          String(time - author),
          who,
          who,
          lines,
        ])
      }
      const tip = idOf(commits.length - 1)
      const [file] = [Buffer.concat(encodeTable({ tip, table }))]
      const back = decodeTable(file)
      assert.ok(back)
      assert.deepEqual(Buffer.concat(encodeTable(back)), file)
      const reach = new Set<number>()
      const walk = (index: number): void => {
        if (reach.has(index)) return
        reach.add(index)
        parentsOf(index).forEach(walk)
      }
      walk(commits.length - 1)
      const marks = landingsFrom(back.table, back.table.ids.find(tip) ?? -1)
      const reached = [...commits.keys()].filter(index => isReached(marks, back.table.ids.find(idOf(index)) ?? -1))
      assert.deepEqual(
        reached,
        [...reach].sort((a, b) => a - b),
      )
    }),
  )
})

test('a file with one byte changed is no table', async context => {
  const folder = makeRepository(join(scratch(context), 'a.git'), manyCommits(5))
  const mirror = await openMirrored(folder)
  const table = await branchTable(mirror)
  mirror.close()
  const file = Buffer.concat(encodeTable({ tip: mirror.tip, table }))
  const from = file.indexOf(10) + 1
  for (let place = from; place < file.length; place += 1) {
    const altered = Buffer.from(file)
    altered.writeUInt8((altered.readUInt8(place) + 1) % 256, place)
    assert.equal(decodeTable(altered), undefined)
  }
})
