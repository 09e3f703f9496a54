// The engine's own door, for those who have no foundation: it needs Git and a criteria file, no record and no database.
export { assess, isRefused, type Progress } from './assess.ts'
export { bundleOf, readBundle } from './bundle.ts'
export { type Criteria, readCriteria } from './criteria.ts'
export { type Replay, replay } from './replay.ts'
export { formatText } from './report.ts'
export { reportDocument } from './reportPage.ts'
export type { Assessment } from './words.ts'
