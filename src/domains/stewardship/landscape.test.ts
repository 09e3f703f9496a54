// The landscape as rows: outcomes with waivers, what is out of date or unreachable, clocks, disagreements; sorted, filtered, exported, told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from '#base/csv.ts'
import { check } from '#test/kit/papers.ts'
import { beacon, stewards, text } from '#test/kit/stewarding.ts'
import { desk } from './desk.ts'
import { isWanted, landscapeRows, sorted } from './landscape.ts'
import { mails } from './mails.ts'
import { available, licenceProven, newcomers, openDisagreements, overdue } from './measures.ts'
import { changesBetween } from './part.ts'
import { landscape } from './queries.ts'
import { reviewing } from './terms.ts'

async function filled(t: Parameters<typeof stewards>[0]) {
  const found = await stewards(t, { watches: true })
  const { house, shows, pass } = found
  shows({ E1: 'pass', E2: 'fail', E10: 'unknown' })
  const other = { ...beacon, name: 'Arc', repository: 'https://code.example/arc' }
  await house.done('projects.enter', other, 'operator')
  await house.done('projects.enter', { name: 'Bare', stage: 'ecosystem' }, 'operator')
  await pass(31)
  const rows = () =>
    landscapeRows(house.read, {
      at: house.clock.at(),
      freshMonths: 6,
      reviewing: house.engine.term(reviewing),
      criteriaOf: stage => stage,
    })
  return { ...found, rows }
}

const names = (rows: Awaited<ReturnType<typeof landscapeRows>>) => rows.map(({ project }) => project.name)
const plain = { sort: 'project', isDown: false } as const

test('each project has its outcomes, its age and its clock; what nobody could read is neither met nor missing', async t => {
  const { rows } = await filled(t)
  const all = await rows()
  assert.deepEqual(names(all), ['Arc', 'Bare', 'Beacon'])
  const [arc, bare] = all
  assert.deepEqual({ ...arc?.cells }, { E1: 'pass', E2: 'fail', E10: 'unknown' })
  assert.deepEqual(arc?.counts, { pass: 1, fail: 1, unknown: 1, 'needs-person': 0, waived: 0 })
  assert.deepEqual(
    [arc?.isOutOfDate, bare?.isOutOfDate, bare?.counts.pass, bare?.standing],
    [false, true, 0, undefined],
  )
  assert.deepEqual(arc?.running, { is: 'next', at: '2026-09-02T09:00:00.000Z', review: null })
  assert.deepEqual(names(sorted(all, { sort: 'E2', isDown: false })), ['Arc', 'Beacon', 'Bare'])
  assert.deepEqual(names(sorted(all, { sort: 'project', isDown: true })), ['Beacon', 'Bare', 'Arc'])
  const wanted = (more: object) => names(all.filter(row => isWanted(row, { ...plain, ...more })))
  assert.deepEqual(wanted({ state: 'out-of-date' }), ['Bare'])
  assert.deepEqual(wanted({ check: 'E2', outcome: 'fail' }), ['Arc', 'Beacon'])
  assert.deepEqual(wanted({ check: 'E2', outcome: 'pass' }), [])
  assert.deepEqual(wanted({ search: 'bea' }), ['Beacon'])
  assert.deepEqual(wanted({ stage: 'hosted' }), [])
})

test('waivers, clocks and disagreements stand in the row, on the desks and in the measures', async t => {
  const { house, rows, project, maintainer, other, reviewer, pass, newest } = await filled(t)
  const until = '2026-12-24'
  const asked = await house.done(
    'stewardship.request-waiver',
    { project, check: 'E10', reason: text, until },
    maintainer,
  )
  const { waiver } = asked.entry.facts
  await house.done('stewardship.decide-waiver', { waiver, decision: 'granted', reason: text }, other)
  await pass(185)
  const review = (await newest()).id
  const of = async () => (await rows()).find(row => row.project.id === project)
  assert.deepEqual({ ...(await of())?.cells }, { E1: 'pass', E2: 'fail', E10: 'waived' })
  assert.deepEqual([(await of())?.running?.is, (await of())?.running?.review], ['due', review])
  const at = () => house.clock.at()
  assert.deepEqual(
    [(await overdue.of(house.read, at())).value, (await newcomers.of(house.read, at())).value],
    [0, null],
  )
  await pass(31)
  assert.equal((await of())?.running?.is, 'late')
  assert.equal((await overdue.of(house.read, at())).value, 3)
  await house.done('stewardship.keep', { review, text, ticks: [{ check: 'E2', tick: 'met' }] }, reviewer)
  assert.deepEqual([(await of())?.disagreements, (await of())?.owed], [1, 1])
  assert.equal((await openDisagreements.of(house.read, at())).value, 1)
  const capacities = [{ capacity: 'seat-holder' as const, person: reviewer, body: 'council' }]
  const viewer = { person: reviewer, name: 'Ada', capacities }
  const request = { read: house.read, at: at(), term: house.engine.term, viewer } as unknown as Parameters<
    typeof desk
  >[0] // what a desk asks
  const items = await desk(request)
  assert.deepEqual(
    items.map(({ title }) => title),
    ['Your reason: E2 of Beacon', 'Review: Arc', 'Review: Bare'],
  )
})

