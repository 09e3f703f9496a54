// Which commit stands for a date: the first on the default branch's own line, from its tip, not younger than the date.
import { type CommitTable, parentsOf } from './table.ts'
import type { AssessmentRefusal } from './words.ts'

/** `row`: its number in the table. Times are the committer's, in seconds. */
export type Dated = { readonly id: string; readonly time: number; readonly row: number }

const fullId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

export const unfitCommit = (commit: string | undefined): AssessmentRefusal | undefined =>
  commit === undefined || fullId.test(commit)
    ? undefined
    : { kind: 'unfit-commit', says: 'Name the commit by its full id of 40 or 64 hexadecimal digits.' }

/** `from`: the tip, or the one commit that was asked for. */
export function commitAsOf(
  table: CommitTable,
  { asOf, from, isExact }: { asOf: number; from: string; isExact: boolean },
): Dated | AssessmentRefusal {
  let row = table.ids.find(from)
  while (!isExact && row !== undefined && (table.times[row] ?? 0) > asOf) row = parentsOf(table, row)[0]
  const time = row === undefined ? Number.NaN : (table.times[row] ?? Number.NaN)
  if (row === undefined || Number.isNaN(time))
    return { kind: 'no-commit', says: 'The repository has no commit as old as the as-of date.' }
  if (time > asOf) return { kind: 'no-commit', says: 'That commit is younger than the as-of date.' }
  return { id: table.ids.text(row), time, row }
}

/** Adapters throw errors that carry a refusal, so that the engine need not know them. */
export function refusalIn(error: unknown): AssessmentRefusal | undefined {
  if (!(error instanceof Error) || !('refusal' in error)) return undefined
  const { refusal } = error
  if (typeof refusal !== 'object' || refusal === null || !('kind' in refusal) || !('says' in refusal)) return undefined
  return { kind: String(refusal.kind), says: String(refusal.says) }
}
