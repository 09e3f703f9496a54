// The waiting room: callers who want to know the index of an entry, until a batch of any process has given it one.
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
  const refuse = (entry: string, why: string): void => {
    waiting.get(entry)?.reject(new Unplaced(entry, why))
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
    /** For those who asked before a batch began and were not in it: another batch had them before. */
    async lookUp(entries: readonly string[]): Promise<void> {
      const left = entries.filter(entry => waiting.has(entry))
      if (left.length === 0) return
      for (const [entry, place] of await look(left)) tell(entry, place)
    },
    giveUp(): void {
      for (const [entry, { since }] of waiting)
        if (now() - since > patience) refuse(entry, `${patience} ms have passed; was its act committed?`)
    },
    close(): void {
      for (const entry of waiting.keys()) refuse(entry, 'the sequencer stops')
    },
  }
}
