// A named look-up that pages, API and CLI share: `GET /api/domain/name`, `guildhall domain name`.
import type { z } from 'zod'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { Settled } from './term.ts'

/** What a look-up may know beside its input: the person who asks, if they are signed in, the time, and what the charter settles. */
export type Asker = {
  readonly person?: string
  readonly at: Instant
  readonly term: Settled
  /** What is held about whoever asks beside the record: how they sign in, and letters to them. For their own export. */
  readonly held?: () => Promise<Readonly<Record<string, unknown>>>
}

export type Query<Input = never, Output = never> = {
  readonly name: `${string}.${string}`
  readonly title: string
  readonly describes: string
  /** Every member is text in the address; use `z.coerce` or `z.stringbool` for the rest. */
  readonly takes: z.ZodType<Input>
  readonly gives: z.ZodType<Output>
  /** Undefined: there is no such thing (404). */
  readonly finds: (input: Input, read: Read, asker: Asker) => Promise<Output | undefined>
  /** For a look-up that is a table: its head and its rows, given as CSV where `format=csv` is asked for. */
  readonly csv?: (output: Output) => readonly (readonly string[])[]
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form of a checked declaration
export type AnyQuery = Query<any, any>

export const query = <Input, Output>(declared: Query<Input, Output>): Query<Input, Output> => declared
