// The folder of a mirror: how big it is while it grows, and what a killed fetch left in it.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of all files under the folder; what vanishes meanwhile counts nothing. */
export async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = names
    .filter(entry => entry.isFile())
    .map(entry =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Calls `onPassed` once when the folder has grown over the limit. Returns the way to stop watching. */
export function watchSize(folder: string, limit: number, onPassed: () => void): () => void {
  let isLooking = false
  const timer = setInterval(async () => {
    if (isLooking) return
    isLooking = true
    if ((await sizeOf(folder)) > limit) onPassed()
    isLooking = false
  }, 200)
  return () => clearInterval(timer)
}

/** Locks and half-received packs that nobody can still be writing, because no run lasts so long. */
export async function clearLeftovers(folder: string, olderThanSeconds: number): Promise<void> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const before = Date.now() - olderThanSeconds * 1000
  for (const entry of names) {
    if (!entry.isFile() || !/\.lock$|^tmp_/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < before) await rm(path, { force: true })
  }
}
