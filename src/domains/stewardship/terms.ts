// What the charter must settle about stewardship: how often projects are looked at again, by whom, and what clocks run then.
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { BodyId } from '#domains/bodies/index.ts'
import { StageKey } from '#domains/projects/index.ts'

const Plan = z.strictObject({
  stage: StageKey,
  everyMonths: z
    .int()
    .min(1)
    .max(60)
    .describe('A project of this stage is reviewed so many months after it came or was last reviewed.'),
  body: BodyId.describe('The body whose seats review it and decide about waivers.'),
})
export type Plan = z.infer<typeof Plan>

const Reviewing = z.strictObject({
  stages: z
    .array(Plan)
    .min(1)
    .refine(list => new Set(list.map(({ stage }) => stage)).size === list.length, 'Expected each stage once'),
  lookDays: z
    .int()
    .min(1)
    .max(365)
    .describe('By when reviewers should have looked at a review that is due, or at an answer.'),
  cureDays: z.int().min(1).max(365).describe('How long a project has to cure what a notice names.'),
  assessmentDays: z.int().min(1).max(365).describe('How old an assessment may be on which a finding rests.'),
  reasonDays: z.int().min(1).max(365).describe('How long a reviewer has to say why they find otherwise than a check.'),
})
export type Reviewing = z.infer<typeof Reviewing>

export const reviewing = term(
  'stewardship.reviewing',
  'How often projects are reviewed, by whom, and how long they have to cure what is missing',
  Reviewing.meta({
    examples: [
      {
        stages: [{ stage: 'member', everyMonths: 12, body: 'technical-council' }],
        lookDays: 30,
        cureDays: 30,
        assessmentDays: 31,
        reasonDays: 14,
      },
    ],
  }),
)

export const waiving = term(
  'stewardship.waiving',
  'For how long a requirement may be waived',
  z
    .strictObject({
      mostMonths: z.int().min(1).max(60).describe('A waiver ends at the latest so many months after it was asked for.'),
    })
    .meta({ examples: [{ mostMonths: 12 }] }),
)

export const planFor = ({ stages }: Reviewing, stage: string): Plan | undefined =>
  stages.find(plan => plan.stage === stage)
