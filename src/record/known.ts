// The ids seen so far in a log: a table of 24 bytes an entry, because millions of them must fit beside each other.

const idBytes = 20
export const prefix = 'ent_'

/** An id is passed as a text and the place in it where the id (with its prefix) begins. */
export type KnownIds = {
  has(text: string, at: number): boolean /** False when it was there already. */
  add(text: string, at: number): boolean
}

/** `expected`: how many are likely to come; more are no harm. */
export function knownIds(expected = 0): KnownIds {
  const start = 2 ** Math.ceil(Math.log2(Math.min(Math.max(expected, 500), 1_000_000) + 1))
  let slots = new Uint32Array(start * 2) // 1 + the number of the id, or 0 for a free slot
  let ids = new Uint8Array(start * idBytes)
  let count = 0

  const isSame = (number: number, text: string, start: number): boolean => {
    for (let i = 0; i < idBytes; i++) if (ids[number * idBytes + i] !== text.charCodeAt(start + i)) return false
    return true
  }
  /** The slot that holds the id, or the free one where it belongs. */
  const slotOf = (text: string, start: number): number => {
    let slot = mix(text, start) & (slots.length - 1)
    for (let taken = slots[slot]; taken && !isSame(taken - 1, text, start); taken = slots[slot])
      slot = (slot + 1) & (slots.length - 1)
    return slot
  }
  const widen = (): void => {
    const wide = new Uint8Array(ids.length * 2)
    wide.set(ids)
    ids = wide
    slots = new Uint32Array(slots.length * 2)
    const text = Buffer.from(ids.buffer).toString('latin1')
    for (let number = 0; number < count; number++) slots[slotOf(text, number * idBytes)] = number + 1
  }
  return {
    has: (text, at) => slots[slotOf(text, at + prefix.length)] !== 0,
    add(text, at) {
      const start = at + prefix.length
      const slot = slotOf(text, start)
      if (slots[slot] !== 0) return false
      for (let i = 0; i < idBytes; i++) ids[count * idBytes + i] = text.charCodeAt(start + i)
      slots[slot] = ++count
      if (count * 2 >= slots.length) widen()
      return true
    },
  }
}

/** FNV-1a over the id, 32 bits. */
function mix(text: string, start: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < idBytes; i++) hash = Math.imul(hash ^ text.charCodeAt(start + i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
