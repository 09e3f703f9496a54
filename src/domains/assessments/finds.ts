// Looking up assessments and their working papers. Other domains see these through the door.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { adoptions, keptCharter } from '#domains/charter/index.ts'
import { readCriteria } from './engine/criteria.ts'
import { type Tables, viewOf } from './tables.ts'
import { type AssessmentView, type Filed, isFiled, type Paper } from './words.ts'

const rows = (read: Read) => read.on<Tables>().selectFrom('assessments').selectAll()

export async function assessmentBy(read: Read, id: string): Promise<AssessmentView | undefined> {
  const row = await rows(read).where('id', '=', id).executeTakeFirst()
  return row && viewOf(row)
}

/** Of any of these, the newest first. */
export async function assessmentsOf(read: Read, subjects: readonly string[]): Promise<readonly AssessmentView[]> {
  if (subjects.length === 0) return []
  return (await rows(read).where('subject', 'in', subjects).orderBy('id', 'desc').execute()).map(viewOf)
}

export type AssessmentsWanted = {
  readonly stage?: AssessmentView['stage']
  readonly limit: number
  /** How many to skip. */
  readonly from?: number
}

/** The newest first. */
export async function assessmentsPage(read: Read, { stage, limit, from = 0 }: AssessmentsWanted) {
  const found = await rows(read)
    .$if(stage !== undefined, query => query.where('stage', '=', stage ?? 'filed'))
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(from)
    .execute()
  return found.map(viewOf)
}

/** The filed one that tells most about now: by the date it looks at, then by when it was asked for. */
export async function latestFiled(read: Read, subjects: readonly string[]): Promise<ReadonlyMap<string, Filed>> {
  if (subjects.length === 0) return new Map()
  return bySubject(await newest(read).where('assessment_standings.subject', 'in', subjects).execute())
}

/** The newest one filed of each thing ever assessed. */
export async function allFiled(read: Read): Promise<readonly Filed[]> {
  return [...bySubject(await newest(read).execute()).values()]
}

const newest = (read: Read) =>
  read
    .on<Tables>()
    .selectFrom('assessment_standings')
    .innerJoin('assessments', 'assessments.id', 'assessment_standings.assessment')
    .selectAll('assessments')
    .orderBy('assessments.id')

const bySubject = (found: readonly Tables['assessments'][]): ReadonlyMap<string, Filed> =>
  new Map(
    found
      .map(viewOf)
      .filter(isFiled)
      .map(one => [one.subject, one]),
  )

/** The ids of those asked for before this moment and answered neither way. */
export async function unansweredSince(read: Read, before: Instant): Promise<readonly string[]> {
  const found = await read
    .on<Tables>()
    .selectFrom('assessments')
    .select('id')
    .where('stage', '=', 'asked')
    .where('asked', '<', new Date(before))
    .orderBy('id')
    .execute()
  return found.map(({ id }) => id)
}

/** When the newest assessments of this were asked for, the newest first. */
export async function timesAsked(read: Read, subject: string): Promise<readonly Instant[]> {
  const found = await rows(read).where('subject', '=', subject).orderBy('id', 'desc').limit(1000).execute()
  return found.map(row => row.asked.toISOString())
}

export async function paperText(read: Read, hash: string): Promise<string | undefined> {
  const row = await read
    .on<Tables>()
    .selectFrom('assessment_papers')
    .select('text')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return row?.text
}

export async function paperBy(read: Read, hash: string): Promise<Paper | undefined> {
  const text = await paperText(read, hash)
  return text === undefined ? undefined : (JSON.parse(text) as Paper) // kept by the job, from the engine's own answer
}

/** The criteria file of this name with this hash, from whichever text of the charter it stood in. */
export async function criteriaText(
  read: Read,
  { id, hash }: { readonly id: string; readonly hash: string },
): Promise<string | undefined> {
  for (const adopted of await adoptions(read)) {
    const text = (await keptCharter(read, adopted.hash))?.files[`criteria/${id}.yml`]
    const found = text === undefined ? undefined : readCriteria(text, `${id}.yml`)
    if (found && 'criteria' in found && found.criteria.hash === hash) return text
  }
  return undefined
}
