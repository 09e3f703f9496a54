// Which commit stands for a date: the first on the default branch's own line, from its tip, not younger than the date.
import { readRecords } from './records.ts'
import type { Git } from './source.ts'
import type { AssessmentRefusal } from './words.ts'

export type Dated = { readonly id: string; readonly time: number }

const fullId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** Times are the committer's, in seconds. The branch is named in full, since a name such as `HEAD` may be ambiguous. */
export async function commitAsOf(
  git: Git,
  { asOf, commit }: { asOf: number; commit?: string },
): Promise<Dated | AssessmentRefusal> {
  if (commit !== undefined && !fullId.test(commit))
    return { kind: 'unfit-commit', says: 'Name the commit by its full id of 40 or 64 hexadecimal digits.' }
  let found: Dated | undefined
  const stream = git.log({ from: commit ?? git.branch, format: '%H%x00%ct', firstParent: true })
  await readRecords(stream, 2, ([id = '', time = '']) => {
    if (commit === undefined && Number(time) > asOf) return undefined
    found = { id, time: Number(time) }
    return false
  })
  if (!found) return { kind: 'no-commit', says: 'The repository has no commit as old as the as-of date.' }
  if (found.time > asOf) return { kind: 'no-commit', says: 'That commit is younger than the as-of date.' }
  return found
}

/** Adapters throw errors that carry a refusal, so that the engine need not know them. */
export function refusalIn(error: unknown): AssessmentRefusal | undefined {
  if (!(error instanceof Error) || !('refusal' in error)) return undefined
  const { refusal } = error
  if (typeof refusal !== 'object' || refusal === null || !('kind' in refusal) || !('says' in refusal)) return undefined
  return { kind: String(refusal.kind), says: String(refusal.says) }
}
