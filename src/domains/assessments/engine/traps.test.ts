// Traps of real repositories against a whole assessment: object formats, branches, links, encodings, replaced objects.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { assessPath, criteriaWith, lookAtFiles, secondsBefore } from '#test/kit/assessing.ts'
import { git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { assess, isRefused } from './assess.ts'
import { publishedText } from './licence/references.ts'

const mit = publishedText('MIT').licenseText
const allowed = criteriaWith('licence', { allowed: ['MIT'] })

test('the SHA-256 object format: same answer, long ids', async context => {
  const commits = [{ at: secondsBefore(10), files: { LICENSE: mit } }]
  const path = makeRepository(join(scratch(context), 'a.git'), commits, { format: 'sha256' })
  const answer = await assessPath(path, allowed)
  assert.deepEqual(
    [answer.checks[0]?.outcome, answer.commit.length, answer.checks[0]?.evidence[0]?.blob?.length],
    ['pass', 64, 64],
  )
})

test('a branch without a commit is refused with a sentence', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), [])
  const local = await openLocal(path)
  if (isRefusal(local)) return assert.match(local.says, /\.$/)
  const answer = await assess({ git: local, criteria: allowed, asOf: '2026-01-31' })
  local.close()
  assert.ok(isRefused(answer))
})

test('a branch and a tag named HEAD, and an object that is replaced, change nothing', async context => {
  const commits = [
    { at: secondsBefore(20), files: { LICENSE: 'All rights reserved.' } },
    { at: secondsBefore(10), files: { LICENSE: mit } },
  ]
  const path = makeRepository(join(scratch(context), 'a.git'), commits)
  const before = await assessPath(path, allowed)
  const old = git(path, ['rev-parse', 'main~1']).trim()
  git(path, ['update-ref', 'refs/heads/HEAD', old])
  git(path, ['update-ref', 'refs/tags/HEAD', old])
  git(path, [
    'replace',
    git(path, ['rev-parse', 'main:LICENSE']).trim(),
    git(path, ['rev-parse', 'main~1:LICENSE']).trim(),
  ])
  const after = await assessPath(path, allowed)
  assert.equal(before.checks[0]?.outcome, 'pass')
  assert.equal(after.hash, before.hash)
})

test('README: a link is followed, a submodule of that name is none; CODEOWNERS with CRLF and a mark is read', async context => {
  const prose = `# Sample\n\n${'It does one thing for those who need it. '.repeat(30)}`
  const readme = (files: Parameters<typeof lookAtFiles>[2]) => lookAtFiles(context, 'readme-value', files)
  assert.equal(
    (await readme({ 'README.md': { mode: '120000', text: 'docs/index.md' }, 'docs/index.md': prose })).outcome,
    'pass',
  )
  assert.equal((await readme({ 'README.md': { mode: '160000', text: '1'.repeat(40) }, x: 'y' })).outcome, 'fail')
  const owners = await lookAtFiles(
    context,
    'codeowners',
    { CODEOWNERS: '\ufeff* @ada\r\n/x @bea\r\n' },
    { retired: false },
  )
  assert.match(owners.says, /^CODEOWNERS has 2 lines/)
})
