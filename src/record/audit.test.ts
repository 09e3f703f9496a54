// The log served and exported from a database, and the audit of its tables.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/kit/database.ts'
import { asOwner } from '#test/kit/owner.ts'
import { appendMany, draft, integrate, testSigner } from '#test/kit/record.ts'
import { append } from './append.ts'
import { verifyDatabase } from './audit.ts'
import { exportLog } from './export.ts'
import { logFile } from './serve.ts'
import { openSource } from './source.ts'
import { recordMigrations } from './tables.ts'
import { verify } from './verify.ts'

const signer = testSigner()

async function filled(t: TestContext, ...batches: number[]): Promise<TestDatabase> {
  const database = await testDatabase(t, recordMigrations)
  for (const count of batches) {
    await appendMany(database, count)
    await integrate(database, signer)
  }
  return database
}

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-log-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

test('files are served up to the published size, in their one spelling', async t => {
  const { read } = await filled(t, 200, 60)
  const served = async (path: string) => (await logFile(read, path))?.bytes.length
  assert.equal(await served('tile/0/000'), 8192)
  assert.equal(await served('tile/0/000.p/200'), 200 * 32)
  assert.equal(await served('tile/0/001.p/4'), 4 * 32)
  assert.equal(await served('tile/1/000.p/1'), 32)
  assert.deepEqual(await logFile(read, 'tile/0/001.p/3'), {
    bytes: (await logFile(read, 'tile/0/001.p/4'))?.bytes.subarray(0, 96),
    type: 'application/octet-stream',
    cache: 'immutable',
  })
  for (const path of [
    'tile/0/001.p/5',
    'tile/0/001',
    'tile/0/002.p/1',
    'tile/1/000',
    'tile/2/000.p/1',
    'tile/entries/001.p/5',
    'tile/0/000.p/256',
    'tile/0/0',
    'checkpoint/',
    '../checkpoint',
    '',
  ])
    assert.equal(await logFile(read, path), undefined, path)
  const { type, cache } = (await logFile(read, 'checkpoint')) ?? {}
  assert.deepEqual([type, cache], ['text/plain; charset=utf-8', 'brief'])
})

test('an exported log verifies as a folder and over HTTP, and grows without rewriting what never changes', async t => {
  const database = await filled(t, 300)
  const folder = await scratch(t)
  const seen: [number, number][] = []
  assert.deepEqual(await exportLog(database.read, folder, (done, total) => seen.push([done, total])), {
    size: 300,
    written: 5,
    present: 0,
  })
  assert.deepEqual(seen.at(-1), [5, 5])
  const written = (await stat(join(folder, 'tile/0/000'))).mtimeMs
  await appendMany(database, 300)
  await integrate(database, signer)
  assert.deepEqual(await exportLog(database.read, folder), { size: 600, written: 5, present: 2 })
  assert.equal((await stat(join(folder, 'tile/0/000'))).mtimeMs, written)
  assert.equal(
    (await readdir(folder, { recursive: true })).some(name => name.endsWith('.part')),
    false,
  )
  const report = await verify(openSource(folder), { vkey: signer.vkey })
  assert.deepEqual([report.ok, report.size, report.faults], [true, 600, []])

  const server = createServer(async (request, response) => {
    const bytes = await readFile(join(folder, request.url?.replace('/log/', '') ?? '')).catch(() => undefined)
    response.writeHead(bytes ? 200 : 404).end(bytes)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log` // a TCP server has an address
  assert.deepEqual(await verify(openSource(address), { vkey: signer.vkey }), report)
  assert.equal((await verify(openSource(`${address}/none`), { vkey: signer.vkey })).ok, false)
})

test('a log that was never opened cannot be exported', async t => {
  const { read } = await testDatabase(t, recordMigrations)
  await assert.rejects(exportLog(read, await scratch(t)), /There is no log yet/)
})

test('a whole database passes its audit', async t => {
  const { read } = await filled(t, 256, 44)
  const report = await verifyDatabase(read, { vkey: signer.vkey })
  assert.deepEqual([report.ok, report.size, report.faults], [true, 300, []])
})

const alterations: [string, string, RegExp][] = [
  [
    'a leaf text',
    `update entries set leaf = replace(leaf, 'entry 7"', 'entry 8"') where id = (select entry from leaves where idx = 7)`,
    /^Entry 7 \(ent_\w+\) has another hash in leaves than its text/,
  ],
  [
    'an act',
    `update entries set act = 'motions.second' where id = (select entry from leaves where idx = 8)`,
    /^Entry 8 \(ent_\w+\) says otherwise in the column act/,
  ],
  [
    'the subjects and time',
    `update entries set subjects = '{}', at = at + interval '1 hour' where id = (select entry from leaves where idx = 9)`,
    /^Entry 9 \(ent_\w+\) says otherwise in the column at, subjects/,
  ],
  [
    'a hash of entries',
    `update entries set hash = decode(repeat('00', 32), 'hex') where id = (select entry from leaves where idx = 3)`,
    /^Entry 3 \(ent_\w+\) has another hash in entries/,
  ],
  [
    'a hash of leaves',
    `update leaves set hash = decode(repeat('00', 32), 'hex') where idx = 4`,
    /^Entry 4 \(ent_\w+\) has another hash in leaves/,
  ],
  [
    'a removed entry',
    `delete from entries where id = (select entry from leaves where idx = 5)`,
    /^Entry 5 \(ent_\w+\) is missing in entries/,
  ],
  ['a removed leaf', `delete from leaves where idx = 6`, /^Index 6 is missing in leaves/],
  [
    'a tile',
    `update tiles set hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) where level = 0`,
    /^tile\/0\/000.p\/20 was altered: hash 1 is not that of entry 1/,
  ],
  ['the head', 'update head set size = 19', /^The head of the log does not fit its leaves/],
  [
    'a removed checkpoint',
    `delete from checkpoints where size = 20`,
    /^(The newest checkpoint is of size 10, but there are 20 leaves)/,
  ],
  [
    'a forged note',
    `update checkpoints set note = replace(note, E'\\n20\\n', E'\\n21\\n') where size = 20`,
    /^The newest checkpoint is of size 21, but there are 20 leaves/,
  ],
  [
    'a lost pending entry',
    `insert into entries select 'ent_zzzzzzzzzzzzzzzzzzzz', at, act, person, capacity, cause, mandate, subjects, leaf, hash from entries limit 1`,
    /^Entry ent_zzzzzzzzzzzzzzzzzzzz is neither in the log nor waiting/,
  ],
]
for (const [name, change, expected] of alterations)
  test(`the audit names ${name} that was altered by the owner of the tables`, async t => {
    const database = await filled(t, 10, 10)
    await asOwner(database, `set session_replication_role = replica; ${change}`)
    const { ok, faults } = await verifyDatabase(database.read, { vkey: signer.vkey })
    assert.equal(ok, false)
    assert.match(faults[0]?.what ?? '', expected)
  })

test('an entry about a body, named by its short name and not by an id, passes the audit', async t => {
  const database = await testDatabase(t, recordMigrations)
  const facts = { body: 'technical-council', motion: 'mot_0123456789abcdefghjk' }
  await database.transact(tx => append(tx, draft({ facts })))
  await integrate(database, signer)
  const { ok, faults } = await verifyDatabase(database.read, { vkey: signer.vkey })
  assert.deepEqual({ ok, faults }, { ok: true, faults: [] })
})
