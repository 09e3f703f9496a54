// Assessments: what a repository shows against the published criteria, as of any date. The door for other domains.
//
// This domain knows repositories and the ids of what is assessed, not what those are: the domain of projects, after it,
// says whose repository is looked at and who may ask.
import type { Domain } from '#acts/domain.ts'
import { acts } from './acts.ts'
import { due } from './due.ts'
import { jobs } from './job.ts'
import { assessmentLabel } from './labels.ts'
import { measures } from './measures.ts'
import { type LookAtForge, observationMigrations, observationsQuery, observe, observing } from './observing.ts'
import { assessmentPage, assessmentsListPage } from './pages.ts'
import { queries } from './queries.ts'
import { migrations, paperTables, tableNames } from './tables.ts'
import { assessing } from './terms.ts'
import type { Assess } from './words.ts'

export { contributionsOf } from './contributions.ts'
export { type Change, changesBetween } from './engine/changes.ts'
export { medianOf } from './engine/newcomers.ts'
export { sayMedian, sayNewcomers } from './engine/newcomersPart.ts'
export { sayReleases } from './engine/releases.ts'
export type { Month } from './engine/trend.ts'
export { assessmentBy, assessmentsOf, latestFiled, paperBy, timesAsked } from './finds.ts'
export { type LookAtForge, observationsOf, observedSection } from './observing.ts'
export { assessmentSection, badgeOf, countsLine, isFresh } from './part.ts'
export { askedTooOften, comingDate } from './problems.ts'
export { mayAsk, momentOf, saysCounts, shortAddress } from './rules.ts'
export {
  type LastAsked,
  landingsAll,
  lastAsked,
  type RequirementShown,
  requirementsIn,
  standingBy,
  standingsAll,
} from './standings.ts'
export { assessing } from './terms.ts'
export {
  type Assess,
  AssessmentId,
  AssessmentView,
  type CheckResult,
  CriteriaId,
  type Filed,
  isFiled,
  type Outcome,
  type Paper,
  type Standing,
} from './words.ts'

export const assessments = (outside: { readonly assess: Assess; readonly look?: LookAtForge }): Domain => ({
  name: 'assessments',
  describes: 'Assessments: what a repository shows against the published criteria, as of any date, with the evidence.',
  acts: [...acts, observe],
  terms: [assessing],
  migrations: { ...migrations, ...observationMigrations },
  tables: [...tableNames, 'observations'],
  papers: paperTables,
  queries: [...queries, observationsQuery],
  pages: [assessmentsListPage, assessmentPage],
  jobs: [...jobs(outside.assess), ...observing(outside.look)],
  due,
  measures,
  labels: [assessmentLabel],
})
