// The domains gathered: acts by name, what reacts to them, who acts in which capacity. Mistakes in the list are faults at start.
import type { Migration } from 'kysely/migration'
import type { AnyAct } from './act.ts'
import type { Domain, Job, Label, Mail, Picker, Reaction } from './domain.ts'
import type { Problem } from './problem.ts'
import { engineProblems } from './problems.ts'
import type { AnyQuery } from './query.ts'
import type { Term } from './term.ts'

export type Registry = {
  readonly domains: readonly Domain[]
  readonly acts: ReadonlyMap<string, AnyAct>
  readonly queries: ReadonlyMap<string, AnyQuery>
  readonly problems: ReadonlyMap<string, Problem>
  readonly terms: ReadonlyMap<string, Term>
  readonly labels: ReadonlyMap<string, Label>
  readonly pickers: ReadonlyMap<string, Picker>
  readonly reactionsTo: (act: string) => readonly Reaction[]
  readonly mails: readonly Mail[]
  readonly jobs: ReadonlyMap<string, Job>
  readonly migrations: Readonly<Record<string, Migration>>
}

/** A map by key; two different things under one key are a mistake of ours. */
function byKey<Thing>(things: readonly Thing[], key: (thing: Thing) => string): Map<string, Thing> {
  const map = new Map<string, Thing>()
  for (const thing of things) {
    const other = map.get(key(thing))
    if (other && other !== thing) throw new Error(`Two declarations share the name ${key(thing)}`)
    map.set(key(thing), thing)
  }
  return map
}

const termsOf = (act: AnyAct): readonly Term[] => [act.under].flat()

export function gather(domains: readonly Domain[]): Registry {
  const acts = byKey(
    domains.flatMap(domain => domain.acts),
    act => act.name,
  )
  const terms = byKey(
    domains.flatMap(domain => domain.terms),
    term => term.id,
  )
  for (const act of acts.values())
    for (const term of termsOf(act))
      if (terms.get(term.id) !== term) throw new Error(`${act.name} stands under ${term.id}, which no domain lists`)
  const reactions = domains.flatMap(domain => domain.reactions ?? [])
  return {
    domains,
    acts,
    terms,
    queries: byKey(
      domains.flatMap(domain => domain.queries ?? []),
      query => query.name,
    ),
    problems: byKey([...engineProblems, ...[...acts.values()].flatMap(act => act.refuses)], problem => problem.id),
    labels: byKey(
      domains.flatMap(domain => domain.labels ?? []),
      label => label.prefix,
    ),
    pickers: byKey(
      domains.flatMap(domain => domain.pickers ?? []),
      picker => picker.kind,
    ),
    reactionsTo: name => reactions.filter(reaction => reaction.to.includes(name)),
    mails: domains.flatMap(domain => domain.mails ?? []),
    jobs: byKey(
      domains.flatMap(domain => domain.jobs ?? []),
      job => job.name,
    ),
    migrations: Object.assign({}, ...domains.map(domain => domain.migrations)),
  }
}

/** The clauses an act stands under, in the order its terms name them. */
export const clausesOf = (act: AnyAct, charter: { clausesOf(term: string): readonly string[] }): string[] => [
  ...new Set(termsOf(act).flatMap(term => charter.clausesOf(term.id))),
]
