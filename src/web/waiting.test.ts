// Times in which a request waits in vain: for a connection to the database, or for its entry's place in the log.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { Client, type PoolClient } from 'pg'
import { lock } from '#record/batch.ts'
import type { Visit } from '#test/kit/visitor.ts'
import { type TestSite, testSite } from '#test/kit/whole-site.ts'

/** A person of this site, and a program of theirs. */
async function arrives({ visit }: TestSite) {
  const ada = visit()
  await ada.register('ada@people.example', 'Ada Lamp')
  const made = await ada.post('/account/keys', { name: 'script', scopes: 'act', days: '30' })
  const key = /Bearer (\S+?)&#39;/.exec(made.text)?.[1]
  assert.ok(key, made.text)
  return { ada, key }
}

const byApi = ({ site, baseUrl }: TestSite, key: string, name: string) =>
  site.request(`${baseUrl}/api/bells/hang`, {
    method: 'POST',
    body: JSON.stringify({ name }),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  })

const byForm = (ada: Visit, name: string) => ada.post('/acts/bells/hang', { name })

const bellsIn = async ({ ownerUrl }: TestSite['database']): Promise<string[]> => {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query('select name from bells order by name')
  await client.end()
  return rows.map(({ name }) => name)
}

/** Takes every connection; given back with the test at the latest, for a pool does not close before. */
async function takesAll({ database: { pool, onClose } }: TestSite): Promise<() => void> {
  const taken: PoolClient[] = []
  for (let n = 0; n < (pool.options.max ?? 0); n++) taken.push(await pool.connect())
  const release = () => {
    for (const client of taken.splice(0)) client.release()
  }
  onClose(async () => release())
  return release
}

test('while every connection is taken each request is told so in time, nothing is done, and then all goes on', async t => {
  const place = await testSite(t, { database: { poolSize: 4, connectionTimeoutMillis: 200 } })
  const { database, lines, site, baseUrl, visit } = place
  const { ada, key } = await arrives(place)
  const release = await takesAll(place)
  const before = lines.length

  const title = 'Too much is asked at this moment'
  const remedy = 'Nothing was changed. Try again in some seconds.'
  for (const answer of [await byApi(place, key, 'Api'), await site.request(`${baseUrl}/api/bells/list`)]) {
    const { pathname } = new URL(answer.url || `${baseUrl}/api/bells/hang`)
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'], pathname)
    const { instance, ...told } = await answer.json()
    assert.match(instance, /^\/api\/bells\//)
    assert.deepEqual(told, { type: 'about:blank', title, status: 503, remedy })
  }
  for (const { status, headers, text } of [
    await byForm(ada, 'Form'),
    await ada.get('/desk'),
    await visit().get('/organisations'),
  ]) {
    assert.deepEqual([status, headers.get('retry-after')], [503, '5'])
    assert.ok(text.includes(title) && text.includes(remedy), text)
  }
  assert.equal((await ada.get('/healthz')).status, 503)
  assert.deepEqual(
    [...new Set(lines.slice(before))].filter(line => line.startsWith(title)),
    [`${title} (Error)`],
  )

  release()
  assert.equal((await byApi(place, key, 'Api')).status, 201)
  assert.equal((await byForm(ada, 'Form')).status, 303)
  assert.deepEqual(await bellsIn(database), ['Api', 'Form'])
  assert.equal(database.pool.waitingCount, 0)
})

/** Another program holds the log and does not come on. */
async function holdsLog({ database }: TestSite) {
  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [lock])
  const release = async () => void (await client.query('rollback'))
  database.onClose(() => release().then(() => client.end()))
  return release
}

/** The clock goes on until the answer is there. */
async function inTheEnd<Answer>({ clock }: TestSite, asked: Answer | Promise<Answer>): Promise<Answer> {
  let isThere = false
  const there = Promise.resolve(asked).finally(() => {
    isThere = true
  })
  while (!isThere) {
    await Promise.race([there, moment(50)])
    clock.passHours(1)
  }
  return asked
}

test('what is done but has no place in the log in time is said to be done, and where it stands', async t => {
  const place = await testSite(t)
  const { database, visit } = place
  const { ada, key } = await arrives(place)
  const release = await holdsLog(place)
  const answer = await inTheEnd(place, byApi(place, key, 'Api'))
  const entryNow = async () =>
    (await database.pool.query('select entry from pending order by place desc limit 1')).rows[0].entry
  const entry = await entryNow()
  const title = 'This is done, but its place in the record is not known yet'
  const remedy =
    'Do not send it again. Its entry stands in the record, and will tell its place and have its receipt there.'
  const told = { type: 'about:blank', title, status: 503, instance: '/api/bells/hang', remedy, entry }
  assert.deepEqual([answer.status, await answer.json()], [503, told])
  assert.deepEqual([answer.headers.get('location'), answer.headers.get('retry-after')], [`/record/${entry}`, null])

  const page = await inTheEnd(place, byForm(ada, 'Form'))
  const second = await entryNow()
  assert.notEqual(second, entry)
  assert.deepEqual([page.status, page.location], [503, `/record/${second}`])
  assert.ok(page.text.includes(title), page.text)
  assert.match(page.text, new RegExp(`<a href="/record/${second}">`))

  for (const one of [entry, second]) {
    const shown = await visit().get(`/record/${one}`)
    assert.equal(shown.status, 200)
    assert.doesNotMatch(shown.text, /receipt"/)
  }
  await release()
  assert.deepEqual(
    [await place.sequencer.integrated(entry), await place.sequencer.integrated(second)].map(({ index }) => index),
    [1, 2],
  )
  for (const one of [entry, second]) assert.equal((await visit().get(`/record/${one}/receipt`)).status, 200)
  assert.deepEqual(await bellsIn(database), ['Api', 'Form'])
})
