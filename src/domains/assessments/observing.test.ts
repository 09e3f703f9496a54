// What a forge says: noted with every assessment of the present, dated, shown with what is unknown, and of no weight.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/instants.ts'
import { html } from '#html/html.ts'
import { landscapeHouse } from '#test/kit/landscape.ts'
import { nth } from '#test/kit/voters.ts'
import { latestFiled } from './finds.ts'
import { type LookAtForge, type Observation, observationsOf, observedSection } from './observing.ts'
import { neverAsked, observedLater } from './problems.ts'

const repository = 'https://code.example/beacon/beacon'
const beacon = { name: 'Beacon', stage: 'ecosystem', repository }

const stars = (value: number, at: string): Observation => ({ name: 'stars', value, at, source: repository })
const archived = (at: string): Observation => ({ name: 'is-archived', value: false, at, source: repository })

/** A forge whose stars grow by one with each look, and which keeps what it said. */
function growingForge(now: () => string) {
  const looks: string[] = []
  const look: LookAtForge = async asked => {
    looks.push(asked.repository)
    const known = await asked.kept.get(asked.repository)
    await asked.kept.put(asked.repository, { etag: `"${looks.length}"`, body: `after ${known?.etag ?? 'nothing'}` })
    return [stars(looks.length, now()), archived(now())]
  }
  return { looks, look }
}

test('the forge is looked at with each assessment of the present, and only its last word stands', async t => {
  const forge = growingForge(() => landscape.house.clock.at())
  const landscape = await landscapeHouse(t, { look: forge.look })
  const { house, council, work } = landscape
  const subject = String((await house.done('projects.enter', beacon, 'operator')).entry.facts.project)
  const ask = (more: object = {}) => house.done('projects.assess', { subject, ...more }, nth(council.people, 0))
  await ask()
  await work()
  const outcomes = await latestFiled(house.read, [subject])
  house.clock.passHours(30)
  await ask()
  await work()
  await ask({ asOf: '2025-06-01' })
  await work()
  const at = house.clock.at()
  assert.deepEqual(forge.looks, [repository, repository])
  assert.deepEqual(await observationsOf(house.read, subject), [archived(at), stars(2, at)])
  const counts = (await latestFiled(house.read, [subject])).get(subject)?.findings.counts
  assert.deepEqual(counts, outcomes.get(subject)?.findings.counts)
  await house.expectReplay()
})

test('where no forge is asked, nothing is noted and the page has no such section', async t => {
  const { house, applies } = await landscapeHouse(t)
  const found = await observationsOf(house.read, await applies())
  assert.deepEqual(found, [])
  assert.deepEqual(observedSection(found), [])
})

test('what the forge does not say is shown as unknown', () => {
  const [section] = observedSection([archived('2026-06-01T12:00:00.000Z')])
  const text = html`${section?.body}`.toString()
  assert.equal(text.match(/unknown/g)?.length, 7)
  assert.match(text, /Archived by its owners.*no.*1 June 2026.*code\.example\/beacon\/beacon/s)
})

test('an observation of what was never assessed, or from tomorrow, is refused', async t => {
  const { house, applies } = await landscapeHouse(t)
  const subject = await applies()
  const at = house.clock.at()
  await house.refused(
    neverAsked,
    'assessments.observe',
    { subject: 'prj_0123456789abcdefghjk', observations: [stars(1, at)] },
    'clock',
  )
  const late = { subject, observations: [stars(1, addDays(at, 2))] }
  await house.refused(observedLater, 'assessments.observe', late, 'clock')
})
