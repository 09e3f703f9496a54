// The nouns of assessments: one asked for, filed or failed; and what the outside world does to make one.
import { z } from 'zod'
import { idOf } from '#base/ids.ts'
import { Instant } from '#base/instants.ts'
import type { Contributions } from '#domains/contributors/index.ts'
import type { Assessment, CheckResult, Outcome } from './engine/words.ts'

export type { CheckResult, Outcome }
/** The whole working paper: every check with its evidence. */
export type Paper = Assessment

export const AssessmentId = idOf('ass', 'Assessment')

/** The id of whatever is assessed. What it is, and who may ask, only later domains know. */
export const SubjectId = z
  .string()
  .regex(/^[a-z]{3}_[0-9a-hjkmnp-tv-z]{20}$/, 'Expected an id such as app_0123456789abcdefghjk')
  .meta({ title: 'What is assessed' })

export const CriteriaId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, 'Expected the name of a criteria file such as ecosystem')
  .meta({ title: 'Criteria' })

/** Reads the repository as it was at `asOf`. `unreachable` is one plain sentence without private matter. */
export type Assess = (asked: {
  readonly repository: string
  readonly criteria: string
  readonly asOf: Instant
  readonly signal: AbortSignal
  readonly progress?: (step: { readonly says: string; readonly done?: number; readonly of?: number }) => void
}) => Promise<
  | {
      readonly assessment: Paper /** For the private register: who did what, with addresses. */
      readonly contributions?: Contributions
    }
  | { readonly unreachable: string }
>

export const Counts = z.object({ pass: z.int(), fail: z.int(), unknown: z.int(), needsPerson: z.int() })
export type Counts = z.infer<typeof Counts>

export const Stage = z.enum(['asked', 'filed', 'failed'])
export type Stage = z.infer<typeof Stage>

/** What was found, once it is filed. */
export const Findings = z.object({
  commit: z.string(),
  counts: Counts,
  paper: z.string().meta({ description: 'SHA-256 of the working paper’s canonical JSON.' }),
  criteriaHash: z.string(),
  engine: z.string(),
})
export type Findings = z.infer<typeof Findings>

export const AssessmentView = z.object({
  id: AssessmentId,
  subject: SubjectId,
  repository: z.string(),
  criteria: CriteriaId,
  asOf: Instant,
  stage: Stage,
  asked: Instant,
  answered: Instant.nullable(),
  /** The entry that filed it or said why not; the one that asked for it until then. */
  entry: z.string(),
  findings: Findings.nullable(),
  /** Why there are none. */
  reason: z.string().nullable(),
})
export type AssessmentView = z.infer<typeof AssessmentView>
export type Filed = AssessmentView & { readonly findings: Findings }

export const isFiled = (one: AssessmentView): one is Filed => one.findings !== null

/** The newest answer about one thing, and what came of the last time it was asked. */
export type Standing = {
  readonly subject: string
  readonly last: string
  readonly lastAsOf: Instant
  readonly lastStage: Stage
  /** Why the last one could not be made. */
  readonly lastReason: string | null
  readonly filed: {
    readonly assessment: string
    readonly criteria: string
    readonly asOf: Instant
    readonly commit: string
    readonly paper: string
    readonly outcomes: Readonly<Record<string, Outcome>>
    readonly counts: Counts
    /** In the twelve months before it; null where the paper does not say. */
    readonly newcomers: number | null
    /** Whether the text proves a licence that is allowed; null where it decides neither. */
    readonly licence: Outcome | null
    /** In the twelve months before it, by tags that name one; null where the paper does not say. */
    readonly releases: number | null
  } | null
}
