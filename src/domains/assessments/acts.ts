// The verbs of assessments: asked for, then filed or failed. Only the program does them; other domains say who may ask.
import type { Updateable } from 'kysely'
import { z } from 'zod'
import { type AnyAct, act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { assessmentBy, paperBy } from './finds.ts'
import { alreadyAnswered, comingDate, noSuchAssessment, noSuchPaper, otherMatter } from './problems.ts'
import { countsOf, isAbout, saysCounts } from './rules.ts'
import { noteAsked, noteFailed, noteFiled } from './standings.ts'
import type { Tables } from './tables.ts'
import { assessing } from './terms.ts'
import { AssessmentId, Counts, CriteriaId, SubjectId } from './words.ts'

export const request = act({
  name: 'assessments.request',
  title: 'Request an assessment',
  describes: 'Has a repository assessed against one set of criteria, as it was at one moment.',
  under: assessing,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ subject: SubjectId, repository: z.string(), criteria: CriteriaId, asOf: Instant }),
  records: z.object({
    assessment: AssessmentId,
    subject: SubjectId,
    repository: z.string(),
    criteria: CriteriaId,
    asOf: Instant,
  }),
  refuses: [comingDate],
  finds: async () => undefined,
  decides({ input, at, fresh }) {
    if (input.asOf > at) return refuse(comingDate)
    return { assessment: fresh('ass'), ...input }
  },
  async writes(tx, { assessment, subject, repository, criteria, asOf }, entry) {
    await tx
      .on<Tables>()
      .insertInto('assessments')
      .values({
        id: assessment,
        subject,
        repository,
        criteria,
        as_of: new Date(asOf),
        stage: 'asked',
        asked: new Date(entry.at),
        entry: entry.id,
      })
      .execute()
    await noteAsked(tx, { subject, assessment, asOf })
  },
  says: ({ assessment }) => `asked for ${assessment}`,
})

const unanswered = async (read: Read, id: string) => {
  const asked = await assessmentBy(read, id)
  return { asked, isOpen: asked?.stage === 'asked' }
}

export const file = act({
  name: 'assessments.file',
  title: 'File an assessment',
  describes: 'Files what was found in a repository; the working paper with every check lies beside, under its hash.',
  under: assessing,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ assessment: AssessmentId, paper: z.string() }),
  records: z.object({
    assessment: AssessmentId,
    subject: SubjectId,
    repository: z.string(),
    criteria: z.object({ id: CriteriaId, hash: z.string() }),
    asOf: Instant,
    commit: z.string(),
    counts: Counts,
    paper: z.string(),
    engine: z.string(),
  }),
  refuses: [noSuchAssessment, alreadyAnswered, noSuchPaper, otherMatter],
  finds: async ({ assessment, paper }, read) => ({
    ...(await unanswered(read, assessment)),
    paper: await paperBy(read, paper),
  }),
  decides({ input, found: { asked, isOpen, paper } }) {
    if (!asked) return refuse(noSuchAssessment)
    if (!isOpen) return refuse(alreadyAnswered)
    if (!paper) return refuse(noSuchPaper)
    if (!isAbout(asked, paper)) return refuse(otherMatter)
    const { criteria, commit, engine } = paper
    const { subject, repository, asOf } = asked
    const counts = countsOf(paper.checks)
    return { ...input, subject, repository, criteria: { ...criteria }, asOf, commit, counts, engine }
  },
  async writes(tx, facts, entry) {
    const { assessment, criteria, commit, counts, paper, engine } = facts
    await answer(tx, assessment, {
      stage: 'filed',
      answered: new Date(entry.at),
      entry: entry.id,
      commit,
      passes: counts.pass,
      fails: counts.fail,
      unknowns: counts.unknown,
      persons: counts.needsPerson,
      paper,
      criteria_hash: criteria.hash,
      engine,
    })
    await noteFiled(tx, { ...facts, criteria: criteria.id })
  },
  says: ({ assessment, subject, counts }) => `filed ${assessment} for ${subject}: ${saysCounts(counts)}`,
})

export const fail = act({
  name: 'assessments.fail',
  title: 'Say why an assessment could not be made',
  describes: 'Says plainly why a repository could not be read; nothing is concluded from it.',
  under: assessing,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ assessment: AssessmentId, reason: z.string().min(1).max(1000) }),
  records: z.object({ assessment: AssessmentId, subject: SubjectId, reason: z.string() }),
  refuses: [noSuchAssessment, alreadyAnswered],
  finds: ({ assessment }, read) => unanswered(read, assessment),
  decides({ input, found: { asked, isOpen } }) {
    if (!asked) return refuse(noSuchAssessment)
    return isOpen ? { ...input, subject: asked.subject } : refuse(alreadyAnswered)
  },
  async writes(tx, { assessment, reason }, entry) {
    await answer(tx, assessment, { stage: 'failed', answered: new Date(entry.at), entry: entry.id, reason })
    await noteFailed(tx, { assessment, reason })
  },
  says: ({ assessment, subject, reason }) =>
    `could not make ${assessment} for ${subject}: ${reason.replace(/\.$/, '')}`,
})

const answer = (tx: Write, id: string, row: Updateable<Tables['assessments']>) =>
  tx.on<Tables>().updateTable('assessments').set(row).where('id', '=', id).execute()

export const acts: readonly AnyAct[] = [request, file, fail]
