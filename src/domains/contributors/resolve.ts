// Whom a contribution is counted for on one day: pure, from dated statements in the order that the charter gives.
import type { Day } from '#base/instants.ts'
import { isIn, type Span, type StatedBy } from './words.ts'

/** `group` null: independent. Organisations tied by control have one group, given by the day. */
export type Statement = Span & {
  readonly source: StatedBy
  readonly organisation: string | null
  /** Days for which the person concerned disputes it. */
  readonly but?: readonly Span[]
}

/** A group's key; `alone` for the independent, who are a group of one; undefined where nobody knows. */
export type Standing =
  | { readonly group: string; readonly source: StatedBy }
  | { readonly source: StatedBy; readonly alone: true }

export type Sources = {
  readonly precedence: readonly StatedBy[]
  /** The group of an organisation on that day. */
  readonly groupOn: (organisation: string, day: Day) => string
}

/**
 * The strongest source that says anything of that day decides. If it names two that are not related, or says both
 * employed and independent, nobody can tell for whom the work was done: unknown.
 */
export function standingOn(statements: readonly Statement[], day: Day, sources: Sources): Standing | undefined {
  const holding = statements.filter(one => isIn(one, day) && !one.but?.some(span => isIn(span, day)))
  const source = sources.precedence.find(name => holding.some(one => one.source === name))
  if (!source) return undefined
  const said = holding.filter(one => one.source === source)
  const groups = new Set(said.map(({ organisation }) => organisation && sources.groupOn(organisation, day)))
  const [group] = groups
  if (groups.size !== 1 || group === undefined) return undefined
  return group === null ? { source, alone: true } : { source, group }
}

/** Sets joined in pairs; each member answers with the least member of its set. */
export function joined(pairs: readonly (readonly [string, string])[]): (member: string) => string {
  const parents = new Map<string, string>()
  const rootOf = (member: string): string => {
    let root = member
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up
    return root
  }
  for (const [a, b] of pairs) {
    const [low, high] = [rootOf(a), rootOf(b)].sort()
    if (low !== undefined && high !== undefined && low !== high) parents.set(high, low)
  }
  return rootOf
}
