// Files kept inside a mirror's folder to save work: written beside and renamed, so that a kill leaves the old one or the new.
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

export type Shelf = {
  readonly read: (name: string) => Promise<Uint8Array | undefined>
  readonly write: (name: string, parts: readonly Uint8Array[]) => Promise<void>
}

/** A disk that is full or read-only must not end an assessment: what cannot be kept is read from Git again. */
export const shelfIn = (folder: string): Shelf => ({
  read: name => readFile(join(folder, name)).catch(() => undefined),
  async write(name, parts) {
    // `tmp_`, so that what a kill leaves behind is cleared with Git's own leftovers.
    const draft = join(folder, `tmp_${name}_${process.pid}`)
    try {
      await writeParts(draft, parts)
      await rename(draft, join(folder, name))
    } catch {
      await rm(draft, { force: true }).catch(() => undefined)
    }
  },
})

async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    const waiting = parts.filter(part => part.length > 0)
    const { bytesWritten } = await file.writev(waiting)
    if (bytesWritten < waiting.reduce((sum, part) => sum + part.length, 0)) throw new Error('The disk took a part only')
  } finally {
    await file.close()
  }
}
