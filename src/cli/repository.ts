// The repository that a command names, opened for the time of its work, with progress where somebody sits at a terminal.
import { join } from 'node:path'
import type { GitProgress } from '#adapters/git/fetch.ts'
import { isRefusal, openLocal, openMirror } from '#adapters/git/mirror.ts'
import type { GitRefusal } from '#adapters/git/refusal.ts'
import type { Repository } from '#adapters/git/repository.ts'
import { withScratch } from './scratch.ts'

type Step = { readonly says: string; readonly done?: number; readonly of?: number; readonly percent?: number }

/** One line that is written over. Standard error may be a file or a pipe: then nothing is told. */
export function tell({ says, done, of, percent }: Step): void {
  if (!process.stderr.isTTY) return
  const count = percent !== undefined ? ` ${percent}%` : done === undefined ? '' : ` ${done}${of ? ` of ${of}` : ''}`
  process.stderr.write(`\r\u001b[K${says}${says && count}`)
}

export type Where = {
  /** An https address, or a path, which is read where it lies. */
  readonly repository: string
  /** A folder that keeps the mirror of an address for the next time; without one it is thrown away. */
  readonly mirror?: string
}

type Work<Answer> = (git: Repository) => Promise<Answer>

export async function withRepository<Answer>(where: Where, work: Work<Answer>): Promise<Answer | GitRefusal> {
  const progress: GitProgress = tell
  const used = async (opened: Repository | GitRefusal): Promise<Answer | GitRefusal> => {
    if (isRefusal(opened)) return opened
    try {
      return await work(opened)
    } finally {
      opened.close()
    }
  }
  const { repository: address, mirror } = where
  try {
    if (!/^https?:\/\//.test(address)) return await used(await openLocal(address, { isCopy: true }))
    if (mirror) return await used(await openMirror({ address, folder: mirror, progress }))
    return await withScratch(async folder =>
      used(await openMirror({ address, folder: join(folder, 'mirror'), progress })),
    )
  } finally {
    tell({ says: '' })
  }
}
