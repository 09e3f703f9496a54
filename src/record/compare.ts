// Comparing what was rebuilt from the entries with the tiles and the signed root: who is right where they differ?
import { complain, type Doubt, type State } from './findings.ts'
import { hashBytes } from './merkle.ts'
import { type Levels, levelsOver, rootFrom, tileRoot } from './rebuild.ts'
import { countAt, tilePath, tileWidth, widthAt } from './tiles.ts'

type Tree = { levels: Levels; last: Buffer }

export async function compareRoots(state: State, signed: Buffer): Promise<void> {
  const { size } = state
  const isSigned = ({ levels, last }: Tree): boolean => rootFrom(levels, last, size).equals(signed)
  const byEntries: Tree = { levels: levelsOver(state.first, size), last: state.last }
  if (isSigned(byEntries)) {
    for (const doubt of state.doubts) blameTile(state, doubt)
    return await compareTiles(state, byEntries)
  }
  const byTiles = state.doubts.length > 0 ? withTiles(state, state.doubts) : byEntries
  if (isSigned(byTiles)) {
    for (const doubt of state.doubts) blameEntries(state, doubt)
    return await compareTiles(state, byTiles)
  }
  const judged = await judge(state)
  if (!isSigned(judged)) blameRoot(state, rootFrom(judged.levels, judged.last, size), signed)
  await compareTiles(state, judged)
}

/** The tree as it is when these tiles are right and their bundles wrong. */
function withTiles(state: State, doubts: readonly Doubt[]): Tree {
  const first = Buffer.from(state.first)
  let last = state.last
  for (const { n, tile, rebuilt } of doubts) {
    if (tile.length !== rebuilt.length) continue
    if (tile.length === tileWidth * hashBytes) tileRoot(tile).copy(first, n * hashBytes)
    else last = tile
  }
  return { levels: levelsOver(first, state.size), last }
}

/** Several things are wrong at once: the tile above each doubtful one is asked which of the two it stands for. */
async function judge(state: State): Promise<Tree> {
  const wrongEntries: Doubt[] = []
  for (const doubt of state.doubts) {
    const above = await rootAbove(state, doubt.n)
    if (isAbove(above, doubt.tile)) {
      blameEntries(state, doubt)
      wrongEntries.push(doubt)
    } else if (doubt.tile.length !== doubt.rebuilt.length || isAbove(above, doubt.rebuilt)) blameTile(state, doubt)
    else blameEither(state, doubt)
  }
  return withTiles(state, wrongEntries)
}

const isAbove = (above: Buffer | undefined, hashes: Buffer): boolean =>
  hashes.length === tileWidth * hashBytes && above?.equals(tileRoot(hashes)) === true

async function rootAbove(state: State, n: number): Promise<Buffer | undefined> {
  if (n >= countAt(1, state.size)) return undefined
  const above = Math.floor(n / tileWidth)
  const path = tilePath({ level: 1, n: above, width: widthAt(1, above, state.size) })
  const at = (n % tileWidth) * hashBytes
  return (await state.source.file(path))?.subarray(at, at + hashBytes)
}

const hashAt = (tile: Buffer, i: number): Buffer => tile.subarray(i * hashBytes, (i + 1) * hashBytes)

/** The places at which the hashes of a bundle and its tile differ. */
function differences({ rebuilt, tile }: Pick<Doubt, 'rebuilt' | 'tile'>): number[] {
  const places = Array.from({ length: rebuilt.length / hashBytes }, (_, i) => i)
  return places.filter(i => !hashAt(rebuilt, i).equals(hashAt(tile, i)))
}

const pathOf = (state: State, level: number, n: number): string =>
  tilePath({ level, n, width: widthAt(level, n, state.size) })

function blameEntries(state: State, doubt: Doubt): void {
  for (const i of differences(doubt)) {
    const index = doubt.n * tileWidth + i
    const entry = doubt.ids[i]
    complain(state, {
      index,
      entry,
      what: `Entry ${index}${entry ? ` (${entry})` : ''} was altered: its hash is not the one that was signed`,
    })
  }
}

function blameTile(state: State, doubt: Doubt): void {
  const path = pathOf(state, 0, doubt.n)
  const [i = 0] = differences(doubt)
  const what =
    doubt.tile.length === doubt.rebuilt.length
      ? `${path} was altered: hash ${i} is not that of entry ${doubt.n * tileWidth + i}`
      : `${path} is ${doubt.tile.length} bytes long instead of ${doubt.rebuilt.length}`
  complain(state, { what })
}

function blameEither(state: State, doubt: Doubt): void {
  const path = pathOf(state, 0, doubt.n)
  for (const i of differences(doubt)) {
    const index = doubt.n * tileWidth + i
    const entry = doubt.ids[i]
    complain(state, {
      index,
      entry,
      what: `Entry ${index}${entry ? ` (${entry})` : ''} and its hash in ${path} differ`,
    })
  }
}

const blameRoot = (state: State, rebuilt: Buffer, signed: Buffer): void =>
  complain(state, {
    what: `The entries make the root ${rebuilt.toString('hex')}, the checkpoint says ${signed.toString('hex')}`,
  })

/** Checks every tile above the leaf hashes; those are checked with their bundles. */
async function compareTiles(state: State, { levels }: Tree): Promise<void> {
  for (const [i, hashes] of levels.entries()) {
    const level = i + 1
    for (let n = 0; widthAt(level, n, state.size) > 0; n++) {
      const rebuilt = hashes.subarray(n * tileWidth * hashBytes, (n + 1) * tileWidth * hashBytes)
      const tile = await state.source.file(pathOf(state, level, n))
      if (!tile?.equals(rebuilt))
        complain(state, { what: tileFault(pathOf(state, level, n), { rebuilt, tile, level, n }) })
    }
  }
}

type Compared = { rebuilt: Buffer; tile: Buffer | undefined; level: number; n: number }

function tileFault(path: string, { rebuilt, tile, level, n }: Compared): string {
  if (!tile) return `${path} is missing`
  if (tile.length !== rebuilt.length) return `${path} is ${tile.length} bytes long instead of ${rebuilt.length}`
  const [i = 0] = differences({ rebuilt, tile })
  const span = tileWidth ** level
  const start = (n * tileWidth + i) * span
  return `${path} does not follow from the entries: hash ${i} is not that of entries ${start} to ${start + span - 1}`
}
