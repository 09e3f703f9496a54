// `guildhall assess` as a process of its own, without a foundation: report, page, evidence, the same made again, and each refusal.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '#test/kit/program.ts'
import { git, makeRepository, scratch } from '#test/kit/repositories.ts'

const commits = ['2026-01-05T00:00:00Z', '2026-02-01T00:00:00Z'].map((at, index) => ({
  at,
  files: { 'README.md': `# Sample ${index}` },
}))

test('a report with its evidence is made again from another clone, and what differs is named', async context => {
  const folder = scratch(context)
  const path = makeRepository(join(folder, 'a.git'), commits)
  const [bundle, page] = [join(folder, 'bundle.json'), join(folder, 'report.html')]
  const assess = (...words: string[]) => run(['assess', ...words], {}, folder)
  const made = await assess(path, '--as-of', '2026-03-01', '--bundle', bundle, '--html', page, '--json')
  assert.deepEqual([made.code, made.err], [0, ''])
  const { hash } = JSON.parse(made.out)
  assert.equal(JSON.parse(readFileSync(bundle, 'utf8')).reportHash, hash)
  assert.ok(readFileSync(page, 'utf8').startsWith('<!doctype html>'))
  git('/', ['clone', '-q', '--bare', path, join(folder, 'b.git')])
  const again = await assess('--replay', bundle, '--from', 'b.git')
  assert.deepEqual([again.code, again.err, again.out.split('\n')[0]], [0, '', 'same'])
  git(join(folder, 'b.git'), ['tag', 'v1.0', 'main'])
  const tagged = await assess('--replay', bundle, '--from', 'b.git')
  assert.equal(tagged.code, 1)
  assert.match(tagged.out, /^different\nThe first difference is at releases\..*\nTags are not part of a commit: /)
  writeFileSync(bundle, readFileSync(bundle, 'utf8').replace('"outcome":"fail"', '"outcome":"pass"'))
  const altered = await assess('--replay', bundle)
  assert.equal(altered.code, 1)
  assert.match(altered.out, /^different\nThe bundle was altered after it was written: report\.hash says /)
  assert.deepEqual(readdirSync(folder).sort(), ['a.git', 'b.git', 'bundle.json', 'report.html'])
})

test('each refusal is one line, with its exit code', async context => {
  const folder = scratch(context)
  const path = makeRepository(join(folder, 'a.git'), commits)
  const unfit = join(folder, 'unfit.yml')
  writeFileSync(unfit, 'id: sample\ntitle: Sample\nsource: The tests\nrequirements:\n  - { id: seven }\n')
  const told = async (...words: string[]) => {
    const { code, out, err } = await run(['assess', ...words], {})
    return { code, line: `${out}${err}`.split('\n')[0] }
  }
  const criteria = await told(path, '--criteria', unfit)
  assert.equal(criteria.code, 22)
  assert.ok(criteria.line?.startsWith(`${unfit}:5: requirements.0.id: Expected an id such as E7`), criteria.line)
  assert.deepEqual(await told(path, '--as-of', '2020-01-01'), {
    code: 4,
    line: 'The repository has no commit as old as the as-of date.',
  })
  assert.deepEqual(await told(folder), { code: 4, line: 'No Git repository was found there.' })
  assert.deepEqual(await told('--replay', unfit), {
    code: 22,
    line: `${unfit} is not an evidence bundle: it is not JSON`,
  })
  assert.equal((await told('--replay', unfit, path)).code, 2)
  assert.equal((await told()).code, 2)
})
