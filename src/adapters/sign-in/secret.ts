// The secret of the sessions: given, or made once and kept beside the data, readable by its owner only.
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function loadSecret(folder: string): Promise<string> {
  const path = join(folder, 'session.secret')
  const made = randomBytes(32).toString('hex')
  await writeFile(path, made, { mode: 0o600, flag: 'wx' }).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault
  })
  return (await readFile(path, 'utf8')).trim()
}
