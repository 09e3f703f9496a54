// The formats by themselves: keys, notes, checkpoints, paths, bundles, receipts, cosignatures, witnessing.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { testSigner } from '#test/kit/record.ts'
import { readBundle, writeBundle } from './bundles.ts'
import { checkpointText, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { cosignerOf, withCosignatures } from './cosign.ts'
import { keyTypes, parseVkey, verifierKey } from './keys.ts'
import { emptyRoot, leafHash } from './merkle.ts'
import { openNote, parseNote, type Signature, writeNote } from './note.ts'
import { checkProof, parseProof, writeProof } from './proof.ts'
import { KeyRefused, loadSigner, newKey, requireSameKey, signerOf } from './signer.ts'
import { parseTilePath, tilePath, tilesOf } from './tiles.ts'

test("the specification's key has the specification's id", () => {
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
  const key = parseVkey(vkey)
  assert.equal(key.id, 0x530d903a)
  assert.equal(verifierKey('example.com/foo', keyTypes.note, key.bytes).vkey, vkey)
  assert.throws(() => parseVkey(vkey.replace('530d', '530e')), /does not belong/)
  assert.throws(() => parseVkey('example.com/foo'), /Not a verifier key/)
  assert.throws(() => verifierKey('two words', keyTypes.note, key.bytes), /cannot name a key/)
})

test('the hashes of nothing and of an empty leaf are those of RFC 6962', () => {
  assert.equal(emptyRoot().toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const empty = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
  assert.equal(leafHash(new Uint8Array()).toString('hex'), empty)
})

const signed = (signer = testSigner()) => ({ signer, note: signer.sign({ size: 7, root: emptyRoot() }) })

test('a note holds with 16 unknown signatures beside the known one, and falls with a wrong known one', () => {
  const { signer, note } = signed()
  const parsed = parseNote(note)
  assert.ok(parsed)
  const stranger = (i: number): Signature => ({ name: `witness.example/${i}`, keyId: i, bytes: Buffer.alloc(64, i) })
  const many = writeNote({
    text: parsed.text,
    signatures: [...Array.from({ length: 16 }, (_, i) => stranger(i)), ...parsed.signatures],
  })
  const opened = openNote(many, [signer.key])
  assert.deepEqual(opened.ok && opened.signedBy, [signer.key])
  const [own] = parsed.signatures
  assert.ok(own)
  const forged = writeNote({ text: parsed.text, signatures: [{ ...own, bytes: Buffer.alloc(64) }] })
  assert.deepEqual(openNote(forged, [signer.key]), { ok: false, why: `the signature of ${signer.origin} is wrong` })
  assert.deepEqual(openNote(note, [testSigner().key]), { ok: false, why: 'no known key signed it' })
  // the same name or the same id alone does not make a key known
  const other = { ...own, keyId: (own.keyId ^ 1) >>> 0, bytes: Buffer.alloc(64) }
  assert.equal(openNote(writeNote({ text: parsed.text, signatures: [other, own] }), [signer.key]).ok, true)
})

test('malformed notes are refused', () => {
  const { note } = signed()
  const [line = ''] = note.split('\n\n').slice(-1)
  for (const bad of [
    '',
    'text',
    note.slice(0, -1),
    note.replace('\n\n', '\n'),
    note.replace('\u2014', '-'),
    note.replace('7', '\t'),
    `${note}x\n`,
    note.replace(line, ''),
  ])
    assert.equal(parseNote(bad), undefined, JSON.stringify(bad))
})

test('checkpoints are read in their one form', () => {
  const root = emptyRoot()
  const text = checkpointText({ origin: 'log.example', size: 12, root })
  assert.deepEqual(parseCheckpoint(text), { origin: 'log.example', size: 12, root })
  assert.deepEqual(parseCheckpoint(`${text}extension\n`), { origin: 'log.example', size: 12, root })
  for (const bad of [
    text.slice(0, -1),
    text.replace('12', '012'),
    text.replace('12', '-1'),
    text.replace('12', '1e1'),
    text.replace('=', ''),
    text.slice(12),
    `${text}\n`,
  ])
    assert.equal(parseCheckpoint(bad), undefined, JSON.stringify(bad))
})

test("a checkpoint of another origin or without the log's signature does not hold", () => {
  const { signer, note } = signed()
  assert.equal(openCheckpoint(note, signer.key).ok, true)
  const text = checkpointText({ origin: 'other.example', size: 7, root: emptyRoot() })
  const pem = newKey()
  const witness = cosignerOf('w.example', pem)
  const cosignedOnly = writeNote({
    text: parseNote(note)?.text ?? '',
    signatures: [witness.cosign(parseNote(note)?.text ?? '', 1)],
  })
  assert.deepEqual(openCheckpoint(cosignedOnly, signer.key, [witness.key]), {
    ok: false,
    why: `the log ${signer.origin} did not sign it`,
  })
  const log = signerOf('log.example', pem)
  const stray = signerOf('other.example', pem).sign({ size: 7, root: emptyRoot() })
  assert.equal(parseNote(stray)?.text, text)
  assert.deepEqual(openCheckpoint(stray, log.key), { ok: false, why: 'no known key signed it' })
})

test('a key file is made once, kept from others, and another key is refused', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-key-'))
  t.after(() => rm(folder, { recursive: true }))
  const both = await Promise.all([loadSigner(folder, 'log.example'), loadSigner(folder, 'log.example')])
  assert.equal(both[0].vkey, both[1].vkey)
  assert.equal((await loadSigner(folder, 'log.example')).vkey, both[0].vkey)
  assert.equal((await stat(join(folder, 'log.key'))).mode & 0o777, 0o600)
  assert.equal(signerOf('log.example', await readFile(join(folder, 'log.key'), 'utf8')).vkey, both[0].vkey)
  const note = both[0].sign({ size: 0, root: emptyRoot() })
  requireSameKey(both[1], note)
  assert.throws(() => requireSameKey(signerOf('log.example', newKey()), note), {
    name: 'KeyRefused',
    message: /restore the log\.key/,
  })
  assert.throws(() => signerOf('log.example', 'no key'), KeyRefused)
})

test('tile paths have one spelling', () => {
  assert.equal(tilePath({ level: 0, n: 1234067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 'entries', n: 5, width: 7 }), 'tile/entries/005.p/7')
  const tile = fc.record(
    {
      level: fc.oneof(fc.constant<'entries'>('entries'), fc.integer({ min: 0, max: 63 })),
      n: fc.integer({ min: 0, max: 999_999_999_999 }),
      width: fc.integer({ min: 1, max: 256 }),
    },
    { noNullPrototype: true },
  )
  fc.assert(fc.property(tile, one => assert.deepEqual(parseTilePath(tilePath(one)), one)))
  for (const bad of [
    'tile/0/0',
    'tile/0/x000/001',
    'tile/00/001',
    'tile/64/000',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/1234',
    'tile/entry/000',
    'tile/-1/000',
    'tile/0/001/',
    '/tile/0/001',
    'tile/0/001.p/',
    'tile/0/x001',
    'tile/0/../checkpoint',
  ])
    assert.equal(parseTilePath(bad), undefined, bad)
})

test('a log of 70,000 entries has the tiles that the specification counts', () => {
  const paths = new Set([...tilesOf(70_000)].map(tilePath))
  for (const path of [
    'tile/0/272',
    'tile/0/273.p/112',
    'tile/1/000',
    'tile/1/001.p/17',
    'tile/2/000.p/1',
    'tile/entries/273.p/112',
  ])
    assert.equal(paths.has(path), true, path)
  assert.equal(paths.size, 274 + 274 + 2 + 1)
  assert.deepEqual([...tilesOf(0)], [])
})

test('bundles come back as they went in, and broken ones are seen', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 })
  fc.assert(
    fc.property(entries, all => {
      const bytes = writeBundle(all)
      const { entries: spans, isWhole } = readBundle(bytes)
      assert.equal(isWhole, true)
      assert.deepEqual(
        spans.map(({ start, end }) => new Uint8Array(bytes.subarray(start, end))),
        all,
      )
      if (bytes.length > 0) assert.equal(readBundle(bytes.subarray(0, -1)).isWhole, false)
    }),
  )
  assert.throws(() => writeBundle([Buffer.alloc(65_536)]), RangeError)
})

