// Assessments asked for, filed and failed, through the engine on a real database: a case for each refusal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrongCapacity } from '#acts/problems.ts'
import { hashOf } from '#base/canonical.ts'
import { noRepository, noSuchProject, noSuchStage, notYours } from '#domains/projects/problems.ts'
import { landscapeHouse } from '#test/kit/landscape.ts'
import { assessWith, paper } from '#test/kit/papers.ts'
import { nth, registered } from '#test/kit/voters.ts'
import { assessmentBy, assessmentsOf, latestFiled, paperBy } from './finds.ts'
import { keepPaper } from './job.ts'
import { alreadyAnswered, askedTooOften, comingDate, noSuchAssessment, noSuchPaper, otherMatter } from './problems.ts'

const repository = 'https://code.example/beacon/beacon'
const beacon = { name: 'Beacon', stage: 'ecosystem', repository }

test('asking for a project has its repository read as it was at the end of that day, and the answer filed', async t => {
  const { house, council, work } = await landscapeHouse(t)
  const subject = String((await house.done('projects.enter', beacon, 'operator')).entry.facts.project)
  await house.done('projects.assess', { subject, asOf: '2025-06-01' }, nth(council.people, 0))
  await work()
  const [found, ...more] = await assessmentsOf(house.read, [subject])
  assert.equal(more.length, 0)
  const expected = paper({ repository, criteria: 'ecosystem', asOf: '2025-06-01T23:59:59.999Z' })
  assert.equal(found?.asOf, '2025-06-01T23:59:59.999Z')
  assert.deepEqual(found.findings, {
    commit: expected.commit,
    counts: { pass: 1, fail: 1, unknown: 1, needsPerson: 1 },
    paper: expected.hash,
    criteriaHash: hashOf('ecosystem'),
    engine: 'test/1',
  })
  assert.deepEqual(await paperBy(house.read, expected.hash), JSON.parse(JSON.stringify(expected)))
  assert.deepEqual([...(await latestFiled(house.read, [subject])).keys()], [subject])
  await house.expectReplay()
})

test('a repository that cannot be read is said to be so, and nothing is concluded', async t => {
  const unreachable = 'The address does not answer.'
  const { house, applies } = await landscapeHouse(t, { assess: assessWith({ unreachable }) })
  const application = await applies()
  const [found] = await assessmentsOf(house.read, [application])
  assert.deepEqual([found?.stage, found?.reason, found?.findings], ['failed', unreachable, null])
  assert.deepEqual([...(await latestFiled(house.read, [application]))], [])
  await house.expectReplay()
})

test('asking is refused for what is not there, is not one’s own, has not come, or too often in a day', async t => {
  const { house, council, maintainer, applies } = await landscapeHouse(t)
  const subject = await applies()
  const seat = nth(council.people, 0)
  await house.refused(noSuchProject, 'projects.assess', { subject: 'prj_0123456789abcdefghjk' }, seat)
  await house.refused(comingDate, 'projects.assess', { subject, asOf: '2999-01-01' }, seat)
  const stranger = await registered(house, 'stranger-3')
  await house.refused(wrongCapacity, 'projects.assess', { subject }, stranger)
  const theirs = await applies({ name: 'Theirs', repository: 'https://code.example/x/theirs' }, stranger)
  await house.refused(notYours, 'projects.assess', { subject: theirs }, maintainer)
  const bare = String(
    (await house.done('projects.enter', { name: 'Bare', stage: 'ecosystem' }, 'operator')).entry.facts.project,
  )
  await house.refused(noRepository, 'projects.assess', { subject: bare }, seat)
  await house.done('projects.assess', { subject }, maintainer)
  await house.done('projects.assess', { subject }, maintainer)
  const refusal = await house.refused(askedTooOften, 'projects.assess', { subject }, maintainer)
  assert.equal(refusal.detail, 'The most is 3.')
  house.clock.passHours(25)
  await house.done('projects.assess', { subject }, maintainer)
  assert.equal(noSuchStage.kind, 'unfit')
})

test('an answer is filed once, with a paper that is kept and is about the request', async t => {
  const { house, applies } = await landscapeHouse(t)
  const [found] = await assessmentsOf(house.read, [await applies()])
  const assessment = found?.id ?? ''
  const kept = found?.findings?.paper ?? ''
  await house.refused(alreadyAnswered, 'assessments.file', { assessment, paper: kept }, 'clock')
  await house.refused(alreadyAnswered, 'assessments.fail', { assessment, reason: 'No.' }, 'clock')
  const missing = 'ass_0123456789abcdefghjk'
  await house.refused(noSuchAssessment, 'assessments.file', { assessment: missing, paper: kept }, 'clock')
  await house.refused(noSuchAssessment, 'assessments.fail', { assessment: missing, reason: 'No.' }, 'clock')
  const asked = { subject: 'prj_0123456789abcdefghjk', repository, criteria: 'hosted', asOf: house.clock.at() }
  const open = String((await house.done('assessments.request', asked, 'clock')).entry.facts.assessment)
  await house.refused(noSuchPaper, 'assessments.file', { assessment: open, paper: 'f'.repeat(64) }, 'clock')
  await house.refused(otherMatter, 'assessments.file', { assessment: open, paper: kept }, 'clock')
  const coming = { ...asked, asOf: '2999-01-01T00:00:00.000Z' }
  await house.refused(comingDate, 'assessments.request', coming, 'clock')
  assert.equal((await assessmentBy(house.read, open))?.stage, 'asked')
})

test('a paper that does not have the hash it carries is not kept; keeping one twice keeps one', async t => {
  const { house } = await landscapeHouse(t)
  const good = paper({ repository, criteria: 'ecosystem', asOf: house.clock.at() })
  const keep = (one: typeof good) => house.database.transact(tx => keepPaper(tx, one))
  await assert.rejects(keep({ ...good, branch: 'altered' }), /does not have the hash it carries/)
  await keep(good)
  await keep(good)
  assert.equal((await paperBy(house.read, good.hash))?.branch, 'main')
})
