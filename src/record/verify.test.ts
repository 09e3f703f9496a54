// Verify: a whole log passes, and whatever bit of it is flipped is named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonical } from '#base/canonical.ts'
import { entryId, entryText, logFiles } from '#test/kit/log.ts'
import { testSigner } from '#test/kit/record.ts'
import { idAt, type Links, quickly, thoroughly } from './inspect.ts'
import { knownIds } from './known.ts'
import type { Source } from './source.ts'
import { verify } from './verify.ts'

const signer = testSigner()
const now = Date.UTC(2027, 0, 1)
const texts = (count: number): Buffer[] => Array.from({ length: count }, (_, n) => Buffer.from(entryText(n)))
const sourceOf = (files: ReadonlyMap<string, Buffer>): Source => ({
  name: 'memory',
  file: async path => {
    const bytes = files.get(path)
    return bytes && Buffer.from(bytes)
  },
})
const verified = (files: ReadonlyMap<string, Buffer>) => verify(sourceOf(files), { vkey: signer.vkey, now })
const faultsOf = async (files: ReadonlyMap<string, Buffer>) => (await verified(files)).faults

test('whole logs of many sizes pass, with every entry counted', async () => {
  for (const size of [0, 1, 2, 255, 256, 257, 600, 66_000]) {
    const report = await verified(logFiles(texts(size), signer))
    assert.deepEqual(report.faults, [])
    assert.deepEqual([report.ok, report.size, report.entries, report.isSignatureChecked], [true, size, size, true])
  }
})

test('without the key the signature is not said to be checked', async () => {
  const report = await verify(sourceOf(logFiles(texts(3), signer)), { now })
  assert.deepEqual([report.ok, report.isSignatureChecked, report.origin], [true, false, signer.origin])
})

test('a flipped bit in any file is found, and named by file or entry', async () => {
  const size = 600
  const files = logFiles(texts(size), signer)
  const paths = [...files.keys()]
  const flips = fc.tuple(fc.constantFrom(...paths), fc.nat(), fc.integer({ min: 0, max: 7 }))
  await fc.assert(
    fc.asyncProperty(flips, async ([path, place, bit]) => {
      const bytes = Buffer.from(files.get(path) ?? '')
      const at = place % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      const faults = await faultsOf(new Map(files).set(path, bytes))
      assert.notEqual(faults.length, 0)
      if (path === 'checkpoint') return
      const [first] = faults
      if (path.startsWith('tile/entries/')) assert.equal(first?.index, entryOfByte(files.get(path), path, at))
      else assert.equal(first?.what.startsWith(path), true, first?.what)
    }),
    { numRuns: 300 },
  )
})

/** The index of the entry in whose bytes, or in whose length, a byte of a bundle lies. */
function entryOfByte(bundle: Buffer | undefined, path: string, at: number): number {
  let index = Number(/\/(\d{3})/.exec(path)?.[1]) * 256
  for (let next = 0; bundle; index++) {
    next += 2 + bundle.readUInt16BE(next)
    if (at < next) return index
  }
  return -1
}

test('several wrongs at once are each named: an entry here, a tile there', async () => {
  const files = new Map(logFiles(texts(1100), signer))
  const alter = (path: string, at: number) => {
    const bytes = Buffer.from(files.get(path) ?? '')
    bytes[at] = (bytes[at] ?? 0) ^ 1
    files.set(path, bytes)
  }
  alter('tile/entries/001', 1000)
  alter('tile/0/003', 32 * 7)
  const [entry, tile, ...rest] = (await faultsOf(files)).filter(({ what }) => !what.includes('cannot be read'))
  assert.equal(entry?.index, entryOfByte(logFiles(texts(512), signer).get('tile/entries/001'), '/001', 1000))
  assert.equal(tile?.what, 'tile/0/003 was altered: hash 7 is not that of entry 775')
  assert.deepEqual(rest, [])
})

test('missing and cut files are named', async () => {
  const files = logFiles(texts(600), signer)
  for (const path of files.keys()) {
    const without = new Map(files)
    without.delete(path)
    const named = (await faultsOf(without)).some(({ what }) =>
      what.includes(path === 'checkpoint' ? 'The checkpoint' : path),
    )
    assert.equal(named, true, path)
    const cut = new Map(files).set(path, (files.get(path) ?? Buffer.alloc(0)).subarray(0, -1))
    assert.equal((await verified(cut)).ok, false, path)
  }
})

const changed = (n: number, change: object): Buffer =>
  Buffer.from(canonical({ ...JSON.parse(entryText(n)), ...change }))
