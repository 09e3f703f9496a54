// A log seen from outside: a folder of its files, or the address at which it is served.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** Gives the bytes of a file of the log; undefined when there is none. Throws when that cannot be found out. */
export type Source = { name: string; file(path: string): Promise<Buffer | undefined> }

/** A full bundle of the largest entries is 256 * (2 + 65,535) bytes. */
const maxFileBytes = 17_000_000
const timeout = 30_000

/** `where` is an http(s) address or a folder. */
export function openSource(where: string): Source {
  return /^https?:\/\//i.test(where) ? addressSource(where) : folderSource(where)
}

/** Reads at once and not in the background: a log is many small files, and three hand-overs each cost more than the read. */
export function folderSource(folder: string): Source {
  return {
    name: folder,
    async file(path) {
      if (isAbsolute(path) || path.split('/').includes('..')) throw new Error(`${path} is not a path inside a log`)
      const file = openIfThere(join(folder, path))
      if (file === undefined) return undefined
      try {
        const { size } = fstatSync(file)
        if (size > maxFileBytes) throw new Error(`${path} is larger than any file of a log (${size} bytes)`)
        return readFileSync(file)
      } finally {
        closeSync(file)
      }
    },
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code // what fs throws has one
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw fault
  }
}

export function addressSource(address: string): Source {
  const base = new URL(address.endsWith('/') ? address : `${address}/`)
  return {
    name: base.origin + base.pathname,
    async file(path) {
      const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(timeout), redirect: 'follow' })
      if (response.status === 404 || response.status === 410) {
        await response.body?.cancel()
        return undefined
      }
      if (!response.ok) throw new Error(`${path} could not be read: the server answered ${response.status}`)
      return await bounded(response, path)
    },
  }
}

async function bounded(response: Response, path: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > maxFileBytes) throw new Error(`${path} is larger than any file of a log`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
