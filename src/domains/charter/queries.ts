// Looking the charter up: the whole of it, one clause, the rules, its history, and what an amendment would change.
import { z } from 'zod'
import type { Actor } from '#acts/act.ts'
import { portrait } from '#acts/portrait.ts'
import { type AnyQuery, query } from '#acts/query.ts'
import { Day, Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { entriesPage } from '#record/queries.ts'
import { CharterHash } from './acts.ts'
import { type LivingClause, livingCharter } from './living.ts'
import { comparison, type PastDecision, turnedBy } from './rehearsal.ts'
import { readable, type Shelf } from './shelf.ts'
import { adoptions } from './tables.ts'
import { ClauseId } from './words.ts'

const RuleShown = z.object({
  id: z.string(),
  clauses: z.array(ClauseId),
  title: z.string(),
  remedy: z.string(),
  effect: z.enum(['permit', 'forbid']),
  cedar: z.string(),
  stopped: z.int(),
})

const ClauseShown = z.object({
  id: ClauseId,
  title: z.string(),
  parent: ClauseId.optional(),
  pledge: z.string(),
  prose: z.string(),
  terms: z.array(z.object({ id: z.string(), title: z.string(), value: z.json() })),
  rules: z.array(RuleShown),
  measures: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      value: z.number().nullable(),
      known: z.number(),
      whole: z.number(),
      says: z.string(),
      kept: z.string().optional(),
      strained: z.string().optional(),
      verdict: z.enum(['kept', 'strained', 'broken', 'unproven', 'not measured']).optional(),
    }),
  ),
  acts: z.array(z.string()),
  done: z.int(),
  stopped: z.int(),
})

const ruleShown = ({ id, clauses, title, remedy, effect, text, stopped }: LivingClause['rules'][number]) => ({
  id,
  clauses: [...clauses],
  title,
  remedy,
  effect,
  cedar: text,
  stopped,
})

const clauseShown = ({
  clause,
  terms,
  rules,
  measures,
  acts,
  done,
  stopped,
}: LivingClause): z.infer<typeof ClauseShown> => ({
  id: clause.id,
  title: clause.title,
  parent: clause.parent,
  pledge: clause.pledge,
  prose: clause.prose,
  // Values came from YAML and were checked as JSON when the charter was loaded.
  terms: terms.map(({ id, title, value }) => ({ id, title, value: value as z.infer<ReturnType<typeof z.json>> })),
  rules: rules.map(ruleShown),
  measures: measures.map(({ claim, measure, measured: { value, known, whole, says }, verdict }) => {
    const { kept, strained } = claim
    return { id: measure.id, title: measure.title, value, known, whole, says, kept, strained, verdict }
  }),
  acts: acts.map(({ name }) => name),
  done,
  stopped,
})

const show = (shelf: Shelf) =>
  query({
    name: 'charter.show',
    title: 'The charter in force',
    describes: 'Every clause with its pledge, rules, terms and measures.',
    takes: z.object({}),
    gives: z.object({
      charter: CharterHash,
      name: z.string(),
      effective: Day,
      source: z.object({ title: z.string(), address: z.string(), date: Day }),
      files: z.record(z.string(), CharterHash),
      clauses: z.array(ClauseShown),
    }),
    async finds(_, read, { at }) {
      const living = await livingCharter(shelf, read, { at })
      if (!living) return undefined
      const { hash, foundation, files } = living.charter
      const { name, effective, source } = foundation
      return { charter: hash, name, effective, source, files, clauses: living.clauses.map(clauseShown) }
    },
  })

const clause = (shelf: Shelf) =>
  query({
    name: 'charter.clause',
    title: 'One clause of the charter',
    describes: 'A clause with its prose, terms, rules, measures and the acts that stand under it.',
    takes: z.object({ clause: ClauseId }),
    gives: ClauseShown,
    async finds({ clause: only }, read, { at }) {
      const [found] = (await livingCharter(shelf, read, { at, only }))?.clauses ?? []
      return found && clauseShown(found)
    },
  })

const rules = (shelf: Shelf) =>
  query({
    name: 'charter.rules',
    title: 'The rules of the charter',
    describes: 'Every rule with its clauses, its Cedar text and how often it stopped something.',
    takes: z.object({}),
    gives: z.object({ rules: z.array(RuleShown) }),
    async finds(_, read, { at }) {
      const living = await livingCharter(shelf, read, { at })
      if (!living) return undefined
      const stopped = (id: string) =>
        Math.max(
          0,
          ...living.clauses.flatMap(one => one.rules.filter(rule => rule.id === id).map(rule => rule.stopped)),
        )
      return { rules: living.charter.rules.map(rule => ruleShown({ ...rule, stopped: stopped(rule.id) })) }
    },
  })

const history = () =>
  query({
    name: 'charter.history',
    title: 'The charters adopted',
    describes: 'Every text that was in force, the newest first.',
    takes: z.object({}),
    gives: z.object({
      charters: z.array(
        z.object({ charter: CharterHash, replaces: CharterHash.nullable(), adopted: Instant, entry: z.string() }),
      ),
    }),
    finds: async (_, read) => ({
      charters: (await adoptions(read)).map(({ hash, replaces, adoptedAt, entry }) => ({
        charter: hash,
        replaces,
        adopted: adoptedAt,
        entry,
      })),
    }),
  })

/** Decisions that weighed something, newest first, with the people as they are portrayed for the day of each. */
async function pastDecisions(shelf: Shelf, read: Read, limit: number): Promise<PastDecision[]> {
  const registry = { domains: shelf.domains() }
  const weighing = registry.domains.flatMap(({ acts }) => acts).filter(({ weighs }) => weighs)
  const past: PastDecision[] = []
  for (const { name } of weighing)
    for (const { id, leaf } of await entriesPage(read, { act: name, limit })) {
      const actor = leaf.actor as Actor // the record's form admits any word for a capacity
      past.push({
        entry: id,
        act: name,
        weighed: leaf.weighed ?? {},
        entities: await portrait(registry, read, { actor, at: leaf.at }),
      })
    }
  return past
}

const Changes = z.array(z.object({ id: z.string(), change: z.enum(['added', 'changed', 'removed']) }))

const rehearse = (shelf: Shelf) =>
  query({
    name: 'charter.rehearse',
    title: 'What an amendment would change',
    describes:
      'Compares a charter that was handed in with the one in force, and names past decisions that its rules would have stopped.',
    takes: z.object({ charter: CharterHash, limit: z.coerce.number().int().min(1).max(10_000).default(1_000) }),
    gives: z.object({
      clauses: Changes,
      terms: Changes,
      rules: Changes,
      bodies: Changes,
      files: Changes,
      looked: z.int(),
      turned: z.array(z.object({ entry: z.string(), act: z.string(), rules: z.array(z.string()) })),
    }),
    async finds({ charter, limit }, read) {
      const [wanted, now] = [await shelf.byHash(read, charter), await shelf.inForce(read)]
      if (!wanted?.loaded.charter || !now) return undefined
      const [before, after] = [readable(shelf, now), wanted.loaded.charter]
      const past = await pastDecisions(shelf, read, limit)
      const turned = turnedBy(before, after, past).map(({ entry, act, newly }) => ({
        entry,
        act,
        rules: newly.map(({ rule }) => rule),
      }))
      return { ...comparison(before, after), looked: past.length, turned }
    },
  })

export const charterQueries = (shelf: Shelf): readonly AnyQuery[] => [
  show(shelf),
  clause(shelf),
  rules(shelf),
  history(),
  rehearse(shelf),
]
