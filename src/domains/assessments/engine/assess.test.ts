// Whole assessments of repositories with traps in them: dates, clocks, people, links, and what cannot be known.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { canonical, hashOf } from '#base/canonical.ts'
import { asOf, assessPath, criteriaWith, look, secondsBefore } from '#test/kit/assessing.ts'
import { type FakeCommit, git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { assess, isRefused } from './assess.ts'
import { readCriteria } from './criteria.ts'
import { formatText } from './report.ts'

const root = new URL('../../../../', import.meta.url).pathname
const shipped = (path: string) => {
  const read = readCriteria(readFileSync(join(root, 'charters', path), 'utf8'), path)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.criteria
}
const bea = 'Bea Sample <bea@other.example>'
const commitsOf = (count: number, more: Partial<FakeCommit> = {}): FakeCommit[] =>
  Array.from({ length: count }, (_, index) => ({ at: secondsBefore(80) + index * 3600, ...more }))

test('the shipped criteria hold all requirements, and each answers with a sentence', async context => {
  const path = makeRepository(join(scratch(context), 'bare.git'), [{ at: secondsBefore(10), files: { x: 'y' } }])
  const ids = async (file: string) => (await assessPath(path, shipped(file))).checks.map(({ id }) => id)
  assert.deepEqual(
    await ids('pytorch/criteria/ecosystem.yml'),
    Array.from({ length: 19 }, (_, index) => `E${index + 1}`),
  )
  assert.deepEqual(
    await ids('pytorch/criteria/hosted.yml'),
    Array.from({ length: 11 }, (_, index) => `H${index + 1}`),
  )
  const answer = await assessPath(path, shipped('example/criteria/member-project.yml'))
  assert.deepEqual(
    answer.checks.map(({ outcome }) => outcome),
    ['fail', 'fail', 'fail', 'fail', 'fail', 'fail', 'fail'],
  )
  for (const { says } of answer.checks) assert.match(says, /\.$/)
})

test('an empty project passes nothing', async context => {
  const path = makeRepository(join(scratch(context), 'bare.git'), [{ at: secondsBefore(10), files: { x: 'y' } }])
  for (const file of ['pytorch/criteria/ecosystem.yml', 'pytorch/criteria/hosted.yml']) {
    const passed = (await assessPath(path, shipped(file))).checks.filter(({ outcome }) => outcome === 'pass')
    assert.deepEqual(passed, [])
  }
})

test('the same input gives the same bytes, and the hash is of the rest', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), commitsOf(3, { files: { LICENSE: 'x' } }))
  const criteria = criteriaWith('commits', { days: 90, minimum: 3 })
  const [first, second] = [await assessPath(path, criteria), await assessPath(path, criteria)]
  assert.equal(canonical(first), canonical(second))
  const { hash, ...rest } = first
  assert.equal(hash, hashOf(rest))
  assert.match(formatText(first), /^pass {5}T1/m)
})

