// What the charter must settle about contributors: which statement counts, and from where on concentration is too much.
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { FractionText } from '#base/fractions.ts'
import { StatedBy } from './words.ts'

export const register = term(
  'contributors.register',
  'Whom a contribution is counted for',
  z.object({
    precedence: z
      .array(StatedBy)
      .length(4)
      .refine(all => new Set(all).size === all.length, 'Expected each source once')
      .meta({
        description: 'Which statement counts where several say something of the same day, the strongest first.',
      }),
    proofHours: z.int().min(1).max(168).meta({ description: 'How long a mailed proof of an address may be used.' }),
  }),
)

export const concentrationTerm = term(
  'contributors.concentration',
  'How concentration is counted, and what is too much of it',
  z.object({
    days: z.int().min(30).max(3650).meta({ description: 'The period, in days before today.' }),
    part: FractionText.meta({ description: 'The part of all that the absence and elephant factors ask about.' }),
    people: z.int().min(1).meta({ description: 'The least number of people who carry that part.' }),
    organisations: z.int().min(1).meta({ description: 'The least number of organisations that carry that part.' }),
    stages: z.array(z.string().min(1)).min(1).meta({ description: 'Projects of these stages are counted together.' }),
    largest: FractionText.meta({ description: 'The largest share that one organisation may have.' }),
  }),
)
