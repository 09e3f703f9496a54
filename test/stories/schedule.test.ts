// The schedule with nothing standing in: the clock asks, git fetches from a real repository, the record keeps it, the page tells it.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { entriesPage } from '#record/queries.ts'
import { wordsOf } from '#test/kit/faces.ts'
import { type Hall, openHall } from '#test/kit/hall.ts'
import { git, makeRepository } from '#test/kit/repositories.ts'

const readme = { at: '2026-01-05T12:00:00Z', files: { 'README.md': '# Sieve\n' } }
const says = 'Say first what you are about to sift, and why. Then open a change with its test.\n'
const guide = { at: '2026-04-20T12:00:00Z', files: { 'CONTRIBUTING.md': says.repeat(2) } }

async function entered({ app, repositories }: Hall): Promise<{ project: string; repository: string }> {
  const repository = makeRepository(join(repositories, 'sieve.git'), [readme])
  const done = await app.engine.perform({
    act: 'projects.enter',
    input: { name: 'Sieve', stage: 'hosted', repository },
    by: { program: 'operator' },
  })
  if (isRefusal(done)) assert.fail(JSON.stringify(done))
  return { project: String(done.entry.facts.project), repository }
}

/** What the clock asked and was answered about the project, the oldest first. */
async function heard({ app }: Hall, project: string) {
  const entries = await entriesPage(app.database.read, { subject: project, limit: 50 })
  return entries
    .map(({ leaf }) => ({ act: leaf.act, by: leaf.actor.capacity, asOf: leaf.facts.asOf, commit: leaf.facts.commit }))
    .filter(({ act }) => act.startsWith('assessments.'))
    .reverse()
}

test('a project is read on the day it is due and again after the charter’s days, each time as its repository then is', async t => {
  const hall = await openHall(t, 'example', { watches: true })
  const { project, repository } = await entered(hall)
  const rest = async () => {
    while ((await hall.tick()) > 0);
  }
  const page = async () => wordsOf((await hall.visit().get('/projects/sieve')).text)
  await rest()
  assert.match(await page(), /Nothing has been assessed yet/)

  hall.clock.passDays(60)
  const [due, first] = [hall.clock.at(), git(repository, ['rev-parse', 'main']).trim()]
  await rest()
  const once = [
    { act: 'assessments.request', by: 'clock', asOf: due, commit: undefined },
    { act: 'assessments.file', by: 'clock', asOf: due, commit: first },
  ]
  assert.deepEqual(await heard(hall, project), once)
  assert.match(await page(), new RegExp(`As of 1 May 2026, commit ${first.slice(0, 12)}`))
  assert.match(await page(), /Contributing guide Fail No CONTRIBUTING file/)

  makeRepository(join(hall.repositories, 'newer.git'), [readme, guide])
  git(repository, ['fetch', '-q', join(hall.repositories, 'newer.git'), 'main:main'])
  hall.clock.passDays(40)
  await rest()
  assert.deepEqual(await heard(hall, project), once)
  hall.clock.passDays(20)
  const [again, second] = [hall.clock.at(), git(repository, ['rev-parse', 'main']).trim()]
  await rest()
  assert.deepEqual(await heard(hall, project), [
    ...once,
    { act: 'assessments.request', by: 'clock', asOf: again, commit: undefined },
    { act: 'assessments.file', by: 'clock', asOf: again, commit: second },
  ])
  assert.match(await page(), new RegExp(`As of 30 June 2026, commit ${second.slice(0, 12)}`))
  assert.doesNotMatch(await page(), /Contributing guide Fail/)
  await hall.expectSound()
})
