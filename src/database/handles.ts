// The two handles through which everything above reaches the database: one that looks up, one that also changes.
import type { CompiledQuery, Kysely, Transaction } from 'kysely'

/** Looks things up. `on<Tables>()` views the database as those tables: each domain names its own and no other's. */
export type Read = {
  on<Tables>(): Pick<Kysely<Tables>, 'selectFrom' | 'with' | 'fn' | 'getExecutor'>
  /** Runs a statement that is compiled already. */
  asks<Row>(query: CompiledQuery<Row>): Promise<readonly Row[]>
}

/** Only a transaction gives one of these, so a change outside a transaction does not compile. */
export type Write = {
  on<Tables>(): Pick<
    Transaction<Tables>,
    'selectFrom' | 'with' | 'fn' | 'getExecutor' | 'insertInto' | 'updateTable' | 'deleteFrom'
  >
  asks<Row>(query: CompiledQuery<Row>): Promise<readonly Row[]>
  /**
   * Sends a change behind what went before, without waiting for its answer: the commit goes out right behind it, waits
   * for it, and nothing stands when it failed. For changes of whose answer nothing is needed.
   */
  sends(query: CompiledQuery): void
}