test('as of a date: the newest commit of the main line, not one merged later', async context => {
  const commits: FakeCommit[] = [
    { at: '2025-01-01T00:00:00Z', files: { a: '1' } },
    { at: '2025-06-01T00:00:00Z', files: { GOVERNANCE: 'short' } },
    { at: '2025-09-01T00:00:00Z', files: { b: '2' } },
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const ids = git(path, ['rev-list', '--reverse', 'main']).trim().split('\n')
  const at = async (day: string) =>
    (await assessPath(path, criteriaWith('ci', {}), { asOf: `${day}T00:00:00Z` })).commit
  assert.equal(await at('2025-05-31'), ids[0])
  assert.equal(await at('2025-06-01'), ids[1])
  assert.equal(await at('2026-01-01'), ids[2])
  const local = await openLocal(path)
  if (isRefusal(local)) throw new Error(local.says)
  const refused = async (more: { asOf: string; commit?: string }) => {
    const answer = await assess({ git: local, criteria: criteriaWith('ci', {}), ...more })
    return isRefused(answer) ? answer.kind : 'assessed'
  }
  assert.equal(await refused({ asOf: '2024-12-31' }), 'no-commit')
  assert.equal(await refused({ asOf: '2025-01-02', commit: ids[2] }), 'no-commit')
  assert.equal(await refused({ asOf: 'yesterday' }), 'unfit-date')
  assert.equal(await refused({ asOf, commit: 'main' }), 'unfit-commit')
  assert.equal(await refused({ asOf, commit: '--output=x' }), 'unfit-commit')
  assert.equal(await refused({ asOf, commit: '1'.repeat(40) }), 'damaged')
  local.close()
})

test('clocks that run backwards: a window is filtered over the whole history', async context => {
  const commits: FakeCommit[] = [
    ...commitsOf(5),
    { at: secondsBefore(400), author: bea },
    ...Array.from({ length: 4 }, (_, index) => ({ at: secondsBefore(20) + index })),
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const since = git(path, ['rev-list', '--count', `--since=@${secondsBefore(90)}`, 'main']).trim()
  const answer = await assessPath(path, criteriaWith('commits', { days: 90, minimum: 9 }))
  assert.equal(answer.checks[0]?.measured?.humanCommits, 9)
  assert.equal(answer.checks[0]?.outcome, 'pass')
  assert.equal(answer.activity.clockInversions, 1)
  assert.ok(Number(since) <= 9)
})

test('a window begins and ends on the second', async context => {
  const commits = [90 * 86_400 + 1, 90 * 86_400, 0].map(before => ({ at: secondsBefore(0) - before }))
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const { window90 } = (await assessPath(path, criteriaWith('ci', {}))).activity
  assert.equal(window90.commits, 2)
})

test('a sleeping project: the window ends at the date, not at the last commit', async context => {
  const result = await look(context, {
    check: 'commits',
    parameters: { days: 90, minimum: 1 },
    commits: [{ at: secondsBefore(120) }],
  })
  assert.equal(result.outcome, 'fail')
})

test('merges and machines are not commits by people', async context => {
  const commits: FakeCommit[] = [
    { at: secondsBefore(30) },
    { at: secondsBefore(29), author: 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>' },
    { at: secondsBefore(28), author: 'Merge Robot <merge@robots.example>' },
    { at: secondsBefore(27), author: bea, merges: [1] },
    { at: secondsBefore(26), author: bea, message: 'Work\n\nCo-authored-by: Claude <noreply@anthropic.com>' },
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const machines = 'machines: { addresses: [merge@robots.example] }'
  const { window90 } = (await assessPath(path, criteriaWith('ci', {}, machines))).activity
  const { commits: all, merges, botCommits, humanCommits, authors, humanAuthors, people } = window90
  assert.deepEqual(
    { all, merges, botCommits, humanCommits, authors, humanAuthors, people },
    {
      ...{ all: 5, merges: 1, botCommits: 2, humanCommits: 2 },
      ...{ authors: 4, humanAuthors: 2, people: 2 },
    },
  )
})

test('people: mailmap of that commit, letters of either case, co-authors, one person under two addresses', async context => {
  const commits: FakeCommit[] = [
    { at: secondsBefore(30), author: 'Ada Sample <ADA@Sample.example>' },
    { at: secondsBefore(29), author: 'Ada Sample <ada@sample.example>' },
    {
      at: secondsBefore(28),
      author: 'ada <old@sample.example>',
      files: { '.mailmap': 'Ada Sample <ada@sample.example> <old@sample.example>\n' },
    },
    {
      at: secondsBefore(27),
      message:
        'Work\n\nCo-authored-by: Bea Sample <BEA@other.example>\nCo-authored-by: Ada Sample <1+ada@users.noreply.github.com>',
    },
    { at: secondsBefore(26), message: 'Work\n\nCo-authored-by: bea sample <2+bea@users.noreply.github.com>' },
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const { window90 } = (await assessPath(path, criteriaWith('ci', {}))).activity
  assert.deepEqual([window90.authors, window90.people, window90.coAuthoredCommits], [1, 2, 2])
})

test('bytes that are not UTF-8, and an address with line feeds in its neighbourhood, count once each', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), [{ at: secondsBefore(3) }])
  const tree = git(path, ['rev-parse', 'main^{tree}']).trim()
  const raw = (address: string) =>
    Buffer.concat([
      Buffer.from(`tree ${tree}\nauthor Caf`),
      Buffer.from([0xe9]),
      Buffer.from(
        ` <${address}> ${secondsBefore(2)} +0000\ncommitter A <a@sample.example> ${secondsBefore(2)} +0000\n\nx\u001e\u001fy\n`,
      ),
    ])
  const id = git(
    path,
    ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'],
    raw('caf@sample.example'),
  ).trim()
  git(path, ['update-ref', 'refs/heads/main', id])
  const answer = await assessPath(path, criteriaWith('ci', {}))
  assert.deepEqual([answer.activity.all.commits, answer.activity.all.authors], [1, 1])
})

test('sign-off counts when it is the author’s own', async context => {
  const commits: FakeCommit[] = [
    { at: secondsBefore(3), message: 'a\n\nSigned-off-by: Ada <Ada@sample.example>' },
    { at: secondsBefore(2), message: 'b\n\nSigned-off-by: Bea <bea@other.example>' },
    { at: secondsBefore(1), message: 'c' },
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const { window90 } = (await assessPath(path, criteriaWith('ci', {}))).activity
  assert.deepEqual([window90.signedOff, window90.signedOffByAuthor], [2, 1])
})

test('a shallow copy proves enough, never too little', async context => {
  const folder = scratch(context)
  const path = makeRepository(join(folder, 'a.git'), commitsOf(5))
  git('/', ['clone', '-q', '--bare', '--depth', '3', `file://${path}`, join(folder, 'shallow.git')])
  const outcome = async (minimum: number) =>
    (await assessPath(join(folder, 'shallow.git'), criteriaWith('commits', { days: 90, minimum }))).checks[0]?.outcome
  assert.deepEqual([await outcome(3), await outcome(4)], ['pass', 'unknown'])
})

test('months: each has its commits, people and newcomers, and a clock of 1970 makes no long list', async context => {
  const commits: FakeCommit[] = [
    { at: 100 },
    { at: '2025-11-10T00:00:00Z' },
    { at: '2025-11-11T00:00:00Z', author: bea },
    { at: '2026-01-05T00:00:00Z', author: bea },
    { at: '2026-01-06T00:00:00Z', author: 'Cy Sample <cy@sample.example>' },
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  assert.deepEqual((await assessPath(path, criteriaWith('ci', {}))).activity.months, [
    { month: '2025-11', commits: 2, people: 2, newcomers: 1, absence: 1, knownShare: 1 },
    { month: '2025-12', commits: 0, people: 0, newcomers: 0, absence: 1, knownShare: 1 },
    { month: '2026-01', commits: 2, people: 2, newcomers: 1, absence: 1, knownShare: 1 },
  ])
})

test('no address, and no name but of a file, is in an assessment', async context => {
  const files = {
    'MAINTAINERS.md': '- Bea Sample (@beasample) <bea@other.example>\n- Ada Sample <ada@sample.example>\n',
  }
  const path = makeRepository(join(scratch(context), 'a.git'), [
    { at: secondsBefore(3), author: bea, files },
    { at: secondsBefore(2) },
  ])
  const answer = await assessPath(path, criteriaWith('maintainers', { minimum: 2 }))
  assert.equal(answer.checks[0]?.outcome, 'pass')
  assert.doesNotMatch(canonical(answer), /sample\.example|other\.example|beasample|Bea|Ada/)
})
