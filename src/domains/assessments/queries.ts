// The look-ups that API and command line offer about assessments.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { bundleOf } from './engine/bundle.ts'
import { assessmentBy, assessmentsOf, assessmentsPage, criteriaText, paperBy } from './finds.ts'
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

export const bundle = query({
  name: 'assessments.bundle',
  title: 'The evidence of an assessment',
  describes:
    'The evidence bundle of a filed assessment: paper, criteria and blobs, for `guildhall assess --replay`. Not found where the charter’s text with those criteria is not kept.',
  takes: z.object({ assessment: AssessmentId }),
  gives: z.json().meta({ description: 'Its hash is over all members but `hash`.' }),
  async finds({ assessment }, read) {
    const { criteria, findings } = (await assessmentBy(read, assessment)) ?? {}
    if (criteria === undefined || !findings) return undefined
    const [paper, text] = await Promise.all([
      paperBy(read, findings.paper),
      criteriaText(read, { id: criteria, hash: findings.criteriaHash }),
    ])
    if (!paper || text === undefined) return undefined
    return z.json().parse(JSON.parse(bundleOf({ assessment: paper, file: `${criteria}.yml`, text })))
  },
})

export const queries = [list, show, bundle]
