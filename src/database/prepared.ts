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

const compiledOf = <Row>(built: Compilable<Row>): CompiledQuery<Row> => ('compile' in built ? built.compile() : built)

const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) })

/**
 * A statement in the tables `Tables`, filled in from `Given`. `build` runs once, at the first use, and may only place
 * what it is given as values: it cannot look at them, for they are not there yet. Lists do not fit: their length shapes the text.
 *
 *   const byId = prepared<Tables, { id: string }>()((db, { id }) => db.selectFrom('seats').selectAll().where('id', '=', id))
 *   const rows = await byId(read, { id: 'sea_…' })
 */
export const prepared =
  <Tables, Given extends Readonly<Record<string, unknown>>>() =>
  <Row>(build: (db: Pick<Kysely<Tables>, Builder>, given: Given) => Compilable<Row>) => {
    let compiled: CompiledQuery<Row> | undefined
    return async (on: Read | Write, given: Given): Promise<Row[]> => {
      // The blanks take the places of the values of their types; the builder hands values on without a look.
      compiled ??= compiledOf(build(builder as unknown as Kysely<Tables>, blanks as Given))
      const { query, sql } = compiled
      const parameters = compiled.parameters.map(one => (one instanceof Blank ? given[one.name] : one))
      const { rows } = await on
        .on<Tables>()
        .getExecutor()
        .executeQuery<Row>({ query, sql, parameters, queryId: createQueryId() })
      return rows
    }
  }
