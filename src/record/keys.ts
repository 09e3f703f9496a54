// Signature keys as signed notes write them (C2SP signed-note): names, types, key ids and verifier keys.
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { sha } from './merkle.ts'

/** Ed25519 over the note's text, and Ed25519 cosignatures with a time (C2SP tlog-cosignature). */
export const keyTypes = { note: 0x01, cosignature: 0x04 } as const

export type VerifierKey = { name: string; type: number; id: number; bytes: Buffer; vkey: string }

const namePattern = /^[^\s+\p{Cc}]+$/u
export const isKeyName = (name: string): boolean => namePattern.test(name) && name.isWellFormed()

/** The first four bytes of SHA-256(name, newline, type, key), as a number. */
export const keyId = (name: string, type: number, bytes: Uint8Array): number =>
  sha(Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(type), bytes])).readUInt32BE()

/** The verifier key of a raw public key; throws on a name that cannot stand in a note. */
export function verifierKey(name: string, type: number, bytes: Buffer): VerifierKey {
  if (!isKeyName(name))
    throw new Error(`"${name}" cannot name a key: spaces, "+" and control characters are not allowed`)
  const id = keyId(name, type, bytes)
  const encoded = Buffer.concat([Uint8Array.of(type), bytes]).toString('base64')
  return { name, type, id, bytes, vkey: `${name}+${id.toString(16).padStart(8, '0')}+${encoded}` }
}

/** Reads `name+hex+base64`; throws with the reason when it is malformed or its key id does not fit. */
export function parseVkey(vkey: string): VerifierKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey.trim()) ?? []
  const data = base64Of(encoded)
  if (!data || data.length < 2) throw new Error('Not a verifier key: expected name+8 hexadecimal digits+base64')
  const key = verifierKey(name, data.readUInt8(), data.subarray(1))
  if (key.id !== Number.parseInt(id, 16)) throw new Error(`The key id ${id} does not belong to the key of "${name}"`)
  return key
}

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Undefined for a key of another kind than Ed25519. */
function publicKey(key: VerifierKey): KeyObject | undefined {
  if (key.bytes.length !== 32 || (key.type !== keyTypes.note && key.type !== keyTypes.cosignature)) return undefined
  return createPublicKey({ key: Buffer.concat([spkiPrefix, key.bytes]), format: 'der', type: 'spki' })
}

/** Whether `signature` is the key's Ed25519 signature of exactly these bytes. */
export function verifies(key: VerifierKey, text: string | Uint8Array, signature: Uint8Array): boolean {
  const object = publicKey(key)
  return !!object && verify(null, Buffer.from(text), object, signature)
}

/** Strict base64 with padding; undefined for anything else. */
export function base64Of(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
