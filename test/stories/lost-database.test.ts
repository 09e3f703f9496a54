// A PostgreSQL of one's own, by TCP and by TLS, and what visitors and operators are told while it is away.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { certificates } from '#test/kit/certificate.ts'
import { dataFolder, freePort, run, serveProgram } from '#test/kit/program.ts'
import { remote } from '#test/kit/remote.ts'
import { ownServer } from '#test/kit/server.ts'

const own = async (url: string) => ({ DATABASE_URL: url, DATA_DIR: await dataFolder(), PORT: await freePort() })
const pages = [
  '/',
  '/projects',
  '/organisations',
  '/members',
  '/bodies',
  '/motions',
  '/record',
  '/people/per_x',
  '/log/checkpoint',
  '/feeds/record.atom',
]

test('a lost database is told to everybody, and when it is back all goes on', { timeout: 120_000 }, async t => {
  const server = await ownServer(t)
  const settings = await own(server.url)
  const program = await serveProgram(t, settings)
  const [officer, stranger] = [remote(program.url), remote(program.url)]
  await officer.take(program.link)
  await officer.done('people.add-organisation', { name: 'Before' })
  for (const page of pages.slice(0, 7)) assert.equal((await stranger.get(page)).status, 200, page)

  await server.kill()
  // What is kept may be shown until the next look, a quarter of a second later.
  for (const page of pages) while ((await stranger.get(page)).status === 200) await moment(20)
  for (const visitor of [stranger, officer])
    for (const page of pages) {
      const { status, text, headers } = await visitor.get(page)
      assert.deepEqual([status, headers.get('retry-after')], [503, '10'], page)
      assert.match(text, /The database cannot be reached at this moment/)
      assert.match(text, /Try again in a minute/)
      assert.doesNotMatch(text, /ECONN|node_modules/)
    }
  const asked = await stranger.get('/api/charter/show')
  assert.deepEqual([asked.status, asked.headers.get('content-type')], [503, 'application/problem+json'])
  const act = await officer.act('people.add-organisation', { name: 'During' })
  assert.deepEqual([act.status, act.body.title], [503, 'The database cannot be reached at this moment'])
  const again = await officer.form('/sign-in', { email: 'a@people.example', return: '/desk' })
  assert.equal(again.status, 503)
  assert.equal((await stranger.get('/privacy')).text.includes('/assets/'), true)

  await server.start()
  while ((await stranger.get('/')).status !== 200) await moment(50)
  const { index } = await officer.done('people.add-organisation', { name: 'After' })
  assert.equal((await officer.get('/desk')).status, 200)
  const lines = program
    .said()
    .split('\n')
    .map(line => line.replace(/^\S+Z /, ''))
  const said = lines.filter(line => /cannot|could not|lost|failed/.test(line))
  assert.deepEqual(said, [...new Set(said)])
  assert.equal(
    said.some(line => /The database cannot be reached at this moment \(ECONN/.test(line)),
    true,
    said.join('\n'),
  )
  const checked = await run(['verify'], settings)
  assert.equal(checked.code, 0, checked.out + checked.err)
  // The clock may have recorded something behind it.
  const whole = /(\d+) of \1 entries/.exec(checked.out)
  assert.equal(Number(whole?.[1]) > index, true, checked.out)
})

test('a database behind TLS serves as well', certificates, async t => {
  const server = await ownServer(t, { tls: true })
  const { url, link } = await serveProgram(t, await own(server.url))
  const officer = remote(url)
  await officer.take(link)
  const done = await Promise.all(
    Array.from({ length: 20 }, (_, i) => officer.done('people.add-organisation', { name: `Nursery ${i}` })),
  )
  assert.equal(new Set(done.map(({ index }) => index)).size, 20)
  const clear = await run(['serve'], await own(server.url.replace(/\?.*/, '')))
  assert.equal(clear.code, 3)
  assert.match(clear.err, /^The database at localhost:\d+\/postgres cannot be used: .*no encryption.*\n$/)
})
