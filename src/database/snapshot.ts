// A transaction's view of the tables: questions asked together run together, and the same question is asked once.
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  Transaction,
} from 'kysely'
import { codeOf } from './errors.ts'

/** A question without locks and without changes in a `with`; ours call no volatile functions. */
const isQuestion = ({ query }: CompiledQuery): boolean =>
  query.kind === 'SelectQueryNode' &&
  !('with' in query && query.with) &&
  !('endModifiers' in query && query.endModifiers)

/** Ours give no bigints: one would be a fault, and is thrown as such. */
const keyOf = ({ sql, parameters }: CompiledQuery): string => `${sql}\n${JSON.stringify(parameters)}`

const copyOf = <Row>(result: QueryResult<Row>): QueryResult<Row> => ({
  ...result,
  rows: result.rows.map(row => ({ ...row })),
})

type Send = <Row>(query: CompiledQuery) => Promise<QueryResult<Row>>

/**
 * Right only where the whole transaction sees one snapshot (repeatable read, serializable): there an answer changes
 * only by a change of the transaction's own, and then all are forgotten.
 */
function remembering(send: Send) {
  const known = new Map<string, Promise<QueryResult<unknown>>>()
  const ask = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    const key = keyOf(query)
    const answer = known.get(key) ?? send(query)
    known.set(key, answer)
    return copyOf((await answer) as QueryResult<Row>) // the same question has rows of the same type
  }
  return { ask, forget: () => known.clear() }
}

/** SQL state of whatever comes after the first failure in a transaction. */
const failedBefore = '25P02'

export type Span = {
  /** Whether all of it sees one snapshot. */
  readonly isSnapshot: boolean
  /** Resolves when the transaction has begun; questions are sent behind the begin, changes only after its answer. */
  readonly begun: Promise<unknown>
}

/** Changes go out when the transaction has begun, in the order in which they were asked for. */
function changing(sendNow: Send, begun: Promise<unknown>) {
  let hasBegun = false
  begun.then(
    () => {
      hasBegun = true
    },
    () => {}, // told to whoever waits for it
  )
  const handed: Promise<unknown>[] = []
  const change: Send = async query => {
    await begun
    return sendNow(query)
  }
  const sends = (query: CompiledQuery): void => {
    const answer = hasBegun ? sendNow(query) : change(query)
    answer.catch(() => {}) // told to whoever waits for the commit
    handed.push(answer)
  }
  return { change, sends, handed, isHolding: () => !hasBegun && handed.length > 0 }
}

/** The connection for one transaction. After `end` nothing passes: a change that came late would stand outside. */
export function spanning(connection: DatabaseConnection, { isSnapshot, begun }: Span) {
  let isOver = false
  let first: { readonly fault: unknown } | undefined
  const send: Send = async query => {
    if (isOver) throw new Error('The database was asked through a transaction that is over')
    return connection.executeQuery<never>(query).catch(fault => {
      first ??= { fault }
      // What was asked behind it only hears that something failed before, and may be heard first.
      throw codeOf(fault) === failedBefore ? first.fault : fault
    })
  }
  const memory = remembering(send)
  const changeNow: Send = query => {
    memory.forget()
    return send(query)
  }
  const { change, sends, handed, isHolding } = changing(changeNow, begun)
  const askNow = isSnapshot ? memory.ask : send
  // No question may pass a change that was handed over before it.
  const ask: Send = query => (isHolding() ? begun.then(() => askNow(query)) : askNow(query))
  const executeQuery: Send = query => (isQuestion(query) ? ask(query) : change(query))
  const spanned: DatabaseConnection = {
    executeQuery,
    streamQuery: (query, size) => connection.streamQuery(query, size),
  }
  const asks = async <Row>(query: CompiledQuery<Row>) => (await executeQuery<Row>(query)).rows
  const end = (): void => {
    isOver = true
  }
  return { connection: spanned, asks, sends, handed, end }
}

/**
 * The transaction over this connection. Kysely's own would send each question only when the one before is answered;
 * its executor stays, and still refuses what comes after the end.
 */
export function viewOver(begun: Transaction<unknown>, connection: DatabaseConnection): Transaction<unknown> {
  const executor = begun.getExecutor().withConnectionProvider({ provideConnection: consumer => consumer(connection) })
  return new Transaction({ config: { dialect }, dialect, driver, executor })
}

const driver = new DummyDriver()
/** Only for the form: the executor brings its own compiler and connection. */
const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driver,
  createIntrospector: db => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}
