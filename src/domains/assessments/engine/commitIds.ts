// Numbers commit ids as they are first seen, in flat memory: some 30 bytes an id, where strings in a Map take 200.

const unused = 0xffffffff

export type CommitIds = {
  readonly size: () => number
  /** The number of the id; a new one when it was not seen before. */
  readonly number: (id: string) => number
  /** Undefined for an id that was never seen. */
  readonly find: (id: string) => number | undefined
  readonly text: (number: number) => string
  /** The ids one after the other, in the order of their numbers. */
  readonly bytes: () => Uint8Array
}

/** `known`: ids one after the other, as `bytes` gave them; `width`: 20 bytes for SHA-1, 32 for SHA-256. */
export function commitIds(width: 20 | 32, known: Uint8Array = new Uint8Array(0)): CommitIds {
  const wordsEach = width / 4
  let size = known.length / width
  let [ids, words] = roomFor(known, Math.max(1024, size * 2) * width)
  let slots = new Uint32Array(0)

  const slotOf = (number: number): number => {
    const mask = slots.length - 1
    let slot = (words[number * wordsEach] ?? 0) & mask
    for (let held = slots[slot] ?? unused; held !== unused; held = slots[slot] ?? unused) {
      if (isSame(words, { one: number * wordsEach, other: held * wordsEach, length: wordsEach })) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }
  // At most half full, so that a search ends after a step or two.
  const makeSlots = () => {
    slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1024, size * 2 + 2)))).fill(unused)
    fillSlots(slots, words, { size, wordsEach })
  }
  /** The id is written behind the last one, where it stays if it is new. */
  const place = (id: string): number => {
    if (slots.length < (size + 1) * 2) makeSlots()
    if (ids.length < (size + 1) * width) [ids, words] = roomFor(ids, ids.length * 2)
    if (ids.write(id, size * width, width, 'hex') !== width) throw new RangeError('An id of another length')
    return slotOf(size)
  }

  return {
    size: () => size,
    number(id) {
      const slot = place(id)
      const held = slots[slot] ?? unused
      if (held !== unused) return held
      slots[slot] = size
      size += 1
      return size - 1
    },
    find(id) {
      if (id.length !== width * 2) return undefined
      const slot = place(id)
      return slots[slot] === unused ? undefined : slots[slot]
    },
    text: number => ids.toString('hex', number * width, (number + 1) * width),
    bytes: () => ids.subarray(0, size * width),
  }
}

/** Ids that are known to differ from each other: none is compared. A kept table is taken in by this, so it counts. */
function fillSlots(slots: Uint32Array, words: Uint32Array, { size, wordsEach }: { size: number; wordsEach: number }) {
  const mask = slots.length - 1
  for (let number = 0; number < size; number += 1) {
    let slot = (words[number * wordsEach] ?? 0) & mask
    while (slots[slot] !== unused) slot = (slot + 1) & mask
    slots[slot] = number
  }
}

type Places = { readonly one: number; readonly other: number; readonly length: number }

function isSame(words: Uint32Array, { one, other, length }: Places): boolean {
  for (let word = 0; word < length; word += 1) if (words[one + word] !== words[other + word]) return false
  return true
}

function roomFor(known: Uint8Array, bytes: number): [Buffer, Uint32Array] {
  const memory = new ArrayBuffer(bytes)
  const ids = Buffer.from(memory)
  ids.set(known)
  return [ids, new Uint32Array(memory)]
}
