// By which commit each other one came onto a branch: the first of the branch's own line from which it is reached.
import type { CommitTable } from './table.ts'

const unreached = 0xffffffff

/**
 * For each commit of the table the number of the one by which it landed. The line are the first parents from `start`; a commit
 * on it landed by itself. Each edge is followed once. Parents that this copy lacks are left out.
 */
export function landingsFrom(table: CommitTable, start: number): Uint32Array {
  const { times, parents, parentsFrom, parentCounts } = table
  const landings = new Uint32Array(table.ids.size()).fill(unreached)
  const waiting: number[] = []
  const spread = (landing: number): void => {
    landings[landing] = landing
    for (let row: number | undefined = landing; row !== undefined; row = waiting.pop()) {
      const from = parentsFrom[row] ?? 0
      const end = from + (parentCounts[row] ?? 0)
      for (let edge = from; edge < end; edge += 1) {
        const parent = parents[edge] ?? 0
        if (landings[parent] !== unreached || Number.isNaN(times[parent])) continue
        landings[parent] = landing
        waiting.push(parent)
      }
    }
  }
  // The oldest first: whatever a commit of the line reaches and no older one did came in by it.
  for (const landing of lineFrom(table, start).reverse()) spread(landing)
  return landings
}

function lineFrom({ times, parents, parentsFrom, parentCounts }: CommitTable, start: number): number[] {
  const line = [start]
  for (let row = start; (parentCounts[row] ?? 0) > 0; ) {
    row = parents[parentsFrom[row] ?? 0] ?? 0
    if (Number.isNaN(times[row])) break
    line.push(row)
  }
  return line
}

export const isReached = (landings: Uint32Array, row: number): boolean => landings[row] !== unreached
