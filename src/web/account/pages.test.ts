// The desk, the outbox, and the pages that belong to the house: what they say, to whom, and what they keep to themselves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskItem } from '#acts/domain.ts'
import { people } from '#domains/people/index.ts'
import { toy } from '#test/kit/toy.ts'
import { testSite } from '#test/kit/whole-site.ts'

const textOf = (page: string): string =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:])/g, '$1')

test('the desk shows what is due, the most urgent first, what is under way, and the latest acts with receipts', async t => {
  const items: DeskItem[] = [
    { title: 'Polish the bell', href: '/bells/1', says: 'It has gone dull.' },
    { title: 'Ring for noon', href: '/bells/2', says: 'Then it is too late.', due: '2026-03-02T12:00:00.000Z' },
    { title: 'Ring at ten', href: '/bells/3', says: 'Soon.', due: '2026-03-02T10:00:00.000Z', clause: 'bells.ringing' },
    { title: 'Your bell is being cast', href: '/bells/4', says: 'It cools.', kind: 'theirs' },
  ]
  const { visit } = await testSite(t, { domains: [people, toy({ capacities: undefined, desk: async () => items })] })
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  const { text } = await ada.get('/desk')
  const titles = [...text.matchAll(/href="(\/bells\/\d|\/account#affiliations)"/g)].map(([, href]) => href)
  assert.deepEqual(titles, ['/bells/3', '/bells/2', '/account#affiliations', '/bells/1', '/bells/4'])
  const said = textOf(text)
  assert.match(said, /Due from you Ring at ten/)
  assert.match(said, /Ring at ten by 2 March 2026, 10:00 UTC \(in 1 hour\)/)
  assert.match(said, /You act as A registered participant/)
  assert.match(said, /registered Ada Lamp as a participant/)
  assert.match(text, /href="\/record\/ent_[a-z0-9]+">entry 0</)
})

test('a desk where nothing is due says so', async t => {
  const { visit } = await testSite(t)
  const ada = visit()
  await ada.register('ada@example.org', 'Ada Lamp')
  await ada.post('/acts/people/affiliate', { organisation: 'independent', from: '2026-01-01' })
  assert.match(textOf((await ada.get('/desk')).text), /Nothing is due from you/)
})

test('the outbox shows letters with their links to this machine only', async t => {
  const { visit, site, baseUrl } = await testSite(t)
  await visit().submit('/sign-in', '/sign-in', { email: 'ada@example.org' })
  const { text, status } = await visit().get('/outbox')
  assert.equal(status, 200)
  assert.match(text, /<a href="http:\/\/localhost:4000\/sign-in\/link\?token=[^"]+">/)
  assert.match(textOf(text), /To ada@example\.org/)
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
    assert.equal((await visit().get('/outbox', { [header]: '127.0.0.1' })).status, 404, header)
  const from = (remoteAddress: string) => ({
    incoming: { socket: { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' } },
  })
  assert.equal((await site.request(`${baseUrl}/outbox`, undefined, from('192.0.2.7'))).status, 404)
  assert.equal((await site.request('http://evil.example/outbox', undefined, from('127.0.0.1'))).status, 404)
  assert.equal((await site.request(`${baseUrl}/outbox`, undefined, from('::1'))).status, 200)
})

test('the outbox goes on to older letters, and is not there where mail leaves', async t => {
  const { visit, signIn } = await testSite(t)
  for (let sent = 1; sent <= 21; sent++) await signIn.sendLink(`ada${sent}@example.org`, '/desk')
  const first = await visit().get('/outbox')
  assert.match(textOf(first.text), /20 of 21 letters/)
  const older = /href="(\/outbox\?before=[^"]+)"/.exec(first.text)?.[1] ?? ''
  assert.match(textOf((await visit().get(older)).text), /To ada1@example\.org.* 1 of 21 letters/)
  const mailing = await testSite(t, { hasOutbox: false })
  assert.equal((await mailing.visit().get('/outbox')).status, 404)
  assert.equal((await mailing.visit().get('/sign-in/sent')).text.includes('/outbox'), false)
})

test('a newcomer who does not stay can have the sign-in forgotten', async t => {
  const { visit, database } = await testSite(t)
  const ada = visit()
  await ada.signIn('ada@example.org')
  const gone = await ada.submit('/welcome', '/welcome/forget')
  assert.deepEqual([gone.status, gone.location], [303, '/'])
  assert.deepEqual([...ada.cookies], [])
  const { rows } = await database.pool.query('select count(*)::int as n from sign_in_users')
  assert.deepEqual(rows, [{ n: 0 }])
  const bea = visit()
  await bea.register('bea@example.org', 'Bea Wick')
  assert.equal((await bea.post('/welcome/forget', {})).location, '/account')
  assert.equal((await bea.get('/desk')).status, 200)
})

test('the house’s own plain answers: health, robots, whom to tell of a weakness', async t => {
  const { visit, database } = await testSite(t)
  const well = await visit().get('/healthz')
  assert.deepEqual([well.status, well.text], [200, '{"status":"well"}'])
  assert.match((await visit().get('/robots.txt')).text, /^User-agent: \*\n(Disallow: \/\S+\n)+$/)
  const security = await visit().get('/.well-known/security.txt')
  assert.match(security.headers.get('content-type') ?? '', /^text\/plain/)
  assert.match(security.text, /^Contact: http:\/\/localhost:4000\/security\nExpires: 2026-05-31T09:00:00\.000Z\n/)
  assert.equal((await visit().get('/security')).status, 200)
  await database.close()
  const lost = await visit().get('/healthz')
  assert.deepEqual([lost.status, lost.text], [503, '{"status":"the database does not answer"}'])
})

test('the description of the API names every act and look-up, and the page reads the same', async t => {
  const { visit, parts } = await testSite(t)
  const answer = await visit().get('/api/openapi.json')
  const described: { openapi: string; info: { version: string }; paths: Record<string, Record<string, object>> } =
    JSON.parse(answer.text)
  const { acts, queries } = parts.engine.registry
  const wanted = [
    ...[...acts.values()].filter(act => !act.isInternal).map(act => `post /api/${act.name.replace('.', '/')}`),
    ...[...queries.keys()].map(name => `get /api/${name.replace('.', '/')}`),
  ]
  const found = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  assert.deepEqual(found.sort(), wanted.sort())
  assert.equal(described.openapi, '3.1.0')
  const said = textOf((await visit().get('/api')).text)
  for (const line of wanted) {
    const [method = '', path = ''] = line.split(' ')
    assert.ok(said.includes(`${method.toUpperCase()} ${path} `), line)
  }
})

test('the privacy page tells what is kept, and of the one cookie', async t => {
  const { visit } = await testSite(t)
  const said = textOf((await visit().get('/privacy')).text)
  assert.match(said, /One cookie, and only when you sign in/)
  assert.match(said, /Your sessions: a random number and two dates/)
})
