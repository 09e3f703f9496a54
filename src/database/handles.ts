// The two handles through which everything above reaches the database: one that looks up, one that also changes.
import type { Kysely, Transaction } from 'kysely'

/** Looks things up. `on<Tables>()` views the database as those tables: each domain names its own and no other's. */
export type Read = {
  on<Tables>(): Pick<Kysely<Tables>, 'selectFrom' | 'with' | 'fn' | 'getExecutor'>
}

/** Only a transaction gives one of these, so a change outside a transaction does not compile. */
export type Write = {
  on<Tables>(): Pick<
    Transaction<Tables>,
    'selectFrom' | 'with' | 'fn' | 'getExecutor' | 'insertInto' | 'updateTable' | 'deleteFrom'
  >
}
