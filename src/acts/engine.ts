// The engine: the only way to change anything. Look things up, decide, record, write, react; all in one transaction.
import { takeTurns } from '#base/turns.ts'
import { Busy } from '#database/errors.ts'
import type { Write } from '#database/handles.ts'
import type { TransactOptions } from '#database/transact.ts'
import { type Done, type Engine, type EngineParts, type Order, type Outcome, settledBy } from './parts.ts'
import { decideOrder, performIn, subjectOf } from './perform.ts'
import { isRefusal, type Refusal, refuse } from './problem.ts'
import { tooBusy } from './problems.ts'

/** Thrown only to roll a transaction back; never leaves the engine. */
class Undone extends Error {
  readonly refusal: Refusal & { readonly order: number }
  constructor(refusal: Refusal & { readonly order: number }) {
    super(refusal.refused.title)
    this.refusal = refusal
  }
}

const busyIsAnAnswer = (fault: unknown): Refusal => {
  if (fault instanceof Busy) return refuse(tooBusy)
  throw fault
}

const announce = (parts: EngineParts, done: readonly Done[]): void => {
  const entries = done.filter(one => !one.isRepeat).flatMap(({ entry, follows }) => [entry, ...follows])
  if (entries.length > 0) parts.committed?.(entries)
}

/** After its first order a transaction would see a charter of its own, which may yet be undone. */
const alone = (parts: EngineParts): EngineParts => ({ ...parts, charters: { ...parts.charters, follow: undefined } })

async function performAll(parts: EngineParts, orders: readonly Order[]) {
  const work = async (tx: Write): Promise<Done[]> => {
    const answers: Done[] = []
    for (const [order, one] of orders.entries()) {
      const outcome = await performIn(order === 0 ? parts : alone(parts), tx, one)
      if (isRefusal(outcome)) throw new Undone({ ...outcome, order })
      answers.push(outcome)
    }
    return answers
  }
  const done = await parts.database.transact(work)
  announce(parts, done)
  return done
}

export function createEngine(parts: EngineParts): Engine {
  // Acts about one thing would only clash and be tried again; those of another program still do.
  const inTurn = takeTurns()
  const perform = async (order: Order, options?: Pick<TransactOptions, 'commit'>): Promise<Outcome> => {
    const attempt = () => parts.database.transact(tx => performIn(parts, tx, order), options)
    const outcome = await inTurn(subjectOf(order), attempt).catch(busyIsAnAnswer)
    if (!isRefusal(outcome)) announce(parts, [outcome])
    return outcome
  }
  return {
    registry: parts.registry,
    term: settledBy(parts.charters),
    clausesOf: term => parts.charters.current().clausesOf(term),
    perform: order => perform(order),
    async performAndPlace(order) {
      // The batch that gives the place is flushed, and this commit with it: nothing is answered before.
      const outcome = await perform(order, { commit: 'asynchronous' })
      if (isRefusal(outcome)) return outcome
      const place = await parts.integrated(outcome.entry.id).catch((fault: unknown) => {
        announce(parts, [outcome]) // what was made of it for pages meanwhile may be of what was lost
        throw fault
      })
      return { ...outcome, place }
    },
    performAll: orders =>
      performAll(parts, orders).catch(fault => {
        if (fault instanceof Undone) return fault.refusal
        return { ...busyIsAnAnswer(fault), order: 0 }
      }),
    rehearse: (order, read = parts.database.read) => decideOrder({ ...parts, stopped: undefined }, read, order),
  }
}