test('receipts come back as they went in; malformed ones are refused', () => {
  const { signer, note } = signed()
  const hashes = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))]
  const proof = { extra: Buffer.from('entry'), index: 3, hashes, checkpoint: note }
  const text = writeProof(proof)
  assert.deepEqual(parseProof(text), proof)
  assert.deepEqual(parseProof(writeProof({ ...proof, extra: undefined })), { ...proof, extra: undefined })
  for (const bad of [
    '',
    text.replace('@v1', '@v2'),
    text.replace('index 3', 'index 03'),
    text.replace('index 3\n', ''),
    text.replace('extra ', 'extra'),
    text.replace('=\n', '\n'),
  ])
    assert.equal(parseProof(bad), undefined, bad)
  assert.deepEqual(checkProof('', { log: signer.key }), { ok: false, why: 'it is not a tlog-proof file' })
  assert.deepEqual(checkProof(writeProof({ ...proof, extra: undefined }), { log: signer.key }), {
    ok: false,
    why: 'it does not carry its entry: give the entry beside it',
  })
  assert.deepEqual(checkProof(text, { log: testSigner().key }), {
    ok: false,
    why: 'its checkpoint does not hold: no known key signed it',
  })
  assert.deepEqual(checkProof(text, { log: signer.key }), {
    ok: false,
    why: 'the entry is not at index 3 of the log of size 7 that was signed',
  })
})

test('cosignatures by known witnesses are added once; others are left out, wrong ones refused', () => {
  const { signer, note } = signed()
  const text = parseNote(note)?.text ?? ''
  const [witness, stranger] = [cosignerOf('w.example', newKey()), cosignerOf('x.example', newKey())]
  const lines = (...all: Signature[]) => writeNote({ text: '', signatures: all }).slice(1)
  const added =
    withCosignatures(note, lines(witness.cosign(text, 1_800_000_000), stranger.cosign(text, 5)), [witness.key]) ?? ''
  const opened = openCheckpoint(added, signer.key, [witness.key, stranger.key])
  assert.deepEqual(opened.ok && opened.signedBy, [signer.key, witness.key])
  assert.equal(withCosignatures(added, lines(witness.cosign(text, 1_800_000_000)), [witness.key]), added)
  assert.equal(withCosignatures(note, lines(stranger.cosign(text, 5)), [witness.key]), undefined)
  assert.equal(withCosignatures(note, lines(witness.cosign(`${text}more`, 5)), [witness.key]), undefined)
  assert.equal(withCosignatures(note, 'nonsense\n', [witness.key]), undefined)
})
