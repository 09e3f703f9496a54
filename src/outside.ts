// The world outside as the domains see it: repositories, mirrored and assessed through the `git` program.
import { join } from 'node:path'
import { gitHub } from '#adapters/forge/github.ts'
import type { GitProgress } from '#adapters/git/fetch.ts'
import { isRefusal, openMirror } from '#adapters/git/mirror.ts'
import type { GitRefusal } from '#adapters/git/refusal.ts'
import type { Repository } from '#adapters/git/repository.ts'
import { sha256 } from '#base/canonical.ts'
import { takeTurns } from '#base/turns.ts'
import {
  type Assessment,
  assess as assessRepository,
  type Criteria,
  isRefused,
  type Progress,
  readCriteria,
} from '#domains/assessments/engine/index.ts'
import { contributionsOf, type LookAtForge } from '#domains/assessments/index.ts'
import type { Contributions } from '#domains/contributors/index.ts'
import type { Config } from './config.ts'

export type Asked = {
  readonly repository: string
  readonly criteria: string
  readonly asOf: string
  readonly signal: AbortSignal
  readonly progress?: Progress
}
export type Outside = {
  readonly assess: (asked: Asked) => Promise<Answered>
  /** Asks a repository's forge for its own word on it; absent where no forge is asked. */
  readonly look?: LookAtForge
  /** Whether the clock has projects assessed on schedule; otherwise only whoever asks has one made. */
  readonly watches?: boolean
}

/** For commands that only read the declarations. */
export const noOutside: Outside = {
  assess: async () => ({ unreachable: 'This command assesses nothing.' }),
}

/** One at a time may open a mirror. */
const inTurn = takeTurns()

/** Throws with file and line where the criteria file does not fit. */
export function criteriaIn(text: string, file: string): Criteria {
  const read = readCriteria(text, file)
  if ('criteria' in read) return read.criteria
  throw new UnfitCriteria(read.problems.map(({ file: name, line, says }) => `${name}:${line}: ${says}`).join('\n'))
}
export class UnfitCriteria extends Error {
  override name = 'UnfitCriteria'
}

type Opened = Pick<Config, 'DATA_DIR' | 'LOCAL_REPOSITORIES' | 'WATCH' | 'GITHUB_TOKEN'>

/** Without a token GitHub lets a whole landscape wait for days, so it is not asked then. */
function looking(token: string | undefined): Pick<Outside, 'look'> {
  if (!token) return {}
  const forge = gitHub({ token })
  return {
    look: async ({ repository, kept, signal }) =>
      forge.knows(repository) ? (await forge.look(repository, kept, signal)).observations : [],
  }
}

/** Assesses as the charter's criteria file of that name says, `criteria/<name>.yml`. */
export function outsideOf(config: Opened, criteriaText: (name: string) => Promise<string | undefined>): Outside {
  return {
    ...looking(config.GITHUB_TOKEN),
    watches: config.WATCH,
    async assess({ repository, criteria: name, asOf, signal, progress }) {
      const text = await criteriaText(name)
      if (text === undefined) return { unreachable: `The charter has no criteria named ${name}.` }
      const criteria = criteriaIn(text, `${name}.yml`)
      const folder = join(config.DATA_DIR, 'mirrors', sha256(repository).slice(0, 32))
      const fetched: GitProgress = ({ says, percent }) =>
        progress?.({ says, ...(percent !== undefined && { done: percent, of: 100 }) })
      const request = { address: repository, folder, allowLocal: config.LOCAL_REPOSITORIES, signal, progress: fetched }
      const open = () => openMirror(request)
      return inTurn(folder, () => answer(open, { criteria, asOf, progress, forRegister: true }))
    },
  }
}

type Wanted = {
  readonly criteria: Criteria
  readonly asOf: string
  readonly progress?: Progress
  /** Whether the private register of contributors is to learn who did what. */
  readonly forRegister?: boolean
}

type Answered =
  | { readonly assessment: Assessment; readonly contributions?: Contributions }
  | { readonly unreachable: string }

/** With what the history says of contributors, where the register is to learn it. */
export async function assessOpened(git: Repository, wanted: Wanted): Promise<Answered> {
  let contributions: Contributions | undefined
  const seen = async (facts: Parameters<typeof contributionsOf>[0]) => {
    contributions = await contributionsOf(facts)
  }
  const assessment = await assessRepository({ git, ...wanted, ...(wanted.forRegister && { seen }) })
  if (isRefused(assessment)) return { unreachable: assessment.says }
  return { assessment, ...(contributions && { contributions }) }
}

async function answer(open: () => Promise<Repository | GitRefusal>, wanted: Wanted): Promise<Answered> {
  const git = await open()
  if (isRefusal(git)) return { unreachable: git.says }
  try {
    return await assessOpened(git, wanted)
  } finally {
    git.close()
  }
}
