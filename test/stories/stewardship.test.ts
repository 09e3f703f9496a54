// The pages of stewardship as a browser without scripts meets them: the landscape, its exports, a notice by ticks, and work under way.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { mountApi } from '#api/routes.ts'
import { assessmentsOf } from '#domains/assessments/index.ts'
import { accountOf } from '#domains/people/index.ts'
import { formDataOf } from '#test/kit/form-fields.ts'
import { siteOver, visiting } from '#test/kit/site.ts'
import { beacon, stewards, text } from '#test/kit/stewarding.ts'
import { mountHousePages } from '#web/house.ts'

const opened = async (t: TestContext, watches = true) => {
  const found = await stewards(t, { watches })
  const site = siteOver(found.house, { mounts: [mountApi, mountHousePages({})] })
  const visit = async (person?: string) =>
    visiting(site, person === undefined ? undefined : await accountOf(found.house.read, person))
  return { ...found, site, visit }
}

const namesIn = (page: string): string[] =>
  [...page.matchAll(/<th scope="row"[^>]*>.*?<a href="\/projects\/[^"]*">([^<]*)<\/a>/gs)].map(([, name = '']) => name)

/** Beacon and Arc, read a month later: both keep E1, Arc fails E2. */
async function landscape(t: TestContext) {
  const found = await opened(t)
  const { house, shows, pass } = found
  shows({ E1: 'pass', E2: 'fail', E10: 'unknown' })
  await pass(31)
  shows({ E1: 'pass', E2: 'pass', E10: 'unknown' })
  await house.done('projects.enter', { ...beacon, name: 'Arc', repository: 'https://code.example/arc' }, 'operator')
  await pass(20)
  return found
}

test('the landscape is sorted and filtered by its links, and exported as it stands', async t => {
  const { visit } = await landscape(t)
  const { open } = await visit()
  const page = async (query: string) => (await open(`/stewardship${query}`)).text
  assert.deepEqual(namesIn(await page('')), ['Arc', 'Beacon'])
  assert.deepEqual(namesIn(await page('?order=down')), ['Beacon', 'Arc'])
  assert.deepEqual(namesIn(await page('?sort=E2&order=down')), ['Arc', 'Beacon'])
  assert.deepEqual(namesIn(await page('?check=E2&outcome=fail')), ['Beacon'])
  assert.deepEqual(namesIn(await page('?search=ar')), ['Arc'])
  assert.match(await page('?search=nothing'), /No project matches\./)
  const narrowed = await page('?check=E2&outcome=fail')
  const csv = /href="(\/api\/stewardship\/landscape\?[^"]*format=csv)"/.exec(narrowed)?.[1]?.replaceAll('&amp;', '&')
  const lines = (await open(csv ?? '')).text.trim().split('\r\n')
  assert.deepEqual([lines[0]?.split(',')[0], lines.slice(1).map(line => line.split(',')[1])], ['project', ['Beacon']])
  const json = JSON.parse((await open('/api/stewardship/landscape?search=arc')).text)
  assert.deepEqual(
    json.projects.map((row: { name: string }) => row.name),
    ['Arc'],
  )
})

test('a stage without projects is empty, and what was never read is not shown as kept', async t => {
  const { visit } = await opened(t, false)
  const { open } = await visit()
  const passing = async (query: string) => {
    const page = (await open(`/stewardship${query}`)).text
    return [namesIn(page), /<dt>All requirements pass<\/dt>\s*<dd[^>]*>(\d+)/.exec(page)?.[1]]
  }
  assert.deepEqual(await passing('?stage=hosted'), [[], '0'])
  assert.match((await open('/stewardship?stage=hosted')).text, /No project matches\./)
  assert.deepEqual(await passing(''), [['Beacon'], '0'])
})

test('a notice: what fails is ticked, another requirement is chosen, and both stand on the page of the review', async t => {
  const { shows, falls, visit, reviewer, newest } = await opened(t, false)
  shows({ E1: 'pass', E2: 'fail', E3: 'fail', E4: 'unknown' })
  const review = await falls()
  const { open, send } = await visit(reviewer)
  const page = (await open(`/stewardship/reviews/${review}`)).text
  const form = /<form[^>]*action="\/acts\/stewardship\/give-notice".*?<\/form>/s.exec(page)?.[0] ?? ''
  const ticks = [...form.matchAll(/type="checkbox"[^>]*name="reasons\.(\d)\.check" value="(E\d)"/g)]
  assert.deepEqual(
    ticks.map(([, index, id]) => [index, id]),
    [
      ['0', 'E2'],
      ['1', 'E3'],
    ],
  )
  const others = /<select id="missing-2".*?<\/select>/s.exec(form)?.[0] ?? ''
  assert.deepEqual(
    [...others.matchAll(/value="(E\d)"/g)].map(([, id]) => id),
    ['E1', 'E4'],
  )
  const fields = formDataOf(form)
  fields.set('text', text)
  fields.set('reasons.1.check', 'E3')
  fields.set('reasons.1.says', 'Governance must be written down.')
  fields.set('reasons.2.check', 'E4')
  fields.set('reasons.2.says', 'The roadmap must say what comes next.')
  const sent = await send('/acts/stewardship/give-notice', fields)
  assert.equal(sent.status, 303, sent.text)
  const reasons = (await newest()).notice?.reasons
  assert.deepEqual(
    reasons?.map(({ check }) => check),
    ['E3', 'E4'],
  )
  const after = (await open(`/stewardship/reviews/${review}`)).text
  assert.match(after, /Governance must be written down\./)
  assert.match(after, /The roadmap must say what comes next\./)
})

test('an assessment under way looks again by itself, and its page stops when the answer is there', async t => {
  const { house, site, work, project, reviewer } = await opened(t, false)
  await house.done('projects.assess', { subject: project }, reviewer)
  const [newest] = await assessmentsOf(house.read, [project])
  const path = `/assessments/${newest?.id}`
  const asked = await site.request(`http://localhost:4000${path}`)
  assert.equal(asked.headers.get('refresh'), `15; url=${path}`)
  assert.match(await asked.text(), /This page looks again by itself every 15 seconds/)
  await work()
  const filed = await site.request(`http://localhost:4000${path}`)
  assert.equal(filed.headers.get('refresh'), null)
  assert.doesNotMatch(await filed.text(), /looks again by itself/)
})
