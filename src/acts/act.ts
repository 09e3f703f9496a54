// An act: plain data that declares one named thing a person may do. Faces only read it; the engine performs it.

import type { z } from 'zod'
import type { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Leaf } from '#record/leaf.ts'
import type { Problem, Refusal } from './problem.ts'
import type { Settled, Term } from './term.ts'

/** In what standing somebody acts. The operator is whoever holds the server's command line; the clock is the program itself. */
export type CapacityKind =
  | 'clock'
  | 'operator'
  | 'newcomer' // signed in, not yet registered as a person
  | 'participant' // any registered person
  | 'maintainer' // of a project or of an application for one
  | 'seat-holder'
  | 'alternate'
  | 'chair'
  | 'staff'

/** Who acts, as the record keeps it. `body`, `seat` and the rest are set where the capacity has them. */
export type Actor = {
  readonly capacity: CapacityKind
  readonly person?: string
  readonly body?: string
  readonly seat?: string
  /** The principal's seat, where an alternate acts for it. */
  readonly onBehalfOf?: string
  readonly project?: string
}

/** What `decides` is given. It must be pure: everything it needs is here. */
export type Case<Input, Found> = {
  readonly input: Input
  readonly found: Found
  readonly actor: Actor
  readonly at: Instant
  /** The hash of the charter in force. */
  readonly charter: string
  readonly term: Settled
  /** Mints an id with this prefix. */
  readonly fresh: (prefix: string) => string
}

/** What `writes` may know beside the facts; all of it stands in the entry, so a replay gives the same tables. */
export type Recorded = Pick<Leaf, 'id' | 'at' | 'actor' | 'charter' | 'cause' | 'mandate'>

export type Act<Input = never, Facts extends object = never, Found = never> = {
  /** `domain.verb`: `POST /api/domain/verb`, `guildhall domain verb`. */
  readonly name: `${string}.${string}`
  readonly title: string
  /** One sentence for the reference page and the command's help. */
  readonly describes: string
  readonly under: Term | readonly Term[]
  readonly by: readonly CapacityKind[]
  readonly takes: z.ZodType<Input>
  /** The facts. Those named in `seals` must be nullable: once erased they are null. */
  readonly records: z.ZodType<Facts>
  /** Facts that leave only a salted commitment in the record and lie apart, where they can be destroyed. */
  readonly seals?: readonly (keyof Facts & string)[]
  /** Whose facts the sealed ones are; the acting person where this is left out. */
  readonly sealsFor?: (facts: Facts) => string | undefined
  /** True for what no face offers: only reactions and the clock do it. */
  readonly isInternal?: boolean
  readonly refuses: readonly Problem[]
  readonly finds: (input: Input, read: Read, actor: Actor) => Promise<Found>
  /** What the charter's rules weigh for this act: a flat object, printed into the Cedar schema. Written after `finds`, whose type it uses. */
  readonly weighs?: {
    readonly context: z.ZodObject
    readonly of: (question: Omit<Case<Input, Found>, 'fresh'>) => Record<string, unknown>
  }
  readonly decides: (question: Case<Input, Found>) => Facts | Refusal
  readonly writes: (tx: Write, facts: Facts, entry: Recorded) => Promise<unknown>
  /** One sentence without its subject, ids where names belong: `seconded mot_…`. Sealed facts are null here. */
  readonly says: (facts: Facts) => string
}

/** The list of acts is kept without its type parameters; only `act` makes one, so the members fit each other. */
// biome-ignore lint/suspicious/noExplicitAny: the erased form of a checked declaration
export type AnyAct = Act<any, any, any>

/** Declares an act; the three types are inferred from `takes`, `records` and `finds`. */
export const act = <Input, Facts extends object, Found>(declared: Act<Input, Facts, Found>): Act<Input, Facts, Found> =>
  declared
