// Writes whole logs as folders of files, without a database: for tests and benches of what reads them.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { canonical } from '#base/canonical.ts'
import { writeBundle } from '#record/bundles.ts'
import { emptyRange, grow, leafHash, rootOf } from '#record/merkle.ts'
import type { Signer } from '#record/signer.ts'
import { tileLevelBits, tilePath, tilesOf, tileWidth } from '#record/tiles.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const padded = (n: number): string => {
  let text = ''
  for (let rest = n; text.length < 20; rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text
  return text
}

export const entryId = (n: number): string => `ent_${padded(n)}`

/** The text of an entry such as a vote leaves; every third one names the entry before it as its cause. */
export const entryText = (n: number): string =>
  canonical({
    v: 1,
    id: entryId(n),
    act: n % 3 === 2 ? 'motions.close' : 'motions.vote',
    at: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    actor: {
      capacity: 'seat-holder',
      person: `per_${padded(n % 97)}`,
      seat: `sea_${padded(n % 31)}`,
      body: 'technical-council',
    },
    under: ['3.c', '2.a'],
    charter: 'ab'.repeat(32),
    facts: {
      motion: `mot_${padded(n % 211)}`,
      choice: 'for',
      counts: { for: n % 7, against: 2 },
      title: `Admit project Größe ${n}`,
    },
    ...(n % 5 === 0 && { sealed: { reason: 'cd'.repeat(32) } }),
    ...(n % 3 === 2 && { cause: entryId(n - 1) }),
  })

/** All files of the log of these entries, by path. */
export function logFiles(entries: readonly Buffer[], signer: Signer): Map<string, Buffer> {
  const range = emptyRange()
  const levels: Buffer[][] = []
  for (const entry of entries)
    grow(range, leafHash(entry), (height, node) => {
      if (height % tileLevelBits !== 0) return
      levels[height / tileLevelBits] ??= []
      levels[height / tileLevelBits]?.push(node)
    })
  const files = new Map<string, Buffer>([
    ['checkpoint', Buffer.from(signer.sign({ size: range.size, root: rootOf(range) }))],
  ])
  for (const tile of tilesOf(range.size)) {
    const from = tile.n * tileWidth
    const part = <T>(all: readonly T[]): T[] => all.slice(from, from + tile.width)
    const bytes = tile.level === 'entries' ? writeBundle(part(entries)) : Buffer.concat(part(levels[tile.level] ?? []))
    files.set(tilePath(tile), bytes)
  }
  return files
}

export async function writeFiles(folder: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}
