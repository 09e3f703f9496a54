// What all programs on one database share: the log's key and the sessions' secret. A stranger's is refused at the start.
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { keepFingerprint, loadSecret } from '#adapters/sign-in/secret.ts'
import { CannotOpen, causeOf, codeOf } from '#database/errors.ts'
import type { Database } from '#database/open.ts'
import { latestCheckpoint } from '#record/queries.ts'
import { keptSigner, loadSigner, type Signer, signerOf } from '#record/signer.ts'
import type { Config } from './config.ts'

type Shared = { readonly config: Config; readonly database: Database }

/** What is made at the first start must be kept, or the next start would not know its own log and sessions. */
const kept = <Made>(folder: string, setting: string, make: (folder: string) => Promise<Made>): Promise<Made> =>
  make(folder).catch(fault => {
    if (codeOf(fault) === undefined) throw fault
    throw new CannotOpen(`${folder} cannot be used (${causeOf(fault)}): make it writable, or set ${setting}.`)
  })

/**
 * From LOG_KEY, else from the data folder. A new key is made only for a new log: over a log that another key signed it
 * would be refused, and lie there as if it were the log's own.
 */
export async function sharedSigner({ config, database }: Shared, origin: string): Promise<Signer> {
  if (config.LOG_KEY) return signerOf(origin, config.LOG_KEY)
  const isBegun = (await latestCheckpoint(database.read)) !== undefined
  if (!isBegun) return kept(config.DATA_DIR, 'LOG_KEY', folder => loadSigner(folder, origin))
  const own = await keptSigner(config.DATA_DIR, origin)
  if (own) return own
  throw new CannotOpen(
    `The log in this database was signed with a key that is not here: set LOG_KEY to it, or put it into ${join(config.DATA_DIR, 'log.key')}.`,
  )
}

/** Tells two secrets apart and does not tell what they are. */
const fingerprintOf = (secret: string): string =>
  createHmac('sha256', secret).update('guildhall sessions').digest('base64url')

/**
 * From SECRET, else from the data folder. Programs with different secrets would not know each other's sessions. An
 * embedded database has one program, so there another secret only means that the old one was lost.
 */
export async function sharedSecret({ config, database }: Shared): Promise<string> {
  const secret = config.SECRET ?? (await kept(config.DATA_DIR, 'SECRET', loadSecret))
  const mayReplace = database.kind === 'embedded' || config.NEW_SECRET
  if (await keepFingerprint(database, fingerprintOf(secret), mayReplace)) return secret
  throw new CannotOpen(
    'The sessions in this database belong to another secret: set SECRET to the one that the other programs have (session.secret in their DATA_DIR). If it is lost, stop them all and start with NEW_SECRET=true once; everybody signs in again.',
  )
}
