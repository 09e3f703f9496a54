// The living charter: each clause with its rules and what they stopped, its measures and the acts done under it.
import type { AnyAct } from '#acts/act.ts'
import type { Measure, Measured } from '#acts/measure.ts'
import { clausesOf } from '#acts/registry.ts'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { readable, type Shelf } from './shelf.ts'
import { actCounts, type Stopped, stoppedCounts } from './tables.ts'
import { type Claim, type Verdict, verdictOn } from './thresholds.ts'
import type { Clause, LoadedCharter, Rule, SettledTerm } from './words.ts'

export type GuardingRule = Rule & {
  /** How often it stopped something, under this clause. */
  readonly stopped: number
}

export type Judged = {
  readonly claim: Claim
  readonly measure: Measure
  readonly measured: Measured
  readonly verdict?: Verdict
}

export type LivingClause = {
  readonly clause: Clause
  readonly rules: readonly GuardingRule[]
  readonly terms: readonly SettledTerm[]
  readonly measures: readonly Judged[]
  readonly acts: readonly AnyAct[]
  /** Entries of those acts, since the record began. */
  readonly done: number
  readonly stopped: number
}

type Sources = {
  readonly charter: LoadedCharter
  readonly acts: readonly AnyAct[]
  readonly counts: ReadonlyMap<string, number>
  readonly stops: readonly Stopped[]
}

const sum = (counts: readonly number[]): number => counts.reduce((whole, count) => whole + count, 0)

const rulesUnder = ({ charter, stops }: Sources, clause: Clause): GuardingRule[] =>
  charter.rules
    .filter(rule => clause.rules.includes(rule.id))
    .map(rule => {
      const own = stops.filter(stop => stop.rule === rule.id && stop.clause === clause.id)
      return { ...rule, stopped: sum(own.map(({ count }) => count)) }
    })

function unmeasured(sources: Sources, clause: Clause): Omit<LivingClause, 'measures'> {
  const { charter, counts } = sources
  const rules = rulesUnder(sources, clause)
  const acts = sources.acts.filter(act => clausesOf(act, charter).includes(clause.id))
  return {
    clause,
    rules,
    acts,
    terms: charter.terms.filter(term => term.clauses.includes(clause.id)),
    done: sum(acts.map(({ name }) => counts.get(name) ?? 0)),
    stopped: sum(rules.map(({ stopped }) => stopped)),
  }
}

/** Each measure once, however many clauses it is cited by. */
async function figures(shelf: Shelf, read: Read, question: { ids: ReadonlySet<string>; at: Instant }) {
  const measures = shelf
    .domains()
    .flatMap(domain => domain.measures ?? [])
    .filter(({ id }) => question.ids.has(id))
  const measured = await Promise.all(
    measures.map(async measure => [measure.id, { measure, measured: await measure.of(read, question.at) }] as const),
  )
  return new Map<string, { measure: Measure; measured: Measured }>(measured)
}

export type Living = {
  readonly charter: LoadedCharter
  readonly clauses: readonly LivingClause[]
}

/** Undefined when no charter is in force. `only` spares the measures of other clauses. */
export async function livingCharter(
  shelf: Shelf,
  read: Read,
  question: { readonly at: Instant; readonly only?: string },
): Promise<Living | undefined> {
  const inForce = await shelf.inForce(read)
  if (!inForce) return undefined
  const charter = readable(shelf, inForce)
  const clauses = charter.clauses.filter(({ id }) => question.only === undefined || id === question.only)
  const acts = shelf.domains().flatMap(domain => domain.acts)
  const sources = { charter, acts, counts: await actCounts(read), stops: await stoppedCounts(read) }
  const ids = new Set(clauses.flatMap(({ measures }) => measures.map(({ measure }) => measure)))
  const known = await figures(shelf, read, { ids, at: question.at })
  const judged = (claim: Claim): Judged[] => {
    const figure = known.get(claim.measure)
    return figure ? [{ claim, ...figure, verdict: verdictOn(claim, figure.measured) }] : []
  }
  return {
    charter,
    clauses: clauses.map(clause => ({ ...unmeasured(sources, clause), measures: clause.measures.flatMap(judged) })),
  }
}
