// The nodes of the tree out of its tiles, and proofs made from the tiles in the database with one query.

import { sql } from 'kysely'
import type { Read } from '#database/handles.ts'
import { hashBytes, nodeHash } from './merkle.ts'
import type { NodeAt } from './proofs.ts'
import type { RecordTables } from './tables.ts'
import { tileLevelBits, tileWidth } from './tiles.ts'

/** Gives a tile's hashes, at least as wide as needed; throws when there is no such tile. */
export type TileAt = (level: number, n: number) => Buffer

/** Reads nodes from tiles: 2^(height mod 8) hashes of a tile make the root of a subtree between two tile levels. */
export function nodesIn(tileAt: TileAt): NodeAt {
  return (height, index) => {
    const { level, n, first, count } = spanOf(height, index)
    const tile = tileAt(level, n)
    if (tile.length < (first + count) * hashBytes) throw new Error(`Tile ${n} of level ${level} is too short`)
    return joined(tile, first, count)
  }
}

function spanOf(height: number, index: number) {
  const count = 2 ** (height % tileLevelBits)
  const start = index * count
  return {
    level: Math.floor(height / tileLevelBits),
    n: Math.floor(start / tileWidth),
    first: start % tileWidth,
    count,
  }
}

function joined(tile: Buffer, first: number, count: number): Buffer {
  if (count === 1) return tile.subarray(first * hashBytes, (first + 1) * hashBytes)
  return nodeHash(joined(tile, first, count / 2), joined(tile, first + count / 2, count / 2))
}

/** Runs `prove` twice: to learn which tiles it needs, and with those tiles, read in one query. */
export async function withNodes<T>(read: Read, prove: (node: NodeAt) => T): Promise<T> {
  const wanted = new Map<string, { level: number; n: number }>()
  const blank = Buffer.alloc(hashBytes)
  prove((height, index) => {
    const { level, n } = spanOf(height, index)
    wanted.set(`${level}/${n}`, { level, n })
    return blank
  })
  const tiles = await loadTiles(read, [...wanted.values()])
  return prove(
    nodesIn((level, n) => {
      const tile = tiles.get(`${level}/${n}`)
      if (!tile) throw new Error(`Tile ${n} of level ${level} is missing: the database was altered`)
      return tile
    }),
  )
}

async function loadTiles(read: Read, wanted: readonly { level: number; n: number }[]): Promise<Map<string, Buffer>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ level: number; n: string | number; hashes: Buffer }>`
    select tiles.level, tiles.n, tiles.hashes
    from unnest(${wanted.map(({ level }) => level)}::integer[], ${wanted.map(({ n }) => n)}::bigint[]) as wanted (level, n)
    join tiles on tiles.level = wanted.level and tiles.n = wanted.n`.execute(read.on<RecordTables>())
  return new Map(rows.map(({ level, n, hashes }) => [`${level}/${Number(n)}`, hashes]))
}
