// What the charter must settle for assessments.
import { z } from 'zod'
import { term } from '#acts/term.ts'

export const assessing = term(
  'assessments.assessing',
  'How often repositories are assessed, and how long an assessment holds',
  z
    .strictObject({
      freshMonths: z.int().min(1).max(60).describe('After so many months an assessment is shown as out of date.'),
      everyDays: z.int().min(1).max(400).describe('After so many days the clock has a project assessed again.'),
      againDays: z.int().min(1).max(90).describe('After so many days one that could not be read is tried again.'),
      mostPerDay: z.int().min(1).max(1000).describe('How many may be asked for one project in 24 hours.'),
    })
    .meta({ examples: [{ freshMonths: 6, everyDays: 30, againDays: 7, mostPerDay: 6 }] }),
)
