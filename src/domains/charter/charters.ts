// The charters as the engine asks for them: the one in force and the earlier ones, held in memory.
import type { Charters } from '#acts/charter.ts'
import type { Read } from '#database/handles.ts'
import type { Fault } from './fault.ts'
import { readable, type Shelf } from './shelf.ts'
import { adoptions, newestAdoption } from './tables.ts'
import type { LoadedCharter } from './words.ts'

/**
 * `none`: nothing has been adopted here. `unloadable`: this program asks more than the charter in force settles, and
 * the operator has to adopt a text that does. In both cases nothing but `charter.adopt` should be done.
 */
export type Standing =
  | { readonly is: 'none' | 'in force' }
  | { readonly is: 'unloadable'; readonly faults: readonly Fault[] }

export type OpenCharters = Omit<Charters, 'current' | 'byHash' | 'follow'> & {
  readonly current: () => LoadedCharter
  readonly byHash: (hash: string) => LoadedCharter
  readonly standing: () => Standing
  /**
   * Looks whether another charter has come into force, here or in another program on the same database: one small
   * query. It only goes forward: a transaction that began before sees the older one still.
   */
  readonly follow: (read: Read) => Promise<boolean>
}

type State = { readonly standing: Standing; readonly current: LoadedCharter; readonly newest?: string }

/** `first` stands in for the charter in force until one has been adopted that loads. */
export async function openCharters(read: Read, shelf: Shelf, first: LoadedCharter): Promise<OpenCharters> {
  const known = new Map<string, LoadedCharter>([[first.hash, first]])
  let state: State = { standing: { is: 'none' }, current: first }

  const follow = async (from: Read): Promise<boolean> => {
    const [latest] = await from.asks(newestAdoption)
    if ((latest?.entry ?? '') <= (state.newest ?? '')) return false
    const adopted = await adoptions(from)
    const [newest] = adopted
    if (!newest) return false
    for (const { hash } of adopted) {
      const kept = known.has(hash) ? undefined : await shelf.byHash(from, hash)
      if (kept) known.set(hash, readable(shelf, kept))
    }
    const kept = await shelf.byHash(from, newest.hash)
    if (!kept) throw new Error(`The files of the charter in force, ${newest.hash}, are not in the database`)
    const { charter, faults } = kept.loaded
    state = charter
      ? { standing: { is: 'in force' }, current: charter, newest: newest.entry }
      : { standing: { is: 'unloadable', faults }, current: first, newest: newest.entry }
    return true
  }

  await follow(read)
  return {
    follow,
    current: () => state.current,
    standing: () => state.standing,
    byHash(hash) {
      const charter = known.get(hash)
      if (!charter) throw new Error(`No charter ${hash} was adopted here`)
      return charter
    },
  }
}
