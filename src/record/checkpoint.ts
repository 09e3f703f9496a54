// Checkpoints (C2SP tlog-checkpoint): the size and root of a log, as the text of a signed note.
import { base64Of, type VerifierKey } from './keys.ts'
import { hashBytes } from './merkle.ts'
import { openNote } from './note.ts'

export type Checkpoint = { origin: string; size: number; root: Buffer }

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** Reads a checkpoint's text (a note's text); extension lines are allowed and passed over. Undefined when malformed. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', encoded = '', ...rest] = text.split('\n')
  const root = base64Of(encoded)
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size) || root?.length !== hashBytes) return undefined
  if (rest.pop() !== '' || rest.includes('') || !Number.isSafeInteger(Number(size))) return undefined
  return { origin, size: Number(size), root }
}

export type Opened = { ok: true; checkpoint: Checkpoint; signedBy: VerifierKey[] } | { ok: false; why: string }

/** Checks a signed checkpoint: the log's key must have signed, and its name is the origin. */
export function openCheckpoint(note: string, log: VerifierKey, witnesses: readonly VerifierKey[] = []): Opened {
  const opened = openNote(note, [log, ...witnesses])
  if (!opened.ok) return opened
  const checkpoint = parseCheckpoint(opened.text)
  if (!checkpoint) return { ok: false, why: 'it is not a checkpoint' }
  if (checkpoint.origin !== log.name) return { ok: false, why: `its origin is ${checkpoint.origin}, not ${log.name}` }
  if (!opened.signedBy.includes(log)) return { ok: false, why: `the log ${log.name} did not sign it` }
  return { ok: true, checkpoint, signedBy: opened.signedBy }
}
