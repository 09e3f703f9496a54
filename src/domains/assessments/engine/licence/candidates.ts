// Which licences a text resembles: Dice's coefficient of word pairs, from a compact index. It proposes and never decides.
import { readFileSync } from 'node:fs'
import { bigrams, isSampled } from './normalise.ts'

export type Candidate = { readonly id: string; readonly dice: number }

/** In the order of the index: ids, how many pairs each has there, and whether they are the sampled eighth. */
export type IndexHead = {
  readonly source: string
  readonly ids: readonly string[]
  readonly sizes: readonly number[]
  readonly sampled: readonly (0 | 1)[]
}
type Index = { readonly head: IndexHead; readonly pairs: Uint32Array }

export const indexFiles = {
  head: new URL('../data/licences.json', import.meta.url),
  pairs: new URL('../data/licences.bin', import.meta.url),
}

let loaded: Index | undefined

export function licenceIndex(): Index {
  if (loaded) return loaded
  const head = JSON.parse(readFileSync(indexFiles.head, 'utf8')) as IndexHead // our own generated file, tested for freshness
  const bytes = new Uint8Array(readFileSync(indexFiles.pairs))
  loaded = { head, pairs: new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) }
  return loaded
}

/** Best first. A bit set of 2^20 stands for the text's pairs: a false hit in it only proposes one candidate more. */
export function candidatesFor(words: readonly string[], most: number): Candidate[] {
  const { head, pairs } = licenceIndex()
  const all = bigrams(words)
  const bits = new Uint8Array(1 << 17)
  let sampledSize = 0
  for (const hash of all) {
    bits[(hash >>> 3) & 0x1ffff] = (bits[(hash >>> 3) & 0x1ffff] ?? 0) | (1 << ((hash >>> 20) & 7))
    if (isSampled(hash)) sampledSize += 1
  }
  let from = 0
  const scored = head.ids.map((id, index) => {
    const size = head.sizes[index] ?? 0
    let shared = 0
    for (let at = from; at < from + size; at += 1) {
      const hash = pairs[at] ?? 0
      if ((bits[(hash >>> 3) & 0x1ffff] ?? 0) & (1 << ((hash >>> 20) & 7))) shared += 1
    }
    from += size
    return { id, dice: (2 * shared) / (size + (head.sampled[index] ? sampledSize : all.size) || 1) }
  })
  return scored.sort((a, b) => b.dice - a.dice || (a.id < b.id ? -1 : 1)).slice(0, most)
}
