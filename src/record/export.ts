// Exporting the log as a folder of files that any static server can serve.
import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Read } from '#database/handles.ts'
import { latestCheckpoint } from './queries.ts'
import { tileBytes } from './serve.ts'
import { tilePath, tilesOf } from './tiles.ts'

export type Exported = { size: number; written: number; present: number }

/**
 * Writes what the folder lacks; files that never change are left alone, the checkpoint comes last, so that at every
 * moment all that it promises is there. Throws when the log was never opened.
 */
export async function exportLog(
  read: Read,
  folder: string,
  progress: (done: number, total: number) => void = () => {},
): Promise<Exported> {
  const checkpoint = await latestCheckpoint(read)
  if (!checkpoint) throw new Error('There is no log yet: start Guildhall once, and it signs its first checkpoint')
  const tiles = [...tilesOf(checkpoint.size)]
  let written = 0
  for (const [i, tile] of tiles.entries()) {
    const path = join(folder, tilePath(tile))
    if (!(await isThere(path))) {
      await writeWhole(path, await tileBytes(read, tile))
      written++
    }
    progress(i + 1, tiles.length)
  }
  await writeWhole(join(folder, 'checkpoint'), Buffer.from(checkpoint.note))
  return { size: checkpoint.size, written, present: tiles.length - written }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return false
      throw fault
    },
  )

/** Written beside its place, brought to the disk and renamed: a reader sees the whole file or none. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.part`
  const file = await open(draft, 'wx')
  await file.writeFile(bytes)
  await file.sync()
  await file.close()
  await rename(draft, path)
}
