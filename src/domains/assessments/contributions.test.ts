// What a real history tells the register: authors, co-authors, merges and machines by day, and owners of files.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { makeRepository, scratch } from '#test/kit/repositories.ts'
import { contributionsOf } from './contributions.ts'
import { assess } from './engine/assess.ts'
import type { Criteria } from './engine/criteria.ts'

const none: Criteria = { id: 'none', hash: '0', requirements: [], machines: { names: [], addresses: [] } } as never // only what assess reads
const ada = 'Ada Sample <Ada@Loam.example>'
const bo = 'Bo Sample <7+bo@users.noreply.github.com>'

test('commits, co-authors, merges of others’ work, machines apart, owners by file; later commits are left out', async t => {
  const folder = makeRepository(`${scratch(t)}/repository`, [
    { at: '2026-03-01T10:00:00Z', author: ada, files: { CODEOWNERS: '* @bo\n/a @team/x ada@loam.example\n', a: '1' } },
    { at: '2026-03-02T10:00:00Z', author: bo, committer: ada, message: `Two\n\nCo-authored-by: ${ada}` },
    { at: '2026-03-02T11:00:00Z', author: bo, committer: 'GitHub <noreply@github.com>' },
    { at: '2026-03-03T10:00:00Z', author: 'dependabot[bot] <49+dependabot[bot]@users.noreply.github.com>' },
    { at: '2026-05-01T10:00:00Z', author: ada },
  ])
  const git = await openLocal(folder)
  if (isRefusal(git)) throw new Error(git.says)
  let found: Awaited<ReturnType<typeof contributionsOf>> | undefined
  const seen = async (facts: Parameters<typeof contributionsOf>[0]) => {
    found = await contributionsOf(facts)
  }
  await assess({ git, criteria: none, asOf: '2026-04-01T00:00:00.000Z', seen })
  git.close()
  if (!found) throw new Error('Nothing was seen')
  const { people } = found
  const nameOf = (who: number) => people[who]?.address.replace(/^.*\+/, '').replace(/@.*$/, '')
  const told = found.days.map(({ who, day, kind, count }) => `${nameOf(who)} ${day} ${kind} ${count}`).sort()
  assert.deepEqual(told, [
    'ada 2026-03-01 commit 1',
    'ada 2026-03-02 co-author 1',
    'ada 2026-03-02 merge 1',
    'bo 2026-03-02 commit 2',
    'dependabot[bot] 2026-03-03 bot 1',
    'noreply 2026-03-02 machine-merge 1',
  ])
  assert.deepEqual(found.hasOwners, true)
  const owned = found.owned.map(({ owners, files }) => [
    owners.map(one => (one < 0 ? 'team' : people[one]?.address)),
    files,
  ])
  assert.deepEqual(owned, [
    [['bo@users.noreply.github.com'], 1],
    [['team', 'ada@loam.example'], 1],
  ])
})
