// The compact table of a history: who made which commit when, by number, with names and addresses told once. Private.
import { type CommitIds, commitIds } from './commitIds.ts'
import { HistoryTooLarge, trimAscii } from './records.ts'

/** One field each for people, so that a whole person is looked up at once and `.mailmap` can be applied later. */
export const logFormat = [
  '%H',
  '%P',
  '%ct',
  '%at',
  '%an <%ae>',
  '%cn <%ce>',
  '%(trailers:key=Co-authored-by,key=Signed-off-by,key=Reviewed-by,separator=%x1f)',
].join('%x00')
export const fieldCount = 7

/** Commits by number, in no particular order. Text is latin1, one character per byte. */
export type CommitTable = {
  readonly ids: CommitIds
  /** Seconds since 1970 by the committer's clock; NaN for a parent that this copy does not have. */
  times: Float64Array<ArrayBuffer>
  /** When each was written, by its author's clock; of a rebased or squashed commit whatever was carried over. */
  authorTimes: Float64Array<ArrayBuffer>
  /** Numbers of people. */
  authors: Uint32Array<ArrayBuffer>
  committers: Uint32Array<ArrayBuffer>
  /** Where in `parents` and `trailers` those of a commit begin, and how many there are. */
  parentsFrom: Uint32Array<ArrayBuffer>
  parentCounts: Uint16Array<ArrayBuffer>
  trailersFrom: Uint32Array<ArrayBuffer>
  trailerCounts: Uint16Array<ArrayBuffer>
  /** Numbers of commits, the first parent first. */
  parents: Uint32Array<ArrayBuffer>
  parentsUsed: number
  /** The kind in the two lowest bits, the number of the mention above them. */
  trailers: Uint32Array<ArrayBuffer>
  trailersUsed: number
  /** `Name <address>` as the commits spell them, before any `.mailmap`. */
  readonly people: Names
  readonly mentions: Names
}

export type Names = { readonly texts: string[]; numbers?: Map<string, number>; bytes: number }

export const TrailerKind = { coAuthor: 0, signoff: 1, reviewer: 2 } as const

export const emptyTable = (width: 20 | 32): CommitTable => ({
  ids: commitIds(width),
  ...{ times: new Float64Array(0), authorTimes: new Float64Array(0) },
  ...{ authors: new Uint32Array(0), committers: new Uint32Array(0) },
  ...{ parentsFrom: new Uint32Array(0), parentCounts: new Uint16Array(0) },
  ...{ trailersFrom: new Uint32Array(0), trailerCounts: new Uint16Array(0) },
  ...{ parents: new Uint32Array(0), parentsUsed: 0, trailers: new Uint32Array(0), trailersUsed: 0 },
  ...{ people: { texts: [], bytes: 0 }, mentions: { texts: [], bytes: 0 } },
})

/** A history whose names and trailers alone take more is made to exhaust memory. */
const mostNameBytes = 128 * 1024 * 1024
const longestName = 1024
const mostParents = 0xffff

/** The text is cut loose from the chunk it came in, which it would otherwise keep in memory. */
function numberOf(names: Names, text: string): number {
  names.numbers ??= new Map(names.texts.map((known, number) => [known, number]))
  const found = names.numbers.get(text)
  if (found !== undefined) return found
  const own = Buffer.from(text, 'latin1').toString('latin1')
  names.bytes += own.length
  if (names.bytes > mostNameBytes) throw new HistoryTooLarge()
  names.numbers.set(own, names.texts.length)
  return names.texts.push(own) - 1
}

/** `fields`: one record of `git log` in `logFormat`. */
export function addCommit(table: CommitTable, fields: readonly string[]): void {
  const [id = '', parents = '', time = '', written = '', author = '', committer = '', trailers = ''] = fields
  const row = table.ids.number(id)
  const from = table.parentsUsed
  if (parents !== '') addParents(table, parents)
  makeRoom(table, table.ids.size())
  table.times[row] = Number(time)
  table.authorTimes[row] = Number(written)
  table.authors[row] = numberOf(table.people, shortPerson(author))
  table.committers[row] = numberOf(table.people, shortPerson(committer))
  table.parentsFrom[row] = from
  table.parentCounts[row] = table.parentsUsed - from
  const start = table.trailersUsed
  if (trailers !== '') addTrailers(table, trailers)
  table.trailersFrom[row] = start
  table.trailerCounts[row] = table.trailersUsed - start
}

/** Still `Name <address>`, which is what `.mailmap` is asked with. */
function shortPerson(text: string): string {
  if (text.length <= longestName) return text
  const at = text.indexOf(' <')
  return `${text.slice(0, Math.min(at, longestName / 2))} <${text.slice(at + 2, -1).slice(0, longestName / 2)}>`
}

function addParents(table: CommitTable, text: string): void {
  for (const id of text.split(' ').slice(0, mostParents)) {
    if (table.parentsUsed === table.parents.length) table.parents = grown(table.parents, Uint32Array)
    table.parents[table.parentsUsed] = table.ids.number(id)
    table.parentsUsed += 1
  }
}

function addTrailers(table: CommitTable, text: string): void {
  for (const trailer of text.split('\x1f').slice(0, mostParents)) {
    const packed = packedTrailer(table, trailer)
    if (packed === undefined) continue
    if (table.trailersUsed === table.trailers.length) table.trailers = grown(table.trailers, Uint32Array)
    table.trailers[table.trailersUsed] = packed
    table.trailersUsed += 1
  }
}

const kinds: Readonly<Record<string, number>> = {
  'co-authored-by': TrailerKind.coAuthor,
  'signed-off-by': TrailerKind.signoff,
  'reviewed-by': TrailerKind.reviewer,
}

function packedTrailer(table: CommitTable, trailer: string): number | undefined {
  const colon = trailer.indexOf(':')
  const kind = kinds[trailer.slice(0, colon).trim().toLowerCase()]
  const value = trimAscii(trailer.slice(colon + 1))
  if (colon < 0 || kind === undefined || value === '') return undefined
  return numberOf(table.mentions, value.slice(0, longestName)) * 4 + kind
}

type Kind = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>

function grown<Of extends Kind>(values: Of, make: new (length: number) => Of, least = 0): Of {
  const larger = new make(Math.max(1024, least, values.length * 2))
  larger.set(values)
  return larger
}

function makeRoom(table: CommitTable, size: number): void {
  const had = table.times.length
  if (size <= had) return
  table.times = grown(table.times, Float64Array, size).fill(Number.NaN, had)
  table.authorTimes = grown(table.authorTimes, Float64Array, size)
  table.authors = grown(table.authors, Uint32Array, size)
  table.committers = grown(table.committers, Uint32Array, size)
  table.parentsFrom = grown(table.parentsFrom, Uint32Array, size)
  table.parentCounts = grown(table.parentCounts, Uint16Array, size)
  table.trailersFrom = grown(table.trailersFrom, Uint32Array, size)
  table.trailerCounts = grown(table.trailerCounts, Uint16Array, size)
}

export const parentsOf = (table: CommitTable, row: number): Uint32Array => {
  const from = table.parentsFrom[row] ?? 0
  return table.parents.subarray(from, from + (table.parentCounts[row] ?? 0))
}
