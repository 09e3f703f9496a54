// Asking for an assessment of a project or an application, as of today or an earlier day.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { Day, dayOf, Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { askedTooOften, assessing, comingDate, mayAsk, momentOf, timesAsked } from '#domains/assessments/index.ts'
import { sayDay } from '#html/time.ts'
import { applicationBy, projectBy } from './finds.ts'
import { noRepository, noSuchProject, noSuchStage, notYours } from './problems.ts'
import { stageBy } from './rules.ts'
import { stages } from './terms.ts'
import { ApplicationId, ProjectId } from './words.ts'

const Subject = z.union([ApplicationId, ProjectId]).meta({
  title: 'Project or application',
  description: 'Its id: prj_ or app_ and twenty characters.',
})

async function subjectBy(read: Read, id: string) {
  const found = id.startsWith('app_') ? await applicationBy(read, id) : await projectBy(read, id)
  if (!found) return undefined
  const stage = 'kind' in found ? found.kind : found.stage
  return { id: found.id, stage, repository: found.repository, times: await timesAsked(read, id) }
}

export const assess = act({
  name: 'projects.assess',
  title: 'Ask for an assessment',
  describes: 'Has the repository of a project or an application assessed, as of today or an earlier day.',
  under: assessing,
  by: ['maintainer', 'seat-holder', 'chair', 'staff', 'operator'],
  takes: z.object({
    subject: Subject,
    asOf: Day.optional().meta({
      title: 'As of',
      description: 'The state of the repository at the end of this day; today if left empty.',
    }),
  }),
  records: z.object({ subject: Subject, repository: z.string(), criteria: z.string(), asOf: Instant }),
  refuses: [noSuchProject, notYours, noRepository, noSuchStage, comingDate, askedTooOften],
  finds: ({ subject }, read) => subjectBy(read, subject),
  decides({ input, found: subject, actor, at, term }) {
    if (!subject) return refuse(noSuchProject)
    if (actor.capacity === 'maintainer' && actor.project !== subject.id) return refuse(notYours)
    if (!subject.repository) return refuse(noRepository)
    const stage = stageBy(term(stages), subject.stage)
    if (!stage) return refuse(noSuchStage)
    const asOf = momentOf(input.asOf ?? dayOf(at), at)
    if (!asOf) return refuse(comingDate)
    const { mostPerDay } = term(assessing)
    if (!mayAsk(subject.times, at, mostPerDay)) return refuse(askedTooOften, { detail: `The most is ${mostPerDay}.` })
    return { subject: subject.id, repository: subject.repository, criteria: stage.criteria, asOf }
  },
  writes: async () => undefined,
  says: ({ subject, asOf }) => `asked to have ${subject} assessed as of ${sayDay(asOf)}`,
})
