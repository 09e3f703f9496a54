// Cosignatures (C2SP tlog-cosignature, Ed25519): a witness says that it saw a log only grow up to a checkpoint.
import { sign } from 'node:crypto'
import { cosignedText, timestampBytes } from './cosigned.ts'
import { keyTypes, type VerifierKey, verifierKey } from './keys.ts'
import { openNote, parseNote, parseSignatures, type Signature, signatureLine, writeNote } from './note.ts'
import { privateKey, rawPublicKey } from './signer.ts'

export type Cosigner = { key: VerifierKey; cosign(checkpointText: string, seconds: number): Signature }

/** A witness's signer; its key must not be one that signs a log or cosigns under another name. */
export function cosignerOf(name: string, pem: string): Cosigner {
  const secret = privateKey(pem)
  const key = verifierKey(name, keyTypes.cosignature, rawPublicKey(secret))
  return {
    key,
    cosign(checkpointText, seconds) {
      const time = Buffer.alloc(timestampBytes)
      time.writeBigUInt64BE(BigInt(seconds))
      const signed = sign(null, Buffer.from(cosignedText(checkpointText, BigInt(seconds))), secret)
      return { name, keyId: key.id, bytes: Buffer.concat([time, signed]) }
    },
  }
}

/**
 * The checkpoint with those of a witness's signature lines that known witnesses made. Lines by others are left out;
 * undefined when a line is malformed, a known witness's signature is wrong, or no known witness signed.
 */
export function withCosignatures(
  checkpoint: string,
  lines: string,
  witnesses: readonly VerifierKey[],
): string | undefined {
  const note = parseNote(checkpoint)
  const added = parseSignatures(lines)
  if (!note || !added || !openNote(writeNote({ text: note.text, signatures: added }), witnesses).ok) return undefined
  const isKnown = (one: Signature) => witnesses.some(({ name, id }) => name === one.name && id === one.keyId)
  const present = new Set(note.signatures.map(signatureLine))
  const fresh = added.filter(one => isKnown(one) && !present.has(signatureLine(one)))
  return writeNote({ text: note.text, signatures: [...note.signatures, ...fresh] })
}
