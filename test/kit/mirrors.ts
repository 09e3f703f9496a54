// Mirrors from servers on loopback, and what becomes of asking for one.
import { isRefusal, type MirrorRequest, openMirror } from '#adapters/git/mirror.ts'

export const rules = { allowPrivate: true }

/** `opened`, or the kind of the refusal. */
export const kindOf = async (request: MirrorRequest): Promise<string> => {
  const answer = await openMirror({ rules, ...request })
  if (isRefusal(answer)) return answer.kind
  answer.close()
  return 'opened'
}
