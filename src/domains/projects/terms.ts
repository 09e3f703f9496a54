// What the charter must settle about projects: the stages, who may apply how often, and how the landscape is written down.
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { CriteriaId } from '#domains/assessments/index.ts'
import { StageKey } from './words.ts'

const Stage = z.strictObject({
  key: StageKey,
  name: z.string().min(2).max(60).describe('What a project of this stage is called.'),
  describes: z.string().min(10).max(300),
  criteria: CriteriaId.describe('The criteria file by which an application for this stage is assessed.'),
  requires: StageKey.nullable().describe('The stage that a project must have reached before; null for none.'),
})
export type Stage = z.infer<typeof Stage>

const isOrdered = (stages: readonly Stage[]): boolean =>
  stages.every(({ requires }, index) => requires === null || stages.slice(0, index).some(({ key }) => key === requires))

export const stages = term(
  'projects.stages',
  'The stages of a project, and what each asks for',
  z
    .array(Stage)
    .min(1)
    .refine(isOrdered, 'Expected each stage after the one that it requires')
    .meta({
      examples: [
        [
          {
            key: 'member',
            name: 'Member project',
            describes: 'A project that keeps the published requirements.',
            criteria: 'member-project',
            requires: null,
          },
        ],
      ],
    }),
)

export const applying = term(
  'projects.applying',
  'How many applications somebody may have open, and who answers for them',
  z
    .strictObject({
      openPerPerson: z.int().min(1).max(20).describe('How many open applications one person may have.'),
      contacts: z.int().min(1).max(5).describe('How many maintainers must be named as contacts.'),
    })
    .meta({ examples: [{ openPerPerson: 3, contacts: 2 }] }),
)

export const reapplying = term(
  'projects.reapplying',
  'How long a declined project waits before it applies again',
  z.strictObject({ months: z.int().min(0).max(36) }).meta({ examples: [{ months: 3 }] }),
)

const ProjectsIn = z.strictObject({
  category: z.string().describe('The category in the file; * for any that is not named otherwise.'),
  subcategory: z.string().optional(),
  stage: StageKey,
  project: z.string().optional().describe('What `project:` says in the file for these.'),
})
const MembersIn = z.strictObject({
  category: z.string(),
  classes: z.record(z.string(), z.string()).describe('The class of membership for each subcategory.'),
  suffix: z.string().describe('What stands after each name and is no part of it.'),
})

const Landscape = z.strictObject({
  projects: z.array(ProjectsIn).min(1),
  members: MembersIn,
  archived: z.string().describe('What `project:` says of an archived one.'),
})
export type LandscapeMapping = z.infer<typeof Landscape>

export const landscape = term(
  'projects.landscape',
  'How the landscape file names stages and classes of membership',
  Landscape.meta({
    examples: [
      {
        projects: [{ category: '*', stage: 'member' }],
        members: { category: 'Members', classes: { Patron: 'patron' }, suffix: ' (member)' },
        archived: 'archived',
      },
    ],
  }),
)
