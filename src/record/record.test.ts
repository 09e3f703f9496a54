// The record over a real database: append, integrate, look up, seal, erase.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { canonical } from '#base/canonical.ts'
import { testDatabase } from '#test/kit/database.ts'
import { appendMany, draft, integrate, origin, testSigner } from '#test/kit/record.ts'
import { append } from './append.ts'
import { openCheckpoint } from './checkpoint.ts'
import { LeafTooLarge } from './leaf.ts'
import { leafHash } from './merkle.ts'
import { checkProof } from './proof.ts'
import { entriesPage, entryAt, entryBy, erase, latestCheckpoint, sealedOf } from './queries.ts'
import { isRevealed } from './seals.ts'
import { receiptOf } from './serve.ts'
import { type RecordTables, recordMigrations } from './tables.ts'

test('an appended entry is found by id at once, and by index after its batch', async t => {
  const database = await testDatabase(t, recordMigrations)
  const { read } = database
  const signer = testSigner()
  const { id, leaf, text, hash } = await database.transact(tx => append(tx, draft()))
  assert.equal(text, canonical(leaf))
  assert.deepEqual(hash, leafHash(Buffer.from(text)))
  assert.deepEqual(await entryBy(read, id), { id, index: null, leaf, at: leaf.at })
  assert.equal(await entryAt(read, 0), undefined)
  assert.equal(await receiptOf(read, id), undefined)
  assert.deepEqual(await integrate(database, signer), { from: 0, size: 1, entries: [id] })
  assert.deepEqual(await entryAt(read, 0), { id, index: 0, leaf, at: leaf.at })
  assert.equal(await entryBy(read, 'ent_00000000000000000000'), undefined)
  const checkpoint = await latestCheckpoint(read)
  assert.deepEqual(openCheckpoint(checkpoint?.note ?? '', signer.key), {
    ok: true,
    checkpoint: { origin, size: 1, root: hash },
    signedBy: [signer.key],
  })
})

test('an act that rolls back leaves no entry and nothing pending', async t => {
  const database = await testDatabase(t, recordMigrations)
  const failing = database.transact(async tx => {
    await append(tx, draft({ sealed: { ballot: { value: 'for' } } }))
    throw new Error('the act failed')
  })
  await assert.rejects(failing, /the act failed/)
  const { rows } =
    await sql`select (select count(*) from entries) as entries, (select count(*) from pending) as pending,
    (select count(*) from vault) as vault`.execute(database.read.on<RecordTables>())
  assert.deepEqual(rows, [{ entries: 0, pending: 0, vault: 0 }])
})

test('every receipt holds at every size, through partial and full tiles', async t => {
  const database = await testDatabase(t, recordMigrations)
  const signer = testSigner()
  for (const count of [1, 6, 249, 1, 256, 3]) {
    await appendMany(database, count)
    await integrate(database, signer)
    const size = (await latestCheckpoint(database.read))?.size ?? 0
    for (const index of new Set([0, Math.floor(size / 2), size - 2, size - 1].filter(i => i >= 0))) {
      const entry = await entryAt(database.read, index)
      const checked = checkProof((await receiptOf(database.read, entry?.id ?? '')) ?? '', { log: signer.key })
      const bytes = Buffer.from(canonical(entry?.leaf))
      assert.deepEqual(checked, { ok: true, index, size, entry: bytes, signedBy: [origin] })
    }
  }
})

test('causes come before their effects, also when a batch holds both', async t => {
  const database = await testDatabase(t, recordMigrations)
  const ids = await database.transact(async tx => {
    const cause = await append(tx, draft())
    const effect = await append(tx, draft({ cause: cause.id, act: 'motions.close' }))
    const further = await append(tx, draft({ cause: effect.id, mandate: cause.id, act: 'projects.admit' }))
    return [cause.id, effect.id, further.id]
  })
  assert.deepEqual(ids, [...ids].sort())
  assert.deepEqual((await integrate(database, testSigner())).entries, ids)
})

