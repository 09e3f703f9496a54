// One batch of the sequencer: pending entries get their indexes, the tree grows, and one checkpoint is signed.

import { sql } from 'kysely'
import { instantOf } from '#base/instants.ts'
import type { Write } from '#database/handles.ts'
import { compiled, prepared } from '#database/prepared.ts'
import { grow, packRange, type Range, rootOf, unpackRange } from './merkle.ts'
import type { Signer } from './signer.ts'
import type { RecordTables } from './tables.ts'
import { tileLevelBits, tileWidth } from './tiles.ts'

/** Which entries got which indexes: dense, starting at `from`; the log's size is now `size`. */
export type Batch = { from: number; size: number; entries: string[] }

type Row = { size: string | number; frontier: Buffer; at: Date; entry: string | null; hash: Buffer | null }
type Growth = { level: number; n: number; before: number; hashes: Buffer[] }

/** Any constant would do; all processes on a database must use the same. */
export const lock = 7_205_759_403

/** Of a batch's transaction. READ COMMITTED, so that what comes after the lock sees what the last holder committed. */
export const batchTransaction = {
  isolation: 'read committed',
  opening: compiled<RecordTables>()(db => sql`select pg_advisory_xact_lock(${sql.lit(lock)}::bigint)`.compile(db)),
} as const

/**
 * Runs inside one `batchTransaction`. The head row, changed only from the size that was read, is what makes two
 * inconsistent checkpoints impossible.
 */
export async function sequenceBatch(
  tx: Write,
  signer: Signer,
  options: { limit: number; now: number },
): Promise<Batch> {
  const rows = await take(tx, { limit: options.limit })
  const head = rows[0]
  if (!head) throw new Error('The head of the log is missing: the database was altered or not migrated')
  const from = Number(head.size)
  const range = unpackRange(from, head.frontier)
  const taken = rows.flatMap(({ entry, hash }) => (entry && hash ? [{ entry, hash }] : []))
  if (taken.length > 0) {
    const at = instantOf(Math.max(options.now, head.at.getTime())) // the clock of the record never goes backwards
    await put(tx, { from, taken, growths: growAll(range, taken), range, at, signer })
  }
  return { from, size: from + taken.length, entries: taken.map(({ entry }) => entry) }
}

/** Deletes whatever is visible in the queue, causes first, and reads the head with it (`limit 1` keeps the estimate, and so the plan, small). */
const take = prepared<RecordTables, { limit: number }>()((db, { limit }) =>
  sql<Row>`with taken as (
      delete from pending where place = any(array(select place from pending order by place limit ${limit}))
      returning place, entry, hash
    )
    select head.size, head.frontier, head.at, taken.entry, taken.hash
    from (select * from head limit 1) as head left join taken on true order by taken.place`.compile(db),
)

/** Grows the range by each leaf and gathers what every level's tiles gain. */
function growAll(range: Range, taken: readonly { hash: Buffer }[]): Growth[] {
  const growths = new Map<string, Growth>()
  for (const { hash } of taken) {
    const index = range.size
    grow(range, hash, (height, node) => {
      if (height % tileLevelBits === 0)
        gain(growths, { level: height / tileLevelBits, place: Math.floor(index / 2 ** height) }, node)
    })
  }
  return [...growths.values()]
}

function gain(growths: Map<string, Growth>, { level, place }: { level: number; place: number }, node: Buffer): void {
  const n = Math.floor(place / tileWidth)
  const growth = growths.get(`${level}/${n}`)
  if (growth) growth.hashes.push(node)
  else growths.set(`${level}/${n}`, { level, n, before: place % tileWidth, hashes: [node] })
}

type Put = {
  from: number
  taken: readonly { entry: string; hash: Buffer }[]
  growths: readonly Growth[]
  range: Range
  at: string
  signer: Signer
}

async function put(tx: Write, { from, taken, growths, range, at, signer }: Put): Promise<void> {
  const root = rootOf(range)
  const [result] = await putRows(tx, {
    places: taken.map((_, i) => from + i),
    entries: taken.map(({ entry }) => entry),
    hashes: taken.map(({ hash }) => hash),
    levels: growths.map(({ level }) => level),
    numbers: growths.map(({ n }) => n),
    gains: growths.map(({ hashes }) => Buffer.concat(hashes)),
    from,
    size: range.size,
    frontier: packRange(range),
    at,
    root,
    note: signer.sign({ size: range.size, root }),
  })
  const expected = [...growths].sort((a, b) => a.level - b.level || a.n - b.n).map(g => g.before + g.hashes.length)
  if (result?.heads !== 1 || result.widths.join() !== expected.join())
    throw new Error('The tiles of the log do not fit its head: the database was altered; run `guildhall verify`')
}

type Gain = {
  places: readonly number[]
  entries: readonly string[]
  hashes: readonly Buffer[]
  levels: readonly number[]
  numbers: readonly number[]
  gains: readonly Buffer[]
  from: number
  size: number
  frontier: Buffer
  at: string
  root: Buffer
  note: string
}

const putRows = prepared<RecordTables, Gain>()((db, gain) =>
  sql<{ heads: number; widths: number[] }>`
    with grown_leaves as (
      insert into leaves (idx, entry, hash)
      select * from unnest(${gain.places}::bigint[], ${gain.entries}::text[], ${gain.hashes}::bytea[])
    ), grown_tiles as (
      insert into tiles (level, n, hashes)
      select * from unnest(${gain.levels}::integer[], ${gain.numbers}::bigint[], ${gain.gains}::bytea[])
      on conflict (level, n) do update set hashes = tiles.hashes || excluded.hashes
      returning level, n, octet_length(hashes) / 32 as width
    ), grown_head as (
      update head set size = ${gain.size}, frontier = ${gain.frontier}, at = ${gain.at} where one and size = ${gain.from}
      returning 1
    ), signed as (
      insert into checkpoints (size, root, note, at) values (${gain.size}, ${gain.root}, ${gain.note}, ${gain.at})
    )
    select (select count(*) from grown_head)::integer as heads,
      array(select width from grown_tiles order by level, n)::integer[] as widths`.compile(db),
)

/** The checkpoint of the empty log, so that there is always one to show. */
export async function signEmpty(tx: Write, signer: Signer, now: number): Promise<void> {
  const root = rootOf({ size: 0, nodes: [] })
  await sql`insert into checkpoints (size, root, note, at)
    select 0, ${root}, ${signer.sign({ size: 0, root })}, ${instantOf(now)}
    where not exists (select 1 from checkpoints) on conflict do nothing`.execute(tx.on<RecordTables>())
}
