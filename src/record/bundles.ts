// Entry bundles (C2SP tlog-tiles): up to 256 entries in a file, each after its length in two bytes.

export function writeBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap(entry => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length) // throws above 65,535, the format's limit
      return [length, entry]
    }),
  )
}

export type Span = { start: number; end: number }

/** Where each entry of a bundle begins and ends, up to where the bytes no longer divide into entries. */
export function readBundle(bytes: Buffer): { entries: Span[]; isWhole: boolean } {
  const entries: Span[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at + 2
    if (start > bytes.length) return { entries, isWhole: false }
    at = start + bytes.readUInt16BE(at)
    if (at > bytes.length) return { entries, isWhole: false }
    entries.push({ start, end: at })
  }
  return { entries, isWhole: true }
}
