// Rebuilding the tree from leaf hashes, a tile at a time, and looking in it for the root of any size.
import { hash } from 'node:crypto'
import { emptyRoot, hashBytes } from './merkle.ts'
import { nodesIn } from './nodes.ts'
import { rootOver } from './proofs.ts'
import { countAt, tileWidth } from './tiles.ts'

const pair = Buffer.alloc(1 + 2 * hashBytes)
pair[0] = 1 // the mark of a node

/** The root over a full tile's hashes. Latin-1 ("binary") text is by far the quickest form in which hashes can be had. */
export function tileRoot(tile: Buffer): Buffer {
  let level = tile.toString('binary')
  while (level.length > hashBytes) {
    let above = ''
    for (let i = 0; i < level.length; i += 2 * hashBytes) {
      pair.write(level.slice(i, i + 2 * hashBytes), 1, 'binary')
      above += hash('sha256', pair, 'binary')
    }
    level = above
  }
  return Buffer.from(level, 'binary')
}

/** All hashes of a level's tiles, in one run of bytes. */
export type Levels = Buffer[]

/** The levels above `first`, the hashes of level 1 (one for each full tile of leaf hashes). */
export function levelsOver(first: Buffer, size: number): Levels {
  const levels: Levels = [first]
  for (let level = 2; countAt(level, size) > 0; level++) {
    const below = levels.at(-1) ?? first
    const roots = Array.from({ length: countAt(level, size) }, (_, i) =>
      tileRoot(below.subarray(i * tileWidth * hashBytes, (i + 1) * tileWidth * hashBytes)),
    )
    levels.push(Buffer.concat(roots))
  }
  return levels
}

/** The root of a log of `size`, from level 1 and above and the leaf hashes of the last, partial tile. */
export function rootFrom(levels: Levels, last: Buffer, size: number): Buffer {
  if (size === 0) return emptyRoot()
  const node = nodesIn((level, n) => {
    if (level > 0) return (levels[level - 1] ?? last).subarray(n * tileWidth * hashBytes)
    return last // only the partial tile is asked for by its leaves: full ones have their root in level 1
  })
  return rootOver(0, size, node)
}
