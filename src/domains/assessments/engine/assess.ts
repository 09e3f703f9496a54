// Assesses one repository at one date against one criteria file: same commit, same date, same criteria, same bytes.
import { hashOf } from '#base/canonical.ts'
import { activityOf } from './activity.ts'
import { botRuleWith } from './bots.ts'
import { checkNamed } from './checks/registry.ts'
import { commitAsOf, type Dated, refusalIn, unfitCommit } from './commit.ts'
import { knownOf, warningsOf } from './copy.ts'
import type { Criteria, Requirement } from './criteria.ts'
import { filesOf } from './files.ts'
import { historyOf } from './history.ts'
import { branchTable, readTable } from './readTable.ts'
import { releasesOf } from './releases.ts'
import { foundFiles } from './requiredFiles.ts'
import type { Git } from './source.ts'
import type { CommitTable } from './table.ts'
import {
  type Assessment,
  type AssessmentRefusal,
  type CheckResult,
  engineVersion,
  type Facts,
  type Finding,
} from './words.ts'

export type Progress = (step: { readonly says: string; readonly done?: number; readonly of?: number }) => void

export type AssessInput = {
  readonly git: Git
  readonly criteria: Criteria
  /** RFC 3339. Never "now" of its own accord: whoever asks says for when. */
  readonly asOf: string
  /** RFC 3339: when it was asked, where nobody chose the date and it is the copy's own end. */
  readonly askedOn?: string
  /** Full id; by default the newest on the default branch at that date. */
  readonly commit?: string
  readonly progress?: Progress
  /** Told of what the repository shows beside the checks, once: private matter that no paper holds. */
  readonly seen?: (facts: Facts) => void | Promise<void>
}

/** A refusal is returned for a repository that cannot be read; anything else that goes wrong is thrown. */
export async function assess(input: AssessInput): Promise<Assessment | AssessmentRefusal> {
  try {
    return await assessed(input)
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal) return refusal
    throw error
  }
}

export const isRefused = (answer: Assessment | AssessmentRefusal): answer is AssessmentRefusal => 'kind' in answer

async function assessed(input: AssessInput): Promise<Assessment | AssessmentRefusal> {
  const { git, criteria } = input
  const asOf = Math.floor(Date.parse(input.asOf) / 1000)
  if (Number.isNaN(asOf)) return { kind: 'unfit-date', says: 'The as-of date is not a date: write it as 2026-02-10.' }
  const unfit = unfitCommit(input.commit)
  if (unfit) return unfit
  const table = await tableFor(input)
  const found = commitAsOf(table, { asOf, from: input.commit ?? git.tip, isExact: input.commit !== undefined })
  if ('kind' in found) return found
  const facts = await gather(input, { table, found, asOf })
  await input.seen?.(facts)
  const results: CheckResult[] = []
  for (const [index, requirement] of criteria.requirements.entries()) {
    input.progress?.({ says: requirement.title, done: index, of: criteria.requirements.length })
    results.push(await resultOf(requirement, facts))
  }
  const whole = {
    ...{ engine: engineVersion, criteria: { id: criteria.id, hash: criteria.hash } },
    ...{ repository: git.address, branch: git.branch, isShallow: git.isShallow },
    ...copied(facts),
    ...{
      asOf: new Date(asOf * 1000).toISOString(),
      commit: found.id,
      commitTime: new Date(found.time * 1000).toISOString(),
    },
    ...{ checks: results, files: facts.found, activity: facts.activity, releases: releasesOf(facts.tags, asOf) },
  }
  return { ...whole, hash: hashOf(whole) }
}

/** A commit that is not on the default branch, as after a rewrite, is read for itself. */
async function tableFor({ git, commit, progress }: AssessInput): Promise<CommitTable> {
  const counted = (done: number) => progress?.({ says: 'Reading the history', done })
  const table = await branchTable(git, counted)
  return commit === undefined || table.ids.find(commit) !== undefined ? table : readTable(git, commit, counted)
}

function copied({ seenUntil, askedOn, asOf }: Facts): Pick<Assessment, 'seenUntil' | 'askedOn' | 'warnings'> {
  if (seenUntil === undefined) return {}
  const told = { seenUntil: new Date(seenUntil * 1000).toISOString(), ...(askedOn !== undefined && { askedOn }) }
  return { ...told, warnings: warningsOf({ ...told, asOf: new Date(asOf * 1000).toISOString() }) }
}

async function gather(
  { git, criteria, askedOn }: AssessInput,
  { table, found, asOf }: { table: CommitTable; found: Dated; asOf: number },
): Promise<Facts> {
  const rule = botRuleWith(criteria.machines)
  const commit = found.id
  const [history, entries, tags] = await Promise.all([
    historyOf(git, table, { commit, rule }),
    git.tree(commit),
    git.tags(),
  ])
  const files = filesOf(git, entries)
  const activity = activityOf(history, asOf, { botRule: rule.version, isShallow: git.isShallow })
  const known = knownOf(git, asOf, askedOn)
  return { commit, asOf, isShallow: git.isShallow, ...known, files, found: foundFiles(files), history, activity, tags }
}

async function resultOf(requirement: Requirement, facts: Facts): Promise<CheckResult> {
  const { id, title, clause, check, parameters } = requirement
  const finding = decide(requirement, await checkNamed(check).look(facts, parameters))
  const evidence = (finding.evidence ?? []).map(spot => ({ commit: facts.commit, ...spot }))
  return {
    id,
    title,
    clause,
    outcome: finding.outcome,
    says: finding.says,
    evidence,
    measured: finding.measured,
    ...shownIn(finding),
  }
}

const shownIn = ({ shows }: Finding): Pick<Finding, 'shows'> => (shows ? { shows } : {})

/** Where Git shows a part only, what it shows is not yet a pass: a person confirms the rest. */
function decide({ decidedBy, remains }: Requirement, finding: Finding): Finding {
  if (decidedBy !== 'git+person' || finding.outcome !== 'pass') return finding
  return {
    ...finding,
    outcome: 'needs-person',
    says: `${finding.says} A person confirms: ${remains}`,
    measured: { ...finding.measured, shownByGit: true },
  }
}
