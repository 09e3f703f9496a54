// The look-ups that API and command line offer about assessments.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { assessmentBy, assessmentsOf, assessmentsPage, paperBy } from './finds.ts'
import { AssessmentId, AssessmentView, Stage, SubjectId } from './words.ts'

const perPage = 50

export const list = query({
  name: 'assessments.list',
  title: 'Assessments',
  describes: 'Assessments of one project or application, or of all; the newest first.',
  takes: z.object({
    subject: SubjectId.optional(),
    stage: Stage.optional(),
    page: z.coerce.number().int().min(1).default(1),
  }),
  gives: z.object({ assessments: z.array(AssessmentView) }),
  async finds({ subject, stage, page }, read) {
    const found = subject
      ? (await assessmentsOf(read, [subject])).filter(one => !stage || one.stage === stage)
      : await assessmentsPage(read, { stage, limit: perPage, from: (page - 1) * perPage })
    return { assessments: [...found] }
  },
})

export const show = query({
  name: 'assessments.show',
  title: 'An assessment',
  describes: 'An assessment with its whole working paper: every check with its evidence.',
  takes: z.object({ assessment: AssessmentId }),
  gives: AssessmentView.extend({
    paperText: z.json().nullable().meta({ description: 'The working paper; its hash is over all members but `hash`.' }),
  }),
  async finds({ assessment }, read) {
    const found = await assessmentBy(read, assessment)
    if (!found) return undefined
    const paper = found.findings && (await paperBy(read, found.findings.paper))
    return { ...found, paperText: paper ? z.json().parse(JSON.parse(JSON.stringify(paper))) : null }
  },
})

export const queries = [list, show]
