// Projects: the landscape, applications to join it, reviews and decisions. The door for other domains.
import type { Domain } from '#acts/domain.ts'
import { acts } from './acts.ts'
import { applicationPage } from './applicationPage.ts'
import { applicationsPage as applicationsListPage } from './applicationsPage.ts'
import { applyPage } from './applyPage.ts'
import { capacities } from './capacities.ts'
import { desk } from './desk.ts'
import { applicationLabel, projectLabel } from './labels.ts'
import { landscapePage } from './landscapePage.ts'
import { mails } from './mails.ts'
import { measures } from './measures.ts'
import { organisationPage } from './organisationPage.ts'
import { projectPage } from './projectPage.ts'
import { queries } from './queries.ts'
import { reactions } from './reactions.ts'
import { contactsPage, reviewPage } from './reviewPage.ts'
import { migrations, tableNames } from './tables.ts'
import { applying, landscape, reapplying, stages } from './terms.ts'

export { admission } from './deciding.ts'
export {
  applicationBy,
  applicationsAbout,
  applicationsPage,
  contactsOf,
  disagreeingReviews,
  maintainedBy,
  maintainersAmong,
  maintainersOf,
  projectBy,
  projectsAll,
  projectsBy,
  projectsWatched,
  type Watched,
} from './finds.ts'
export { type KnownLandscape, type LandscapeOrder, ordersForLandscape } from './landscape/orders.ts'
export { knownLandscape, type LandscapePlan, planLandscape } from './landscape/plan.ts'
export { type LandscapeRead, readLandscape } from './landscape/read.ts'
export type { Item, LandscapeFault, UnknownKey } from './landscape/words.ts'
export { exportLandscape, writeLandscape } from './landscape/write.ts'
export { called, listed, type Names, projectLink, prose } from './parts.ts'
export { noSuchProject, notYours } from './problems.ts'
export { disagreementsIn, mayUseLogo, stageBy, stageName } from './rules.ts'
export { similarTo } from './similar.ts'
export { type LandscapeMapping, landscape, reapplying, type Stage, stages } from './terms.ts'
export {
  type Application,
  ApplicationId,
  type Project,
  ProjectId,
  ProjectRef,
  type Review as ApplicationReview,
  StageKey,
  Tick,
} from './words.ts'

export const projects: Domain = {
  name: 'projects',
  describes: 'Projects: the landscape, applications to join it, their review, and what was decided and why.',
  acts,
  terms: [stages, applying, reapplying, landscape],
  migrations,
  tables: tableNames,
  pages: [
    landscapePage,
    projectPage,
    applicationsListPage,
    applyPage,
    reviewPage,
    contactsPage,
    applicationPage,
    organisationPage,
  ],
  nav: [
    { label: 'Projects', href: '/projects', order: 20 },
    { label: 'Applications', href: '/applications', order: 25 },
  ],
  reactions,
  queries,
  mails,
  measures,
  labels: [projectLabel, applicationLabel],
  capacities,
  desk,
}
