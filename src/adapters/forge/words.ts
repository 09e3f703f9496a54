// What a forge says of a repository: dated observations, and nothing where it says nothing.
import type { Instant } from '#base/instants.ts'

/** What may be observed. The counts are no merit of their own and enter no requirement's outcome. */
export const observables = [
  'stars',
  'forks',
  'is-archived',
  'default-branch',
  'latest-release',
  'release-downloads',
  'successful-runs',
  'requires-two-factor',
] as const
export type Observable = (typeof observables)[number]

/** One thing that the forge said: what, when by its own clock, and at which public address. */
export type Observation = {
  readonly name: Observable
  readonly value: string | number | boolean
  readonly at: Instant
  readonly source: string
}

/** What could not be observed, and why: it stays unknown. */
export type Unobserved = { readonly name: Observable; readonly why: string }

export type Observed = { readonly observations: readonly Observation[]; readonly unobserved: readonly Unobserved[] }

/** An answer kept, so that the forge is asked only whether it has changed. */
export type KeptAnswer = { readonly etag: string; readonly body: string }

/** Keeps answers by address from one look to the next; a private matter of this program. */
export type KeptAnswers = {
  readonly get: (address: string) => Promise<KeptAnswer | undefined>
  readonly put: (address: string, answer: KeptAnswer) => Promise<void>
}

/** Looks at one repository. Never throws for what the forge or the network does: that is unobserved. */
export type Forge = {
  /** Whether it can look at this address at all. */
  readonly knows: (repository: string) => boolean
  readonly look: (repository: string, kept: KeptAnswers, signal?: AbortSignal) => Promise<Observed>
}
