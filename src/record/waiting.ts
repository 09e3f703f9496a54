// The waiting room: callers who want to know the index of an entry, until a batch of any process has given it one.
import { DatabaseLost } from '#database/errors.ts'
import type { Batch } from './batch.ts'

/** An entry's index, and the size of a signed checkpoint that covers it. */
export type Place = { index: number; size: number }

/** The entry stands, but has no index yet: what it tells of is done and must not be done again. */
export class Unplaced extends Error {
  override name = 'Unplaced'
  readonly entry: string
  constructor(entry: string, why: string) {
    super(`The entry ${entry} has no index yet: ${why}`)
    this.entry = entry
  }
}

/** The entry is not there, though its commit was answered: the server was lost before it was on the disk. */
export const lost = (entry: string): DatabaseLost =>
  new DatabaseLost('nothing', new Error(`The entry ${entry} was lost with the server`))

type Waiting = { since: number; promise: Promise<Place>; resolve(place: Place): void; reject(fault: Error): void }

type Options = {
  patience: number
  now: () => number
  /** Finds the places of entries that have one. */
  look(entries: readonly string[]): Promise<Map<string, Place>>
}

export type WaitingRoom = ReturnType<typeof waitingRoom>

export function waitingRoom({ patience, now, look }: Options) {
  const waiting = new Map<string, Waiting>()
  const tell = (entry: string, place: Place): void => {
    waiting.get(entry)?.resolve(place)
    waiting.delete(entry)
  }
  const refuse = (entry: string, fault: Error): void => {
    waiting.get(entry)?.reject(fault)
    waiting.delete(entry)
  }
  return {
    asked: (): string[] => [...waiting.keys()],
    wait(entry: string): Promise<Place> {
      const found = waiting.get(entry)
      if (found) return found.promise
      const { promise, resolve, reject } = Promise.withResolvers<Place>()
      waiting.set(entry, { since: now(), promise, resolve, reject })
      return promise
    },
    placed({ from, size, entries }: Batch): void {
      for (const [i, entry] of entries.entries()) tell(entry, { index: from + i, size })
    },
    /**
     * For those who asked before a batch began that took all there was, and were not in it: another batch had them
     * before, or they were lost with the server before they were on the disk.
     */
    async lookUp(entries: readonly string[]): Promise<void> {
      const left = entries.filter(entry => waiting.has(entry))
      if (left.length === 0) return
      const places = await look(left)
      for (const entry of left) {
        const place = places.get(entry)
        if (place) tell(entry, place)
        else refuse(entry, lost(entry))
      }
    },
    overdue: (): string[] => [...waiting].flatMap(([entry, { since }]) => (now() - since > patience ? [entry] : [])),
    refuse,
  }
}
