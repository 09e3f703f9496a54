// The nouns of stewardship: the review of a project that stays, the waiver, and the disagreement between a reviewer and a check.
import { z } from 'zod'
import { idOf } from '#base/ids.ts'
import { Instant } from '#base/instants.ts'
import { AssessmentId } from '#domains/assessments/index.ts'
import { ProjectId, StageKey, Tick } from '#domains/projects/index.ts'

export { ProjectId, StageKey, Tick }

export const ReviewId = idOf('rev', 'Review')
export const WaiverId = idOf('wai', 'Waiver')
export const DisagreementId = idOf('dis', 'Disagreement')

export const CheckId = z
  .string()
  .regex(/^[A-Z]{1,4}\d{1,3}$/, 'Expected the id of a requirement such as E7')
  .meta({ title: 'Requirement', description: 'As in the assessment of the project: E7, H3.' })

/** Everybody reads it, so it must say something. */
export const Said = z.string().trim().min(10, 'Say why, for everybody to read').max(4000)

/**
 * `due`: waits for a reviewer. `under-notice`: the project was told what is missing and has time to cure it. The rest are ends:
 * `kept` without a notice, `cured` after one, `retired` because it was not, `dropped` because the project left its stage otherwise.
 */
export const ReviewState = z.enum(['due', 'under-notice', 'kept', 'cured', 'retired', 'dropped']).meta({
  title: 'State of the review',
  labels: {
    due: 'Due',
    'under-notice': 'Under notice',
    kept: 'Kept',
    cured: 'Cured',
    retired: 'Retired',
    dropped: 'Dropped',
  },
})
export type ReviewState = z.infer<typeof ReviewState>
export const openStates: readonly ReviewState[] = ['due', 'under-notice']

export const Reason = z.object({
  check: CheckId,
  says: Said.meta({ title: 'What is missing', description: 'What must be different for this to be met.' }),
})
export type Reason = z.infer<typeof Reason>

export const Notice = z.object({
  at: Instant,
  by: z.string(),
  text: z.string(),
  reasons: z.array(Reason),
  cureBy: Instant,
})
export type Notice = z.infer<typeof Notice>

export const Answer = z.object({ at: Instant, by: z.string(), text: z.string(), lookBy: Instant })
export type Answer = z.infer<typeof Answer>

export const Review = z.object({
  id: ReviewId,
  project: ProjectId,
  stage: StageKey,
  criteria: z.string(),
  /** Whose seats review it, as the charter said when it opened. */
  body: z.string(),
  /** When it fell due by the charter, even where the program was down then. */
  due: Instant,
  opened: Instant,
  /** By when reviewers should have looked. */
  lookBy: Instant,
  /** Who called for it before its time, and why. */
  caller: z.string().nullable(),
  callReason: z.string().nullable(),
  state: ReviewState,
  isReminded: z.boolean(),
  notice: Notice.nullable(),
  answer: Answer.nullable(),
  ended: Instant.nullable(),
  endEntry: z.string().nullable(),
  reviewer: z.string().nullable(),
  text: z.string().nullable(),
  ticks: z.array(Tick),
  /** Requirements that were waived when it ended. */
  waived: z.array(CheckId),
  assessment: AssessmentId.nullable(),
})
export type Review = z.infer<typeof Review>

export const WaiverState = z.enum(['requested', 'granted', 'refused', 'withdrawn', 'ended', 'expired']).meta({
  title: 'State of the waiver',
  labels: {
    requested: 'Requested',
    granted: 'Granted',
    refused: 'Refused',
    withdrawn: 'Withdrawn',
    ended: 'Ended early',
    expired: 'Expired',
  },
})
export type WaiverState = z.infer<typeof WaiverState>

export const Waiver = z.object({
  id: WaiverId,
  project: ProjectId,
  check: CheckId,
  reason: z.string(),
  requester: z.string(),
  requested: Instant,
  /** It holds until the start of this day. */
  until: z.iso.date(),
  state: WaiverState,
  decider: z.string().nullable(),
  decided: Instant.nullable(),
  decision: z.string().nullable(),
  entry: z.string(),
})
export type Waiver = z.infer<typeof Waiver>

export const DisagreementState = z.enum(['owed', 'reasoned', 'withdrawn', 'lapsed']).meta({
  title: 'State of the disagreement',
  labels: { owed: 'Reason owed', reasoned: 'Reason given', withdrawn: 'Finding withdrawn', lapsed: 'Finding lapsed' },
})
export type DisagreementState = z.infer<typeof DisagreementState>

export const Disagreement = z.object({
  id: DisagreementId,
  project: ProjectId,
  review: ReviewId,
  check: CheckId,
  /** What the assessment says, and what the reviewer found. */
  outcome: z.enum(['pass', 'fail']),
  tick: z.enum(['met', 'not-met']),
  assessment: AssessmentId,
  reviewer: z.string(),
  found: Instant,
  state: DisagreementState,
  reason: z.string().nullable(),
  owedBy: Instant,
  closed: Instant.nullable(),
  entry: z.string(),
})
export type Disagreement = z.infer<typeof Disagreement>
