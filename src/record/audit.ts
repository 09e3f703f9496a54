// The audit of the record's tables: rebuilds the log from its rows and names the first row that tells another story.
import { sql } from 'kysely'
import type { Read } from '#database/handles.ts'
import { complain, type Fault, maxFaults, type Report } from './findings.ts'
import { Leaf, subjectsOf } from './leaf.ts'
import { emptyRange, grow, leafHash, packRange, type Range } from './merkle.ts'
import { latestCheckpoint } from './queries.ts'
import { logFile } from './serve.ts'
import type { Source } from './source.ts'
import type { RecordTables } from './tables.ts'
import { type VerifyOptions, verify } from './verify.ts'

/** The log as it would be served from these tables. A file that its rows no longer make is missing. */
export const databaseSource = (read: Read): Source => ({
  name: 'the database',
  file: async path => {
    const file = await logFile(read, path).catch((fault: unknown) => {
      if (fault instanceof Error && fault.message.endsWith('it was altered')) return undefined
      throw fault
    })
    return file?.bytes
  },
})

type Row = {
  idx: string | number
  entry: string
  leafHash: Buffer
  id: string | null
  at: Date
  act: string
  person: string | null
  capacity: string
  cause: string | null
  mandate: string | null
  subjects: string[]
  leaf: string
  hash: Buffer
}

const pageSize = 1000

/**
 * Verifies the log that the tables make, and each row beside its leaf: columns are copies that pages are drawn from, so
 * a changed one is a lie even when the log is whole. While the program runs, give the handle of a read-only transaction at
 * REPEATABLE READ, so that all is seen at one moment.
 */
export async function verifyDatabase(read: Read, options: VerifyOptions = {}): Promise<Report> {
  const report = await verify(databaseSource(read), options)
  const rows: Fault[] = []
  const range = await compareRows(read, rows)
  await compareHead(read, range, rows)
  await findStrays(read, rows)
  const faults = [...rows, ...report.faults].toSorted(
    (a, b) => (a.index ?? Number.POSITIVE_INFINITY) - (b.index ?? Number.POSITIVE_INFINITY),
  )
  return { ...report, ok: faults.length === 0, faults: faults.slice(0, maxFaults) }
}

async function compareRows(read: Read, faults: Fault[]): Promise<Range> {
  const range = emptyRange()
  for (let last = -1; ; ) {
    const rows = await pageAfter(read, last)
    for (const row of rows) {
      const index = Number(row.idx)
      if (index !== last + 1) complain({ faults }, { index: last + 1, what: `Index ${last + 1} is missing in leaves` })
      compareRow(row, index, faults)
      grow(range, row.leafHash)
      last = index
    }
    if (rows.length < pageSize) return range
  }
}

async function pageAfter(read: Read, last: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select leaves.idx, leaves.entry, leaves.hash as "leafHash", entries.*
    from leaves left join entries on entries.id = leaves.entry
    where leaves.idx > ${last} order by leaves.idx limit ${pageSize}`.execute(read.on<RecordTables>())
  return rows
}

function compareRow(row: Row, index: number, faults: Fault[]): void {
  for (const wrong of wrongsOf(row))
    complain({ faults }, { index, entry: row.entry, what: `Entry ${index} (${row.entry}) ${wrong}` })
}

function wrongsOf(row: Row): string[] {
  if (row.id === null) return ['is missing in entries']
  const hash = leafHash(Buffer.from(row.leaf))
  const leaf = leafOf(row.leaf)
  const columns = leaf ? wrongColumns(row, leaf) : []
  return [
    ...(hash.equals(row.leafHash) ? [] : ['has another hash in leaves than its text in entries']),
    ...(hash.equals(row.hash) ? [] : ['has another hash in entries than its text']),
    ...(leaf ? [] : ['has a text that is not a leaf']),
    ...(columns.length > 0 ? [`says otherwise in the column ${columns.join(', ')} of entries`] : []),
  ]
}

function leafOf(text: string): Leaf | undefined {
  try {
    return Leaf.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function wrongColumns(row: Row, leaf: Leaf): string[] {
  const expected = {
    id: leaf.id,
    at: leaf.at,
    act: leaf.act,
    person: leaf.actor.person ?? null,
    capacity: leaf.actor.capacity,
    cause: leaf.cause ?? null,
    mandate: leaf.mandate ?? null,
    subjects: subjectsOf(leaf).join(),
  }
  const found = { ...row, at: row.at.toISOString(), subjects: row.subjects.join() }
  const named: Record<string, unknown> = found
  return Object.entries(expected).flatMap(([name, value]) => (named[name] === value ? [] : [name]))
}

async function compareHead(read: Read, range: Range, faults: Fault[]): Promise<void> {
  const head = await read.on<RecordTables>().selectFrom('head').select(['size', 'frontier']).executeTakeFirst()
  const signed = (await latestCheckpoint(read))?.size
  if (!head || Number(head.size) !== range.size || !head.frontier.equals(packRange(range)))
    complain({ faults }, { what: 'The head of the log does not fit its leaves' })
  if (signed !== undefined && signed !== range.size)
    complain({ faults }, { what: `The newest checkpoint is of size ${signed}, but there are ${range.size} leaves` })
}

/** Entries that are neither in the log nor waiting for their index would never be published. */
async function findStrays(read: Read, faults: Fault[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from entries where not exists (select 1 from leaves where leaves.entry = entries.id)
      and not exists (select 1 from pending where pending.entry = entries.id)
    order by id limit ${maxFaults}`.execute(read.on<RecordTables>())
  for (const { id } of rows)
    complain({ faults }, { entry: id, what: `Entry ${id} is neither in the log nor waiting for its index` })
}
