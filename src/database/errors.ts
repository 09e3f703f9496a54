// What can go wrong with the database as such. Each message is one line that says what to do and holds no secret.

/** The database cannot be opened as asked; nothing was changed. Thrown at start only. */
export class CannotOpen extends Error {
  override name = 'CannotOpen'
}

/** Clashes with other transactions outlasted every try; nothing was changed. Asking again later may succeed. */
export class Busy extends Error {
  override name = 'Busy'
}

/**
 * The connection to the database was lost. `outcome` says what became of the transaction: 'nothing' when it certainly
 * changed nothing, 'unknown' when the connection broke while it was being committed.
 */
export class DatabaseLost extends Error {
  override name = 'DatabaseLost'
  readonly outcome: 'nothing' | 'unknown'
  constructor(outcome: 'nothing' | 'unknown', cause: unknown) {
    super(
      outcome === 'nothing'
        ? 'The database does not answer. Nothing was changed; try again in a moment.'
        : 'The database was lost while the change was being committed. Look whether it was made before trying again.',
      { cause },
    )
    this.outcome = outcome
  }
}

/** One line for the operator. */
export type Log = (line: string) => void

/** The code of a system or SQL error (`ENOENT`, `40001`), or nothing. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Several failed addresses of one host come as an error without a message of its own. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error)
