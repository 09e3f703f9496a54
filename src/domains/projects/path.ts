// The way of an application as a line of steps: when each was taken, what comes next and who must act. Pure.
import type { Instant } from '#base/instants.ts'
import type { AssessmentView } from '#domains/assessments/index.ts'
import type { Motion } from '#domains/motions/index.ts'
import { isOpen } from './rules.ts'
import type { Application, Review } from './words.ts'

export type Step = {
  readonly name: string
  /** Null: not yet. */
  readonly at: Instant | null
  readonly says: string
}

export type Known = {
  readonly application: Application
  readonly assessments: readonly AssessmentView[]
  readonly reviews: readonly Review[]
  /** About admitting it, the newest first. */
  readonly motions: readonly Motion[]
  /** The names of the bodies that decide. */
  readonly deciders: readonly string[]
  readonly months: number
}

const by = (deciders: readonly string[]): string =>
  deciders.length > 0 ? deciders.join(' or ') : 'the body that the charter names'

function assessed({ assessments }: Known): Step {
  const first = assessments.filter(({ stage }) => stage === 'filed').at(-1)
  const failed = assessments.find(({ stage }) => stage === 'failed')
  if (first) return { name: 'Assessed', at: first.answered, says: 'The repository was read against the criteria.' }
  const says = failed ? `The repository could not be read: ${failed.reason}` : 'The repository is being read.'
  return { name: 'Assessed', at: null, says }
}

function reviewed({ reviews, deciders }: Known): Step {
  const [first] = reviews
  if (!first) return { name: 'Reviewed', at: null, says: `A seat of ${by(deciders)} writes a review.` }
  const says = reviews.length === 1 ? 'One review is written.' : `${reviews.length} reviews are written.`
  return { name: 'Reviewed', at: first.at, says }
}

function moved({ motions, deciders }: Known): Step {
  const [newest] = motions
  if (!newest) return { name: 'Moved', at: null, says: `A seat of ${by(deciders)} moves to admit it.` }
  return { name: 'Moved', at: newest.moved, says: `“${newest.title}” was moved.` }
}

function voted({ motions }: Known): Step {
  const [newest] = motions
  const isOver = newest?.stage === 'carried' || newest?.stage === 'lost'
  if (newest && isOver) return { name: 'Voted', at: newest.ended, says: `The motion was ${newest.stage}.` }
  if (newest?.stage === 'open') return { name: 'Voted', at: null, says: 'The vote is open.' }
  if (newest?.stage === 'proposed') return { name: 'Voted', at: null, says: 'The motion waits for a second.' }
  if (newest) return { name: 'Voted', at: null, says: `The last motion was ${newest.stage}; another may be moved.` }
  return { name: 'Voted', at: null, says: 'Each seat votes; the charter says how many are needed.' }
}

const ends: Record<Application['stage'], { name: string; says: string }> = {
  filed: { name: 'Decided', says: 'A carried motion admits it; a lost one declines it.' },
  'under-review': { name: 'Decided', says: 'A carried motion admits it; a lost one declines it.' },
  admitted: { name: 'Admitted', says: 'It stands in the landscape.' },
  declined: { name: 'Declined', says: 'The reasons are below.' },
  withdrawn: { name: 'Withdrawn', says: 'Taken back by whoever filed it.' },
}

/** Steps not taken are left out of a way that has ended. */
export function stepsOf(known: Known): readonly Step[] {
  const { application } = known
  const filed: Step = {
    name: 'Filed',
    at: application.filed,
    says: 'The application is public; its contacts are sealed.',
  }
  const end: Step = { ...ends[application.stage], at: application.decided }
  const between = [assessed(known), reviewed(known), moved(known), voted(known)]
  return [filed, ...(isOpen(application) ? between : between.filter(({ at }) => at !== null)), end]
}

/** One sentence: what comes next, and who must act. */
export function nextOf(known: Known): string {
  const { application, reviews, motions, deciders, months } = known
  const { stage } = application
  if (stage === 'admitted') return 'The application is done; the project’s page carries on from here.'
  if (stage === 'withdrawn') return 'Another application may be filed at any time.'
  if (stage === 'declined') return `It may be tried again ${months} months after it was declined.`
  const pending = motions.find(motion => motion.stage === 'proposed' || motion.stage === 'open')
  if (pending?.stage === 'open') return `The seats of ${by(deciders)} vote now.`
  if (pending) return `Another seat of ${by(deciders)} has to second the motion.`
  if (reviews.length > 0) return `A seat of ${by(deciders)} may move to admit it.`
  return `A seat of ${by(deciders)} reviews it next.`
}
