// A resolution that could never be carried out is refused when it is proposed, not after people have voted on it.
import type { Read } from '#database/handles.ts'
import type { Actor } from './act.ts'
import { parseInput } from './decide.ts'
import { Resolution } from './mandate.ts'
import { type EngineParts, mintWith, settledBy } from './parts.ts'
import { isRefusal, type Refusal, refuse } from './problem.ts'
import { unfitInput } from './problems.ts'

const clock: Actor = { capacity: 'clock' }

/** What no vote can mend: it does not fit, or it is about something that is not there. All else may change by then. */
const isForGood = ({ refused }: Refusal): boolean => refused.kind === 'unfit' || refused.kind === 'missing'

/** Looks at an input's `resolves`, where it has one: undefined when the act that it names could be done so, as far as can be told now. */
export async function unresolvable(
  parts: EngineParts,
  read: Read,
  { input, at }: { readonly input: unknown; readonly at: string },
): Promise<Refusal | undefined> {
  const given = typeof input === 'object' && input !== null && 'resolves' in input ? input.resolves : undefined
  const resolution = Resolution.safeParse(given)
  if (!resolution.success) return undefined
  const act = parts.registry.acts.get(resolution.data.act)
  if (!act) return undefined // whoever takes a resolution says which acts it may name
  const parsed = parseInput(act, resolution.data.input)
  if (isRefusal(parsed))
    return refuse(unfitInput, {
      fields: (parsed.fields ?? []).map(({ path, message }) => ({ path: ['resolves', 'input', ...path], message })),
    })
  const found: unknown = await act.finds(parsed.input, read, clock)
  const charter = parts.charters.current().hash
  const question = { input: parsed.input, found, actor: clock, at, charter, term: settledBy(parts.charters) }
  const answer: unknown = act.decides({ ...question, fresh: mintWith(parts.fresh) })
  if (!isRefusal(answer) || !isForGood(answer)) return undefined
  const message = [`${answer.refused.title}.`, answer.detail, answer.remedy ?? answer.refused.remedy]
    .filter(Boolean)
    .join(' ')
  return refuse(unfitInput, { fields: [{ path: ['resolves', 'input'], message }] })
}
