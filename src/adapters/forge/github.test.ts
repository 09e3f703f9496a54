// Looking at GitHub: answers in its form on loopback, asked again only when they changed, never beyond the budget.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { keptAnswers, recordedAnswers, type TestForge, testForge } from '#test/kit/forge.ts'
import { gitHub, placeOf } from './github.ts'
import type { Forge } from './words.ts'

const repository = 'https://github.com/meadow-works/sowing-machine'
const api = '/repos/meadow-works/sowing-machine'

async function recorded(t: TestContext): Promise<{ forge: TestForge; gitHub: Forge }> {
  const forge = await testForge(t)
  for (const [path, answer] of recordedAnswers) forge.answers.set(path, answer)
  return { forge, gitHub: gitHub({ base: forge.base, token: 'ghp_secret', now: () => forge.clock }) }
}

const at = '2026-06-01T12:00:00.000Z'

test('each value is dated by the forge’s own clock and leads to the public page that shows the same', async t => {
  const { forge, gitHub } = await recorded(t)
  const source = repository
  assert.deepEqual(await gitHub.look(`${repository}.git`, keptAnswers()), {
    observations: [
      { name: 'stars', value: 1234, at, source },
      { name: 'forks', value: 56, at, source },
      { name: 'is-archived', value: false, at, source },
      { name: 'default-branch', value: 'trunk', at, source },
      { name: 'latest-release', value: 'v2.1.0, 2026-05-20', at, source: `${source}/releases` },
      { name: 'release-downloads', value: 341, at, source: `${source}/releases` },
      { name: 'successful-runs', value: 17, at, source: `${source}/actions` },
    ],
    unobserved: [{ name: 'requires-two-factor', why: 'the forge does not say' }],
  })
  assert.deepEqual(
    forge.asked.map(({ token }) => token),
    Array.from({ length: 4 }, () => 'Bearer ghp_secret'),
  )
})

test('what has not changed is not sent again, costs nothing, and is dated anew', async t => {
  const { forge, gitHub } = await recorded(t)
  const kept = keptAnswers()
  const first = await gitHub.look(repository, kept)
  const left = forge.left
  forge.clock += 3_600_000
  const second = await gitHub.look(repository, kept)
  assert.deepEqual(
    forge.asked.slice(4).map(({ status }) => status),
    [304, 304, 304, 304],
  )
  assert.equal(forge.left, left)
  const later = '2026-06-01T13:00:00.000Z'
  assert.deepEqual(
    second.observations,
    first.observations.map(one => ({ ...one, at: later })),
  )
})

test('a repository that the forge does not know leaves everything unknown, after one question', async t => {
  const { forge, gitHub } = await recorded(t)
  forge.answers.delete(api)
  const { observations, unobserved } = await gitHub.look(repository, keptAnswers())
  assert.deepEqual(observations, [])
  assert.equal(unobserved.length, 8)
  assert.deepEqual(
    new Set(unobserved.map(({ why }) => why)),
    new Set(['the forge knows nothing of it, or shows it to nobody']),
  )
  assert.equal(forge.asked.length, 1)
})

test('a repository without releases says so by saying nothing of them', async t => {
  const { forge, gitHub } = await recorded(t)
  forge.answers.delete(`${api}/releases/latest`)
  const { unobserved } = await gitHub.look(repository, keptAnswers())
  const why = 'the forge knows nothing of it, or shows it to nobody'
  assert.deepEqual(unobserved, [
    { name: 'latest-release', why },
    { name: 'release-downloads', why },
    { name: 'requires-two-factor', why: 'the forge does not say' },
  ])
})

test('the last requests of the hour are left to others, and nothing more is sent before the count begins anew', async t => {
  const { forge, gitHub } = await recorded(t)
  forge.left = 51
  const { observations, unobserved } = await gitHub.look(repository, keptAnswers())
  assert.equal(observations.length, 4)
  assert.deepEqual(
    unobserved.map(({ why }) => why),
    Array.from(
      { length: 4 },
      () => 'the forge allows no more questions for now; asked again after 2026-06-01T13:00:00.000Z',
    ),
  )
  assert.equal(forge.asked.length, 1)
  forge.clock += 3_600_000
  forge.left = 5000
  assert.equal((await gitHub.look(repository, keptAnswers())).observations.length, 7)
})

test('a forge that asks for a pause gets it', async t => {
  const { forge, gitHub } = await recorded(t)
  forge.answers.set(api, { status: 429, headers: { 'retry-after': '90' } })
  const { unobserved } = await gitHub.look(repository, keptAnswers())
  assert.equal(
    unobserved[0]?.why,
    'the forge allows no more questions for now; asked again after 2026-06-01T12:01:30.000Z',
  )
  await gitHub.look(repository, keptAnswers())
  assert.equal(forge.asked.length, 1)
})

test('a repository that moved is found at its new place, and the token goes to no other host', async t => {
  const { forge, gitHub } = await recorded(t)
  const [, itself] = recordedAnswers[0] ?? []
  forge.answers.set('/repositories/4711', itself ?? {})
  forge.answers.set(api, { status: 301, headers: { location: `${forge.base}/repositories/4711` } })
  assert.equal((await gitHub.look(repository, keptAnswers())).observations.length, 7)
  const other = await testForge(t)
  forge.answers.set(api, { status: 302, headers: { location: `${other.base}/steal` } })
  const { unobserved } = await gitHub.look(repository, keptAnswers())
  assert.equal(unobserved[0]?.why, 'the forge leads elsewhere')
  assert.deepEqual(other.asked, [])
})

test('rubbish, a form not known, and a forge that is gone are unknown, each with its reason', async t => {
  const { forge, gitHub: looking } = await recorded(t)
  const whyAfter = async (body: unknown): Promise<string | undefined> => {
    forge.answers.set(api, { body })
    return (await looking.look(repository, keptAnswers())).unobserved[0]?.why
  }
  assert.equal(await whyAfter({ stargazers_count: 'many' }), 'the forge answered in a form that is not known')
  assert.equal(await whyAfter('x'.repeat(1_000_001)), 'the forge answered something that cannot be read')
  forge.answers.set(api, { status: 500 })
  assert.equal((await looking.look(repository, keptAnswers())).unobserved[0]?.why, 'the forge answered 500')
  const gone = gitHub({ base: 'http://127.0.0.1:1' })
  assert.match((await gone.look(repository, keptAnswers())).unobserved[0]?.why ?? '', /^the forge cannot be reached \(/)
})

test('only addresses of a repository on GitHub are looked at', () => {
  assert.deepEqual(placeOf('https://github.com/Meadow-Works/sowing.machine.git'), {
    owner: 'Meadow-Works',
    name: 'sowing.machine',
  })
  for (const other of [
    'https://gitlab.com/meadow-works/sowing-machine',
    'https://github.com.example.org/meadow-works/sowing-machine',
    'https://github.com/meadow-works',
    'https://github.com/meadow-works/sowing-machine/tree/main',
    'https://github.com/../sowing-machine',
    'ssh://github.com/meadow-works/sowing-machine',
    'a path',
  ])
    assert.equal(placeOf(other), undefined, other)
})
