// Problems and refusals: every "no" is declared once, listed by the acts that may give it, and returned, never thrown.

/** Only the faces know which number a kind is: unfit 422, barred 403, missing 404, clash 409, untimely 409, busy 429. */
export type Kind = 'unfit' | 'barred' | 'missing' | 'clash' | 'untimely' | 'busy'

export type Problem = {
  /** `domain/what-is-wrong`: also the address of its page, `/problems/domain/what-is-wrong`. */
  readonly id: `${string}/${string}`
  readonly kind: Kind
  /** One sentence that a stranger understands. */
  readonly title: string
  /** What to do about it. */
  readonly remedy: string
}

/** One unfit field; `path` is as in the input, `['contacts', 0, 'email']`. */
export type Unfit = { readonly path: readonly (string | number)[]; readonly message: string }

export type Refusal = {
  readonly refused: Problem
  /** The clauses it stands on; the engine adds those of the act's terms, or of the rule that denied. */
  readonly clauses: readonly string[]
  /** The one term it stands on, where the act stands under several; the engine finds its clauses. */
  readonly under?: { readonly id: string }
  /** What is particular to this case: "needs 12, has 11", "from 2027-02-01". No private facts. */
  readonly detail?: string
  readonly remedy?: string
  readonly fields?: readonly Unfit[]
}

// biome-ignore lint/complexity/useMaxParams: a domain's list of problems reads as a table of four columns
export const problem = (id: Problem['id'], kind: Kind, title: string, remedy: string): Problem => ({
  id,
  kind,
  title,
  remedy,
})

export const refuse = (refused: Problem, more: Partial<Omit<Refusal, 'refused'>> = {}): Refusal => ({
  refused,
  clauses: [],
  ...more,
})

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value

/** With the clauses of the act, where the refusal names none of its own. */
export const citing = (refusal: Refusal, clauses: readonly string[]): Refusal =>
  refusal.clauses.length > 0 ? refusal : { ...refusal, clauses }
