// API keys through their page and through the API: shown once, reaching as far as they were made for, expiring, revoked.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer, Visit } from '#test/kit/visitor.ts'
import { type TestSite, testSite } from '#test/kit/whole-site.ts'

async function keyholder(t: Parameters<typeof testSite>[0]): Promise<{ house: TestSite; ada: Visit }> {
  const house = await testSite(t)
  const ada = house.visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  return { house, ada }
}

const keyOn = ({ text }: Answer): string => /<code>(gh_[A-Za-z0-9]+)<\/code>/.exec(text)?.[1] ?? ''

const made = async (ada: Visit, fields: Record<string, string>): Promise<string> =>
  keyOn(await ada.post('/account/keys', { name: 'script', days: '30', ...fields }))

async function call(
  house: TestSite,
  key: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const answer = await house.site.request(`${house.baseUrl}/api/${path}`, init)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('a key is shown once, kept as a hash, and acts in its owner’s name', async t => {
  const { house, ada } = await keyholder(t)
  const key = await made(ada, { scopes: 'act' })
  assert.match(key, /^gh_[A-Za-z0-9]{40,}$/)
  const listed = await ada.get('/account/keys')
  assert.equal(listed.text.includes(key), false)
  assert.ok(listed.text.includes(`<code>${key.slice(0, 6)}…</code>`))
  const { rows } = await house.database.pool.query('select * from sign_in_keys')
  assert.equal(JSON.stringify(rows).includes(key), false)
  const done = await call(house, key, 'people/consent', { showName: false })
  assert.equal(done.status, 201)
  assert.equal(done.body.says, 'withheld their name')
})

test('a key reaches no further than it was made for, and the problem says so', async t => {
  const { house, ada } = await keyholder(t)
  const [reads, consents] = [await made(ada, { scopes: 'read' }), await made(ada, { acts: 'people.consent' })]
  assert.equal((await call(house, reads, 'people/export')).status, 200)
  assert.equal((await call(house, consents, 'people/consent', { showName: false })).status, 201)
  const refused = await call(house, consents, 'people/rename', { name: 'Eve' })
  assert.deepEqual(
    [refused.status, refused.body.type, refused.body.detail],
    [403, '/problems/api/scope-missing', 'It wants the scope people.rename; the key has people.consent.'],
  )
  assert.equal((await call(house, reads, 'people/consent', { showName: true })).status, 403)
  assert.equal((await call(house, consents, 'people/export')).status, 403)
})

test('a revoked, an expired and an invented key are nobody', async t => {
  const { house, ada } = await keyholder(t)
  const revoked = await made(ada, { scopes: 'act' })
  const { rows } = await house.database.pool.query('select id from sign_in_keys')
  assert.equal((await call(house, revoked, 'people/consent', { showName: false })).status, 201)
  assert.equal((await ada.submit('/account/keys', `/account/keys/${rows[0].id}/revoke`)).status, 303)
  assert.equal((await call(house, revoked, 'people/consent', { showName: true })).status, 401)
  const expired = await made(ada, { scopes: 'act' })
  await house.database.pool.query(`update sign_in_keys set "expiresAt" = now() - interval '1 second'`)
  assert.equal((await call(house, expired, 'people/consent', { showName: true })).status, 401)
  assert.equal((await call(house, 'gh_invented0123456789', 'people/consent', { showName: true })).status, 401)
})

test('nobody revokes a key of somebody else', async t => {
  const { house, ada } = await keyholder(t)
  const key = await made(ada, { scopes: 'act' })
  const { rows } = await house.database.pool.query('select id from sign_in_keys')
  const eve = house.visit()
  await eve.register('eve@example.org', 'Eve Shade')
  assert.equal((await eve.post(`/account/keys/${rows[0].id}/revoke`, {})).status, 303)
  assert.equal((await call(house, key, 'people/consent', { showName: false })).status, 201)
})

test('what does not fit a key is told all at once, and no key is made', async t => {
  const { house, ada } = await keyholder(t)
  const unfit = await ada.post('/account/keys', { name: ' ', days: '400', scopes: 'everything' })
  assert.equal(unfit.status, 422)
  assert.match(unfit.text, /Give it a name/)
  assert.match(unfit.text, /A key lives for a year at the most/)
  const empty = await ada.post('/account/keys', { name: 'script', days: '30' })
  assert.equal(empty.status, 422)
  assert.match(empty.text, /Say what it may do: tick one at least/)
  const { rows } = await house.database.pool.query('select count(*)::int as n from sign_in_keys')
  assert.deepEqual(rows, [{ n: 0 }])
})
