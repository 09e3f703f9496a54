// Signing in by a mailed link, through the pages: asked, clicked, used once; newcomers register; everything else is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testSite } from '#test/kit/whole-site.ts'

test('a newcomer signs in by the mailed link, registers, and comes to where they wanted', async t => {
  const { visit, letters } = await testSite(t)
  const ada = visit()
  const arrived = await ada.signIn('Ada@Example.org', '/record')
  assert.match(arrived.text, /<h1>Welcome<\/h1>/)
  assert.match(arrived.text, /You are signed in as ada@example\.org/)
  assert.deepEqual(
    (await letters()).map(({ to, subject }) => [to, subject]),
    [['ada@example.org', 'Sign in to the Lantern Foundation']],
  )
  const done = await ada.submit('/welcome?return=%2Frecord', '/acts/people/register', {
    name: 'Ada Lamp',
    showName: 'true',
  })
  assert.equal(done.status, 303)
  const next = await ada.get(done.location ?? '')
  assert.match(next.text, /<h1>You are registered<\/h1>/)
  assert.match(next.text, /href="\/record">Go on to where you wanted to go/)
  assert.match((await ada.get('/desk')).text, /<h1>Your desk<\/h1>/)
  assert.match((await ada.get('/record')).text, /href="\/desk">Ada Lamp<\/a>/)
})
