// The secret of the sessions: given, or made once and kept beside the data, readable by its owner only.
import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const isThere = (fault: NodeJS.ErrnoException): void => {
  if (fault.code !== 'EEXIST') throw fault
}

/** Written whole under another name first, so that a second program never reads half of it; the first one wins. */
async function makeSecret(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 })
  await link(draft, path).catch(isThere)
  await rm(draft)
}

export async function loadSecret(folder: string): Promise<string> {
  const path = join(folder, 'session.secret')
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept === undefined) await makeSecret(path)
  return (kept ?? (await readFile(path, 'utf8'))).trim()
}
