// Every way in which a host refuses, stalls or misleads whoever asks it for a repository.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as moment } from 'node:timers/promises'
import { certificates, certify } from '#test/kit/certificate.ts'
import { kindOf } from '#test/kit/mirrors.ts'
import { git, makeRepository, scratch, serve, serveRepositories } from '#test/kit/repositories.ts'

test('nothing at the address, no repository there, an empty one, a closed port', async context => {
  const folder = scratch(context)
  git('/', ['init', '-q', '--bare', '-b', 'main', join(folder, 'empty.git')])
  const { address } = await serveRepositories(context, folder)
  const web = await serve(context, (_, response) => response.end('<html>hello</html>'))
  const locked = await serve(context, (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic' }).end())
  const at = (to: string) => kindOf({ address: to, folder: join(folder, 'm') })
  assert.equal(await at(`${address}/none.git`), 'not-found')
  assert.equal(await at(`${address}/empty.git`), 'empty')
  assert.equal(await at(`${web.address}/x.git`), 'not-a-repository')
  assert.equal(await at(`${locked.address}/x.git`), 'not-found')
  assert.equal(await at('http://127.0.0.1:9/x.git'), 'unreachable')
})

test('a server that says little for long is waited for', async context => {
  const folder = scratch(context)
  makeRepository(join(folder, 'sample.git'), [{ at: 1_700_000_000, files: { README: 'one' } }])
  const inner = await serveRepositories(context, folder)
  const slow = await serve(context, async (request, response) => {
    const body = request.method === 'POST' ? await buffer(request) : undefined
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const answer = await fetch(inner.address + request.url, { method: request.method, headers, body })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    const bytes = Buffer.from(await answer.arrayBuffer())
    // Some forty bytes at a time, five times a second.
    for (let at = 0; at < bytes.length; at += 40) {
      response.write(bytes.subarray(at, at + 40))
      if (request.url?.endsWith('/git-upload-pack')) await moment(200)
    }
    response.end()
  })
  const at = ({ address }: { address: string }) => ({ address: `${address}/sample.git`, folder: join(folder, 'm') })
  assert.equal(await kindOf({ ...at(slow), limits: { stallSeconds: 1 } }), 'opened')
})

test(
  'a certificate that nobody known issued is told as such, by whom ever it is seen first',
  certificates,
  async context => {
    const folder = scratch(context)
    const { cert, key } = certify(folder)
    const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) =>
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).end(),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    context.after(() => server.close())
    const { port } = server.address() as AddressInfo // a listening TCP server has one
    const asked = { address: `https://127.0.0.1:${port}/x.git`, folder: join(folder, 'm') }
    assert.equal(await kindOf(asked), 'untrusted')
    // As where only Node was told of the authority, and Git was not.
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    context.after(() => delete process.env.NODE_TLS_REJECT_UNAUTHORIZED)
    assert.equal(await kindOf(asked), 'untrusted')
  },
)

test('redirects: one is followed, an endless one is not, nor one into a private network or to another protocol', async context => {
  const folder = scratch(context)
  makeRepository(join(folder, 'sample.git'), [{ at: 1_700_000_000 }])
  const { address } = await serveRepositories(context, folder)
  const to = async (location: (path: string) => string) =>
    (
      await serve(context, (request, response) =>
        response.writeHead(302, { location: location(request.url ?? '') }).end(),
      )
    ).address
  const old = await to(path => `${address}${path.replace('/old.git', '/sample.git')}`)
  assert.equal(await kindOf({ address: `${old}/old.git`, folder: join(folder, 'm') }), 'opened')
  const endless = await to(path => path.replace('/x', '/xx'))
  assert.equal(await kindOf({ address: `${endless}/x.git`, folder: join(folder, 'n') }), 'too-many-redirects')
  const file = await to(path => `file:///etc${path}`)
  assert.equal(await kindOf({ address: `${file}/x.git`, folder: join(folder, 'n') }), 'unfit-address')
  const secret = await to(path => `http://user:secret@127.0.0.1${path}`)
  assert.equal(await kindOf({ address: `${secret}/x.git`, folder: join(folder, 'n') }), 'unfit-address')
  const page = await to(() => 'http://127.0.0.1/login')
  assert.equal(await kindOf({ address: `${page}/x.git`, folder: join(folder, 'n') }), 'not-a-repository')
})

test('time limit, size limit and being stopped end the transfer', async context => {
  const folder = scratch(context)
  const noise = Array.from({ length: 40 }, (_, index) => [
    `f${index}`,
    Buffer.from(crypto.getRandomValues(new Uint8Array(50_000))).toString('base64'),
  ])
  makeRepository(join(folder, 'noise.git'), [{ at: 1_700_000_000, files: Object.fromEntries(noise) }])
  const { address } = await serveRepositories(context, folder)
  const silent = await serve(context, (request, response) => {
    if (request.url?.includes('info/refs'))
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).flushHeaders()
  })
  const slow = kindOf({ address: `${silent.address}/x.git`, folder: join(folder, 's'), limits: { seconds: 1 } })
  assert.equal(await slow, 'too-slow')
  const stopping = new AbortController()
  const stopped = kindOf({ address: `${silent.address}/x.git`, folder: join(folder, 's'), signal: stopping.signal })
  stopping.abort()
  assert.equal(await stopped, 'stopped')
  const limits = { mirrorBytes: 10_000 }
  assert.equal(await kindOf({ address: `${address}/noise.git`, folder: join(folder, 'n'), limits }), 'too-large')
  assert.equal(existsSync(join(folder, 'n')), false)
})
