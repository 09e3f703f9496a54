// What the charter must settle for assessments.
import { z } from 'zod'
import { term } from '#acts/term.ts'

export const assessing = term(
  'assessments.assessing',
  'How often repositories are assessed, and how long an assessment holds',
  z
    .strictObject({
      freshMonths: z.int().min(1).max(60).describe('After so many months an assessment is shown as out of date.'),
      mostPerDay: z.int().min(1).max(1000).describe('How many may be asked for one project in 24 hours.'),
    })
    .meta({ examples: [{ freshMonths: 6, mostPerDay: 6 }] }),
)
