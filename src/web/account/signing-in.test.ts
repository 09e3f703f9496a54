// Signing in by a mailed link, through the pages: asked, clicked, used once; newcomers register; everything else is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkIn } from '#test/kit/visitor.ts'
import { testSite } from '#test/kit/whole-site.ts'

const pathOf = (url: URL): string => `${url.pathname}${url.search}`
const closed = /<h1>This link cannot be used<\/h1>/

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
  const fields = { name: 'Ada Lamp', showName: 'true' }
  const done = await ada.submit('/welcome?return=%2Frecord', '/acts/people/register', fields)
  assert.equal(done.status, 303)
  const next = await ada.get(done.location ?? '')
  assert.match(next.text, /<h1>You are registered<\/h1>/)
  assert.match(next.text, /href="\/account#affiliations">Say whom you work for</)
  assert.match(next.text, /href="\/record">Go on to where you wanted to go/)
  assert.match((await ada.get('/record')).text, /href="\/desk">Ada Lamp<\/a>/)
})

test('opening a link changes nothing; its button signs in once', async t => {
  const { visit, letters } = await testSite(t)
  const first = visit()
  await first.submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const link = pathOf(linkIn((await letters())[0]))
  await visit().get(link)
  assert.equal((await first.get(link)).status, 200)
  assert.equal((await first.submit(link, '/sign-in/link')).location, '/sign-in/done?return=%2Fdesk')
  const again = await visit().get(link)
  assert.equal(again.status, 410)
  assert.match(again.text, closed)
  const token = new URLSearchParams(link.split('?')[1]).get('token') ?? ''
  const pressed = await visit().post('/sign-in/link', { token, return: '/desk' })
  assert.equal(pressed.status, 410)
  assert.deepEqual(pressed.headers.getSetCookie(), [])
})

test('of two clicks on one link at the same moment, one signs in', async t => {
  const { visit, letters } = await testSite(t)
  await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const token = linkIn((await letters())[0]).searchParams.get('token') ?? ''
  const answers = await Promise.all([1, 2, 3].map(() => visit().post('/sign-in/link', { token })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 410, 410])
})

test('an expired link and a wrong token are refused, and a new link is offered', async t => {
  const { visit, letters, database } = await testSite(t)
  await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const link = pathOf(linkIn((await letters())[0]))
  await database.pool.query(`update sign_in_verifications set "expiresAt" = now() - interval '1 second'`)
  const late = await visit().get(link)
  assert.equal(late.status, 410)
  assert.match(late.text, /href="\/sign-in\?return=%2Fdesk">Ask for a new link/)
  const token = new URLSearchParams(link.split('?')[1]).get('token') ?? ''
  assert.equal((await visit().post('/sign-in/link', { token })).status, 410)
  assert.equal((await visit().get('/sign-in/link?token=nothing')).status, 410)
  assert.equal((await visit().post('/sign-in/link', { token: 'nothing' })).status, 410)
})

test('the answer is the same for an address that is known and one that is not', async t => {
  const { visit } = await testSite(t)
  await visit().register('ada@example.org', 'Ada Lamp')
  const known = await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const unknown = await visit().submit('/sign-in', '/sign-in', { email: 'bea@example.org' })
  assert.deepEqual([known.status, known.location, known.text], [unknown.status, unknown.location, unknown.text])
  const sent = await visit().get(known.location ?? '')
  assert.match(sent.text, /<h1>Look into your mail<\/h1>/)
  assert.match(sent.text, /href="\/outbox"/)
})

test('what is no mail address is said beside the field, with what was typed', async t => {
  const { visit, letters } = await testSite(t)
  const answer = await visit().submit('/sign-in', '/sign-in', { email: 'ada at home' })
  assert.equal(answer.status, 422)
  assert.match(answer.text, /Type a whole mail address/)
  assert.match(answer.text, /value="ada at home"/)
  assert.deepEqual(await letters(), [])
})

test('no link or form leads to another site', async t => {
  const { visit, letters } = await testSite(t)
  for (const away of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/x y']) {
    const there = encodeURIComponent(away)
    const page = await visit().get(`/sign-in?return=${there}`)
    assert.match(page.text, /name="return" value="\/desk"/, away)
    await visit().post('/sign-in', { email: `ada${there.length}@example.org`, return: away })
    assert.equal(linkIn((await letters())[0]).searchParams.get('return'), '/desk', away)
    const token = linkIn((await letters())[0]).searchParams.get('token') ?? ''
    const visitor = visit()
    const taken = await visitor.post('/sign-in/link', { token, return: away })
    assert.equal(taken.location, '/sign-in/done?return=%2Fdesk', away)
    const done = await visitor.get(`/sign-in/done?return=${there}`)
    assert.equal(done.location, '/welcome?return=%2Fdesk', away)
    assert.equal((await visitor.get(`/welcome?return=${there}`)).text.includes(away), false, away)
  }
})

test('signing out ends the session, here and in the database', async t => {
  const { visit, database } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const kept = new Map(ada.cookies)
  const out = await ada.post('/sign-out', {})
  assert.deepEqual([out.status, out.location], [303, '/'])
  assert.deepEqual([...ada.cookies], [])
  const { rows } = await database.pool.query('select count(*)::int as n from sign_in_sessions')
  assert.deepEqual(rows, [{ n: 0 }])
  const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
  assert.equal((await visit().get('/desk', { cookie })).location, '/sign-in?return=%2Fdesk')
})

test('pages that are somebody’s own ask a stranger to sign in and a newcomer to register', async t => {
  const { visit } = await testSite(t)
  const newcomer = visit()
  await newcomer.signIn('ada@example.org')
  for (const path of ['/desk', '/account/keys', '/account/passkeys']) {
    const back = encodeURIComponent(path)
    assert.equal((await visit().get(path)).location, `/sign-in?return=${back}`)
    assert.equal((await newcomer.get(path)).location, `/welcome?return=${back}`)
  }
  assert.equal((await visit().get('/welcome')).location, '/sign-in?return=%2Fwelcome')
})

test('whoever erases themselves is signed out, and the sign-in is forgotten with all that opened it', async t => {
  const { visit, database, signIn } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const account = (await database.pool.query('select id from sign_in_users')).rows[0].id
  const key = await signIn.makeKey(account, { name: 'mine', scopes: ['act'], days: 1 })
  assert.equal((await signIn.accountOfKey(key))?.account.id, account)
  const gone = await ada.submit('/acts/people/erase?_return=/account', '/acts/people/erase', {
    confirmation: 'erase me',
  })
  assert.match(gone.location ?? '', /^\/record\/ent_/)
  assert.deepEqual([...ada.cookies], [])
  const rowsIn = async (table: string) =>
    (await database.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n
  for (let tries = 0; tries < 200 && (await rowsIn('departures')) > 0; tries++) await new Promise(setImmediate)
  const tables = ['departures', 'sign_in_users', 'sign_in_sessions', 'sign_in_keys', 'sign_in_verifications']
  assert.deepEqual(
    await Promise.all(tables.map(rowsIn)),
    tables.map(() => 0),
  )
  assert.equal(await signIn.accountOfKey(key), undefined)
})
