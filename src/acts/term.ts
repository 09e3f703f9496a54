// A term is a question that the charter must settle: the code names it, the charter gives its clauses and values.
import type { z } from 'zod'

export type Term<Value = unknown> = {
  /** `domain.topic`, the key under which `terms.yml` settles it. */
  readonly id: `${string}.${string}`
  readonly title: string
  readonly settles: z.ZodType<Value>
}

export const term = <Value>(id: Term['id'], title: string, settles: z.ZodType<Value>): Term<Value> => ({
  id,
  title,
  settles,
})

/** Reads a term's value under the charter in force, or under an earlier charter named by its hash. */
export type Settled = <Value>(term: Term<Value>, charter?: string) => Value
