// A host with several addresses: one that cannot be reached does not hide the others.
import assert from 'node:assert/strict'
import { get } from 'node:http'
import { test } from 'node:test'
import { serve } from '#test/kit/repositories.ts'
import { heldTo } from './redirects.ts'

test('a name is asked at every address that was checked until one answers, and at no other', async context => {
  const { address } = await serve(context, (_, response) => response.end('here'))
  const { port } = new URL(address)
  const status = (addresses: readonly string[]) =>
    new Promise(resolve =>
      get({ host: 'code.example', port, lookup: heldTo(addresses), agent: false }, response => {
        response.resume()
        resolve(response.statusCode)
      }).once('error', () => resolve('unreachable')),
    )
  assert.equal(await status(['::1', '127.0.0.1']), 200)
  assert.equal(await status(['127.0.0.1', '::1']), 200)
  assert.equal(await status(['::1']), 'unreachable')
})
