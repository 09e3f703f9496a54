// The work that a request starts: the repository is read, the working paper kept, and the answer filed.

import { z } from 'zod'
import type { Job } from '#acts/domain.ts'
import { canonical, hashOf } from '#base/canonical.ts'
import { Instant } from '#base/instants.ts'
import type { Write } from '#database/handles.ts'
import { keepContributions } from '#domains/contributors/index.ts'
import { assessmentBy } from './finds.ts'
import { notes } from './progress.ts'
import type { Tables } from './tables.ts'
import { type Assess, AssessmentId, CriteriaId, type Paper, SubjectId } from './words.ts'

const Asked = z.object({
  subject: SubjectId,
  assessment: AssessmentId,
  repository: z.string(),
  criteria: CriteriaId,
  asOf: Instant,
})

/** Keeps the paper under the hash that it carries, which is that of everything else in it. */
export async function keepPaper(tx: Write, paper: Paper): Promise<void> {
  const { hash, ...rest } = paper
  if (hashOf(rest) !== hash) throw new Error(`The assessment of ${paper.criteria.id} does not have the hash it carries`)
  await tx
    .on<Tables>()
    .insertInto('assessment_papers')
    .values({ hash, text: canonical(paper) })
    .onConflict(same => same.column('hash').doNothing())
    .execute()
}

export const jobs = (assess: Assess): readonly Job[] => [
  {
    name: 'assessments.make',
    about: ['assessments.request'],
    async work({ facts }, { read, transact, signal }) {
      const { assessment, ...asked } = Asked.parse(facts)
      if ((await assessmentBy(read, assessment))?.stage !== 'asked') return []
      const noting = notes(transact, assessment)
      const answer = await assess({ ...asked, signal, progress: noting.step }).finally(noting.end)
      if ('unreachable' in answer)
        return [{ act: 'assessments.fail', input: { assessment, reason: answer.unreachable.slice(0, 1000) } }]
      const { contributions } = answer
      await transact(async tx => {
        await keepPaper(tx, answer.assessment)
        if (contributions) await keepContributions(tx, asked.subject, contributions)
      })
      return [{ act: 'assessments.file', input: { assessment, paper: answer.assessment.hash } }]
    },
  },
]
