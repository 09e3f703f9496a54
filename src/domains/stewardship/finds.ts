// Looking up reviews, waivers and disagreements.
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import type { Clock } from './rules.ts'
import { disagreementOf, reviewOf, type Tables, waiverOf } from './tables.ts'
import {
  type Disagreement,
  type DisagreementState,
  openStates,
  type Review,
  type ReviewState,
  type Waiver,
  type WaiverState,
} from './words.ts'

const on = (read: Read) => read.on<Tables>()
const reviews = (read: Read) => on(read).selectFrom('stewardship_reviews').selectAll()

export async function reviewBy(read: Read, id: string): Promise<Review | undefined> {
  const row = await reviews(read).where('id', '=', id).executeTakeFirst()
  return row && reviewOf(row)
}

export async function openReviewOf(read: Read, project: string): Promise<Review | undefined> {
  const row = await reviews(read).where('project', '=', project).where('state', 'in', openStates).executeTakeFirst()
  return row && reviewOf(row)
}

/** The newest first. */
export async function reviewsOf(read: Read, project: string): Promise<readonly Review[]> {
  return (await reviews(read).where('project', '=', project).orderBy('id', 'desc').execute()).map(reviewOf)
}

/** Those that are open, the one that has waited longest first. */
export async function openReviews(read: Read): Promise<readonly Review[]> {
  const rows = await reviews(read).where('state', 'in', openStates).orderBy('due').orderBy('id').execute()
  return rows.map(reviewOf)
}

export type ReviewsWanted = {
  readonly states?: readonly ReviewState[]
  readonly limit: number
  readonly from?: number
}

/** The newest first. */
export async function reviewsPage(read: Read, { states, limit, from = 0 }: ReviewsWanted): Promise<readonly Review[]> {
  const rows = await reviews(read)
    .$if(states !== undefined, query => query.where('state', 'in', states ?? []))
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(from)
    .execute()
  return rows.map(reviewOf)
}

/** The moment from which each project's next review is counted. */
export async function clocksAll(read: Read): Promise<ReadonlyMap<string, Clock>> {
  const rows = await on(read).selectFrom('stewardship_clocks').selectAll().execute()
  return new Map(rows.map(row => [row.project, clockOf(row)]))
}

export async function clockBy(read: Read, project: string): Promise<Clock | undefined> {
  const row = await on(read)
    .selectFrom('stewardship_clocks')
    .selectAll()
    .where('project', '=', project)
    .executeTakeFirst()
  return row && clockOf(row)
}

const clockOf = ({ from_at, reopened }: Tables['stewardship_clocks']): Clock => ({
  from: from_at.toISOString(),
  reopened: reopened?.toISOString() ?? null,
})

const waivers = (read: Read) => on(read).selectFrom('waivers').selectAll()

export async function waiverBy(read: Read, id: string): Promise<Waiver | undefined> {
  const row = await waivers(read).where('id', '=', id).executeTakeFirst()
  return row && waiverOf(row)
}

/** The newest first. */
export async function waiversOf(read: Read, project: string): Promise<readonly Waiver[]> {
  return (await waivers(read).where('project', '=', project).orderBy('id', 'desc').execute()).map(waiverOf)
}

/** The newest first. */
export async function waiversIn(read: Read, states?: readonly WaiverState[]): Promise<readonly Waiver[]> {
  const rows = await waivers(read)
    .$if(states !== undefined, query => query.where('state', 'in', states ?? []))
    .orderBy('id', 'desc')
    .limit(1000)
    .execute()
  return rows.map(waiverOf)
}

/** Asked for or granted, and past their last day. */
export async function waiversPast(read: Read, at: Instant): Promise<readonly string[]> {
  const rows = await on(read)
    .selectFrom('waivers')
    .select('id')
    .where('state', 'in', ['requested', 'granted'])
    .where('until_day', '<=', at.slice(0, 10))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

const disagreements = (read: Read) => on(read).selectFrom('disagreements').selectAll()

export async function disagreementBy(read: Read, id: string): Promise<Disagreement | undefined> {
  const row = await disagreements(read).where('id', '=', id).executeTakeFirst()
  return row && disagreementOf(row)
}

/** The newest first. */
export async function disagreementsIn(
  read: Read,
  { states, project }: { states?: readonly DisagreementState[]; project?: string } = {},
): Promise<readonly Disagreement[]> {
  const rows = await disagreements(read)
    .$if(states !== undefined, query => query.where('state', 'in', states ?? []))
    .$if(project !== undefined, query => query.where('project', '=', project ?? ''))
    .orderBy('id', 'desc')
    .limit(1000)
    .execute()
  return rows.map(disagreementOf)
}

/** Those whose reason is owed since before this moment. */
export async function reasonsLate(read: Read, at: Instant): Promise<readonly string[]> {
  const rows = await on(read)
    .selectFrom('disagreements')
    .select('id')
    .where('state', '=', 'owed')
    .where('owed_by', '<=', new Date(at))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
