// Receipts: `.tlog-proof` files (C2SP tlog-proof) that prove an entry to be in the log without asking anybody.
import { openCheckpoint } from './checkpoint.ts'
import { base64Of, type VerifierKey } from './keys.ts'
import { hashBytes, leafHash } from './merkle.ts'
import { isIncluded } from './proofs.ts'

/** `extra` is the entry itself in our receipts, so that a receipt can be read and checked with nothing but the key. */
export type Proof = { extra?: Buffer; index: number; hashes: Buffer[]; checkpoint: string }

const header = 'c2sp.org/tlog-proof@v1'
const maxHashes = 63

export function writeProof({ extra, index, hashes, checkpoint }: Proof): string {
  const lines = [
    header,
    ...(extra ? [`extra ${extra.toString('base64')}`] : []),
    `index ${index}`,
    ...hashes.map(hash => hash.toString('base64')),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Reads a proof without checking it; undefined when it is malformed. */
export function parseProof(text: string): Proof | undefined {
  const split = text.indexOf('\n\n')
  const [first, ...lines] = split < 0 ? [] : text.slice(0, split).split('\n')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : base64Of(extraLine.slice('extra '.length))
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1]
  const hashes = parseHashes(lines)
  if (first !== header || index === undefined || !Number.isSafeInteger(Number(index)) || !hashes) return undefined
  if (extraLine !== undefined && !extra) return undefined
  return { extra, index: Number(index), hashes, checkpoint: text.slice(split + 2) }
}

/** Lines of base64 that hold a hash each, at most 63; undefined when one does not. */
export function parseHashes(lines: readonly string[]): Buffer[] | undefined {
  const hashes = lines.map(base64Of)
  if (hashes.length > maxHashes) return undefined
  return hashes.every(hash => hash?.length === hashBytes) ? (hashes as Buffer[]) : undefined // each is one, by the test
}

export type Checked =
  | { ok: true; index: number; size: number; entry: Buffer; signedBy: string[] }
  | { ok: false; why: string }

/** Checks a proof for `entry`, or else for the entry that it carries, against the log's key and those of witnesses. */
export function checkProof(
  text: string,
  { log, witnesses = [], entry }: { log: VerifierKey; witnesses?: readonly VerifierKey[]; entry?: Buffer },
): Checked {
  const proof = parseProof(text)
  if (!proof) return { ok: false, why: 'it is not a tlog-proof file' }
  const proven = entry ?? proof.extra
  if (!proven) return { ok: false, why: 'it does not carry its entry: give the entry beside it' }
  const opened = openCheckpoint(proof.checkpoint, log, witnesses)
  if (!opened.ok) return { ok: false, why: `its checkpoint does not hold: ${opened.why}` }
  const { size, root } = opened.checkpoint
  const { index, hashes } = proof
  if (!isIncluded(hashes, { leaf: leafHash(proven), index, size, root }))
    return { ok: false, why: `the entry is not at index ${index} of the log of size ${size} that was signed` }
  return { ok: true, index, size, entry: proven, signedBy: opened.signedBy.map(({ name }) => name) }
}
