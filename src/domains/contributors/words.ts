// The nouns of contributors: identities behind commits, known in public by keyed pseudonyms only, and what is stated of them.
import { z } from 'zod'
import { idOf } from '#base/ids.ts'
import type { Day, Instant } from '#base/instants.ts'

/** A keyed hash of an address: the same address gives the same id here, and no other foundation's. */
export const IdentityId = idOf('idn', 'Identity')
export const ClaimId = idOf('clm', 'Claim')
export const DisputeId = idOf('dsp', 'Dispute')
export const ImportId = idOf('imp', 'Import')
export type IdentityId = z.infer<typeof IdentityId>

/** What statements rest on, the strongest first unless the charter orders them otherwise. */
export const StatedBy = z.enum(['person', 'employer', 'domain', 'import'])
export type StatedBy = z.infer<typeof StatedBy>

/** What of a history is counted. A merge is a commit whose committer is another person than its author. */
export const kinds = ['commit', 'co-author', 'merge', 'machine-merge', 'bot'] as const
export type Kind = (typeof kinds)[number]

/** A half-open period of days; null is open. */
export type Span = { readonly from: Day | null; readonly until: Day | null }

export const isIn = ({ from, until }: Span, day: Day): boolean =>
  (from === null || from <= day) && (until === null || day < until)

/** An identity as a repository spells it: private, it never leaves the register. */
export type Seen = { readonly address: string; readonly name: string; readonly isBot: boolean }

/** What one repository's history says of who did what on which day. `who` counts into `people`. */
export type Contributions = {
  readonly commit: string
  readonly asOf: Instant
  readonly botRule: string
  readonly people: readonly Seen[]
  readonly days: readonly { readonly who: number; readonly day: Day; readonly kind: Kind; readonly count: number }[]
  /** Files by their owners: indexes into `people`; -1 is a team, whose members only the forge knows. */
  readonly owned: readonly { readonly owners: readonly number[]; readonly files: number }[]
  /** Whether the repository says at all who owns its files. */
  readonly hasOwners: boolean
}

export type Form = z.infer<typeof Form>
export const Form = z.enum(['developers-affiliations', 'email-map', 'email-aliases', 'group-map', 'mailmap']).meta({
  title: 'Form',
  labels: {
    'developers-affiliations': 'developers_affiliations*.txt, people with their periods',
    'email-map': 'EmailMap, an address or domain and its employer',
    'email-aliases': 'EmailAliases, an address and the one it stands for',
    'group-map': 'GroupMap, the addresses of one employer',
    mailmap: '.mailmap',
  },
})

/** A line that does not fit: nothing of its file is imported. It never repeats an address. */
export type LineFault = { readonly line: number; readonly expected: string; readonly found: string }

/** `company` null: independent. Contested: the source itself says that it is not sure, so it proves nothing. */
export type Stint = Span & { readonly company: string | null; readonly isContested: boolean }

/** One file, read: people under their addresses, domains of companies, and addresses that stand for others. */
export type Register = {
  readonly people: readonly {
    readonly login?: string
    readonly addresses: readonly string[]
    readonly stints: readonly Stint[]
  }[]
  readonly domains: readonly (Span & { readonly domain: string; readonly company: string })[]
  readonly aliases: readonly { readonly address: string; readonly of: string; readonly name?: string }[]
  readonly faults: readonly LineFault[]
}

export const emptyRegister: Register = { people: [], domains: [], aliases: [], faults: [] }
