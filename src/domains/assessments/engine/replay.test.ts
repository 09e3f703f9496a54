// Evidence bundles: made again from another clone, altered, and made from a repository that is not the one.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { canonical, hashOf } from '#base/canonical.ts'
import { asOf, assessPath, secondsBefore } from '#test/kit/assessing.ts'
import { git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { assess, isRefused } from './assess.ts'
import { type Bundle, bundleOf, readBundle } from './bundle.ts'
import { readCriteria } from './criteria.ts'
import { firstDifference, replay } from './replay.ts'
import { reportDocument } from './reportPage.ts'

const text = `id: sample
title: Sample
source: The tests
requirements:
  - { id: T1, number: 1, title: Governance, requirement: Something to read, clause: '1', decidedBy: git, check: governance }
  - { id: T2, number: 2, title: Commits, requirement: Something to count, clause: 3.c, decidedBy: git, check: commits, parameters: { days: 90, minimum: 3 } }
`
const criteriaRead = readCriteria(text, 'sample.yml')
if ('problems' in criteriaRead) throw new Error(JSON.stringify(criteriaRead.problems))
const { criteria } = criteriaRead

const commits = [40, 30, 20].map((days, index) => ({
  at: secondsBefore(days),
  files: { 'GOVERNANCE.md': `# Governance\n\n${'We decide together. '.repeat(40 + index)}` },
}))

async function bundled(path: string): Promise<Bundle> {
  const read = readBundle(bundleOf({ assessment: await assessPath(path, criteria), file: 'sample.yml', text }))
  if ('unfit' in read) throw new Error(read.unfit)
  return read.bundle
}

async function replayIn(path: string, bundle: Bundle) {
  const local = await openLocal(path)
  if (isRefusal(local)) throw new Error(local.says)
  const answer = await replay(bundle, local)
  local.close()
  return answer
}

/** As somebody would who altered the file and mended every hash in it. */
function resealed(bundle: Bundle, report: object): Bundle {
  const { hash: _, ...restReport } = { ...bundle.report, ...report }
  const { hash: __, ...rest } = { ...bundle, report: { ...restReport, hash: hashOf(restReport) } }
  const whole = { ...rest, reportHash: rest.report.hash }
  return { ...whole, hash: hashOf(whole) }
}

test('a bundle says what it rests on, and another clone, later and on another branch, gives the same', async context => {
  const folder = scratch(context)
  const path = makeRepository(join(folder, 'a.git'), commits)
  const bundle = await bundled(path)
  const blob = git(path, ['rev-parse', 'main:GOVERNANCE.md']).trim()
  assert.deepEqual(
    bundle.evidence.map(({ path: file, blob: id }) => [file, id]),
    [['GOVERNANCE.md', blob]],
  )
  assert.equal(bundle.commit, git(path, ['rev-parse', 'main']).trim())
  git('/', ['clone', '-q', '--bare', path, join(folder, 'b.git')])
  git(join(folder, 'b.git'), ['branch', '-m', 'main', 'other'])
  git(join(folder, 'b.git'), ['symbolic-ref', 'HEAD', 'refs/heads/other'])
  const tree = git(path, ['rev-parse', 'main^{tree}']).trim()
  const later = git(join(folder, 'b.git'), ['commit-tree', tree, '-p', 'other', '-m', 'Later']).trim()
  git(join(folder, 'b.git'), ['update-ref', 'refs/heads/other', later])
  const same = { result: 'same', hash: bundle.reportHash, engine: bundle.engine }
  assert.deepEqual(await replayIn(join(folder, 'b.git'), bundle), same)
  git(join(folder, 'b.git'), ['update-ref', 'refs/heads/other', `${later}~2`])
  assert.deepEqual(await replayIn(join(folder, 'b.git'), bundle), same)
})

test('what was altered is named, whether or not the hashes were mended', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const bundle = await bundled(path)
  const altered = { ...bundle, report: { ...bundle.report, branch: 'refs/heads/x' } }
  const answer = await replayIn(path, altered)
  assert.deepEqual([answer.result, 'first' in answer && answer.first.at], ['different', 'report.hash'])
  const otherText = { ...bundle, criteria: { ...bundle.criteria, text: text.replace('minimum: 3', 'minimum: 1') } }
  const rewritten = await replayIn(path, otherText)
  assert.deepEqual([rewritten.result, 'first' in rewritten && rewritten.first.at], ['different', 'criteria.hash'])
  const checks = bundle.report.checks.map(check => (check.id === 'T2' ? { ...check, outcome: 'fail' } : check))
  assert.deepEqual(await replayIn(path, resealed(bundle, { checks })), {
    result: 'different',
    first: { at: 'checks.T2.outcome', was: '"fail"', is: '"pass"' },
  })
  const old = await replayIn(
    path,
    resealed({ ...bundle, engine: 'guildhall-assess/0' }, { checks, engine: 'guildhall-assess/0' }),
  )
  assert.equal('engine' in old && old.engine, 'guildhall-assess/0')
})

test('a repository without that commit is refused, and no other file is a bundle', async context => {
  const folder = scratch(context)
  const bundle = await bundled(makeRepository(join(folder, 'a.git'), commits))
  const elsewhere = makeRepository(join(folder, 'b.git'), [{ at: secondsBefore(5) }])
  assert.equal((await replayIn(elsewhere, bundle)).result, 'refused')
  assert.deepEqual(readBundle('{'), { unfit: 'it is not JSON' })
  const { hash: _, ...unsealed } = bundle
  assert.match(JSON.stringify(readBundle(canonical(unsealed))), /^\{"unfit":"hash: /)
})

test('there is a first difference exactly where two values differ', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  fc.assert(
    fc.property(value, value, (one, other) => {
      assert.equal(firstDifference(one, structuredClone(one)), undefined)
      if (canonical(one) !== canonical(other)) assert.ok(firstDifference({ a: one }, { a: other }))
    }),
  )
})

test('the page holds everything itself, and text from the repository stays text', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const assessment = await assessPath(path, criteria, { asOf })
  const [first, ...rest] = assessment.checks
  assert.ok(first)
  const evil = { ...first, says: '<script>alert(1)</script>', evidence: [{ commit: 'c', path: 'a"><b>\u202e' }] }
  const page = reportDocument({ ...assessment, repository: '</title><img src=x>', checks: [evil, ...rest] })
  assert.doesNotMatch(page, /<(?:script|img|link)|<[a-z][^>]*\s(?:src|href)=|@import|url\(|\u202e/)
  assert.match(page, /&lt;script&gt;alert/)
  for (const { id } of assessment.checks) assert.match(page, new RegExp(`id="${id}"`))
  for (const { month } of assessment.activity.months) assert.match(page, new RegExp(month))
})

test('a bundle of a copy that ended before its date is made again from a clone that does not', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), commits.slice(0, 2))
  const copy = await openLocal(path, { isCopy: true })
  if (isRefusal(copy)) throw new Error(copy.says)
  const assessment = await assess({ git: copy, criteria, asOf })
  copy.close()
  if (isRefused(assessment)) throw new Error(assessment.says)
  assert.equal(assessment.checks[1]?.outcome, 'unknown')
  const read = readBundle(bundleOf({ assessment, file: 'sample.yml', text }))
  if ('unfit' in read) throw new Error(read.unfit)
  assert.equal((await replayIn(path, read.bundle)).result, 'same')
  const whole = await bundled(path)
  assert.notEqual(whole.reportHash, assessment.hash)
})
