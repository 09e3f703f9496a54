// The nouns of an assessment: outcomes, evidence, checks and what a whole assessment holds.
import type { Activity } from './activity.ts'
import type { Files } from './files.ts'
import type { History } from './history.ts'
import type { Releases } from './releases.ts'
import type { Wanted } from './requiredFiles.ts'
import type { Tag } from './source.ts'

/** Unknown is never a pass and never a fail; what needs a person waits for one, with the evidence beside it. */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'needs-person'

export type Evidence = {
  readonly commit: string
  readonly path?: string
  readonly blob?: string
  readonly line?: number
  readonly note?: string
}

export type Measured = { readonly [name: string]: number | string | boolean | readonly string[] }

/** What figures of the whole landscape ask, under whatever requirement and title a foundation has it looked at. */
export type Shown = { readonly licence?: Outcome }

/** What a check found in the repository, before the criterion says who decides. */
export type Finding = {
  readonly outcome: Outcome
  readonly says: string
  readonly evidence?: readonly Omit<Evidence, 'commit'>[]
  readonly measured?: Measured
  readonly shows?: Shown
}

export type Facts = {
  readonly commit: string
  /** Seconds since 1970. */
  readonly asOf: number
  readonly isShallow: boolean
  /** Seconds since 1970, where this copy may end before the as-of date: what happened later may be missing. */
  readonly seenUntil: number | undefined
  /** The day it was asked, where nobody chose the date and the copy is too old to tell of that day. */
  readonly askedOn: string | undefined
  readonly files: Files
  readonly found: Record<Wanted, readonly string[]>
  readonly history: History
  readonly activity: Activity
  readonly tags: readonly Tag[]
}

export type CheckResult = {
  readonly id: string
  readonly title: string
  readonly clause: string
  readonly outcome: Outcome
  readonly says: string
  readonly evidence: readonly Evidence[]
  readonly measured?: Measured
  /** What Git alone came to, before a person confirms. */
  readonly shows?: Shown
}

export type Assessment = {
  readonly engine: string
  readonly criteria: { readonly id: string; readonly hash: string }
  readonly repository: string
  readonly branch: string
  readonly isShallow: boolean
  /** Where this copy of the repository may end before the as-of date: until when it is known to be complete. */
  readonly seenUntil?: string
  /** The day it was asked, where the date is not a chosen one but the end of a copy that may be out of date. */
  readonly askedOn?: string
  /** What a reader must know before the first answer, in whole sentences. */
  readonly warnings?: readonly string[]
  readonly asOf: string
  readonly commit: string
  readonly commitTime: string
  readonly checks: readonly CheckResult[]
  readonly files: { readonly [kind in Wanted]: readonly string[] }
  readonly activity: Activity
  /** Papers of engines before 8 lack it. */
  readonly releases?: Releases
  readonly hash: string
}

export type AssessmentRefusal = { readonly kind: string; readonly says: string }

/** Raised whenever the same input could give another answer. */
export const engineVersion = 'guildhall-assess/8'
