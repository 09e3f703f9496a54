// Looking ahead: what a decision will rest on is asked for while it is still asked who somebody is.
import { isDeepStrictEqual } from 'node:util'
import type { Read } from '#database/handles.ts'
import type { Actor } from './act.ts'
import { likelyActor, type Question } from './capacity.ts'
import { type Looked, look } from './decide.ts'
import type { EngineParts } from './parts.ts'

/**
 * Begins to look things up for whoever somebody was the last time they did this act. What comes back gives that for the
 * very same actor, and for any other nothing: a wrong guess costs questions, and decides nothing.
 */
export function lookAhead(
  parts: EngineParts,
  read: Read,
  question: Question & { readonly mandate?: string },
): (actor: Actor) => Promise<Looked> | undefined {
  const { act, input, at, mandate } = question
  const likely = likelyActor(parts.registry, question)
  if (!likely) return () => undefined
  const looked = look(parts, read, { act, actor: likely, input, at, mandate })
  // Its failure is that of a guess, until somebody asks for it.
  looked.catch(() => {})
  return actor => (isDeepStrictEqual(actor, likely) ? looked : undefined)
}
