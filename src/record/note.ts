// Signed notes (C2SP signed-note): a text, a blank line, and signatures of whoever vouches for it.
import { cosignedText, timestampBytes } from './cosigned.ts'
import { base64Of, isKeyName, keyTypes, type VerifierKey, verifies } from './keys.ts'

export type Signature = { name: string; keyId: number; bytes: Buffer }
export type Note = { text: string; signatures: Signature[] }

const maxNoteBytes = 1_000_000
const maxSignatures = 100

/** `— name base64(key id, signature)` with its newline. */
export function signatureLine({ name, keyId, bytes }: Signature): string {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(keyId)
  return `\u2014 ${name} ${Buffer.concat([id, bytes]).toString('base64')}\n`
}

export const writeNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join('')}`

// biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold no control character but the newline
const control = /[\u0000-\u0009\u000b-\u001f]/

/** Reads a note without checking it; undefined when it is malformed. */
export function parseNote(source: string): Note | undefined {
  const split = source.lastIndexOf('\n\n')
  if (split < 0 || source.length > maxNoteBytes || !source.endsWith('\n') || control.test(source)) return undefined
  const signatures = parseSignatures(source.slice(split + 2))
  return signatures && { text: source.slice(0, split + 1), signatures }
}

/** Reads signature lines, each with its newline; undefined when one is malformed or there are none or too many. */
export function parseSignatures(source: string): Signature[] | undefined {
  const lines = source.split('\n')
  if (lines.pop() !== '' || lines.length === 0 || lines.length > maxSignatures) return undefined
  const signatures = lines.map(parseSignature)
  return signatures.every(one => one !== undefined) ? signatures : undefined
}

function parseSignature(line: string): Signature | undefined {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ')
  const data = base64Of(encoded)
  if (dash !== '\u2014' || !isKeyName(name) || rest.length > 0 || !data || data.length < 5) return undefined
  return { name, keyId: data.readUInt32BE(), bytes: data.subarray(4) }
}

export type Verdict =
  | { ok: true; text: string; signedBy: VerifierKey[]; signatures: Signature[] }
  | { ok: false; why: string }

/**
 * Checks a note against known keys: signatures by unknown keys are passed over, a wrong signature by a known key
 * spoils the note, and at least one known key must have signed.
 */
export function openNote(source: string, keys: readonly VerifierKey[]): Verdict {
  const note = parseNote(source)
  if (!note) return { ok: false, why: 'it is not a signed note' }
  const signedBy: VerifierKey[] = []
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.keyId)
    if (!key || signedBy.includes(key)) continue
    if (!isSignedBy(note.text, key, signature)) return { ok: false, why: `the signature of ${key.name} is wrong` }
    signedBy.push(key)
  }
  if (signedBy.length === 0) return { ok: false, why: 'no known key signed it' }
  return { ok: true, text: note.text, signedBy, signatures: note.signatures }
}

function isSignedBy(text: string, key: VerifierKey, { bytes }: Signature): boolean {
  if (key.type === keyTypes.note) return verifies(key, text, bytes)
  if (key.type !== keyTypes.cosignature || bytes.length !== timestampBytes + 64) return false
  const time = bytes.readBigUInt64BE()
  return verifies(key, cosignedText(text, time), bytes.subarray(timestampBytes))
}
