// Witnessing (C2SP tlog-witness), both sides of `add-checkpoint`: what a log sends and how a witness answers.
import { parseCheckpoint } from './checkpoint.ts'
import type { Cosigner } from './cosign.ts'
import type { VerifierKey } from './keys.ts'
import { openNote, parseNote, signatureLine } from './note.ts'
import { parseHashes } from './proof.ts'
import { isConsistent, type Tree } from './proofs.ts'

export type Request = { old: number; proof: Buffer[]; checkpoint: string }

/** The body of `POST <prefix>/add-checkpoint`. */
export const writeRequest = ({ old, proof, checkpoint }: Request): string =>
  `${[`old ${old}`, ...proof.map(hash => hash.toString('base64'))].join('\n')}\n\n${checkpoint}`

/** Reads such a body; undefined when it is malformed. */
export function parseRequest(body: string): Request | undefined {
  const split = body.indexOf('\n\n')
  const [first = '', ...lines] = split < 0 ? [] : body.slice(0, split).split('\n')
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1]
  const proof = parseHashes(lines)
  if (old === undefined || !proof || !Number.isSafeInteger(Number(old))) return undefined
  return { old: Number(old), proof, checkpoint: body.slice(split + 2) }
}

export type WitnessAnswer = { status: 200 | 400 | 403 | 404 | 409 | 422; type: string; body: string }

export type Witness = {
  cosigner: Cosigner
  /** The keys of a log that is witnessed here; undefined for an unknown origin. */
  keysOf(origin: string): readonly VerifierKey[] | undefined
  /**
   * Atomically: reads the last cosigned tree of the origin (size 0 if none), asks `judge`, and persists what it accepts
   * before it resolves. Whatever `judge` returned last is given back.
   */
  advance(origin: string, judge: (last: Tree | undefined) => Judgement): Promise<Judgement>
  /** Seconds since 1970. */
  now(): number
}

export type Judgement = { accept: Tree } | { refuse: WitnessAnswer }

const answer = (status: WitnessAnswer['status'], body: string): WitnessAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
})

const conflict = (size: number): WitnessAnswer => ({ status: 409, type: 'text/x.tlog.size', body: `${size}\n` })

/** Answers one request to `add-checkpoint`. */
export async function addCheckpoint(body: string, witness: Witness): Promise<WitnessAnswer> {
  const request = parseRequest(body)
  const text = request && parseNote(request.checkpoint)?.text
  const next = text === undefined ? undefined : parseCheckpoint(text)
  if (!request || text === undefined || !next) return answer(400, 'Malformed request')
  const keys = witness.keysOf(next.origin)
  if (!keys) return answer(404, 'Unknown origin')
  if (!openNote(request.checkpoint, keys).ok) return answer(403, 'No valid signature by the log')
  if (request.old > next.size) return answer(400, 'The old size is larger than the checkpoint')
  const judged = await witness.advance(next.origin, last => judge(request, next, last))
  if ('refuse' in judged) return judged.refuse
  return {
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: signatureLine(witness.cosigner.cosign(text, witness.now())),
  }
}

function judge({ old, proof }: Request, { size, root }: Tree, last: Tree | undefined): Judgement {
  const known = last?.size ?? 0
  if (old !== known) return { refuse: conflict(known) }
  if (last && size === last.size && !root.equals(last.root)) return { refuse: conflict(known) }
  const before = last ?? { size: 0, root }
  if (!isConsistent(proof, before, { size, root }))
    return { refuse: answer(422, 'The consistency proof does not hold') }
  return { accept: { size, root } }
}
