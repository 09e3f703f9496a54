// A domain: one office of the foundation, as plain data that app.ts names in one array and the faces read.
import type { Migration } from 'kysely/migration'
import type { z } from 'zod'
import type { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import type { Leaf } from '#record/leaf.ts'
import type { Actor, AnyAct, CapacityKind } from './act.ts'
import type { Entity } from './charter.ts'
import type { Measure } from './measure.ts'
import type { Addition, AnyPage, NavItem, PageRequest, PageView } from './page.ts'
import type { AnyQuery } from './query.ts'
import type { Settled, Term } from './term.ts'

/** Something to do: an act with its input, and the entry that authorises it where the charter wants one. */
export type Deed = { readonly act: string; readonly input: unknown; readonly mandate?: string }

/** Answers earlier domains' entries with acts of its own, in the same transaction, each its own entry with a cause. */
export type Reaction = {
  readonly to: readonly string[]
  readonly with: (entry: Leaf, read: Read) => Promise<readonly Deed[]>
}

/**
 * Work that an entry starts: queued in the act's transaction, done outside it (it may take minutes, and is tried again
 * after a fault), and answered with acts that the clock performs with the entry as their cause. Doing it twice must do no harm.
 */
export type Job = {
  /** `domain.work`, unique. */
  readonly name: `${string}.${string}`
  readonly about: readonly string[]
  readonly work: (entry: Leaf, tools: JobTools) => Promise<readonly Deed[]>
}
export type JobTools = {
  readonly read: Read
  /** For working papers only: what has effect is recorded by the deeds returned. */
  readonly transact: <Answer>(work: (tx: Write) => Promise<Answer>) => Promise<Answer>
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}

/** A mail that an entry gives rise to. Addresses are looked up by person when it is sent, never stored with it. */
export type Mail = {
  readonly about: readonly string[]
  readonly title: string
  readonly letters: (entry: Leaf, read: Read) => Promise<readonly Letter[]>
}
export type Letter = {
  readonly to: { person: string } | { email: string }
  readonly subject: string
  readonly text: string
}

/** What may be chosen where a field of an act says that it `picks` this kind, or is an id with this prefix: nobody looks up ids for a form. */
export type Picker = {
  readonly kind: string
  /** Whether nothing else will do; otherwise these are suggestions. */
  readonly isOnly: boolean
  /** By label; `value` is what the act takes. */
  readonly of: (read: Read, at: Instant) => Promise<readonly Picked[]>
}
export type Picks = ReadonlyMap<string, { readonly isOnly: boolean; readonly from: readonly Picked[] }>
export type Picked = { readonly value: string; readonly label: string }

/** The names and addresses of pages for ids with this prefix; an id left out shows as "erased". */
export type Label = {
  readonly prefix: string
  readonly of: (read: Read, ids: readonly string[]) => Promise<ReadonlyMap<string, { label: string; href?: string }>>
}

/**
 * What the charter's rules may know of the acting person: attributes of the Cedar entity `Person`, parents, other
 * entities. Without a person (the clock, the operator) the attributes are those of somebody whom no rule is about.
 */
export type Portrayal = {
  readonly attributes: z.ZodObject
  readonly of: (
    read: Read,
    person: string | undefined,
    at: Instant,
  ) => Promise<{
    attrs: Record<string, unknown>
    parents?: Entity['parents']
    entities?: readonly Entity[]
  }>
}

/** One line of a person's desk: something asked of them, or something of theirs that is under way. */
export type DeskItem = {
  readonly title: string
  readonly href: string
  /** Why it is here and what happens if nothing is done. */
  readonly says: string
  /** When it must be done by. */
  readonly due?: Instant
  readonly clause?: string
  /** `asked` (unless said otherwise) wants something from them; `theirs` only tells how it stands. */
  readonly kind?: 'asked' | 'theirs'
}

export type Domain = {
  readonly name: string
  /** One sentence for the reference. */
  readonly describes: string
  readonly acts: readonly AnyAct[]
  readonly terms: readonly Term[]
  readonly migrations: Readonly<Record<string, Migration>>
  /** The tables that the record rebuilds; a replay compares them, ordered by all columns. */
  readonly tables: readonly string[]
  /** Working papers keyed by their hash, which entries name: not rebuilt, but copied before a replay. */
  readonly papers?: readonly string[]
  readonly queries?: readonly AnyQuery[]
  readonly pages?: readonly AnyPage[]
  readonly nav?: readonly NavItem[]
  /** Facts, things to do and sections for the pages that earlier domains show of a thing: loaded first, shown with the page's view. */
  readonly adds?: (request: PageRequest, subject: string) => Promise<((view: PageView) => Addition) | undefined>
  readonly reactions?: readonly Reaction[]
  readonly mails?: readonly Mail[]
  readonly jobs?: readonly Job[]
  readonly measures?: readonly Measure[]
  readonly labels?: readonly Label[]
  readonly pickers?: readonly Picker[]
  /** In which of these capacities a person may act now. */
  readonly capacities?: {
    readonly kinds: readonly CapacityKind[]
    readonly of: (read: Read, person: string, at: Instant) => Promise<readonly Actor[]>
  }
  readonly portrays?: Portrayal
  /** What is due from the signed-in person, and what is theirs. Asked only for a registered person. */
  readonly desk?: (request: PageRequest) => Promise<readonly DeskItem[]>
  /** What the clock should do by now; it is asked again and again, also after the program was down. */
  readonly due?: (read: Read, at: Instant, term: Settled) => Promise<readonly Deed[]>
}
