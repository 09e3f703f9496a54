// Pure decisions about projects: the same repository under two spellings, whether somebody may apply, where a reviewer disagrees.
import { addMonths, type Instant } from '#base/instants.ts'
import type { CheckResult } from '#domains/assessments/index.ts'
import type { Stage } from './terms.ts'
import { type Application, type Disagreement, openStages, type Project, type Tick } from './words.ts'

/** `https://GitHub.com/A/b.git/` and `http://github.com/a/b` are one repository. Forges take no notice of case. */
export const repositoryKey = (address: string): string =>
  address
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')

/** The foundation’s logo may be used by what stands in the landscape; the right ends with the archive. */
export const mayUseLogo = ({ isArchived }: Pick<Project, 'isArchived'>): boolean => !isArchived

export const isOpen = ({ stage }: Pick<Application, 'stage'>): boolean => openStages.includes(stage)

export const stageBy = (stages: readonly Stage[], key: string): Stage | undefined =>
  stages.find(stage => stage.key === key)

export const stageName = (stages: readonly Stage[], key: string): string => stageBy(stages, key)?.name ?? key

/** Whether the stage `key` comes at or after `wanted` on the way that `requires` lays down. */
export function hasReached(stages: readonly Stage[], key: string, wanted: string): boolean {
  for (let at = stageBy(stages, key); at; at = at.requires === null ? undefined : stageBy(stages, at.requires))
    if (at.key === wanted) return true
  return false
}

export type Standing = {
  readonly stage: Stage
  readonly project: Project | undefined
  /** Every application for the same repository. */
  readonly earlier: readonly Application[]
  readonly at: Instant
}

export type Hindrance =
  | { readonly is: 'there' }
  | { readonly is: 'too low' }
  | { readonly is: 'open' }
  | { readonly is: 'too early'; readonly from: Instant }

/** What stands in the way of applying for this stage now; nothing: undefined. */
export function hindranceTo(
  stages: readonly Stage[],
  { stage, project, earlier, at }: Standing,
): Hindrance | undefined {
  const standing = project && !project.isArchived ? project.stage : undefined
  if (standing !== undefined && hasReached(stages, standing, stage.key)) return { is: 'there' }
  if (stage.requires !== null && (standing === undefined || !hasReached(stages, standing, stage.requires)))
    return { is: 'too low' }
  if (earlier.some(isOpen)) return { is: 'open' }
  const declined = earlier.filter(({ kind }) => kind === stage.key).map(({ reapplyFrom }) => reapplyFrom)
  const waits = [...declined, project?.isArchived ? project.reapplyFrom : null].flatMap(wait => wait ?? [])
  const from = waits.toSorted().at(-1)
  return from !== undefined && at < from ? { is: 'too early', from } : undefined
}

export const reapplyFrom = (declined: Instant, months: number): Instant => addMonths(declined, months)

type Outcome = Pick<CheckResult, 'id' | 'outcome'>

const contradicts = (outcome: CheckResult['outcome'], tick: Tick['tick']): boolean =>
  (outcome === 'fail' && tick === 'met') || (outcome === 'pass' && tick === 'not-met')

/** Each tick that says otherwise than the repository shows, with the reason given, which may be empty. */
export const disagreementsIn = (ticks: readonly Tick[], checks: readonly Outcome[]): Disagreement[] =>
  ticks.flatMap(({ check, tick, reason = '' }) => {
    const found = checks.find(({ id }) => id === check)
    if (!found || tick === 'left-open' || !contradicts(found.outcome, tick)) return []
    return [{ check, outcome: found.outcome, tick, reason }]
  })

/** `Training / Graph`, for filters and headings. */
export const categoryOf = ({ category, subcategory }: Pick<Project, 'category' | 'subcategory'>): string =>
  category && subcategory ? `${category} / ${subcategory}` : (category ?? 'Without category')

type Searched = Pick<Project, 'name' | 'summary' | 'category' | 'subcategory' | 'repository' | 'stage'>

const words = ({ name, summary, category, subcategory, repository }: Searched): string =>
  [name, summary, category, subcategory, repository].join(' ').toLowerCase()

export type ProjectsWanted = {
  readonly stage?: string
  /** A category, or one part of it as `categoryOf` writes it. */
  readonly category?: string
  /** Every word must stand somewhere in the project. */
  readonly search?: string
}

const hasEveryWord = (project: Searched, search: string): boolean => {
  const text = words(project)
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

export const matches = (project: Searched, { stage, category, search }: ProjectsWanted): boolean =>
  (!stage || project.stage === stage) &&
  (!category || project.category === category || categoryOf(project) === category) &&
  (!search || hasEveryWord(project, search))
