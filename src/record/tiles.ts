// Tiles (C2SP tlog-tiles): 256 hashes of one level of the tree to a file, and how the files are named.

export const tileLevelBits = 8
export const tileWidth = 256
export const maxTileLevel = 63

/** One file of a log: a tile of hashes, or an entry bundle. `width` 256 is a full one. */
export type Tile = { level: number | 'entries'; n: number; width: number }

/** `1234067` as `x001/x234/067`. */
export function groupsOf(n: number): string {
  const digits = String(n)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/\d{3}/g) ?? []
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

export const tilePath = ({ level, n, width }: Tile): string =>
  `tile/${level}/${groupsOf(n)}${width === tileWidth ? '' : `.p/${width}`}`

const pathForm = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** Reads a path in its one valid form; undefined for any other spelling (leading zero groups, width 256 and so on). */
export function parseTilePath(path: string): Tile | undefined {
  const [, kind, groups, partial] = pathForm.exec(path) ?? []
  if (kind === undefined || groups === undefined) return undefined
  const level = kind === 'entries' ? kind : Number(kind)
  const tile: Tile = { level, n: Number(groups.replace(/[x/]/g, '')), width: partial ? Number(partial) : tileWidth }
  if (level !== 'entries' && level > maxTileLevel) return undefined
  if ((partial && tile.width >= tileWidth) || tilePath(tile) !== path) return undefined
  return tile
}

/** How many hashes a level of tiles holds in a log of `size` entries (bundles count as level 0). */
export const countAt = (level: Tile['level'], size: number): number =>
  Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level))

/** How wide tile `n` of a level is in a log of `size` entries: 0 when it does not exist, at most 256. */
export const widthAt = (level: Tile['level'], n: number, size: number): number =>
  Math.max(0, Math.min(tileWidth, countAt(level, size) - n * tileWidth))

/** Every tile and bundle that a log of `size` entries publishes, bundles first, each at its full present width. */
export function* tilesOf(size: number): Generator<Tile> {
  yield* levelOf('entries', size)
  for (let level = 0; countAt(level, size) > 0; level++) yield* levelOf(level, size)
}

function* levelOf(level: Tile['level'], size: number): Generator<Tile> {
  for (let n = 0; widthAt(level, n, size) > 0; n++) yield { level, n, width: widthAt(level, n, size) }
}
