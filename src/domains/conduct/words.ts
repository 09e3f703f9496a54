// The nouns of conduct: a text that people agree to, known by the hash of its words.
import { z } from 'zod'
import { sha256 } from '#base/canonical.ts'
import type { Instant } from '#base/instants.ts'

export const TextHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Expected the hash of the text: 64 hexadecimal digits')
  .meta({ title: 'Text', description: 'The SHA-256 of the text that you have read.' })

/** What the charter settles. `address` is where the authoritative code is published, if it is not this text itself. */
export const Code = z.object({
  title: z.string().min(3).max(120),
  text: z.string().min(100).max(30_000).meta({ description: 'Markdown; what is accepted is exactly this text.' }),
  address: z.url({ protocol: /^https$/ }).optional(),
})
export type Code = z.infer<typeof Code>

/** What is accepted: the words themselves, so that a new title or address asks nobody again. */
export const hashOfCode = ({ text }: Pick<Code, 'text'>): string => sha256(text)

/** A text as it came into force here. */
export type Publication = Code & { readonly hash: string; readonly since: Instant; readonly entry: string }
