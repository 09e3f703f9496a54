// Counts what the rules stopped. A refusal leaves no entry, so only numbers are kept: which rule, act, clause and day, never who.
import type { Denial } from '#acts/charter.ts'
import { dayOf, instantOf } from '#base/instants.ts'
import type { Database } from '#database/open.ts'
import { addStops, type Stop } from './tables.ts'

export type StopCounter = {
  /** For the engine's `stopped`: adds in memory, so a refusal costs no query and cannot fail by it. */
  readonly note: (act: string, denials: readonly Denial[]) => void
  /** Writes what was counted since; to be called every few seconds and before the program ends. */
  readonly flush: () => Promise<void>
}

const separator = '\u0000'
const keyOf = ({ act, rule, clause, day }: Stop): string => [act, rule, clause, day].join(separator)
const stopOf = (key: string): Stop => {
  const [act = '', rule = '', clause = '', day = ''] = key.split(separator)
  return { act, rule, clause, day }
}

/**
 * A rule that stands under two clauses counts once under each. An act tried in two capacities, or again after a clash,
 * may count twice: these are numbers for a page, not evidence. A program that is killed loses what it had not yet written.
 */
export function countStops(database: Pick<Database, 'transact'>, now: () => number = Date.now): StopCounter {
  let counts = new Map<string, number>()
  const note: StopCounter['note'] = (act, denials) => {
    const day = dayOf(instantOf(now()))
    for (const { rule, clauses } of denials)
      for (const clause of clauses.length > 0 ? clauses : [''])
        counts.set(keyOf({ act, rule, clause, day }), (counts.get(keyOf({ act, rule, clause, day })) ?? 0) + 1)
  }
  const flush = async () => {
    if (counts.size === 0) return
    const taken = counts
    counts = new Map()
    const stops = [...taken].map(([key, count]) => ({ ...stopOf(key), count }))
    await database
      .transact(tx => addStops(tx, stops))
      .catch(fault => {
        for (const [key, count] of taken) counts.set(key, (counts.get(key) ?? 0) + count)
        throw fault
      })
  }
  return { note, flush }
}
