// The Merkle tree of RFC 6962 over SHA-256, grown leaf by leaf as a compact range.
import { hash } from 'node:crypto'

export const hashBytes = 32
const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

export const sha = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer')

export const leafHash = (entry: Uint8Array): Buffer => sha(Buffer.concat([leafMark, entry]))
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha(Buffer.concat([nodeMark, left, right]))

/** The root of a log without entries: SHA-256 of nothing. */
export const emptyRoot = (): Buffer => sha(new Uint8Array())

/** The roots of the perfect subtrees that make up a tree of `size` leaves, largest first: all that growing it needs. */
export type Range = { size: number; nodes: Buffer[] }

export const emptyRange = (): Range => ({ size: 0, nodes: [] })

/** How many perfect subtrees a tree of this size has: the ones in its binary form. */
export function subtreesOf(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** Adds one leaf to the range in place; `made` hears of each perfect subtree that is completed, by its height. */
export function grow(range: Range, leaf: Buffer, made?: (height: number, node: Buffer) => void): void {
  let node = leaf
  made?.(0, node)
  for (let rest = range.size, height = 1; rest % 2 === 1; rest = (rest - 1) / 2, height++) {
    const left = range.nodes.pop()
    if (!left) throw new Error(`A compact range of size ${range.size} lacks nodes`)
    node = nodeHash(left, node)
    made?.(height, node)
  }
  range.nodes.push(node)
  range.size++
}

/** The root of the tree: the subtrees joined from the right. */
export function rootOf(range: Range): Buffer {
  const last = range.nodes.at(-1)
  if (!last) return emptyRoot()
  return range.nodes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last)
}

export const packRange = (range: Range): Buffer => Buffer.concat(range.nodes)

/** The range back from its bytes; throws when they cannot belong to a tree of this size. */
export function unpackRange(size: number, bytes: Uint8Array): Range {
  if (bytes.length !== subtreesOf(size) * hashBytes)
    throw new Error(`The head of the log holds ${bytes.length} bytes of hashes, which do not fit its size ${size}`)
  return { size, nodes: hashesOf(bytes) }
}

/** Splits a run of hashes, without copying. */
export const hashesOf = (bytes: Uint8Array): Buffer[] =>
  Array.from({ length: bytes.length / hashBytes }, (_, i) =>
    Buffer.from(bytes.buffer, bytes.byteOffset + i * hashBytes, hashBytes),
  )
