// A copy that may be out of date: what it still proves, and the warning above the report in the terminal, as JSON and as a page.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { criteriaWith, secondsBefore } from '#test/kit/assessing.ts'
import { makeRepository, scratch } from '#test/kit/repositories.ts'
import { assess, isRefused } from './assess.ts'
import { bundleOf, readBundle } from './bundle.ts'
import { replay } from './replay.ts'
import { formatText } from './report.ts'
import { reportDocument } from './reportPage.ts'

const end = secondsBefore(0)
const instant = (days: number): string => new Date((end + days * 86_400) * 1000).toISOString()

type Asked = { readonly asOf: number; readonly askedOn?: number; readonly minimum: number; readonly isCopy?: boolean }

async function assessed(context: TestContext, { asOf, askedOn, minimum, isCopy = true }: Asked) {
  const path = makeRepository(join(scratch(context), 'a.git'), [{ at: secondsBefore(5) }, { at: end }])
  const git = await openLocal(path, { isCopy })
  if (isRefusal(git)) throw new Error(git.says)
  context.after(() => git.close())
  const criteria = criteriaWith('commits', { days: 90, minimum })
  const asked = askedOn === undefined ? {} : { askedOn: instant(askedOn) }
  const answer = await assess({ git, criteria, asOf: instant(asOf), ...asked })
  if (isRefused(answer)) throw new Error(answer.says)
  return { answer, git, outcome: answer.checks[0]?.outcome }
}

test('within a day of its end a copy is believed; after it, too few is unknown and enough is enough', async context => {
  const outcomes = async (asOf: number) => [
    (await assessed(context, { asOf, minimum: 2 })).outcome,
    (await assessed(context, { asOf, minimum: 3 })).outcome,
    (await assessed(context, { asOf, minimum: 3 })).answer.warnings?.length,
  ]
  assert.deepEqual(await outcomes(1), ['pass', 'fail', undefined])
  assert.deepEqual(await outcomes(2), ['pass', 'unknown', 1])
})

test('what was fetched just now fails for certain, and warns of nothing', async context => {
  const { outcome, answer } = await assessed(context, { asOf: 400, minimum: 1, isCopy: false })
  assert.deepEqual([outcome, answer.warnings], ['fail', undefined])
})

test('a date nobody chose: after 90 days neither activity nor its lack is told', async context => {
  const outcomes = async (askedOn: number) => [
    (await assessed(context, { asOf: 0, askedOn, minimum: 2 })).outcome,
    (await assessed(context, { asOf: 0, askedOn, minimum: 3 })).outcome,
  ]
  assert.deepEqual(await outcomes(90), ['pass', 'fail'])
  assert.deepEqual(await outcomes(91), ['unknown', 'unknown'])
})

const later =
  'This copy may be out of date: nothing shows that it was updated after 2026-01-31, 100 days before the date assessed. Files are read as they were then, and counts that fall short stay unknown. Bring it up to date (git fetch, then merge what came), or assess it --as-of 2026-01-31.'
const unchosen =
  'This copy may be out of date: nothing in it is newer than 2026-01-31, 100 days before 2026-05-11, when it was assessed. Every answer is of 2026-01-31, and whether the project is active stays unknown. Bring it up to date (git fetch, then merge what came), or ask for that day with --as-of 2026-01-31.'

for (const [name, asked, warning] of [
  ['a date after the end', { asOf: 100, minimum: 3 }, later],
  ['a date nobody chose', { asOf: 0, askedOn: 100, minimum: 3 }, unchosen],
] as const)
  test(`the warning stands first in every form, and a replay gives the same: ${name}`, async context => {
    const { answer, git } = await assessed(context, asked)
    assert.deepEqual(answer.warnings, [warning])
    assert.equal(formatText(answer).split('\n')[0], `WARNING: ${warning}`)
    const page = reportDocument(answer)
    const [notice, heading] = [page.indexOf('role="alert"'), page.indexOf('<h1>')]
    assert.ok(notice > 0 && notice < heading)
    const text = `id: sample\ntitle: Sample\nsource: The tests\n\nrequirements:\n  - { id: T1, number: 1, title: Under test, requirement: Something to look at, clause: '1', decidedBy: git, check: commits, parameters: ${JSON.stringify({ days: 90, minimum: 3 })} }\n`
    const read = readBundle(bundleOf({ assessment: answer, file: 'sample.yml', text }))
    assert.ok('bundle' in read)
    assert.equal((await replay(read.bundle, git)).result, 'same')
  })
