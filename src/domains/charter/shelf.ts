// The charters that this program can read, by hash: each is loaded once against everything that its domains ask.
import type { Domain } from '#acts/domain.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { CharterFiles } from './files.ts'
import { type Asked, type Loaded, loadFiles, loadPast } from './load.ts'
import { hashInForce, keptCharter } from './tables.ts'
import type { LoadedCharter } from './words.ts'

export type Kept = { readonly loaded: Loaded; readonly files: CharterFiles; readonly keptAt: Instant }

export type Shelf = {
  readonly domains: () => readonly Domain[]
  readonly asked: () => Asked
  /** Undefined: no files with this hash have been kept. */
  readonly byHash: (read: Read, hash: string) => Promise<Kept | undefined>
  /** Undefined: none has been adopted. */
  readonly inForce: (read: Read) => Promise<(Kept & { readonly hash: string }) | undefined>
}

export const askedOf = (domains: readonly Domain[], readers: Asked['readers'] = []): Asked => ({
  terms: domains.flatMap(({ terms }) => terms),
  acts: domains.flatMap(({ acts }) => acts),
  measures: domains.flatMap(({ measures }) => measures ?? []),
  portrayals: domains.flatMap(({ portrays }) => portrays ?? []),
  readers,
})

/** The domains are asked for late, because the charter is itself one of them. */
export function createShelf(domains: () => readonly Domain[], readers: Asked['readers'] = []): Shelf {
  let asked: Asked | undefined
  const kept = new Map<string, Kept>()
  const shelf: Shelf = {
    domains,
    asked: () => {
      asked ??= askedOf(domains(), readers)
      return asked
    },
    async byHash(read, hash) {
      const known = kept.get(hash)
      if (known) return known
      const found = await keptCharter(read, hash)
      if (!found) return undefined
      const loaded = { ...found, loaded: loadFiles(found.files, shelf.asked()) }
      kept.set(hash, loaded)
      return loaded
    },
    async inForce(read) {
      const hash = await hashInForce(read)
      const found = hash === undefined ? undefined : await shelf.byHash(read, hash)
      return hash !== undefined && found ? { ...found, hash } : undefined
    },
  }
  return shelf
}

/** The charter as it can be shown, even where it does not load under this program. */
export const readable = (shelf: Shelf, { loaded, files }: Kept): LoadedCharter =>
  loaded.charter ?? loadPast(files, shelf.asked())
