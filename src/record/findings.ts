// What verifying a log finds, and what it keeps in mind meanwhile.
import type { KnownIds } from './known.ts'
import type { Source } from './source.ts'

/** `index` and `entry` are given where one entry is meant. */
export type Fault = { index?: number; entry?: string; what: string }

export type Report = {
  ok: boolean
  origin: string
  size: number
  /** Hexadecimal. */
  root: string
  /** How many entries were read. */
  entries: number
  /** Whether the checkpoint's signature was checked, for which the log's key must be given. */
  isSignatureChecked: boolean
  /** In the order of the log, the first wrong entry first; no more than `maxFaults`. */
  faults: Fault[]
}

export const maxFaults = 100

/** A bundle that does not fit its tile: the hashes of both, and the entries' ids where they could be read. */
export type Doubt = { n: number; rebuilt: Buffer; tile: Buffer; ids: (string | undefined)[] }

export type State = {
  source: Source
  size: number
  /** The latest time that an entry may bear. */
  latest: Uint8Array
  faults: Fault[]
  ids: KnownIds
  /** Level 1, rebuilt from the entries, and the leaf hashes of the last, partial tile. */
  first: Buffer
  last: Buffer
  doubts: Doubt[]
  entries: number
}

export const complain = (state: Pick<State, 'faults'>, fault: Fault): void => {
  if (state.faults.length < maxFaults) state.faults.push(fault)
}
