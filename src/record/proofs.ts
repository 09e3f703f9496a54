// Inclusion and consistency proofs (RFC 6962, section 2.1; checked as RFC 9162, sections 2.1.3.2 and 2.1.4.2).
import { nodeHash } from './merkle.ts'

/** Gives the root of the perfect subtree of 2^height leaves that begins at leaf index * 2^height. */
export type NodeAt = (height: number, index: number) => Buffer

/** The largest power of two below n (n > 1), and its height. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** The root over the leaves from `start` up to `end`; `start` must be a multiple of the power of two not below their number. */
export function rootOver(start: number, end: number, node: NodeAt): Buffer {
  const count = end - start
  const k = count > 1 ? splitOf(count) : 1
  if (count === 1 || k * 2 === count) {
    const height = Math.round(Math.log2(count))
    return node(height, start / count)
  }
  return nodeHash(rootOver(start, start + k, node), rootOver(start + k, end, node))
}

/** From the leaf's sibling up to the root's child. */
export function inclusionProof(index: number, size: number, node: NodeAt): Buffer[] {
  const path = (start: number, end: number): Buffer[] => {
    if (end - start === 1) return []
    const middle = start + splitOf(end - start)
    return index < middle
      ? [...path(start, middle), rootOver(middle, end, node)]
      : [...path(middle, end), rootOver(start, middle, node)]
  }
  if (index < 0 || index >= size) throw new RangeError(`A log of size ${size} has no entry ${index}`)
  return path(0, size)
}

/** That the log of size `from` is the beginning of the log of size `size`; empty when they are equal or `from` is 0. */
export function consistencyProof(from: number, size: number, node: NodeAt): Buffer[] {
  const path = (start: number, end: number, isWhole: boolean): Buffer[] => {
    if (end === from) return isWhole ? [] : [rootOver(start, end, node)]
    const middle = start + splitOf(end - start)
    return from <= middle
      ? [...path(start, middle, isWhole), rootOver(middle, end, node)]
      : [...path(middle, end, false), rootOver(start, middle, node)]
  }
  if (from < 0 || from > size) throw new RangeError(`A log of size ${size} does not go back to size ${from}`)
  return from === 0 ? [] : path(0, size, true)
}

const half = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1

export type Included = { leaf: Buffer; index: number; size: number; root: Buffer }

export function isIncluded(proof: readonly Buffer[], { leaf, index, size, root }: Included): boolean {
  if (index < 0 || index >= size) return false
  let [at, last, node] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      node = nodeHash(sibling, node)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else node = nodeHash(node, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && node.equals(root)
}

export type Tree = { size: number; root: Buffer }

/** Whether the proof shows that `after` only adds to `before`. */
export function isConsistent(proof: readonly Buffer[], before: Tree, after: Tree): boolean {
  if (before.size > after.size) return false
  if (before.size === after.size) return proof.length === 0 && before.root.equals(after.root)
  if (before.size === 0) return proof.length === 0
  const [first, ...rest] = isPowerOfTwo(before.size) ? [before.root, ...proof] : proof
  return first !== undefined && climbs(first, rest, { before, after })
}

function climbs(first: Buffer, rest: readonly Buffer[], { before, after }: { before: Tree; after: Tree }): boolean {
  let [at, last] = [before.size - 1, after.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [old, grown] = [first, first]
  for (const node of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      ;[old, grown] = [nodeHash(node, old), nodeHash(node, grown)]
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else grown = nodeHash(grown, node)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && old.equals(before.root) && grown.equals(after.root)
}

function isPowerOfTwo(n: number): boolean {
  let k = 1
  while (k < n) k *= 2
  return k === n
}
