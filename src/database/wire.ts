// How statements go over the wire: those of one moment in one write, and those that come again under a name, parsed once.
import { Socket } from 'node:net'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { type Pool, type PoolClient, Query, type QueryResult } from 'pg'
import { sha256 } from '#base/canonical.ts'
import { Busy, DatabaseLost, isLoss, messageOf } from './errors.ts'

/** A write costs more than what it carries, so everything written before the program comes to rest goes out together. */
export function gatheringSocket(): Socket {
  const socket = new Socket()
  // Node puts the socket's own `write` back when it connects.
  return socket.once('connect', () => gather(socket))
}

function gather(socket: Socket): void {
  const write = socket.write
  let isGathering = false
  const sendAll = (): void => {
    isGathering = false
    socket.uncork()
  }
  socket.write = function gathered(this: Socket, ...given: unknown[]) {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      process.nextTick(sendAll)
    }
    return Reflect.apply(write, this, given)
  } as Socket['write'] // one overload for each form; this one hands all of them on
}

/** Lists of different lengths make different statements: no more than these are kept parsed on each connection. */
const mostNames = 500

/** Gives a statement its name from the second time it comes, until there are too many. */
export function namer(): (text: string) => string | undefined {
  const names = new Map<string, string | undefined>()
  return text => {
    if (names.has(text)) {
      const name = names.get(text) ?? sha256(text).slice(0, 32)
      names.set(text, name)
      return name
    }
    if (names.size < mostNames) names.set(text, undefined)
    return undefined
  }
}

type NameOf = (text: string) => string | undefined

/** Only whoever waits in the queue of a full pool hears of a time-out: there the server answers, but others ask too. */
const isQueueing = (fault: unknown): boolean => /^timeout exceeded/.test(messageOf(fault))
const noneFree = 'No connection to the database came free in time. Nothing was changed; try again in a moment.'

const toldUnconnected = (fault: unknown): Error =>
  isQueueing(fault) ? new Busy(noneFree, { cause: fault }) : new DatabaseLost('nothing', fault)

/** Faults of the connection as the house knows them, so that nobody above must know the driver's. */
function told(fault: unknown): unknown {
  if (isQueueing(fault)) return toldUnconnected(fault)
  return isLoss(fault) ? new DatabaseLost('unknown', fault) : fault
}

const tell = (fault: unknown): never => {
  throw told(fault)
}

/** The pool's own `query`, for the sign-in and the jobs, tells its faults in the same way. */
export function tellFaults(pool: Pool): Pool {
  const query = pool.query
  pool.query = function telling(this: Pool, ...given: unknown[]) {
    const answer: unknown = Reflect.apply(query, this, given)
    return answer instanceof Promise ? answer.catch(tell) : answer
  } as Pool['query'] // one overload for each form; this one hands all of them on
  return pool
}

/** Of several statements in one message the last one's answer. */
const last = (result: QueryResult | readonly QueryResult[]): QueryResult | undefined => [result].flat().at(-1)

/** One statement, which may come again. What begins otherwise may be several in one message: they cannot be parsed apart from being run. */
const isOne = (text: string): boolean => /^(select|insert|update|delete|with)\b/i.test(text)

function telling(client: PoolClient, nameOf: NameOf): PostgresPoolClient {
  const query = (text: string, values: readonly unknown[] = []) =>
    new Promise((resolve, reject) => {
      const asked = new Query(text, [...values], (fault, result) =>
        fault ? reject(told(fault)) : resolve(last(result)),
      )
      client.query(values.length > 0 || isOne(text) ? Object.assign(asked, { name: nameOf(text) }) : asked)
    })
  const release = (destroy?: boolean) => client.release(destroy)
  // The other form of `query` takes a cursor: ours never does.
  return { query: query as unknown as PostgresPoolClient['query'], release }
}

/**
 * The pool as Kysely sees it. With names the session keeps repeated statements parsed: a name belongs to the session, so
 * that is for servers without a pooler between.
 */
export function tellingPool(pool: Pool, { ownsSessions = false } = {}): PostgresPool {
  const nameOf = ownsSessions ? namer() : () => undefined
  const clients = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(fault => {
        throw toldUnconnected(fault)
      })
      const known = clients.get(client) ?? telling(client, nameOf)
      clients.set(client, known)
      return known
    },
  }
}
