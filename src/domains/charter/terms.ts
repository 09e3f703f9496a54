// What a charter must settle about itself.
import { z } from 'zod'
import { term } from '#acts/term.ts'

export const amendment = term(
  'charter.amendment',
  'How the charter is adopted and changed',
  z.strictObject({
    /** How long a new text has been public before it may come into force. */
    noticeDays: z
      .int()
      .min(0)
      .max(365)
      .meta({ title: 'Days in public', examples: [14] }),
  }),
)
