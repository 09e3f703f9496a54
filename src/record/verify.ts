// Verify: rebuilds a log from every entry, compares it with its tiles and its signed root, and names what is wrong first.
import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { readBundle, type Span } from './bundles.ts'
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { compareRoots } from './compare.ts'
import { complain, type Fault, maxFaults, type Report, type State } from './findings.ts'
import { idAt, type Links, none, quickly, thoroughly, type Unfit } from './inspect.ts'
import { parseVkey } from './keys.ts'
import { knownIds } from './known.ts'
import { hashBytes, leafHash } from './merkle.ts'
import { parseNote } from './note.ts'
import { tileRoot } from './rebuild.ts'
import type { Source } from './source.ts'
import { countAt, type Tile, tilePath, tileWidth, widthAt } from './tiles.ts'

export type VerifyOptions = {
  /** The log's verifier key: without it nothing tells whose log this is. */
  vkey?: string
  progress?: (done: number, size: number) => void
  now?: number
}

/** How far a writer's clock may be ahead of ours, in milliseconds. */
const clockSkew = 600_000
/** Files asked for ahead of the one being checked. */
const ahead = 8

export async function verify(source: Source, options: VerifyOptions = {}): Promise<Report> {
  const { checkpoint, faults } = await readCheckpoint(source, options.vkey)
  const size = checkpoint?.size ?? 0
  const latest = Buffer.from(new Date((options.now ?? Date.now()) + clockSkew).toISOString())
  const first = Buffer.alloc(countAt(1, size) * hashBytes)
  const state: State = {
    source,
    size,
    latest,
    faults,
    ids: knownIds(size),
    first,
    last: Buffer.alloc(0),
    doubts: [],
    entries: 0,
  }
  if (checkpoint) {
    await readEntries(state, options.progress)
    await compareRoots(state, checkpoint.root)
  }
  return {
    ok: faults.length === 0,
    origin: checkpoint?.origin ?? '',
    size,
    root: checkpoint?.root.toString('hex') ?? '',
    entries: state.entries,
    isSignatureChecked: options.vkey !== undefined,
    faults: inOrder(faults),
  }
}

const inOrder = (faults: Fault[]): Fault[] =>
  faults.toSorted((a, b) => (a.index ?? Number.POSITIVE_INFINITY) - (b.index ?? Number.POSITIVE_INFINITY))

async function readCheckpoint(source: Source, vkey: string | undefined) {
  const note = (await source.file('checkpoint'))?.toString()
  if (note === undefined) return { faults: [{ what: 'The checkpoint is missing' }] }
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  const opened = vkey === undefined ? undefined : openCheckpoint(note, parseVkey(vkey))
  const faults: Fault[] = []
  if (!checkpoint) faults.push({ what: 'The checkpoint cannot be read: it is not a signed checkpoint' })
  else if (opened && !opened.ok) faults.push({ what: `The checkpoint does not hold: ${opened.why}` })
  return { checkpoint, faults }
}

async function readEntries(state: State, progress: VerifyOptions['progress']): Promise<void> {
  const bundles = Math.ceil(state.size / tileWidth)
  const load = (n: number) => {
    const pair = Promise.all([fileOf(state, 'entries', n), fileOf(state, 0, n)])
    pair.catch(() => {}) // it is awaited in its turn; until then a failure must not end the process
    return pair
  }
  const coming = Array.from({ length: Math.min(ahead, bundles) }, (_, n) => load(n))
  for (let n = 0; n < bundles; n++) {
    const files = await coming.shift()
    if (n + ahead < bundles) coming.push(load(n + ahead))
    if (files) checkBundle(state, n, files)
    progress?.(Math.min(state.size, (n + 1) * tileWidth), state.size)
  }
}

async function fileOf(state: State, level: Tile['level'], n: number): Promise<Buffer | undefined> {
  const path = tilePath({ level, n, width: widthAt(level, n, state.size) })
  const bytes = await state.source.file(path)
  if (!bytes) complain(state, { what: `${path} is missing` })
  return bytes
}

