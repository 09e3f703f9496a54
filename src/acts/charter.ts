// What the engine asks of a charter: terms settled, mandates that suffice, and rules that deny. The charter domain provides it.
import type { Read } from '#database/handles.ts'

/** Cedar's JSON form of an entity. */
export type Entity = {
  readonly uid: { readonly type: string; readonly id: string }
  readonly attrs: Readonly<Record<string, unknown>>
  readonly parents: readonly { readonly type: string; readonly id: string }[]
}

export type RuleQuestion = {
  readonly act: string
  /** The acting person, first, and the entities that its rules may climb to. */
  readonly entities: readonly Entity[]
  /** Counts, sets and names computed by the act, in Cedar's JSON form. */
  readonly context: Readonly<Record<string, unknown>>
}

export type Denial = {
  readonly rule: string
  readonly clauses: readonly string[]
  readonly title: string
  readonly remedy: string
}

export type Charter = {
  /** SHA-256 over the canonical list of its files and their hashes. */
  readonly hash: string
  /** Clause ids under which a term stands; throws on a term that the charter does not settle. */
  clausesOf(term: string): readonly string[]
  settles(term: string): unknown
  /** The acts whose entries may authorise this one. Empty: none is needed. */
  mandatesFor(act: string): readonly string[]
  /** False where no rule can forbid this act, whoever does it and whatever it weighs: then nobody need be portrayed. */
  mayDeny(act: string): boolean
  /** Every rule that forbids; an evaluation error is a denial too. Empty: allowed. */
  denials(question: RuleQuestion): readonly Denial[]
}

export type Charters = {
  /** The charter in force now. */
  current(): Charter
  /** An earlier or the current charter by its hash; throws when it was never adopted here. */
  byHash(hash: string): Charter
  /**
   * Goes along with a charter that another program put into force, as this transaction sees it; true when there was
   * one. Without it there is only this program.
   */
  follow?(read: Read): Promise<boolean>
}
