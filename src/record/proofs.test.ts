// Proofs by properties: they hold for every size, and nothing else holds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emptyRange, grow, hashBytes, leafHash, nodeHash, packRange, rootOf, unpackRange } from './merkle.ts'
import { nodesIn } from './nodes.ts'
import { consistencyProof, inclusionProof, isConsistent, isIncluded, rootOver } from './proofs.ts'
import { tileLevelBits } from './tiles.ts'

const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))

/** The definition of RFC 6962, section 2.1, word for word. */
function definition(part: readonly Buffer[]): Buffer {
  const [only] = part
  if (only && part.length === 1) return only
  let k = 1
  while (k * 2 < part.length) k *= 2
  return nodeHash(definition(part.slice(0, k)), definition(part.slice(k)))
}

/** All tiles of the largest tree; a smaller tree's are their beginnings. */
const levels: Buffer[][] = []
const roots: Buffer[] = []
const range = emptyRange()
for (const leaf of leaves) {
  grow(range, leaf, (height, node) => {
    if (height % tileLevelBits !== 0) return
    levels[height / tileLevelBits] ??= []
    levels[height / tileLevelBits]?.push(node)
  })
  roots.push(rootOf(range))
}
const packed = levels.map(level => Buffer.concat(level))
const node = nodesIn(
  (level, n) => packed[level]?.subarray(n * 256 * hashBytes, (n + 1) * 256 * hashBytes) ?? Buffer.alloc(0),
)
const treeOf = (size: number) => ({ size, root: roots[size - 1] ?? Buffer.alloc(0) })

const sizes = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 1, max: leaves.length }),
  fc.constantFrom(255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000),
)
const inTree = sizes.chain(size => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))

test('the root of a compact range and the root from tiles are the root as it is defined', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), size => {
      const root = definition(leaves.slice(0, size))
      assert.deepEqual(roots[size - 1], root)
      assert.deepEqual(rootOver(0, size, node), root)
    }),
    { numRuns: 30 },
  )
  assert.deepEqual(rootOver(0, 70_000, node), roots[69_999])
})

test('a compact range survives its bytes, and bytes of another size are refused', () => {
  const whole = unpackRange(range.size, packRange(range))
  assert.deepEqual(rootOf(whole), roots[69_999])
  assert.throws(() => unpackRange(range.size + 1, packRange(range)), /do not fit its size/)
})

test('each entry is proven to be in each tree, and at no other place', () => {
  fc.assert(
    fc.property(inTree, fc.nat(), ([size, index], salt) => {
      const proof = inclusionProof(index, size, node)
      const claim = { leaf: leaves[index] ?? Buffer.alloc(0), index, ...treeOf(size) }
      assert.equal(isIncluded(proof, claim), true)
      assert.equal(
        isIncluded(proof, { ...claim, index: (index + 1 + (salt % size)) % (size + 1) }),
        (index + 1 + (salt % size)) % (size + 1) === index,
      )
      assert.equal(isIncluded(proof, { ...claim, leaf: leafHash(Buffer.from('other')) }), false)
      assert.equal(isIncluded([...proof, claim.leaf], claim), false)
      assert.equal(isIncluded(proof.slice(0, -1), claim), size === 1)
    }),
  )
  assert.throws(() => inclusionProof(5, 5, node), RangeError)
})

test('each tree is proven to be the beginning of each larger one, and of no other', () => {
  fc.assert(
    fc.property(inTree, ([size, before]) => {
      const from = before + 1
      const proof = consistencyProof(from, size, node)
      assert.equal(isConsistent(proof, treeOf(from), treeOf(size)), true)
      const forged = { size: from, root: leafHash(Buffer.from('forged')) }
      assert.equal(isConsistent(proof, forged, treeOf(size)), false)
      assert.equal(isConsistent(proof, treeOf(from), { size, root: forged.root }), false)
      if (proof.length > 0) assert.equal(isConsistent(proof.slice(0, -1), treeOf(from), treeOf(size)), false)
      assert.equal(isConsistent([...proof, forged.root], treeOf(from), treeOf(size)), false)
    }),
  )
  assert.equal(isConsistent([], treeOf(9), treeOf(8)), false)
  assert.throws(() => consistencyProof(9, 8, node), RangeError)
})

test('every tree goes on from the empty one', () => {
  assert.deepEqual(consistencyProof(0, 5, node), [])
  assert.equal(isConsistent([], { size: 0, root: leafHash(new Uint8Array()) }, treeOf(5)), true)
})
