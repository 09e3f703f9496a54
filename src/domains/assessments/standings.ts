// How each thing assessed stands now: one row with the newest answer and the last time it was asked, so that tables need read no papers.
import { canonical } from '#base/canonical.ts'
import type { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { paperBy } from './finds.ts'
import { standingOf, type Tables } from './tables.ts'
import type { CheckResult, Findings, Outcome, Paper, Standing } from './words.ts'

const on = (tx: Write) => tx.on<Tables>()

/** An assessment of the past says nothing about now: the row follows the one that looks at the latest moment. */
export async function noteAsked(tx: Write, asked: { subject: string; assessment: string; asOf: Instant }) {
  const { subject, assessment, asOf } = asked
  const last = { last: assessment, last_as_of: new Date(asOf), last_stage: 'asked' as const, last_reason: null }
  await on(tx)
    .insertInto('assessment_standings')
    .values({ subject, ...last })
    .onConflict(same =>
      same.column('subject').doUpdateSet(last).where('assessment_standings.last_as_of', '<=', new Date(asOf)),
    )
    .execute()
}

export async function noteFailed(tx: Write, { assessment, reason }: { assessment: string; reason: string }) {
  await on(tx)
    .updateTable('assessment_standings')
    .set({ last_stage: 'failed', last_reason: reason })
    .where('last', '=', assessment)
    .execute()
}

const outcomesOf = (paper: Pick<Paper, 'checks'> | undefined): Record<string, Outcome> =>
  Object.fromEntries((paper?.checks ?? []).map(({ id, outcome }) => [id, outcome]))

/** People whose first commit of all fell into the twelve months that the paper ends with; undefined where it does not say. */
function newcomersIn(paper: Paper | undefined): number | null {
  const months = paper?.activity.months
  return months ? months.slice(-12).reduce((sum, month) => sum + month.newcomers, 0) : null
}

type Filing = Pick<Findings, 'commit' | 'counts' | 'paper'> & {
  readonly assessment: string
  readonly subject: string
  readonly criteria: string
  readonly asOf: Instant
}

/** The paper lies under its hash, which the entry names, so reading it here gives the same row in every replay. */
export async function noteFiled(tx: Write, filed: Filing): Promise<void> {
  const { assessment, subject, asOf, counts } = filed
  const paper = await paperBy(tx, filed.paper)
  await on(tx).updateTable('assessment_standings').set({ last_stage: 'filed' }).where('last', '=', assessment).execute()
  await on(tx)
    .updateTable('assessment_standings')
    .set({
      assessment,
      criteria: filed.criteria,
      as_of: new Date(asOf),
      commit: filed.commit,
      paper: filed.paper,
      outcomes: canonical(outcomesOf(paper)),
      passes: counts.pass,
      fails: counts.fail,
      unknowns: counts.unknown,
      persons: counts.needsPerson,
      newcomers: newcomersIn(paper),
    })
    .where('subject', '=', subject)
    .where(or => or.or([or('as_of', 'is', null), or('as_of', '<=', new Date(asOf))]))
    .execute()
}

const rows = (read: Read) => read.on<Tables>().selectFrom('assessment_standings')

/** Of every thing that was ever asked about. */
export async function standingsAll(read: Read): Promise<ReadonlyMap<string, Standing>> {
  const found = await rows(read).selectAll().execute()
  return new Map(found.map(row => [row.subject, standingOf(row)]))
}

export async function standingBy(read: Read, subject: string): Promise<Standing | undefined> {
  const row = await rows(read).selectAll().where('subject', '=', subject).executeTakeFirst()
  return row && standingOf(row)
}

export type LastAsked = { readonly asOf: Instant; readonly stage: Standing['lastStage'] }

/** As of when each was last asked about, and what came of it; narrow, because the clock asks every second. */
export async function lastAsked(read: Read): Promise<ReadonlyMap<string, LastAsked>> {
  const found = await rows(read).select(['subject', 'last_as_of', 'last_stage']).execute()
  return new Map(
    found.map(({ subject, last_as_of, last_stage }) => [
      subject,
      { asOf: last_as_of.toISOString(), stage: last_stage },
    ]),
  )
}

export type RequirementShown = Pick<CheckResult, 'id' | 'title' | 'clause' | 'shows'>

/** Papers never change under their hash. */
const known = new Map<string, readonly RequirementShown[]>()
const mostKnown = 50

/** What the criteria of a paper ask, in their order. */
export async function requirementsIn(read: Read, paper: string): Promise<readonly RequirementShown[]> {
  const kept = known.get(paper)
  if (kept) return kept
  const found =
    (await paperBy(read, paper))?.checks.map(({ id, title, clause, shows }) => ({
      id,
      title,
      clause,
      ...(shows && { shows }),
    })) ?? []
  if (known.size >= mostKnown) known.clear()
  known.set(paper, found)
  return found
}
