// Working papers for tests of what is done with an assessment: well-formed, hashed as the engine hashes them.
import { hashOf } from '#base/canonical.ts'
import type { Assess, CheckResult, Outcome, Paper } from '#domains/assessments/index.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'

export const check = (id: string, outcome: Outcome): CheckResult => ({
  id,
  title: `Requirement ${id}`,
  clause: '2.a',
  outcome,
  says: `The repository says ${outcome} of ${id}.`,
  evidence: [{ commit, path: 'LICENSE', blob: 'b'.repeat(40), line: 1 }],
})

/** As the check of the licence gives it. */
export const licensed = (id: string, outcome: Outcome): CheckResult => ({
  ...check(id, outcome),
  shows: { licence: outcome },
})

export const usualChecks: readonly CheckResult[] = [
  check('E1', 'pass'),
  check('E2', 'fail'),
  check('E3', 'unknown'),
  check('E4', 'needs-person'),
]

const period = { commits: 12, humanCommits: 10, people: 3, merges: 0 }

type Asked = Parameters<Assess>[0]
type Given = { readonly checks?: readonly CheckResult[]; readonly releases?: Paper['releases'] }

/** Seconds, as the engine gives them. */
const inSeconds = (asOf: string): string => new Date(Math.floor(Date.parse(asOf) / 1000) * 1000).toISOString()

export function paper(
  { repository, criteria, asOf }: Omit<Asked, 'signal'>,
  { checks = usualChecks, releases }: Given = {},
): Paper {
  const whole = {
    engine: 'test/1',
    criteria: { id: criteria, hash: hashOf(criteria) },
    repository,
    branch: 'main',
    isShallow: false,
    asOf: inSeconds(asOf),
    commit,
    commitTime: inSeconds(asOf),
    checks,
    files: {},
    activity: { window90: period, window365: period, all: period },
    ...(releases && { releases }),
  }
  // What no test looks at is left out: the rest is as the engine gives it.
  return { ...whole, hash: hashOf(whole) } as unknown as Paper
}

/** Stands in for Git and the engine: every repository gives these checks, except those it is told are out of reach. */
export const assessWith =
  (given: Given & { readonly unreachable?: string } = {}): Assess =>
  async asked =>
    given.unreachable ? { unreachable: given.unreachable } : { assessment: paper(asked, given) }
