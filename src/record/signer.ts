// The log's signing key: made once, kept in a file that only its owner reads, or given as text.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Checkpoint, checkpointText, openCheckpoint } from './checkpoint.ts'
import { keyTypes, type VerifierKey, verifierKey } from './keys.ts'
import { type Signature, writeNote } from './note.ts'

export type Signer = {
  /** The log's name, first line of each checkpoint. */
  origin: string
  key: VerifierKey
  /** What others need to check the log: `name+key id+public key`. */
  vkey: string
  sign(checkpoint: Omit<Checkpoint, 'origin'>): string
}

export class KeyRefused extends Error {
  override name = 'KeyRefused'
}

/** A signer from a private key in PEM (PKCS 8) text. */
export function signerOf(origin: string, pem: string): Signer {
  const secret = privateKey(pem)
  const key = verifierKey(origin, keyTypes.note, rawPublicKey(secret))
  const signature = (text: string): Signature => ({
    name: key.name,
    keyId: key.id,
    bytes: sign(null, Buffer.from(text), secret),
  })
  return {
    origin,
    key,
    vkey: key.vkey,
    sign(checkpoint) {
      const text = checkpointText({ origin, ...checkpoint })
      return writeNote({ text, signatures: [signature(text)] })
    },
  }
}

export const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

/** The raw 32 bytes of an Ed25519 public key. */
export const rawPublicKey = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

export function privateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // the parser's message may quote the key: only ours is shown
  }
  throw new KeyRefused('The log key is not an Ed25519 private key in PEM form')
}

/** Reads `<folder>/log.key`, or makes it: readable by its owner only, and on the disk before it is used. */
export async function loadSigner(folder: string, origin: string): Promise<Signer> {
  const path = keyPath(folder)
  const pem = (await readIfThere(path)) ?? (await makeKey(path))
  return signerOf(origin, pem)
}

/** The signer of the key that lies in the folder; undefined where none does. */
export async function keptSigner(folder: string, origin: string): Promise<Signer | undefined> {
  const pem = await readIfThere(keyPath(folder))
  return pem === undefined ? undefined : signerOf(origin, pem)
}

const keyPath = (folder: string): string => join(folder, 'log.key')

/** Written aside and linked into place, so that no process ever reads half a key and the first one made stays. */
async function makeKey(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  await file.writeFile(newKey())
  await file.sync()
  await file.close()
  await link(draft, path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault
  })
  await unlink(draft)
  await syncFolder(dirname(path))
  return await readFile(path, 'utf8')
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })

/** Throws `KeyRefused` unless this signer's key signed the log's earlier checkpoint: a log never changes its key silently. */
export function requireSameKey(signer: Signer, earlier: string): void {
  const opened = openCheckpoint(earlier, signer.key)
  if (opened.ok) return
  throw new KeyRefused(
    `The signing key ${signer.vkey} did not sign the checkpoints already in this database (${opened.why}). ` +
      'Set LOG_KEY, or restore the log.key, that belongs to this database; or correct the log origin.',
  )
}
