// What every face is given: the engine, the read side, who the foundation is, and the moment an entry gets its index.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { Engine } from './parts.ts'

export type FoundationCard = {
  readonly name: string
  readonly short: string
  /** One hex colour. */
  readonly accent: string
  readonly language: string
  /** Hash of the charter in force. */
  readonly charter: string
}

export type Face = {
  readonly engine: Engine
  readonly read: Read
  readonly now: () => Instant
  readonly foundation: () => FoundationCard
  /** The pledge of a clause, undefined where there is no such clause. */
  readonly pledge: (clause: string) => string | undefined
  /** Moves on with every commit of this program, and soon after those of another one on the same database. */
  readonly version: () => Promise<string>
  /** The key with which the log is checked. */
  readonly vkey: string
  readonly baseUrl: string
  readonly log: (line: string) => void
}
