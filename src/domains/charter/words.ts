// The nouns of the charter and the schemas of its files.
import { z } from 'zod'
import type { Charter } from '#acts/charter.ts'
import { Day } from '#base/instants.ts'
import type { Body } from './bodies.ts'
import { Threshold } from './thresholds.ts'

/** `3`, `3.c`, `2.a.ii`: a name, never a number. */
export const ClauseId = z
  .string('Expected the id of a clause such as 3.c')
  .regex(/^[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8}){0,4}$/, 'Expected the id of a clause such as 3.c')
  .meta({ title: 'Clause', examples: ['3.c'] })

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected lower-case letters, digits and single hyphens')
  .max(80)
  .meta({ title: 'Slug', examples: ['technical-council'] })

const Line = z
  .string()
  .trim()
  .min(1, 'Expected one plain line')
  .max(200)
  .regex(/^[^\n]*$/, 'Expected one plain line')

export const Foundation = z.strictObject({
  name: Line,
  short: Line,
  slug: Slug,
  /** The first line of every checkpoint of the log: once the log has begun, it stays. */
  origin: z
    .string()
    .regex(/^[a-z0-9.-]+(\/[A-Za-z0-9._~-]+)*$/, 'Expected host/path without scheme, spaces or plus signs')
    .max(120),
  accent: z.string().regex(/^#[0-9a-f]{6}$/, 'Expected a colour such as "#1f6f5c"'),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Expected a language tag such as en or pt-BR'),
  effective: Day,
  source: z.strictObject({ title: Line, address: z.url({ protocol: /^https$/ }), date: Day }),
  timeZone: z
    .string()
    .refine(
      zone => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
      'Expected a time zone such as UTC',
    ),
})
export type Foundation = z.infer<typeof Foundation>

export const ClauseBlock = z.strictObject({
  clause: ClauseId,
  pledge: Line,
  terms: z.array(z.string()).default([]),
  rules: z.array(z.string()).default([]),
  measures: z
    .array(
      z.strictObject({
        measure: z.string().regex(/^[a-z-]+\.[a-z-]+$/, 'Expected the id of a measure such as bodies.neutrality'),
        kept: Threshold.optional(),
        strained: Threshold.optional(),
      }),
    )
    .default([]),
})
export type ClauseBlock = z.infer<typeof ClauseBlock>

export type Clause = Omit<ClauseBlock, 'clause'> & {
  readonly id: string
  /** The number as the charter writes it: `3.c`, `Article 2`. */
  readonly label: string
  readonly title: string
  /** 0 for the outermost. */
  readonly depth: number
  readonly parent?: string
  /** Markdown. */
  readonly prose: string
}

export type Rule = {
  readonly id: string
  readonly clauses: readonly string[]
  readonly title: string
  readonly remedy: string
  readonly effect: 'permit' | 'forbid'
  /** The Cedar text as it stands in the file, annotations left out. */
  readonly text: string
}

export type SettledTerm = {
  readonly id: string
  readonly title: string
  readonly clauses: readonly string[]
  readonly value: unknown
}

/** A charter as it is read from its files: what the engine asks, and everything that pages show. */
export type LoadedCharter = Charter & {
  readonly foundation: Foundation
  /** What stands before the first clause, as Markdown. */
  readonly preamble: string
  /** In the order of the text. */
  readonly clauses: readonly Clause[]
  readonly terms: readonly SettledTerm[]
  readonly rules: readonly Rule[]
  readonly bodies: readonly Body[]
  readonly mandates: Readonly<Record<string, readonly string[]>>
  /** File name to SHA-256 of its bytes. */
  readonly files: Readonly<Record<string, string>>
}
