// Addresses that may not be asked, and hosts that may not be reached.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scratch, serve } from '#test/kit/repositories.ts'
import { isPublic, parseAddress, resolveHost } from './address.ts'
import { isRefusal, openMirror } from './mirror.ts'
import { GitFailure } from './refusal.ts'

const kindOf = (act: () => unknown): string => {
  try {
    act()
    return 'accepted'
  } catch (error) {
    if (error instanceof GitFailure) return error.refusal.kind
    throw error
  }
}

const unfit = [
  'file:///etc',
  'ext::sh -c "touch /tmp/never"',
  'ext::sh%20-c%20id',
  'https::https://host.example/x',
  'ssh://git@host.example/x.git',
  'git@host.example:x.git',
  'git://host.example/x.git',
  'http://host.example/x.git',
  'ftp://host.example/x.git',
  '--upload-pack=touch /tmp/never',
  '-oProxyCommand=x',
  'https://user:secret@host.example/x.git',
  'https://token@host.example/x.git',
  'https://@host.example/x.git',
  'https://host.example/x.git\nhttps://other.example',
  'https://host.example/x\u0000y',
  'https://host.example/x y',
  'https://host.example\\@other.example/x',
  'https://host.example/x?token=secret',
  'https://host.example/x#part',
  'https://',
  'relative/path',
  '../up',
  '',
  `https://host.example/${'x'.repeat(3000)}`,
]

for (const address of unfit)
  test(`unfit address: ${JSON.stringify(address.slice(0, 50))}`, () => {
    assert.equal(
      kindOf(() => parseAddress(address)),
      'unfit-address',
    )
  })

test('a public https address is accepted as it is', () => {
  assert.equal(parseAddress('https://host.example:8443/a/b.git').href, 'https://host.example:8443/a/b.git')
})

test('a refusal repeats nothing of the address', async context => {
  const answer = await openMirror({ address: 'https://user:hunter2@host.example/x', folder: scratch(context) })
  assert.deepEqual(answer, {
    kind: 'unfit-address',
    says: 'Give the address of a repository as https://host/path, without a user name or password.',
  })
})

test('what is not the public internet', () => {
  const inner = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
  ]
  const outer = ['1.1.1.1', '8.8.8.8', '140.82.121.3', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1']
  const more = [
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
  ]
  const wrapped = ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1', '2001:db8::1']
  assert.deepEqual([...inner, ...more, ...wrapped].filter(isPublic), [])
  assert.deepEqual(
    outer.filter(address => !isPublic(address)),
    [],
  )
})

test('hosts that resolve into a private network are refused, however they are written', async () => {
  for (const host of [
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '169.254.169.254',
    '10.0.0.8',
  ])
    await assert.rejects(resolveHost(parseAddress(`https://${host}/x.git`)), (error: unknown) => {
      return error instanceof GitFailure && error.refusal.kind === 'private-network'
    })
})

test('a server on loopback is never asked unless the rules allow it', async context => {
  const { address, requests } = await serve(context, (_, response) => response.end())
  const folder = scratch(context)
  const answer = await openMirror({ address: address.replace('http:', 'https:'), folder })
  assert.equal(isRefusal(answer) && answer.kind, 'private-network')
  assert.deepEqual(requests, [])
})
