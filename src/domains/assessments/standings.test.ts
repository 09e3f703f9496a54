// How things assessed stand: the row follows the latest moment, says what could not be read, and is rebuilt from the record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { landscapeHouse } from '#test/kit/landscape.ts'
import { assessWith, check, usualChecks } from '#test/kit/papers.ts'
import { due } from './due.ts'
import { notes, progressOf } from './progress.ts'
import { lastAsked, requirementsIn, standingBy, standingsAll } from './standings.ts'
import type { Assess } from './words.ts'

const repository = 'https://code.example/beacon/beacon'
const subject = 'prj_0123456789abcdefghjk'
const ask = { subject, repository, criteria: 'ecosystem' }

/** Answers as the last word says: a list of checks, or a reason why not. */
function changing() {
  let now: Parameters<typeof assessWith>[0] = {}
  const assess: Assess = asked => assessWith(now)(asked)
  return {
    assess,
    say: (next: typeof now) => {
      now = next
    },
  }
}

test('a later answer replaces the row, one about the past leaves it, a failure keeps what was known', async t => {
  const { assess, say } = changing()
  const { house, work } = await landscapeHouse(t, { assess })
  const asks = async (asOf: string) => {
    await house.done('assessments.request', { ...ask, asOf }, 'clock')
    await work()
    return standingBy(house.read, subject)
  }
  const first = await asks('2026-02-01T00:00:00.000Z')
  assert.deepEqual(first?.filed?.outcomes, { E1: 'pass', E2: 'fail', E3: 'unknown', E4: 'needs-person' })
  assert.deepEqual(first?.filed?.counts, { pass: 1, fail: 1, unknown: 1, needsPerson: 1 })
  assert.equal(first?.lastStage, 'filed')

  say({ checks: [check('E1', 'fail')] })
  const past = await asks('2025-06-01T00:00:00.000Z')
  assert.deepEqual(past, first)
  const later = await asks('2026-03-01T00:00:00.000Z')
  assert.deepEqual([later?.filed?.asOf, later?.filed?.outcomes], ['2026-03-01T00:00:00.000Z', { E1: 'fail' }])

  say({ unreachable: 'The address does not answer.' })
  const failed = await asks('2026-03-02T00:00:00.000Z')
  assert.deepEqual([failed?.lastStage, failed?.lastReason], ['failed', 'The address does not answer.'])
  assert.deepEqual(failed?.filed, later?.filed)
  assert.deepEqual(
    [...(await lastAsked(house.read))],
    [[subject, { asOf: '2026-03-02T00:00:00.000Z', stage: 'failed' }]],
  )
  assert.deepEqual([...(await standingsAll(house.read))], [[subject, failed]])
  await house.expectReplay()
})

test('the requirements of a paper are told in their order', async t => {
  const { house, work } = await landscapeHouse(t)
  await house.done('assessments.request', { ...ask, asOf: '2026-02-01T00:00:00.000Z' }, 'clock')
  await work()
  const paper = (await standingBy(house.read, subject))?.filed?.paper ?? ''
  const expected = usualChecks.map(({ id, title, clause }) => ({ id, title, clause }))
  assert.deepEqual(await requirementsIn(house.read, paper), expected)
})

test('one that nobody answered within a day is ended by the clock', async t => {
  const { house } = await landscapeHouse(t)
  const asOf = '2026-02-01T00:00:00.000Z'
  const { entry } = await house.done('assessments.request', { ...ask, asOf }, 'clock')
  const now = () => due(house.read, house.clock.at(), house.engine.term)
  assert.deepEqual(await now(), [])
  house.clock.passHours(25)
  const [deed, ...more] = await now()
  assert.deepEqual([deed?.act, more.length], ['assessments.fail', 0])
  await house.done('assessments.fail', deed?.input, 'clock')
  assert.deepEqual(await now(), [])
  const standing = await standingBy(house.read, subject)
  assert.deepEqual([standing?.last, standing?.lastStage], [entry.facts.assessment, 'failed'])
  await house.expectReplay()
})

test('progress is noted no more often than the pause, shown, and gone at the end', async t => {
  const { house } = await landscapeHouse(t)
  let now = 0
  const noting = notes(house.database.transact, 'ass_0123456789abcdefghjk', () => now)
  const shown = () => progressOf(house.read, 'ass_0123456789abcdefghjk')
  noting.step({ says: 'Reading the history', done: 10 })
  noting.step({ says: 'Reading the history', done: 20 })
  await noting.settled()
  assert.deepEqual([(await shown())?.says, (await shown())?.done], ['Reading the history', 10])
  now = 1000
  noting.step({ says: 'Open licence', done: 3, of: 19 })
  await noting.settled()
  assert.deepEqual([(await shown())?.says, (await shown())?.done, (await shown())?.of], ['Open licence', 3, 19])
  await noting.end()
  assert.equal(await shown(), undefined)
})