function checkBundle(state: State, n: number, [bundle, tile]: [Buffer | undefined, Buffer | undefined]): void {
  const width = widthAt('entries', n, state.size)
  const rebuilt = Buffer.alloc(width * hashBytes)
  const read = bundle && readBundle(bundle)
  if (bundle && read?.isWhole && read.entries.length === width) {
    const links = checkEntries(state, { n, bundle, places: read.entries, rebuilt })
    if (tile && !tile.equals(rebuilt) && state.doubts.length < maxFaults)
      state.doubts.push({ n, rebuilt, tile, ids: links.map(found => found && idAt(found.bytes, found.id)) })
    keepRoot(state, n, rebuilt)
    return
  }
  if (bundle) blameBundle(state, n, { bundle, places: read?.entries ?? [], tile })
  keepRoot(state, n, tile?.length === rebuilt.length ? tile : rebuilt) // so that the other bundles can still be judged
}

/** The bytes do not divide into as many entries as they must: the first entry that its tile does not know is wrong. */
function blameBundle(
  state: State,
  n: number,
  broken: Omit<Bundle, 'n' | 'rebuilt'> & { tile: Buffer | undefined },
): void {
  const { bundle, places, tile } = broken
  const width = widthAt('entries', n, state.size)
  const isKnown = ({ start, end }: Span, i: number) =>
    tile?.subarray(i * hashBytes, (i + 1) * hashBytes).equals(leafHash(bundle.subarray(start, end)))
  const unknown = places.findIndex((place, i) => !isKnown(place, i))
  const index = n * tileWidth + Math.min(width - 1, unknown < 0 ? places.length : unknown)
  const path = tilePath({ level: 'entries', n, width })
  complain(state, {
    index,
    what: `Entry ${index} was altered: from there on ${path} is not a bundle of ${width} entries`,
  })
}

function keepRoot(state: State, n: number, hashes: Buffer): void {
  if (hashes.length === tileWidth * hashBytes) tileRoot(hashes).copy(state.first, n * hashBytes)
  else state.last = hashes
}

type Bundle = { n: number; bundle: Buffer; places: Span[]; rebuilt: Buffer }

/** Hashes and inspects every entry of a bundle; gives where their ids are. The bundle's length bytes are overwritten. */
function checkEntries(state: State, { n, bundle, places, rebuilt }: Bundle): (Links | undefined)[] {
  const isText = isUtf8(blanked(bundle, places))
  let hashes = ''
  const links = places.map(({ start, end }, i) => {
    // the length's last byte, blanked, is the mark of a leaf: that saves a copy of the entry
    const marked = new Uint8Array(bundle.buffer, bundle.byteOffset + start - 1, end - start + 1)
    hashes += hash('sha256', marked, 'binary')
    const found = (isText && quickly(bundle, start, end)) || carefully(bundle.subarray(start, end))
    return checkEntry(state, n * tileWidth + i, found)
  })
  rebuilt.write(hashes, 'binary')
  state.entries += places.length
  return links
}

const carefully = (entry: Buffer): Links | Unfit => (isUtf8(entry) ? thoroughly(entry) : { unfit: 'it is not UTF-8' })

/** The bundle with its lengths blanked out, so that one look tells whether all its entries are UTF-8. */
function blanked(bundle: Buffer, places: Bundle['places']): Buffer {
  for (const { start } of places) bundle.writeUInt16BE(0, start - 2)
  return bundle
}

/** Gives the links back unless the entry could not be read. */
function checkEntry(state: State, index: number, found: Links | Unfit): Links | undefined {
  if ('unfit' in found) {
    complain(state, { index, what: `Entry ${index} cannot be read: ${found.unfit}` })
    return undefined
  }
  const { bytes, id, at, cause, mandate } = found
  const say = (what: string) =>
    complain(state, { index, entry: idAt(bytes, id), what: `Entry ${index} (${idAt(bytes, id)}) ${what}` })
  if (isAfter(bytes, at, state.latest)) say('is dated in the future')
  if (cause !== none && !state.ids.has(bytes, cause)) say(`names a cause that is not before it: ${idAt(bytes, cause)}`)
  if (mandate !== none && !state.ids.has(bytes, mandate))
    say(`names a mandate that is not before it: ${idAt(bytes, mandate)}`)
  if (!state.ids.add(bytes, id)) say('has the id of an earlier entry')
  return found
}

/** Instants sort as bytes. */
function isAfter(bytes: Uint8Array, at: number, latest: Uint8Array): boolean {
  for (let i = 0; i < latest.length; i++) {
    const difference = (bytes[at + i] ?? 0) - (latest[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
