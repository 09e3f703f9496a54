// What guards the way in: cookie flags, other sites' forms, limits, the library's closed doors, and a log that tells nothing.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smtpPost } from '#adapters/mail/post.ts'
import { linkIn } from '#test/kit/visitor.ts'
import { testSite } from '#test/kit/whole-site.ts'

const flagsOf = (cookie: string): string[] =>
  cookie
    .split('; ')
    .slice(1)
    .map(flag => flag.toLowerCase())
    .sort()

async function sessionCookie(t: Parameters<typeof testSite>[0], baseUrl: string): Promise<string[]> {
  const { visit, letters } = await testSite(t, { baseUrl })
  await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const token = linkIn((await letters())[0]).searchParams.get('token') ?? ''
  return (await visit().post('/sign-in/link', { token })).headers.getSetCookie()
}

test('the one cookie is out of reach of scripts and of other sites, and of open lines under https', async t => {
  const plain = await sessionCookie(t, 'http://localhost:4000')
  assert.equal(plain.length, 1)
  assert.match(plain[0] ?? '', /^guildhall\.session_token=/)
  assert.deepEqual(flagsOf(plain[0] ?? ''), ['httponly', 'max-age=2592000', 'path=/', 'samesite=lax'])
  const secure = await sessionCookie(t, 'https://hall.example')
  assert.equal(secure.length, 1)
  assert.match(secure[0] ?? '', /^__Secure-guildhall\.session_token=/)
  assert.deepEqual(flagsOf(secure[0] ?? ''), ['httponly', 'max-age=2592000', 'path=/', 'samesite=lax', 'secure'])
})

test('a session works under https too', async t => {
  const { visit } = await testSite(t, { baseUrl: 'https://hall.example' })
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  assert.match((await ada.get('/desk')).text, /<h1>Your desk<\/h1>/)
})

test('a form on another site does nothing here', async t => {
  const { visit, letters, signIn, database } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const before = (await letters()).length
  const account = (await database.pool.query('select id from sign_in_users')).rows[0].id
  const evil = { origin: 'https://evil.example' }
  const forms: [string, Record<string, string>][] = [
    ['/sign-in', { email: 'bea@example.org' }],
    ['/sign-out', {}],
    ['/account/keys', { name: 'stolen', scopes: 'act', days: '9' }],
    ['/acts/people/erase', { confirmation: 'erase me' }],
  ]
  for (const [path, fields] of forms) assert.equal((await ada.post(path, fields, evil)).status, 403, path)
  assert.equal((await letters()).length, before)
  assert.deepEqual(await signIn.keysOf(account), [])
  assert.match((await ada.get('/desk')).text, /<h1>Your desk<\/h1>/)
})

test('asking for links too often answers 429, by address of the machine and by mail address', async t => {
  const one = await testSite(t)
  const visitor = one.visit()
  const statuses: number[] = []
  for (let asked = 0; asked < 6; asked++)
    statuses.push((await visitor.post('/sign-in', { email: 'ada@example.org' })).status)
  assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429])
  assert.equal((await one.letters()).length, 5)
  const others: number[] = []
  for (let asked = 6; asked < 21; asked++)
    others.push((await visitor.post('/sign-in', { email: `ada${asked}@example.org` })).status)
  assert.deepEqual(others, [...Array(14).fill(303), 429])
})

test('of what the sign-in library can do, only what the pages need is open', async t => {
  const { visit } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const json = { 'content-type': 'application/json' }
  for (const path of [
    'get-session',
    'ok',
    'error',
    'list-sessions',
    'magic-link/verify?token=x',
    'passkey/list-user-passkeys',
    'api-key/list',
  ])
    assert.equal((await ada.get(`/auth/${path}`)).status, 404, path)
  for (const path of [
    'sign-up/email',
    'sign-in/email',
    'sign-in/magic-link',
    'sign-in/social',
    'update-user',
    'delete-user',
    'change-email',
    'api-key/create',
    'sign-out',
    'callback/x',
  ])
    assert.equal((await ada.post(`/auth/${path}`, {}, json)).status, 404, path)
  assert.equal((await ada.get('/auth/passkey/generate-register-options')).status, 200)
  assert.equal((await visit().get('/auth/passkey/generate-register-options')).status, 401)
})

test('mail that cannot be handed over is said plainly, and nothing private reaches the log', async t => {
  const fails = () =>
    Promise.reject(new Error('550 ada@example.org refused, see https://hall.example/sign-in/link?token=abc'))
  const { visit, lines } = await testSite(t, {
    post: { ...(await smtpPost('smtp://127.0.0.1:1', 'x@people.example')), send: fails },
  })
  const answer = await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  assert.equal(answer.status, 503)
  assert.match(answer.text, /The mail could not be handed over/)
  assert.deepEqual(lines, ['A sign-in link could not be mailed: Error'])
})

test('a fault while a link is opened is logged without its token or its address', async t => {
  const { visit, lines, signIn } = await testSite(t)
  t.mock.method(signIn, 'isLinkOpen', (token: string) => Promise.reject(new Error(`unfit: ${token}`)))
  const answer = await visit().get('/sign-in/link?token=very-secret-token&return=%2Fdesk')
  assert.equal(answer.status, 500)
  assert.ok(
    lines.some(line => line.startsWith('GET /sign-in/link failed (request ')),
    lines.join('\n'),
  )
  assert.equal(
    lines.some(line => line.includes('very-secret-token')),
    false,
  )
})

test('the library says nothing of its own', async t => {
  const said: unknown[] = []
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    t.mock.method(console, level, (...words: unknown[]) => void said.push([level, ...words]))
  const { visit } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  await ada.get('/auth/callback/nobody?code=1&state=2')
  await ada.post('/auth/passkey/verify-registration', {}, { origin: 'https://evil.example' })
  await visit().get('/desk', { cookie: 'guildhall.session_token=forged.signature' })
  assert.deepEqual(said, [])
})

test('a way back that is filled in from the new entry never leads off the site', async t => {
  const { visit } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const sent = async (name: string, back: string) =>
    (await ada.post('/acts/people/rename', { name, _return: back })).location?.replace(/ent_[a-z0-9]+/g, 'ent')
  assert.match((await sent('Ada Lantern', '/people/{person}')) ?? '', /^\/people\/per_[a-z0-9]+\?done=ent$/)
  assert.equal(await sent('Ada Wick', '/{nothing}/evil.example'), '/record/ent?done=ent')
})
