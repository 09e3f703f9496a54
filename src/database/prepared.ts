// Statements that are asked for all the time: built and compiled once, then only filled in.
import {
  type CompiledQuery,
  createQueryId,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { Read, Write } from './handles.ts'

/** Stands where a value will be. */
class Blank {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Builder = 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'getExecutor'
type Compilable<Row> = { compile(): CompiledQuery<Row> } | CompiledQuery<Row>

const builder = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const builderOf = <Tables>() => builder as unknown as Kysely<Tables> // the caller names the tables

const compiledOf = <Row>(built: Compilable<Row>): CompiledQuery<Row> => ('compile' in built ? built.compile() : built)

const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) })

type Build<Tables, Given, Row> = (db: Pick<Kysely<Tables>, Builder>, given: Given) => Compilable<Row>

function filledIn<Tables, Given extends Readonly<Record<string, unknown>>, Row>(build: Build<Tables, Given, Row>) {
  let compiled: CompiledQuery<Row> | undefined
  return (given: Given): CompiledQuery<Row> => {
    // The blanks take the places of the values of their types; the builder hands values on without a look.
    compiled ??= compiledOf(build(builderOf<Tables>(), blanks as Given))
    const { query, sql } = compiled
    const parameters = compiled.parameters.map(one => (one instanceof Blank ? given[one.name] : one))
    return { query, sql, parameters, queryId: createQueryId() }
  }
}

/**
 * A statement in the tables `Tables`, filled in from `Given`. `build` runs once, at the first use, and may only place
 * what it is given as values: it cannot look at them, for they are not there yet. Lists do not fit: their length shapes the text.
 *
 *   const byId = prepared<Tables, { id: string }>()((db, { id }) => db.selectFrom('seats').selectAll().where('id', '=', id))
 *   const rows = await byId(read, { id: 'sea_…' })
 */
export const prepared =
  <Tables, Given extends Readonly<Record<string, unknown>>>() =>
  <Row>(build: Build<Tables, Given, Row>) => {
    const filled = filledIn(build)
    return (on: Read | Write, given: Given): Promise<readonly Row[]> => on.asks(filled(given))
  }

/** A statement without values, compiled once: it may open a transaction. */
export const compiled =
  <Tables>() =>
  <Row>(build: (db: Pick<Kysely<Tables>, Builder>) => Compilable<Row>): CompiledQuery<Row> => {
    const built = compiledOf(build(builderOf<Tables>()))
    if (built.parameters.length > 0) throw new Error(`This statement takes values: ${built.sql}`)
    return built
  }

/** A change that nobody waits for but the commit: sent behind what went before, and nothing stands when it fails. */
export const preparedChange =
  <Tables, Given extends Readonly<Record<string, unknown>>>() =>
  (build: Build<Tables, Given, unknown>) => {
    const filled = filledIn(build)
    return (tx: Write, given: Given): void => tx.sends(filled(given))
  }
