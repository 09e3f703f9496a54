// Bad input to the real program: each is answered for what it is, none is a fault, and none shows our insides.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataFolder, freePort, run, serveProgram } from '#test/kit/program.ts'

const json = { 'content-type': 'application/json' }
const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
const chunks = (text: string) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  })

type Case = readonly [status: number, path: string, init: RequestInit & { duplex?: 'half' }]
const post = (body: BodyInit, headers: Record<string, string> = json): Case[2] => ({
  method: 'POST',
  body,
  headers,
  ...(body instanceof ReadableStream && { duplex: 'half' }),
})

const act = '/api/people/add-organisation'
const cases: readonly Case[] = [
  [404, '/api/no/such', post('{}')],
  [400, act, post('{')],
  [400, act, post('[]')],
  [400, act, post('null')],
  [413, act, post('x'.repeat(300_000))],
  [413, act, post(chunks('x'.repeat(300_000)))],
  [422, act, post(chunks('{}'))],
  [415, act, { method: 'POST' }],
  [422, act, post(JSON.stringify({ name: 'Tern\u0000' }))],
  [422, act, post('{"name":"\\ud800"}')],
  [422, act, post(`{"name":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)],
  [422, act, post('{"name":"Tern"}', { ...json, 'idempotency-key': 'k'.repeat(300) })],
  [415, act, post('{}', { 'content-type': 'text/plain' })],
  [401, act, post('{"name":"Tern"}', { ...json, authorization: 'Bearer no-such-key-anywhere' })],
  [404, act, { method: 'DELETE', headers: json }],
  [404, '/projects', { method: 'PUT', headers: json }],
  [400, '/projects/%00', {}],
  [400, '/record?act=%00', {}],
  [404, '/people/%ff', {}],
  [404, `/people/${'a'.repeat(5000)}`, {}],
  [404, '/assets/..%2f..%2fpackage.json', {}],
  [431, '/', { headers: { 'x-long': 'a'.repeat(20_000) } }],
]

test('bad input is answered for what it is', async t => {
  const [DATA_DIR, PORT] = [await dataFolder(), await freePort()]
  const { url, said } = await serveProgram(t, { DATA_DIR, PORT })
  for (const [status, path, init] of cases) {
    const answer = await fetch(`${url}${path}`, { redirect: 'manual', ...init })
    const text = await answer.text()
    const name = `${init.method ?? 'GET'} ${path.slice(0, 60)}`
    assert.equal(answer.status, status, `${name}: ${text.slice(0, 300)}`)
    assert.doesNotMatch(text, /node_modules|\n\s+at /, name)
  }
  const origin = { origin: url }
  for (const path of ['/sign-in', '/sign-in/link', '/acts/people/rename'])
    for (const headers of [multipart, json])
      assert.equal((await fetch(`${url}${path}`, post('garbage', { ...headers, ...origin }))).status, 400, path)
  assert.doesNotMatch(said(), / failed /)

  const second = await run(['serve'], { DATA_DIR, PORT })
  assert.equal(second.code, 3)
  assert.match(second.err, /^Another Guildhall \(process \d+\) has \S+ open: .*\n$/)
  const busy = await run(['serve'], { DATA_DIR: await dataFolder(), PORT })
  assert.equal(busy.code, 1)
  assert.match(
    busy.err,
    /\nCannot listen on 127\.0\.0\.1:\d+ \(it is in use: stop what listens there, or set PORT\)\.\n$/,
  )
})

test('a database that does not answer is one line without its password', async () => {
  const settings = { DATA_DIR: await dataFolder(), DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/x' }
  const { code, out, err } = await run(['serve'], settings)
  assert.equal(code, 3)
  assert.equal(err.trim().split('\n').length, 1, err)
  assert.doesNotMatch(out + err, /secret-word/)
})

test('a charter folder that is not there is one line', async () => {
  const { code, err } = await run(['init'], { DATA_DIR: await dataFolder(), CHARTER: '/no/such/charter' })
  assert.equal(code, 3)
  assert.match(err, /\/no\/such\/charter/)
  assert.doesNotMatch(err, /\n\s+at /)
})
