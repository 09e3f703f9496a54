// Reads a repository's commits into the table: all of them, or only those that are new since the table was last kept.
import { refusalIn } from './commit.ts'
import { isReached, landingsFrom } from './landings.ts'
import { readRecords } from './records.ts'
import type { Git } from './source.ts'
import { addCommit, type CommitTable, emptyTable, fieldCount, logFormat } from './table.ts'
import { decodeTable, encodeTable, type KeptTable } from './tableFile.ts'

export type Counted = (commits: number) => void

const fileName = 'guildhall-commits'

/** Every commit that is reached from this one. */
export async function readTable(git: Git, commit: string, progress?: Counted): Promise<CommitTable> {
  const table = emptyTable(git.tip.length === 64 ? 32 : 20)
  await addRange(git, table, { from: commit, progress })
  return table
}

/**
 * Every commit of the default branch. A mirror keeps its table, and only commits that are new are read from Git. Where the
 * branch was rewritten, or the file is of another format or not whole, the table is made anew.
 */
export async function branchTable(git: Git, progress?: Counted): Promise<CommitTable> {
  if (!git.shelf || git.isShallow) return readTable(git, git.tip, progress)
  const kept = await keptTable(git)
  if (kept?.tip === git.tip) return kept.table
  const continued = kept && (await withNewCommits(git, kept, progress))
  const table = continued ?? (await readTable(git, git.tip, progress))
  await git.shelf.write(fileName, encodeTable({ tip: git.tip, table }))
  return table
}

async function keptTable({ shelf, tip }: Git): Promise<KeptTable | undefined> {
  const file = await shelf?.read(fileName)
  const kept = file && decodeTable(file)
  return kept?.tip.length === tip.length ? kept : undefined
}

async function withNewCommits(
  git: Git,
  { tip, table }: KeptTable,
  progress?: Counted,
): Promise<CommitTable | undefined> {
  try {
    await addRange(git, table, { from: git.tip, not: tip, progress })
  } catch (error) {
    // The old tip may be gone from the repository; if it is something else, reading it whole will say so.
    if (refusalIn(error)?.kind === 'damaged') return undefined
    throw error
  }
  const [newest, oldest] = [table.ids.find(git.tip), table.ids.find(tip)]
  if (newest === undefined || oldest === undefined) return undefined
  return isReached(landingsFrom(table, newest), oldest) ? table : undefined
}

type Range = { readonly from: string; readonly not?: string; readonly progress?: Counted }

async function addRange(git: Git, table: CommitTable, { from, not, progress }: Range): Promise<void> {
  let commits = 0
  await readRecords(git.log({ from, not, format: logFormat }), fieldCount, fields => {
    addCommit(table, fields)
    commits += 1
    if (progress && commits % 5000 === 0) progress(commits)
    return undefined
  })
  progress?.(commits)
}