test('the export has a column for each requirement, in the order of their numbers', async t => {
  const { house } = await filled(t)
  const asker = { at: house.clock.at(), term: house.engine.term }
  const given = landscape.gives.parse(
    await landscape.finds(landscape.takes.parse({ search: 'arc' }), house.read, asker),
  )
  const [head = '', line = ''] = csvOf(landscape.csv?.(given) ?? []).split('\r\n')
  assert.match(head, /^project,name,stage,.*,E1,E2,E10$/)
  assert.match(line, /^arc,Arc,ecosystem,.*,pass,fail,unknown$/)
})

test('a licence is proven by its check only, and a project that could not be read is not available', async t => {
  const { house, shows, pass } = await filled(t)
  const at = () => house.clock.at()
  const proven = await licenceProven.of(house.read, at())
  assert.deepEqual([proven.value, proven.known, proven.whole], [null, 0, 3])
  const none = { days: 365, versions: 0, newest: null }
  shows({ E7: 'pass' }, { ...none, versions: 2, newest: { tag: 'v1.1.0', date: '2026-05-01T00:00:00.000Z' } })
  await pass(31)
  const [shown, released] = [await licenceProven.of(house.read, at()), await available.of(house.read, at())]
  assert.deepEqual([shown.value, shown.known, shown.whole], [1, 2, 3])
  assert.deepEqual([released.value, released.known, released.whole], [1, 2, 3])
  shows({ E7: 'fail' }, none)
  await pass(31)
  const [failing, unreleased] = [await licenceProven.of(house.read, at()), await available.of(house.read, at())]
  assert.deepEqual([failing.value, failing.known], [0, 2])
  assert.deepEqual([unreleased.value, unreleased.known], [null, 0])
  shows('The address does not answer.')
  await pass(31)
  const found = await available.of(house.read, at())
  assert.deepEqual([found.value, found.known, found.whole], [0, 2, 3])
})

test('what changed is what has another outcome, is new, or is gone', () => {
  const before = { checks: [check('E1', 'pass'), check('E2', 'fail'), check('E3', 'pass')] }
  const now = { checks: [check('E1', 'pass'), check('E2', 'pass'), check('E4', 'fail')] }
  assert.deepEqual(
    changesBetween(before, now).map(({ id, was, is }) => [id, was, is]),
    [
      ['E2', 'fail', 'pass'],
      ['E3', 'pass', undefined],
      ['E4', undefined, 'fail'],
    ],
  )
})

test('a notice is told to who keeps the project, with reasons, the day, and what follows', async t => {
  const { house, reviewer, maintainer, shows, falls } = await stewards(t)
  shows({ E1: 'pass', E2: 'fail' })
  const review = await falls()
  const reasons = [{ check: 'E2', says: 'A second person must be able to release.' }]
  const { entry } = await house.done('stewardship.give-notice', { review, text, reasons }, reviewer)
  const letters = await Promise.all(
    mails.filter(({ about }) => about.includes(entry.act)).map(mail => mail.letters(entry, house.read)),
  )
  const [letter, ...more] = letters.flat()
  assert.deepEqual([letter?.to, more.length], [{ person: maintainer }, 0])
  assert.equal(letter?.subject, 'Notice to Beacon: cure by 3 October 2026')
  assert.match(letter?.text ?? '', /E2: A second person must be able to release\./)
  assert.match(letter?.text ?? '', /retired on that day/)
})
