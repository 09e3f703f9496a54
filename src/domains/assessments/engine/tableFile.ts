// The commit table as bytes, to be kept beside a mirror: a line that says what follows, then the columns as they lie in memory.
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { commitIds } from './commitIds.ts'
import type { CommitTable, Names } from './table.ts'

/** Raised whenever the columns, their meaning or the fields they are read from change: an older file is then made anew. */
export const tableFormat = 'guildhall-commits/2'

const Head = z.object({
  format: z.literal(tableFormat),
  tip: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
  commits: z.int().min(1),
  parents: z.int().min(0),
  trailers: z.int().min(0),
  lengths: z.array(z.int().min(0)).length(12),
  crc: z.int(),
})

export type KeptTable = { readonly tip: string; readonly table: CommitTable }

/** Columns begin at multiples of eight, so that they can be used where they lie. */
const aligned = (length: number): number => Math.ceil(length / 8) * 8
const bytesOf = (column: ArrayBufferView): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
const namesOf = ({ texts }: Names): Uint8Array => Buffer.from(texts.join('\0'), 'latin1')

export function encodeTable({ tip, table }: KeptTable): readonly Uint8Array[] {
  const commits = table.ids.size()
  const columns = [
    ...[table.times, table.authorTimes, table.authors, table.committers, table.parentsFrom, table.parentCounts],
    ...[table.trailersFrom, table.trailerCounts],
  ].map(column => bytesOf(column.subarray(0, commits)))
  const lists = [table.parents.subarray(0, table.parentsUsed), table.trailers.subarray(0, table.trailersUsed)]
  const names = [namesOf(table.people), namesOf(table.mentions)]
  const all = [...columns, ...lists.map(bytesOf), ...names]
  const parts = [...all, table.ids.bytes()].flatMap(part => [part, new Uint8Array(aligned(part.length) - part.length)])
  const head = {
    ...{ format: tableFormat, tip, commits, parents: table.parentsUsed, trailers: table.trailersUsed },
    ...{ lengths: all.map(part => part.length), crc: parts.reduce((crc, part) => crc32(part, crc), 0) },
  }
  const line = `${JSON.stringify(head)}\n`
  return [Buffer.from(line.padStart(aligned(line.length), ' ')), ...parts]
}

/** Undefined for anything but a whole file of this format. */
export function decodeTable(file: Uint8Array): KeptTable | undefined {
  const bytes = file.byteOffset % 8 === 0 ? file : Uint8Array.from(file)
  const end = bytes.subarray(0, 4096).indexOf(10) + 1
  const head = headOf(Buffer.from(bytes.subarray(0, end)).toString('latin1'))
  if (!head || crc32(bytes.subarray(end), 0) !== head.crc) return undefined
  let from = end
  const take = (length: number): Uint8Array => {
    from += aligned(length)
    return bytes.subarray(from - aligned(length), from - aligned(length) + length)
  }
  const [times, authorTimes, authors, committers, parentsFrom, parentCounts, trailersFrom, trailerCounts, ...rest] =
    head.lengths.map(take)
  const [parents, trailers, people, mentions] = rest
  const width = head.tip.length === 64 ? 32 : 20
  return {
    tip: head.tip,
    table: {
      ids: commitIds(width, take(head.commits * width)),
      ...{ times: new Float64Array(...viewOf(times, 8)), authorTimes: new Float64Array(...viewOf(authorTimes, 8)) },
      ...{ authors: new Uint32Array(...viewOf(authors, 4)), committers: new Uint32Array(...viewOf(committers, 4)) },
      parentsFrom: new Uint32Array(...viewOf(parentsFrom, 4)),
      parentCounts: new Uint16Array(...viewOf(parentCounts, 2)),
      trailersFrom: new Uint32Array(...viewOf(trailersFrom, 4)),
      trailerCounts: new Uint16Array(...viewOf(trailerCounts, 2)),
      ...{ parents: new Uint32Array(...viewOf(parents, 4)), parentsUsed: head.parents },
      ...{ trailers: new Uint32Array(...viewOf(trailers, 4)), trailersUsed: head.trailers },
      ...{ people: readNames(people), mentions: readNames(mentions) },
    },
  }
}

function headOf(line: string): z.infer<typeof Head> | undefined {
  try {
    return Head.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

const viewOf = (part: Uint8Array | undefined, size: number): [ArrayBuffer, number, number] => {
  const { buffer, byteOffset, byteLength } = part ?? new Uint8Array(0)
  return [buffer as ArrayBuffer, byteOffset, byteLength / size] // files are never read into shared memory
}

function readNames(part: Uint8Array | undefined): Names {
  const text = part ? Buffer.from(part).toString('latin1') : ''
  return { texts: text === '' ? [] : text.split('\0'), bytes: text.length }
}
