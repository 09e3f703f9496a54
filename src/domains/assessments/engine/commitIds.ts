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
  let ids = Buffer.alloc(Math.max(known.length * 2, 1024 * width))
  ids.set(known)
  let size = known.length / width
  let slots = new Uint32Array(0)

  const slotOf = (at: number): number => {
    let slot = ids.readUInt32LE(at) & (slots.length - 1)
    for (let held = slots[slot]; held !== unused && held !== undefined; held = slots[slot]) {
      if (ids.compare(ids, at, at + width, held * width, (held + 1) * width) === 0) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }
  // At most half full, so that a search ends after a step or two.
  const makeSlots = () => {
    slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1024, size * 4)))).fill(unused)
    for (let number = 0; number < size; number += 1) slots[slotOf(number * width)] = number
  }
  /** The id is written behind the last one, where it stays if it is new. */
  const place = (id: string): number => {
    if (slots.length < (size + 1) * 2) makeSlots()
    if (ids.length < (size + 1) * width) ids = Buffer.concat([ids], ids.length * 2)
    if (ids.write(id, size * width, width, 'hex') !== width) throw new RangeError('An id of another length')
    return slotOf(size * width)
  }

  return {
    size: () => size,
    number(id) {
      const slot = place(id)
      const held = slots[slot]
      if (held !== undefined && held !== unused) return held
      slots[slot] = size
      size += 1
      return size - 1
    },
    find(id) {
      if (id.length !== width * 2) return undefined
      const slot = place(id)
      const held = slots[slot]
      return held === unused ? undefined : held
    },
    text: number => ids.toString('hex', number * width, (number + 1) * width),
    bytes: () => ids.subarray(0, size * width),
  }
}
