// How each thing assessed stands now: one row with the newest answer and the last time it was asked, so that tables need read no papers.
import { canonical } from '#base/canonical.ts'
import type { Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import type { First } from './engine/newcomers.ts'
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

/** What each newcomer's first commit tells, without saying whose it is; null where the paper does not say. */
const landingsIn = (paper: Paper | undefined): readonly Waited[] | null =>
  paper?.activity.newcomers?.firsts.map(({ told, seconds }) => ({ told, seconds })) ?? null

/** One text that is not allowed decides, whatever else is. */
function licenceIn(paper: Paper | undefined): Outcome | null {
  const outcomes = (paper?.checks ?? []).map(({ shows }) => shows?.licence)
  return (['fail', 'pass'] as const).find(outcome => outcomes.includes(outcome)) ?? null
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
  const landings = landingsIn(paper)
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
      newcomers: landings?.length ?? null,
      landings: landings && canonical(landings),
      licence: licenceIn(paper),
      releases: paper?.releases?.versions ?? null,
    })
    .where('subject', '=', subject)
    .where(or => or.or([or('as_of', 'is', null), or('as_of', '<=', new Date(asOf))]))
    .execute()
}

export type Waited = Pick<First, 'seconds' | 'told'>

/** How long the first commits of the newcomers of each took to land, by its newest assessment. */
export async function landingsAll(read: Read): Promise<ReadonlyMap<string, readonly Waited[]>> {
  const found = await rows(read).select(['subject', 'landings']).where('landings', 'is not', null).execute()
  return new Map(found.map(({ subject, landings }) => [subject, JSON.parse(landings ?? '[]') as Waited[]])) // by noteFiled
}

const rows = (read: Read) => read.on<Tables>().selectFrom('assessment_standings')

/** All but `landings`, which is long and which only one measure asks for. */
const columns = [
  ...(['subject', 'last', 'last_as_of', 'last_stage', 'last_reason', 'assessment', 'criteria', 'as_of'] as const),
  ...(['commit', 'paper', 'outcomes', 'passes', 'fails', 'unknowns', 'persons'] as const),
  ...(['newcomers', 'licence', 'releases'] as const),
]

/** Of every thing that was ever asked about. */
export async function standingsAll(read: Read): Promise<ReadonlyMap<string, Standing>> {
  const found = await rows(read).select(columns).execute()
  return new Map(found.map(row => [row.subject, standingOf(row)]))
}

export async function standingBy(read: Read, subject: string): Promise<Standing | undefined> {
  const row = await rows(read).select(columns).where('subject', '=', subject).executeTakeFirst()
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

export type RequirementShown = Pick<CheckResult, 'id' | 'title' | 'clause'>

/** Papers never change under their hash. */
const known = new Map<string, readonly RequirementShown[]>()
const mostKnown = 50

/** What the criteria of a paper ask, in their order. */
export async function requirementsIn(read: Read, paper: string): Promise<readonly RequirementShown[]> {
  const kept = known.get(paper)
  if (kept) return kept
  const found = (await paperBy(read, paper))?.checks.map(({ id, title, clause }) => ({ id, title, clause })) ?? []
  if (known.size >= mostKnown) known.clear()
  known.set(paper, found)
  return found
}
