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

/** How the network, and PostgreSQL itself, say that there is nobody to ask (any more): refused, reset, shutting down, starting, or out of disk or memory. */
const lossCodes =
  /^(08...|57P0[1235]|53...|ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOENT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/
/** The driver's own words carry no code. */
const lossWords =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout exceeded when trying to connect|Cannot use a pool after calling end)/

/** Whether a fault of the driver means that the connection is gone. Only for what a database was asked: others fail alike. */
export const isLoss = (fault: unknown): boolean =>
  lossCodes.test(codeOf(fault) ?? '') || (fault instanceof Error && lossWords.test(fault.message))

/** The innermost code of a fault, else its name: what a log may say, for messages may hold private matter. */
export function causeOf(fault: unknown): string {
  const deeper = fault instanceof Error ? fault.cause : undefined
  if (deeper !== undefined) return causeOf(deeper)
  const code = codeOf(fault) ?? (fault instanceof Error ? fault.name : 'fault')
  return code === '53100' || code === 'ENOSPC' ? `${code}: the disk is full` : code
}

/** One line for the operator. */
export type Log = (line: string) => void

/** The code of a system or SQL error (`ENOENT`, `40001`), or nothing. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Several failed addresses of one host come as an error without a message of its own. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error)
