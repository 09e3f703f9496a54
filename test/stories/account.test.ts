// The story of one person and their account, told through the site's forms: named, employed, bound by the code, gone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodies } from '#domains/bodies/index.ts'
import { conduct } from '#domains/conduct/index.ts'
import { people, personOfAccount } from '#domains/people/index.ts'
import { councilTerms } from '#test/kit/council.ts'
import { formDataOf } from '#test/kit/form-fields.ts'
import { testHouse } from '#test/kit/house.ts'
import { organisationCalled } from '#test/kit/people.ts'
import { siteOver, type Visit, visiting } from '#test/kit/site.ts'

const code = { title: 'The keepers’ code', text: `Be **kind**. <script>alert(1)</script> ${'Listen. '.repeat(20)}` }
const name = 'مريم <b>Ardèche</b>'
const escaped = 'مريم &lt;b&gt;Ardèche&lt;/b&gt;'

/** The form for this act on the page, with what the page has settled, and where it goes. */
function formFor(page: string, act: string, holding = ''): { to: string; fields: FormData } {
  const forms = page.split('<form').filter(form => form.includes(`action="/acts/${act}"`) && form.includes(holding))
  const [form] = forms
  if (!form) throw new Error(`There is no form for ${act} on the page`)
  return { to: `/acts/${act}`, fields: formDataOf(form) }
}

async function does(visit: Visit, path: string, [act, typed = {}, holding]: [string, object?, string?]) {
  const { to, fields } = formFor((await visit.open(path)).text, act, holding)
  for (const [field, value] of Object.entries(typed)) fields.set(field, value)
  const sent = await visit.send(to, fields)
  assert.equal(sent.status, 303, sent.text)
  assert.match(sent.location ?? '', /done=ent_/)
}

test('a person registers, shows and withholds their name, says whom they work for, accepts, and is erased', async t => {
  const house = await testHouse(t, {
    domains: [people, bodies, conduct],
    charter: { terms: { ...councilTerms, 'conduct.code': code } },
  })
  const site = siteOver(house)
  const [own, stranger] = [visiting(site, 'a1'), visiting(site)]
  await organisationCalled(house, 'Tallow & Sons')

  assert.deepEqual((await stranger.open('/account')).location, '/sign-in?return=%2Faccount')
  assert.equal((await own.open('/account')).location, '/welcome?return=%2Faccount')
  const fields = { name, showName: 'on', _return: '/account', account: 'forged' }
  assert.equal((await own.send('/acts/people/register', fields)).status, 303)
  const id = (await personOfAccount(house.read, 'a1')) ?? ''
  assert.equal(await personOfAccount(house.read, 'forged'), undefined)
  const publicPage = async () => (await stranger.open(`/people/${id}`)).text
  assert.equal((await publicPage()).includes(`<h1>${escaped}</h1>`), true)

  await does(own, '/account', ['people/consent'])
  const pseudonym = `participant ${id.slice(-4)}`
  assert.deepEqual([(await publicPage()).includes(pseudonym), (await publicPage()).includes('مريم')], [true, false])
  assert.equal((await own.open('/account')).text.includes(escaped), true)
  await does(own, '/account', ['people/consent'])
  assert.equal((await publicPage()).includes(escaped), true)

  await does(own, '/account?organisation=tallow-sons', [
    'people/affiliate',
    { from: '2025-01-01' },
    'value="Tallow &amp; Sons"',
  ])
  assert.equal((await publicPage()).includes('href="/organisations/tallow-sons"'), true)
  const ending = /href="(\/acts\/people\/end-affiliation\?[^"]+)"/.exec((await own.open('/account')).text)?.[1]
  const endPage = (ending ?? '').replaceAll('&amp;', '&')
  await does(own, endPage, ['people/end-affiliation', { until: '2026-01-01' }])
  await does(own, '/account', ['people/affiliate', { from: '2026-01-01' }, 'value="independent"'])
  assert.match(await publicPage(), /Independent/)

  const conductPage = (await stranger.open('/conduct')).text
  assert.equal(conductPage.includes('<strong>kind</strong>'), true)
  assert.equal(conductPage.includes('<script>alert'), false)
  await does(own, '/conduct', ['conduct/accept'])
  assert.match((await own.open('/conduct')).text, /accepted by you/)
  assert.match((await own.open('/account')).text, /accepted the/)

  const unconfirmed = formFor((await own.open('/account')).text, 'people/erase')
  unconfirmed.fields.set('confirmation', 'no')
  const refused = await own.send(unconfirmed.to, unconfirmed.fields)
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Type the two words: erase me/)
  await does(own, '/account', ['people/erase', { confirmation: 'erase me' }])

  const gone = await publicPage()
  assert.match(gone, /<h1>erased person<\/h1>/)
  assert.equal(/مريم|Ardèche/.test(gone), false)
  assert.equal((await own.open('/account')).location, '/welcome?return=%2Faccount')
  await house.expectReplay()
})

test('the list of organisations is found, filtered and turned without script', async t => {
  const house = await testHouse(t, { domains: [people], charter: { terms: councilTerms } })
  const visit = visiting(siteOver(house))
  assert.match((await visit.open('/organisations')).text, /No organisation has been added yet/)
  for (let number = 10; number < 62; number += 1) await organisationCalled(house, `Tallow ${number}`)
  await organisationCalled(house, 'Üstün & Söhne')
  const first = (await visit.open('/organisations')).text
  assert.match(first, /Page 1 of 2/)
  assert.match(first, /href="\/organisations\?page=2"/)
  const found = (await visit.open('/organisations?search=ustun')).text
  assert.match(found, /Üstün &amp; Söhne/)
  assert.equal(found.includes('Tallow 10'), false)
  const hostile = await visit.open('/organisations?search=%3Cscript%3E&part=nonsense&page=-7')
  assert.deepEqual([hostile.status, hostile.text.includes('<script>')], [200, false])
  assert.equal((await visit.open('/people/per_nobody')).status, 404)
})
