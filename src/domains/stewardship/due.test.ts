// The schedule: who is read next, how many at once, what could not be read, and what happened while the program was down.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/instants.ts'
import { assessmentsOf, type LastAsked, standingsAll } from '#domains/assessments/index.ts'
import type { Watched } from '#domains/projects/index.ts'
import { beacon, stewards } from '#test/kit/stewarding.ts'
import { assessmentDue, mostUnderWay, scheduled } from './due.ts'

const at = '2026-03-02T09:00:00.000Z'
const rhythm = { everyDays: 30, againDays: 7 }
const stages = [
  { key: 'ecosystem', name: 'Ecosystem', describes: 'Of the family.', criteria: 'ecosystem', requires: null },
]
const project = (id: string, more: Partial<Watched> = {}): Watched => ({
  ...{
    id,
    slug: id,
    name: id,
    category: null,
    stage: 'ecosystem',
    stageSince: '2025-01-01T00:00:00.000Z',
    repository: `https://code.example/${id}`,
  },
  ...more,
})
const asked = (days: number, stage: LastAsked['stage'] = 'filed'): LastAsked => ({ asOf: addDays(at, -days), stage })
const chosen = (projects: readonly Watched[], last: Record<string, LastAsked>) =>
  scheduled({ projects, last: new Map(Object.entries(last)), stages, at }, rhythm).map(
    ({ input }) => (input as { subject: string }).subject,
  ) // as scheduled makes it

test('the one that waited longest is read first; what was never read, or not since it came to its stage, before all', () => {
  const late = project('late', { stageSince: addDays(at, -2) })
  const all = [project('fresh'), project('old'), project('older'), late, project('new')]
  const last = { fresh: asked(2), old: asked(40), older: asked(50), late: asked(5) }
  assert.deepEqual(chosen(all, last), ['late', 'new', 'older', 'old'])
})

test('a landscape that was entered in one day is read for the first time in the course of the whole period', () => {
  const all = Array.from({ length: 200 }, (_, index) => project(`prj_${index}`, { stageSince: at }))
  const days = all.map(one => (Date.parse(assessmentDue(one, undefined, rhythm)) - Date.parse(at)) / 86_400_000)
  for (const from of [0, 10, 20]) {
    const within = days.filter(day => day >= from && day < from + 10).length
    assert.ok(within > 40 && within < 95, `${within} of 200 within ten days after day ${from}`)
  }
  assert.ok(days.every(day => day >= 0 && day < rhythm.everyDays))
})

test('no more are under way at once than there is room for, and one that is under way is not asked again', () => {
  const all = Array.from({ length: 10 }, (_, index) => project(`p${index}`))
  assert.equal(chosen(all, {}).length, mostUnderWay)
  assert.deepEqual(chosen(all, { p0: asked(40, 'asked'), p1: asked(40, 'asked'), p2: asked(40, 'asked') }), ['p3'])
  const busy = Object.fromEntries(all.slice(0, mostUnderWay).map(({ id }) => [id, asked(1, 'asked')]))
  assert.deepEqual(chosen(all, busy), [])
})

test('what could not be read is tried again sooner; what has no repository, or a stage without criteria, is left', () => {
  assert.equal(assessmentDue(project('p'), asked(3, 'failed'), rhythm), addDays(at, 4))
  assert.deepEqual(chosen([project('p')], { p: asked(6, 'failed') }), [])
  assert.deepEqual(chosen([project('p')], { p: asked(7, 'failed') }), ['p'])
  assert.deepEqual(chosen([project('p', { repository: null }), project('q', { stage: 'other' })], {}), [])
})

test('every project is read by the clock, in time and again, and one that cannot be read stops no other', async t => {
  const { house, pass, shows, project: first } = await stewards(t, { watches: true })
  const ids = [first]
  for (const name of ['Torch', 'Lamp', 'Candle', 'Flare', 'Spark'])
    ids.push(
      String(
        (
          await house.done(
            'projects.enter',
            { ...beacon, name, repository: `https://code.example/${name}` },
            'operator',
          )
        ).entry.facts.project,
      ),
    )
  await house.done('projects.enter', { name: 'Bare', stage: 'ecosystem' }, 'operator')
  await pass(31)
  assert.deepEqual([...(await standingsAll(house.read)).keys()].sort(), ids.toSorted())
  shows('The address does not answer.')
  await pass(31)
  const standings = [...(await standingsAll(house.read)).values()]
  assert.deepEqual(
    standings.map(({ lastStage, lastReason, filed }) => [lastStage, lastReason, filed !== null]),
    ids.map(() => ['failed', 'The address does not answer.', true]),
  )
  shows({ E1: 'pass' })
  await pass(8)
  assert.deepEqual(
    [...(await standingsAll(house.read)).values()].map(({ lastStage }) => lastStage),
    ids.map(() => 'filed'),
  )
  // Ninety days without the program: each is read once on its return, not three times.
  await pass(90)
  for (const id of ids) assert.equal((await assessmentsOf(house.read, [id])).length, 4)
  await house.expectReplay()
})

test('without the watch nothing is read unless somebody asks', async t => {
  const { house, pass } = await stewards(t)
  await pass(100)
  assert.equal((await standingsAll(house.read)).size, 0)
})
