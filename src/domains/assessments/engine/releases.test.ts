// Releases by their tags: which names count, in which days, and what is said of them.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { assessPath, criteriaWith } from '#test/kit/assessing.ts'
import { git, makeRepository, scratch } from '#test/kit/repositories.ts'
import { namesRelease, releasesOf, sayReleases } from './releases.ts'
import { formatText } from './report.ts'
import { reportDocument } from './reportPage.ts'

const asOf = Date.parse('2026-06-01T00:00:00Z') / 1000
const day = 86_400
const tag = (name: string, daysBefore = 1) => ({ name, time: asOf - daysBefore * day })

test('a tag that names a version for everybody is a release', () => {
  const names = ['v1.2.3', '1.2', '2026.01.02', 'release-1.4.0', 'python-v0.4.1', 'pkg@3.0.0', 'v12', 'rust/v7']
  for (const name of [...names, '1.0.0.post1', 'v2.0+cu118', 'precise-1.0', 'v1.3.0-arch2'])
    assert.equal(namesRelease(name), true, name)
})

test('a candidate, a nightly build, and a tag that machines set are none', () => {
  const candidates = [
    'v1.0.0-rc1',
    '1.0rc2',
    'v2.0.0-beta.2',
    '1.0a1',
    '2.1b3',
    '2014.2.b3',
    '1.0.0.dev1',
    'v3.0-alpha',
    '1.0-pre1',
  ]
  const machines = ['nightly-2026.01.02', 'v1.1.0-SNAPSHOT', 'ciflow/trunk/1718', 'viable/strict/1718', 'trunk/0a1b2c']
  for (const name of [...candidates, ...machines, 'stable', '12', 'last-green', 'build9'])
    assert.equal(namesRelease(name), false, name)
})

test('counted are those within the days, to the second, and none after the date', () => {
  const edge = { name: 'v1.0', time: asOf - 365 * day }
  const tags = [edge, { name: 'v0.9', time: edge.time - 1 }, tag('v1.1', 0), { name: 'v1.2', time: asOf + 1 }]
  const newest = { tag: 'v1.1', date: '2026-06-01T00:00:00.000Z' }
  assert.deepEqual(releasesOf(tags, asOf), { days: 365, versions: 2, newest })
  assert.deepEqual(releasesOf(tags, asOf, 30), { days: 30, versions: 1, newest })
  assert.deepEqual(releasesOf([tag('nightly-1.2'), tag('stable')], asOf), { days: 365, versions: 0, newest: null })
})

test('the order in which Git lists tags, and tags that name no release, change nothing', () => {
  const tags = ['v1.0', 'v1.1', 'lib-v1.1', 'v1.2-rc1', 'stable'].map((name, index) => tag(name, index < 3 ? 1 : 0))
  const expected = releasesOf([tag('v1.0'), tag('lib-v1.1'), tag('v1.1')], asOf)
  assert.equal(expected.newest?.tag, 'v1.1')
  fc.assert(
    fc.property(fc.shuffledSubarray(tags, { minLength: tags.length }), shuffled =>
      assert.deepEqual(releasesOf(shuffled, asOf), expected),
    ),
  )
})

test('what is said of them', () => {
  assert.equal(
    sayReleases(releasesOf([tag('v1.0', 3), tag('v1.1', 1)], asOf)),
    '2 releases in 365 days by their tags, the newest v1.1 of 2026-05-31',
  )
  assert.equal(
    sayReleases(releasesOf([tag('v1.0\u202e')], asOf, 30)),
    '1 release in 30 days by their tags, the newest v1.0\ufffd of 2026-05-31',
  )
  assert.equal(
    sayReleases(releasesOf([tag('stable')], asOf)),
    'No tag of 365 days names a release; releases may be made without tags',
  )
})

test('the report tells of releases whatever the criteria ask, and a paper of an older engine says nothing', async context => {
  const path = makeRepository(join(scratch(context), 'a.git'), [{ at: asOf - 3 * day }])
  git(path, ['tag', 'v1.0'])
  const report = await assessPath(path, criteriaWith('ci', {}), { asOf: new Date(asOf * 1000).toISOString() })
  const says = '1 release in 365 days by their tags, the newest v1.0 of 2026-05-29'
  const { releases: _, ...older } = report
  const told = (assessment: typeof report) => [formatText(assessment), reportDocument(assessment)]
  for (const text of told(report)) assert.equal(text.split(says).length, 2)
  for (const text of told(older)) assert.doesNotMatch(text, /by their tags|names a release/)
})