test('pages of entries go from the newest back, by act, person or subject', async t => {
  const database = await testDatabase(t, recordMigrations)
  const other = 'per_zzzzzzzzzzzzzzzzzzzz'
  const [a, b, c] = await database.transact(async tx => {
    const first = await append(
      tx,
      draft({ act: 'projects.apply', facts: { list: [{ project: 'prj_0123456789abcdefghjk' }] } }),
    )
    const second = await append(tx, draft({ actor: { capacity: 'chair', person: other }, cause: first.id }))
    return [first.id, second.id, (await append(tx, draft({ facts: { [other]: 1 }, cause: second.id }))).id]
  })
  const found = async (wanted: Omit<Parameters<typeof entriesPage>[1], 'limit'>, limit = 10) =>
    (await entriesPage(database.read, { ...wanted, limit })).map(({ id }) => id)
  assert.deepEqual(await found({}), [c, b, a])
  assert.deepEqual(await found({}, 2), [c, b])
  assert.deepEqual(await found({ before: b }), [a])
  assert.deepEqual(await found({ act: 'projects.apply' }), [a])
  assert.deepEqual(await found({ person: other }), [b])
  assert.deepEqual(await found({ subject: other }), [c, b])
  assert.deepEqual(await found({ subject: 'prj_0123456789abcdefghjk' }), [a])
  assert.deepEqual(await found({ subject: 'prj_0000000000abcdefghjk' }), [])
})

test('a sealed value stays out of the leaf, can be opened, and can be destroyed', async t => {
  const database = await testDatabase(t, recordMigrations)
  const subject = 'per_0123456789abcdefghjk'
  const sealed = { contact: { value: { mail: 'someone@example.org' }, subject }, ballot: { value: 'against' } }
  const { id, leaf, text } = await database.transact(tx => append(tx, draft({ sealed })))
  assert.equal(text.includes('someone@example.org') || text.includes('against'), false)
  const kept = await sealedOf(database.read, id)
  assert.deepEqual(Object.keys(kept).sort(), ['ballot', 'contact'])
  assert.deepEqual(kept.contact?.value, { mail: 'someone@example.org' })
  assert.equal(isRevealed(leaf.sealed?.ballot ?? '', kept.ballot?.salt ?? '', 'against'), true)
  assert.equal(isRevealed(leaf.sealed?.ballot ?? '', kept.ballot?.salt ?? '', 'for'), false)
  assert.equal(isRevealed(leaf.sealed?.ballot ?? '', '', 'against'), false)
  assert.equal(await database.transact(tx => erase(tx, { subject })), 1)
  assert.deepEqual(Object.keys(await sealedOf(database.read, id)), ['ballot'])
  assert.deepEqual((await entryBy(database.read, id))?.leaf, leaf)
})

test('an entry too large for a bundle, or unfit, is not written', async t => {
  const database = await testDatabase(t, recordMigrations)
  const large = draft({ facts: { text: 'x'.repeat(65_535) } })
  await assert.rejects(
    database.transact(tx => append(tx, large)),
    LeafTooLarge,
  )
  await assert.rejects(
    database.transact(tx => append(tx, draft({ act: 'Not an act' }))),
    { name: 'ZodError' },
  )
  assert.deepEqual(await entriesPage(database.read, { limit: 10 }), [])
})

test('the serving role can neither change nor remove entries, leaves and checkpoints', async t => {
  const database = await testDatabase(t, recordMigrations)
  await appendMany(database, 1)
  await integrate(database, testSigner())
  for (const table of ['entries', 'leaves', 'checkpoints'])
    for (const change of ['delete from', 'truncate'])
      await assert.rejects(database.pool.query(`${change} ${table}`), { code: '42501' })
  await assert.rejects(database.pool.query(`update entries set leaf = ''`), { code: '42501' })
})

test('tiles that do not fit the head stop the sequencer before it signs', async t => {
  const database = await testDatabase(t, recordMigrations)
  const signer = testSigner()
  await appendMany(database, 3)
  await integrate(database, signer)
  await database.pool.query('update tiles set hashes = substring(hashes from 1 for 64)')
  await appendMany(database, 1)
  await assert.rejects(integrate(database, signer), /tiles of the log do not fit its head/)
  assert.equal((await latestCheckpoint(database.read))?.size, 3)
})

test('the time of checkpoints never goes backwards', async t => {
  const database = await testDatabase(t, recordMigrations)
  const signer = testSigner()
  await appendMany(database, 1)
  await integrate(database, signer, Date.parse('2026-05-05T00:00:00Z'))
  await appendMany(database, 1)
  await integrate(database, signer, Date.parse('2026-05-04T00:00:00Z'))
  assert.equal((await latestCheckpoint(database.read))?.at, '2026-05-05T00:00:00.000Z')
})
