// The log as files (C2SP tlog-tiles) and receipts, read from the database.

import { sql } from 'kysely'
import type { Read } from '#database/handles.ts'
import { writeBundle } from './bundles.ts'
import { hashBytes } from './merkle.ts'
import { withNodes } from './nodes.ts'
import { writeProof } from './proof.ts'
import { consistencyProof, inclusionProof } from './proofs.ts'
import { latestCheckpoint } from './queries.ts'
import type { RecordTables } from './tables.ts'
import { parseTilePath, type Tile, tileWidth, widthAt } from './tiles.ts'

/** `immutable` files never change; the checkpoint may be kept for seconds only. */
export type LogFile = { bytes: Buffer; type: string; cache: 'immutable' | 'brief' }

/** The file at `checkpoint`, `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`; undefined for every other path. */
export async function logFile(read: Read, path: string): Promise<LogFile | undefined> {
  const wanted = path === 'checkpoint' ? path : parseTilePath(path)
  const checkpoint = wanted && (await latestCheckpoint(read))
  if (!wanted || !checkpoint) return undefined
  if (wanted === 'checkpoint')
    return { bytes: Buffer.from(checkpoint.note), type: 'text/plain; charset=utf-8', cache: 'brief' }
  if (wanted.width > widthAt(wanted.level, wanted.n, checkpoint.size)) return undefined
  return { bytes: await tileBytes(read, wanted), type: 'application/octet-stream', cache: 'immutable' }
}

/** The bytes of a tile or bundle that the log is large enough to have. Throws when the database lacks some of them. */
export async function tileBytes(read: Read, tile: Tile): Promise<Buffer> {
  return tile.level === 'entries' ? bundleBytes(read, tile) : hashTile(read, tile)
}

async function hashTile(read: Read, { level, n, width }: Tile): Promise<Buffer> {
  const row = await read
    .on<RecordTables>()
    .selectFrom('tiles')
    .select('hashes')
    .where('level', '=', Number(level))
    .where('n', '=', n)
    .executeTakeFirst()
  // a narrower tile of an earlier size is the beginning of what the tile is now
  const bytes = row?.hashes.subarray(0, width * hashBytes)
  if (bytes?.length === width * hashBytes) return bytes
  throw new Error(`Tile ${n} of level ${level} is not whole in the database: it was altered`)
}

async function bundleBytes(read: Read, { n, width }: Tile): Promise<Buffer> {
  const { rows } = await sql<{ leaf: string }>`
    select entries.leaf from leaves join entries on entries.id = leaves.entry
    where leaves.idx >= ${n * tileWidth} and leaves.idx < ${n * tileWidth + width} order by leaves.idx`.execute(
    read.on<RecordTables>(),
  )
  if (rows.length === width) return writeBundle(rows.map(({ leaf }) => Buffer.from(leaf)))
  throw new Error(`Entries from index ${n * tileWidth} are missing in the database: it was altered`)
}

/** The `.tlog-proof` of an entry under the newest checkpoint, carrying the entry; undefined while it has no index. */
export async function receiptOf(read: Read, entry: string): Promise<string | undefined> {
  const row = await read
    .on<RecordTables>()
    .selectFrom('leaves')
    .innerJoin('entries', 'entries.id', 'leaves.entry')
    .select(['leaves.idx', 'entries.leaf'])
    .where('leaves.entry', '=', entry)
    .executeTakeFirst()
  const checkpoint = row && (await latestCheckpoint(read))
  if (!row || !checkpoint) return undefined
  const index = Number(row.idx)
  const hashes = await withNodes(read, node => inclusionProof(index, checkpoint.size, node))
  return writeProof({ extra: Buffer.from(row.leaf), index, hashes, checkpoint: checkpoint.note })
}

/** That the log of size `size` begins with the log of size `from`, for witnesses and monitors. Throws beyond the log. */
export const consistencyOf = (read: Read, from: number, size: number): Promise<Buffer[]> =>
  withNodes(read, node => consistencyProof(from, size, node))
