// Projects: the landscape, applications to join it, reviews and decisions. The door for other domains.
import type { Domain } from '#acts/domain.ts'
import { acts } from './acts.ts'
import { capacities } from './capacities.ts'
import { applicationLabel, projectLabel } from './labels.ts'
import { reactions } from './reactions.ts'
import { migrations, tableNames } from './tables.ts'
import { applying, landscape, reapplying, stages } from './terms.ts'

export { admission } from './deciding.ts'
export {
  applicationBy,
  applicationsAbout,
  applicationsPage,
  maintainedBy,
  maintainersOf,
  projectBy,
  projectsAll,
  projectsBy,
} from './finds.ts'
export { similarTo } from './similar.ts'
export { type LandscapeMapping, landscape, stages } from './terms.ts'
export { type Application, ApplicationId, type Project, ProjectId } from './words.ts'

export const projects: Domain = {
  name: 'projects',
  describes: 'Projects: the landscape, applications to join it, their review, and what was decided and why.',
  acts,
  terms: [stages, applying, reapplying, landscape],
  migrations,
  tables: tableNames,
  reactions,
  labels: [projectLabel, applicationLabel],
  capacities,
}
