// What the engine is made of, and what it is asked and answers.
import { type Fresh, mintId } from '#base/ids.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Database } from '#database/open.ts'
import type { Leaf } from '#record/leaf.ts'
import type { Place } from '#record/waiting.ts'
import type { By } from './capacity.ts'
import type { Charters, Denial } from './charter.ts'
import type { Refusal } from './problem.ts'
import type { Registry } from './registry.ts'
import type { Settled } from './term.ts'

export type Order = {
  readonly act: string
  readonly input: unknown
  readonly by: By
  /** The entry that authorises it, where the charter wants one. */
  readonly mandate?: string
  /** The entry that called for it, where a job or the clock acts on one. */
  readonly cause?: string
  /** The same key with the same input answers with the same entry. */
  readonly idempotencyKey?: string
  /** The last entry seen about the first thing named in the input; a later one refuses. */
  readonly lastSeen?: string
}

/** What was done. `follows` are the entries of reactions, in order. */
export type Done = { readonly entry: Leaf; readonly follows: readonly Leaf[]; readonly isRepeat?: boolean }
export type Outcome = Done | Refusal
/** Done, and with a place in the log. */
export type Placed = Done & { readonly place: Place }

export type Engine = {
  readonly registry: Registry
  readonly perform: (order: Order) => Promise<Outcome>
  /**
   * The same for whoever also wants the entry's place in the log. It waits for the disk only once, for the batch that
   * gives the place. Throws as `Sequencer.integrated` does.
   */
  readonly performAndPlace: (order: Order) => Promise<Placed | Refusal>
  /**
   * Several acts in one transaction, each its own entry: all or none. The first refusal undoes everything and is the
   * answer, with the number of the order that met it.
   */
  readonly performAll: (orders: readonly Order[]) => Promise<readonly Done[] | (Refusal & { readonly order: number })>
  /** Everything up to the entry: what the facts would be, or why not. Changes nothing. */
  readonly rehearse: (order: Order, read?: Read) => Promise<{ readonly facts: object } | Refusal>
  /** A term's value under the charter in force, or under an earlier one by its hash. */
  readonly term: Settled
  /** The clauses under which a term stands in the charter in force. */
  readonly clausesOf: (term: string) => readonly string[]
}

export type EngineParts = {
  readonly registry: Registry
  readonly database: Pick<Database, 'read' | 'transact'>
  readonly charters: Charters
  readonly fresh: Fresh
  /** Resolves when this committed entry stands in the log under a signed checkpoint, and on the disk. */
  readonly integrated: (entry: string) => Promise<Place>
  /** Called after each commit that left entries, and once more when they get no place: nudges the sequencer, empties caches. */
  readonly committed?: (entries: readonly Leaf[]) => void
  /** Queues, inside the act's transaction, what an entry gives rise to: its mails and its jobs. */
  readonly enqueue?: (tx: Write, entry: Leaf) => Promise<unknown>
  /** Told of each denial by a rule, after the act was refused. */
  readonly stopped?: (act: string, denials: readonly Denial[]) => void
}

// The schema was checked when the charter was loaded, so the value has the term's type.
export const settledBy =
  (charters: Charters): Settled =>
  (term, hash) =>
    (hash === undefined ? charters.current() : charters.byHash(hash)).settles(term.id) as never

export const mintWith =
  (fresh: Fresh) =>
  (prefix: string): string =>
    mintId(prefix, fresh)