const wrongs: [string, Buffer, RegExp][] = [
  ['an id twice', changed(4, { id: entryId(2) }), /Entry 4 \(.*\) has the id of an earlier entry/],
  ['an unseen cause', changed(4, { cause: entryId(9) }), /names a cause that is not before it/],
  ['an unseen mandate', changed(4, { mandate: entryId(4) }), /names a mandate that is not before it/],
  ['a future time', changed(4, { at: '2028-01-01T00:00:00.000Z' }), /is dated in the future/],
  ['an unknown field', changed(4, { name: 'x' }), /is not a leaf/],
  ['no such day', changed(4, { at: '2026-02-30T00:00:00.000Z' }), /is not a leaf: at/],
  ['other spacing', Buffer.from(entryText(4).replace(',', ', ')), /is not canonical JSON/],
  ['no JSON', Buffer.from('hello'), /is not JSON/],
  ['no UTF-8', Buffer.from([0xff, 0xfe]), /is not UTF-8/],
]
for (const [name, bytes, what] of wrongs)
  test(`a log that was signed with ${name} in it is refused`, async () => {
    const entries = texts(7)
    entries[4] = bytes
    const faults = (await faultsOf(logFiles(entries, signer))).filter(({ index }) => index === 4)
    assert.equal(faults.length, 1)
    assert.match(faults[0]?.what ?? '', what)
  })

test('another log under the same name is refused', async () => {
  const { faults, ok } = await verify(sourceOf(logFiles(texts(5), testSigner())), { vkey: signer.vkey, now })
  assert.deepEqual([ok, faults], [false, [{ what: 'The checkpoint does not hold: no known key signed it' }]])
})

const partAt = ({ bytes, ...places }: Links, name: 'id' | 'at' | 'cause' | 'mandate'): string | undefined =>
  places[name] < 0 ? undefined : idAt(bytes, places[name])

const everything = {
  actor: {
    capacity: 'alternate',
    person: `per_${entryId(1).slice(4)}`,
    seat: 'a',
    body: 'b\u00f6ard',
    onBehalfOf: 'b',
    project: '',
  },
  cause: entryId(5),
  mandate: entryId(6),
  sealed: { a: '0f'.repeat(32), b: '1e'.repeat(32) },
  weighed: {
    numbers: [0, -1, 20],
    nested: { ok: true, no: false, nothing: null, empty: {}, none: [] },
    text: 'a "b" \n \\ \u00e9',
  },
  under: [],
}

test('the quick look suffices for entries with all that they may have', () => {
  for (const leave of [undefined, ...Object.keys(everything)]) {
    const bytes = changed(1, { ...everything, ...(leave && { [leave]: JSON.parse(entryText(1))[leave] }) })
    const quick = quickly(bytes, 0, bytes.length)
    const slow = thoroughly(bytes)
    assert.ok(quick && !('unfit' in slow), leave)
    for (const name of ['id', 'at', 'cause', 'mandate'] as const) assert.equal(partAt(quick, name), partAt(slow, name))
  }
})

test('the quick look never says yes where the thorough one says no, and sees what it should', () => {
  const look = (bytes: Buffer) => quickly(bytes, 0, bytes.length)
  for (const n of [0, 1, 2, 5, 30]) assert.notEqual(look(Buffer.from(entryText(n))), undefined)
  const facts = fc.dictionary(fc.string(), fc.jsonValue())
  const leaves = fc.record({
    facts,
    weighed: fc.option(facts, { nil: undefined }),
    under: fc.array(fc.string({ maxLength: 45 }), { maxLength: 3 }),
    sealed: fc.option(fc.dictionary(fc.constantFrom('b', 'a', 'c-d', 'é', 'B'), fc.constant('0f'.repeat(32))), {
      nil: undefined,
    }),
    at: fc
      .date({ min: new Date('1999-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map(date => date.toISOString()),
    actor: fc.record(
      {
        capacity: fc.constantFrom('chair', 'seat-holder', 'Chair', ''),
        person: fc.constantFrom(`per_${entryId(3).slice(4)}`, 'per_3'),
        seat: fc.string({ maxLength: 90 }),
        body: fc.string({ maxLength: 90 }),
        onBehalfOf: fc.string({ maxLength: 5 }),
        project: fc.string({ maxLength: 5 }),
        name: fc.constant('x'),
      },
      { requiredKeys: ['capacity'] },
    ),
    cause: fc.option(fc.constantFrom(entryId(5), 'ent_5', '"'), { nil: undefined }),
    mandate: fc.option(fc.constant(entryId(6)), { nil: undefined }),
  })
  const mutation = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 127 }), fc.boolean())
  fc.assert(
    fc.property(leaves, mutation, (leaf, [place, byte, isMutated]) => {
      const bytes = changed(1, leaf)
      if (isMutated) bytes[place % bytes.length] = byte
      const quick = look(bytes)
      const slow = thoroughly(bytes)
      if (!quick) return
      assert.equal('unfit' in slow, false, bytes.toString())
      if ('unfit' in slow) return
      for (const name of ['id', 'at', 'cause', 'mandate'] as const) {
        assert.equal(partAt(quick, name), partAt(slow, name))
      }
    }),
    { numRuns: 2000 },
  )
})

test('known ids are all found again, and no others', () => {
  const known = knownIds()
  const bytes = (n: number) => Buffer.from(`x${entryId(n)}`)
  for (let n = 0; n < 5000; n++) assert.equal(known.add(bytes(n), 1), true)
  for (let n = 0; n < 5000; n++) assert.deepEqual([known.has(bytes(n), 1), known.add(bytes(n), 1)], [true, false])
  for (let n = 5000; n < 10_000; n++) assert.equal(known.has(bytes(n), 1), false)
})
