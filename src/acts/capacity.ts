// In which capacities somebody may do an act now.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { Actor, AnyAct, CapacityKind } from './act.ts'
import { isRefusal, type Problem, type Refusal, refuse } from './problem.ts'
import { mandateUnfit, mandateUsed, mandateWanted, signInFirst, stoppedByRule, wrongCapacity } from './problems.ts'
import type { Registry } from './registry.ts'

/** Who asks. An account is a sign-in that may not belong to a registered person yet. */
export type By =
  | { readonly person: string; readonly as?: string }
  | { readonly newcomer: true; readonly account?: string }
  | { readonly program: 'clock' | 'operator' }
  | { readonly nobody: true }

const words: Record<CapacityKind, string> = {
  clock: 'the clock',
  operator: 'the operator of the server',
  newcomer: 'somebody signed in for the first time',
  participant: 'a registered participant',
  maintainer: 'a maintainer of the project',
  'seat-holder': 'the holder of a seat',
  alternate: 'an alternate',
  chair: 'the chair of the body',
  staff: 'foundation staff',
}
export const capacityWords = (kinds: readonly CapacityKind[]): string => kinds.map(kind => words[kind]).join(', or ')

export const capacitiesOf = async (
  registry: Registry,
  read: Read,
  who: { person: string; at: Instant; kinds?: readonly CapacityKind[] },
): Promise<readonly Actor[]> => {
  const held: Actor[] = []
  for (const { capacities } of registry.domains)
    if (capacities && (!who.kinds || capacities.kinds.some(kind => who.kinds?.includes(kind))))
      held.push(...(await capacities.of(read, who.person, who.at)))
  return held
}

const isMeant = (actor: Actor, as: string | undefined): boolean =>
  !as || [actor.capacity, actor.seat, actor.body, actor.onBehalfOf, actor.project].includes(as)

export type Question = { readonly act: AnyAct; readonly by: By; readonly at: Instant; readonly input?: unknown }

/** What somebody held when they did an act last, by registry: from that it is guessed what to look up ahead. */
const heldLast = new WeakMap<Registry, Map<string, readonly Actor[]>>()
const mostHeld = 5_000

const holderKey = (act: AnyAct, person: string): string => `${act.name} ${person}`

function keepHeld(registry: Registry, key: string, held: readonly Actor[]): void {
  const kept = heldLast.get(registry) ?? new Map<string, readonly Actor[]>()
  if (kept.size >= mostHeld) kept.clear()
  heldLast.set(registry, kept.set(key, held))
}

/** Of what somebody holds, the actors as which this act may be tried, best first. */
function fitting(held: readonly Actor[], { act, input }: Question, as: string | undefined): readonly Actor[] {
  const named = namedIn(input)
  const inOrder = (a: Actor, b: Actor): number =>
    Number(named(b)) - Number(named(a)) || act.by.indexOf(a.capacity) - act.by.indexOf(b.capacity)
  return held.filter(actor => act.by.includes(actor.capacity) && isMeant(actor, as)).sort(inOrder)
}

/** As whom somebody would do this act if they held what they held the last time. Only a guess. */
export function likelyActor(registry: Registry, question: Question): Actor | undefined {
  const { act, by } = question
  if (!('person' in by)) return undefined
  return fitting(heldLast.get(registry)?.get(holderKey(act, by.person)) ?? [], question, by.as)[0]
}

/**
 * The actors as which this act may be tried, best first: those whose seat, body or project the input names, each in
 * the order of the act's `by`. `as` narrows them to a kind of capacity, a seat, a body or a project.
 */
export async function actorsFor(
  registry: Registry,
  read: Read,
  question: Question,
): Promise<readonly Actor[] | Refusal> {
  const { act, by, at } = question
  const wanted = refuse(wrongCapacity, { detail: `This is for ${capacityWords(act.by)}.` })
  if ('program' in by) return act.by.includes(by.program) ? [{ capacity: by.program }] : wanted
  if ('newcomer' in by) return act.by.includes('newcomer') ? [{ capacity: 'newcomer' }] : wanted
  if ('nobody' in by) return refuse(signInFirst)
  const held = await capacitiesOf(registry, read, { person: by.person, at, kinds: act.by })
  keepHeld(registry, holderKey(act, by.person), held)
  const fit = fitting(held, question, by.as)
  return fit.length > 0 ? fit : wanted
}

const namedIn = (input: unknown): ((actor: Actor) => boolean) => {
  const values = new Set<unknown>(Object.values(input ?? {}))
  return ({ seat, body, project, onBehalfOf }) =>
    [seat, body, project, onBehalfOf].some(place => place !== undefined && values.has(place))
}

/** Refusals of somebody whose act it could have been: by then the act itself had nothing against it. */
const decidedLast: readonly Problem[] = [stoppedByRule, mandateWanted, mandateUnfit, mandateUsed]

/** How much a refusal tells: of a rule, of the thing itself, or only that it is not for this actor. */
const telling = ({ refused }: Refusal): number =>
  decidedLast.includes(refused) ? 2 : Number(refused.kind !== 'barred')

/** Tries each actor until one is not refused; when all are, the answer is the refusal of the one who came furthest. */
export async function firstAllowed<Answer>(
  actors: readonly Actor[] | Refusal,
  attempt: (actor: Actor) => Promise<Answer | Refusal>,
): Promise<Answer | Refusal> {
  if (isRefusal(actors)) return actors
  let best: Refusal | undefined
  for (const actor of actors) {
    const answer = await attempt(actor)
    if (!isRefusal(answer)) return answer
    if (!best || telling(answer) > telling(best)) best = answer
  }
  return best ?? refuse(wrongCapacity)
}
