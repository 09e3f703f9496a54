// The ids seen so far in a log: a table of 28 bytes an entry, because millions of them must fit beside each other.

const prefixLength = 'ent_'.length
const idBytes = 20

/** An id is passed as bytes and the place in them where the id (with its prefix) begins. */
export type KnownIds = {
  has(bytes: Uint8Array, at: number): boolean
  /** False when it was there already. */
  add(bytes: Uint8Array, at: number): boolean
}

/** `expected`: how many are likely to come; more are no harm. */
export function knownIds(expected = 0): KnownIds {
  const start = 2 ** Math.ceil(Math.log2(Math.min(Math.max(expected, 500), 1_000_000) + 1))
  let slots = new Uint32Array(start * 2) // 1 + the number of the id, or 0 for a free slot
  let ids = new Uint8Array(start * idBytes)
  let count = 0

  const isSame = (number: number, bytes: Uint8Array, from: number): boolean => {
    for (let i = 0; i < idBytes; i++) if (ids[number * idBytes + i] !== bytes[from + i]) return false
    return true
  }
  /** The slot that holds the id, or the free one where it belongs. */
  const slotOf = (bytes: Uint8Array, from: number): number => {
    let slot = mix(bytes, from) & (slots.length - 1)
    for (let taken = slots[slot]; taken && !isSame(taken - 1, bytes, from); taken = slots[slot])
      slot = (slot + 1) & (slots.length - 1)
    return slot
  }
  const widen = (): void => {
    const wide = new Uint8Array(ids.length * 2)
    wide.set(ids)
    ids = wide
    slots = new Uint32Array(slots.length * 2)
    for (let number = 0; number < count; number++) slots[slotOf(ids, number * idBytes)] = number + 1
  }
  return {
    has: (bytes, at) => slots[slotOf(bytes, at + prefixLength)] !== 0,
    add(bytes, at) {
      const from = at + prefixLength
      const slot = slotOf(bytes, from)
      if (slots[slot] !== 0) return false
      for (let i = 0; i < idBytes; i++) ids[count * idBytes + i] = bytes[from + i] ?? 0
      slots[slot] = ++count
      if (count * 2 >= slots.length) widen()
      return true
    },
  }
}

/** FNV-1a over the id, 32 bits. */
function mix(bytes: Uint8Array, from: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < idBytes; i++) hash = Math.imul(hash ^ (bytes[from + i] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
