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

/** Where each entry of a bundle begins and ends; undefined when the bytes do not divide into entries. */
export function readBundle(bytes: Buffer): { start: number; end: number }[] | undefined {
  const entries: { start: number; end: number }[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + 2 > bytes.length) return undefined
    const start = at + 2
    at = start + bytes.readUInt16BE(at)
    if (at > bytes.length) return undefined
    entries.push({ start, end: at })
  }
  return entries
}
