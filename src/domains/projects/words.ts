// The nouns of projects: the project in the landscape, the application to join it, the review, and the stages the charter names.
import parse, { type Expression } from 'spdx-expression-parse'
import { z } from 'zod'
import { idOf } from '#base/ids.ts'
import { Day, Instant } from '#base/instants.ts'

export const ProjectId = idOf('prj', 'Project')
export const ApplicationId = idOf('app', 'Application')

/** A stage is a key of the charter's term `projects.stages`: which stages there are is not for the code to say. */
export const StageKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Expected the key of a stage such as ecosystem')
  .meta({ title: 'Stage' })

export const ProjectName = z.string().trim().min(2, 'Expected a name').max(80).meta({ title: 'Name of the project' })

export const ProjectSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected lower-case letters, digits and single hyphens')
  .max(80)
  .meta({ title: 'Short name', description: 'For addresses; made from the name when left empty.' })

/** An id or a short name. */
export const ProjectRef = z
  .string()
  .trim()
  .min(1, 'Expected a project')
  .max(80)
  .meta({ title: 'Project', description: 'Its short name as it stands in the landscape, or its id.' })

const hasCredentials = (address: string): boolean => {
  const url = URL.parse(address)
  return url !== null && (url.username !== '' || url.password !== '')
}

/** What git is asked to read: refused here where it could only be a mistake or an attempt; the adapter is stricter still. */
export const Repository = z
  .string()
  .trim()
  .max(300)
  .regex(/^(https?:\/\/[^\s\\]+|\/[^\s\\]*)$/, 'Expected an address such as https://example.org/group/project')
  .refine(address => !hasCredentials(address), 'Leave out the user name and password: the address is public')
  .meta({ title: 'Address of the repository', description: 'Where anybody can clone it, without a user name.' })

export const Address = z
  .url({ protocol: /^https?$/, error: 'Expected an address such as https://example.org' })
  .max(300)

export function licencesIn(text: string): readonly string[] | undefined {
  const ids = (part: Expression): string[] =>
    'license' in part ? [part.license] : [...ids(part.left), ...ids(part.right)]
  try {
    return ids(parse(text))
  } catch {
    return undefined
  }
}

export const Licence = z
  .string()
  .trim()
  .min(1, 'Expected the SPDX name of the licence')
  .max(200)
  .refine(
    text => licencesIn(text) !== undefined,
    'Expected an SPDX expression such as Apache-2.0 or MIT OR BSD-3-Clause',
  )
  .meta({ title: 'Licence', description: 'As an SPDX expression: Apache-2.0, or MIT OR BSD-3-Clause.' })

export const Contact = z.object({
  name: z.string().trim().min(2, 'Expected a name').max(80).meta({ title: 'Name' }),
  email: z.email('Expected a mail address').max(200).meta({ title: 'Mail address' }),
})
export type Contact = z.infer<typeof Contact>

export const Project = z.object({
  id: ProjectId,
  slug: z.string(),
  name: z.string(),
  homepage: z.string().nullable(),
  repository: z.string().nullable(),
  category: z.string().nullable(),
  subcategory: z.string().nullable(),
  stage: StageKey,
  isArchived: z.boolean(),
  licence: z.string().nullable(),
  summary: z.string().nullable(),
  goals: z.string().nullable(),
  nonGoals: z.string().nullable(),
  /** The day it was taken in, where that is known. */
  accepted: Day.nullable(),
  entered: Instant,
  /** The application by which it came to this stage; null for those that were there when the register was opened. */
  application: ApplicationId.nullable(),
  /** Since when it stands at this stage, or is back from the archive. */
  stageSince: Instant,
  /** From when on it may apply again, where it was retired by a review. */
  reapplyFrom: Instant.nullable(),
})
export type Project = z.infer<typeof Project>

export const ApplicationStage = z.enum(['filed', 'under-review', 'admitted', 'declined', 'withdrawn']).meta({
  title: 'Stage of the application',
  labels: {
    filed: 'Filed',
    'under-review': 'Under review',
    admitted: 'Admitted',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
  },
})
export type ApplicationStage = z.infer<typeof ApplicationStage>
export const openStages: readonly ApplicationStage[] = ['filed', 'under-review']

export const Application = z.object({
  id: ApplicationId,
  /** The project that it is about, where it stands in the landscape already, or since it was admitted. */
  project: ProjectId.nullable(),
  kind: StageKey,
  name: z.string(),
  homepage: z.string().nullable(),
  repository: z.string(),
  licence: z.string(),
  summary: z.string(),
  goals: z.string(),
  nonGoals: z.string(),
  similar: z.array(ProjectId),
  criteria: z.string(),
  applicant: z.string(),
  filed: Instant,
  stage: ApplicationStage,
  decided: Instant.nullable(),
  /** The entry that ended it. */
  decision: z.string().nullable(),
  motion: z.string().nullable(),
  reasons: z.string().nullable(),
  /** From when on it may be tried again, if it was declined. */
  reapplyFrom: Instant.nullable(),
})
export type Application = z.infer<typeof Application>

export const Tick = z.object({
  check: z
    .string()
    .regex(/^[A-Z]{1,4}\d{1,3}$/, 'Expected the id of a requirement such as E7')
    .meta({ title: 'Requirement' }),
  tick: z.enum(['met', 'not-met', 'left-open']).meta({
    title: 'Your finding',
    labels: { met: 'Met', 'not-met': 'Not met', 'left-open': 'Left open' },
  }),
  reason: z.string().trim().max(600).optional().meta({
    title: 'Reason',
    description: 'Needed where you find otherwise than the assessment.',
  }),
})
export type Tick = z.infer<typeof Tick>

/** Where a reviewer finds otherwise than the repository shows. */
export const Disagreement = z.object({
  check: z.string(),
  outcome: z.string(),
  tick: z.enum(['met', 'not-met']),
  reason: z.string(),
})
export type Disagreement = z.infer<typeof Disagreement>

export const Review = z.object({
  entry: z.string(),
  application: ApplicationId,
  person: z.string(),
  seat: z.string().nullable(),
  body: z.string().nullable(),
  at: Instant,
  text: z.string(),
  assessment: z.string().nullable(),
  ticks: z.array(Tick),
  disagreements: z.array(Disagreement),
})
export type Review = z.infer<typeof Review>
