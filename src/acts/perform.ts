// Performing: one decided act becomes one entry and its changed rows, and then whatever reacts to it.
import { hashOf, sha256 } from '#base/canonical.ts'
import { instantOf } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { entryOf, write } from '#record/append.ts'
import type { Leaf } from '#record/leaf.ts'
import { entriesPage, entryBy } from '#record/queries.ts'
import { lookAhead } from './ahead.ts'
import { actorsFor, type By, firstAllowed } from './capacity.ts'
import { type Decided, decide, parseInput } from './decide.ts'
import { earlierUse, keepKey } from './idempotency.ts'
import type { Done, EngineParts, Order, Outcome } from './parts.ts'
import { citing, isRefusal, type Refusal, refuse } from './problem.ts'
import { keyReused, noSuchAct, seenTooOld, signInFirst } from './problems.ts'
import { clausesOf } from './registry.ts'
import { unresolvable } from './resolvable.ts'
import { unfitOrder } from './unfit.ts'

const maximumDepth = 5

/** Finds an actor whom nothing refuses. Used by rehearsals too: it writes nothing. */
export async function decideOrder(parts: EngineParts, read: Read, order: Order): Promise<Decided | Refusal> {
  const act = parts.registry.acts.get(order.act)
  if (!act) return refuse(noSuchAct)
  const unfit = unfitOrder(order)
  if (unfit) return unfit
  const parsed = parseInput(act, order.input)
  if (isRefusal(parsed)) return parsed
  const { mandate } = order
  const at = instantOf(parts.fresh.now())
  const futile = await unresolvable(parts, read, { input: parsed.input, at })
  if (futile) return futile
  const question = { act, by: order.by, at, input: parsed.input }
  const ahead = lookAhead(parts, read, { ...question, mandate })
  const actors = await actorsFor(parts.registry, read, question)
  // No clause asks anybody to sign in: it is only how we know who they are.
  if (isRefusal(actors))
    return actors.refused === signInFirst ? actors : citing(actors, clausesOf(act, parts.charters.current()))
  return firstAllowed(actors, actor =>
    decide(parts, read, { act, actor, input: parsed.input, at, mandate, looked: ahead(actor) }),
  )
}

/** The facts parted: what everybody may read, and what lies in the vault. */
function part({ act, facts, actor }: Decided) {
  const seals = new Set<string>(act.seals)
  const subject = act.sealsFor ? act.sealsFor(facts) : actor.person
  const kept = Object.entries(facts).filter(
    ([field, value]) => seals.has(field) && value !== null && value !== undefined,
  )
  return {
    facts: Object.fromEntries(Object.entries(facts).filter(([field]) => !seals.has(field))),
    sealed: Object.fromEntries(kept.map(([field, value]) => [field, { value, subject }])),
  }
}

async function enter(parts: EngineParts, tx: Write, decided: Decided & { cause?: string }): Promise<Leaf> {
  const { act, at, actor, under, charter, weighed, cause, mandate } = decided
  const draft = {
    act: act.name,
    at,
    actor,
    under: [...under],
    charter: charter.hash,
    ...part(decided),
    ...(weighed && { weighed }),
    ...(cause && { cause }),
    ...(mandate && { mandate }),
  }
  const entry = entryOf(draft, parts.fresh)
  // Sent one behind the other without waiting between: when either fails, neither stands.
  await Promise.all([write(tx, entry), act.writes(tx, decided.facts, entry.leaf)])
  await parts.enqueue?.(tx, entry.leaf)
  return entry.leaf
}

/** A reaction whose act is refused is left undone: the entry that called for it stands, and its page says what is open. */
async function react(parts: EngineParts, tx: Write, { leaf, depth }: { leaf: Leaf; depth: number }): Promise<Leaf[]> {
  if (depth > maximumDepth) throw new Error(`Reactions to ${leaf.act} do not come to rest`)
  const follows: Leaf[] = []
  for (const reaction of parts.registry.reactionsTo(leaf.act))
    for (const deed of await reaction.with(leaf, tx)) {
      const decided = await decideOrder(parts, tx, { ...deed, by: { program: 'clock' } })
      if (isRefusal(decided)) continue
      const entry = await enter(parts, tx, { ...decided, cause: leaf.id })
      follows.push(entry, ...(await react(parts, tx, { leaf: entry, depth: depth + 1 })))
    }
  return follows
}

/** Of a newcomer only the hash of the sign-in is kept: who it was must not be found out later. */
function holderOf(by: By): string {
  if ('person' in by) return by.person
  if ('program' in by) return by.program
  return 'newcomer' in by && by.account ? sha256(by.account) : 'nobody'
}

/** The earlier answer to a repeated request, where its key is known. */
async function earlierAnswer(tx: Read, order: Order): Promise<Outcome | undefined> {
  const use = order.idempotencyKey && (await earlierUse(tx, holderOf(order.by), order.idempotencyKey))
  if (!use) return undefined
  if (use.input !== hashOf([order.act, order.input])) return refuse(keyReused)
  const entry = await entryBy(tx, use.entry)
  if (!entry) throw new Error(`The entry ${use.entry} of an idempotency key is missing`)
  return { entry: entry.leaf, follows: [], isRepeat: true }
}

/** The first thing that an input names by its id: what the act is about. */
export const subjectOf = ({ input }: Pick<Order, 'input'>): string | undefined =>
  Object.values(input ?? {}).find(value => typeof value === 'string' && /^[a-z]{3}_/.test(value))

/** Whether something was recorded about what the act is about since `lastSeen`. */
async function isSeenTooOld(tx: Read, order: Order): Promise<boolean> {
  const [subject, lastSeen] = [subjectOf(order), order.lastSeen]
  if (!lastSeen || subject === undefined) return false
  const [latest] = await entriesPage(tx, { subject, limit: 1 })
  return latest !== undefined && latest.id !== lastSeen
}

/**
 * Decides under the charter in force, which another program may have changed: that is asked beside the rest, so that it
 * costs no wait, and only when it was changed is everything decided again.
 */
async function decideNow(parts: EngineParts, tx: Write, order: Order): Promise<Decided | Refusal> {
  const [decided, isAnother] = await Promise.allSettled([decideOrder(parts, tx, order), parts.charters.follow?.(tx)])
  if (isAnother.status === 'rejected') throw isAnother.reason
  if (isAnother.value) return decideOrder(parts, tx, order)
  if (decided.status === 'rejected') throw decided.reason
  return decided.value
}

/** One order inside a transaction: done with everything that follows from it, or refused with nothing written. */
export async function performIn(parts: EngineParts, tx: Write, order: Order): Promise<Outcome> {
  const unfit = unfitOrder(order)
  if (unfit) return unfit
  const earlier = await earlierAnswer(tx, order)
  if (earlier) return earlier
  if (await isSeenTooOld(tx, order)) return refuse(seenTooOld)
  const decided = await decideNow(parts, tx, order)
  if (isRefusal(decided)) return decided
  const entry = await enter(parts, tx, { ...decided, cause: order.cause })
  const { idempotencyKey: key } = order
  if (key)
    await keepKey(tx, { holder: holderOf(order.by), key, input: hashOf([order.act, order.input]), entry: entry.id })
  const done: Done = { entry, follows: await react(parts, tx, { leaf: entry, depth: 1 }) }
  return done
}
