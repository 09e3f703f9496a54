// The secret of the sessions: given, or made once and kept beside the data, readable by its owner only.
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Database } from '#database/open.ts'

const isThere = (fault: NodeJS.ErrnoException): void => {
  if (fault.code !== 'EEXIST') throw fault
}

/** Written whole under another name first, so that a second program never reads half of it; the first one wins. */
async function makeSecret(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
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

/** Keeps the first fingerprint that comes. Gives whether this one is the one kept, which it is where it may replace another. */
export async function keepFingerprint(
  { pool }: Pick<Database, 'pool'>,
  fingerprint: string,
  mayReplace: boolean,
): Promise<boolean> {
  const { rows } = await pool.query(
    `insert into sign_in_secret as kept (fingerprint) values ($1)
     on conflict (one) do update set fingerprint = case when $2 then excluded.fingerprint else kept.fingerprint end
     returning fingerprint`,
    [fingerprint, mayReplace],
  )
  return rows[0]?.fingerprint === fingerprint
}
