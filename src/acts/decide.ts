// Deciding: find what is concerned, ask the act, the charter's rules and its mandates. Needs no right to write.
import type { Read } from '#database/handles.ts'
import type { Actor, AnyAct, Case } from './act.ts'
import type { Charter, Entity } from './charter.ts'
import { mandateRefusal } from './mandate.ts'
import { type EngineParts, mintWith, settledBy } from './parts.ts'
import { portrait } from './portrait.ts'
import { citing, isRefusal, type Refusal, refuse } from './problem.ts'
import { stoppedByRule, unfitInput } from './problems.ts'
import { clausesOf } from './registry.ts'

/** One attempt by one actor, its input already parsed. */
export type Attempt = {
  readonly act: AnyAct
  readonly actor: Actor
  readonly input: unknown
  readonly at: string
  readonly mandate?: string
}

/** A decision taken and not yet recorded. */
export type Decided = Attempt & {
  readonly facts: Readonly<Record<string, unknown>>
  readonly weighed?: Record<string, unknown>
  readonly under: readonly string[]
  readonly charter: Charter
}

/** All unfit fields at once. */
/** Only for what is not there: a schema's own words, and the library's about what is there, are plain enough. */
const missing = (issue: { readonly input?: unknown }): string | undefined =>
  issue.input === undefined ? 'This is needed' : undefined

export function parseInput(act: AnyAct, input: unknown): { readonly input: unknown } | Refusal {
  const parsed = act.takes.safeParse(input, { error: missing })
  if (parsed.success) return { input: parsed.data }
  const fields = parsed.error.issues.map(({ path, message }) => ({
    path: path.map(part => (typeof part === 'symbol' ? String(part) : part)),
    message,
  }))
  return refuse(unfitInput, { fields })
}

function caseOf(parts: EngineParts, charter: Charter, attempt: Attempt & { found: unknown }): Case<unknown, unknown> {
  const { input, found, actor, at } = attempt
  const fresh = mintWith(parts.fresh)
  return { input, found, actor, at, charter: charter.hash, term: settledBy(parts.charters), fresh }
}

/** What the act itself answers. A problem that it does not list is our fault, not the asker's. */
function ask(act: AnyAct, question: Case<unknown, unknown>): Record<string, unknown> | Refusal {
  const answer = act.decides(question)
  if (!isRefusal(answer)) return act.records.parse(answer)
  if (!act.refuses.includes(answer.refused)) throw new Error(`${act.name} does not list ${answer.refused.id}`)
  return answer
}

function stop(parts: EngineParts, decided: Decided, entities: readonly Entity[] | undefined): Refusal | undefined {
  const { act, charter, weighed = {} } = decided
  if (!entities) return undefined
  const denials = charter.denials({ act: act.name, entities, context: weighed })
  if (denials.length === 0) return undefined
  parts.stopped?.(act.name, denials)
  return refuse(stoppedByRule, {
    clauses: [...new Set(denials.flatMap(denial => denial.clauses))],
    detail: denials.map(denial => `${denial.title}.`).join(' '),
    remedy: denials.map(denial => denial.remedy).join(' '),
  })
}

/** What a decision rests on: what the act finds, and the person as the rules see them where there is a rule about it. */
export type Looked = { readonly found: unknown; readonly entities: readonly Entity[] | undefined }

export async function look(parts: EngineParts, read: Read, attempt: Attempt): Promise<Looked> {
  const { act, input, actor } = attempt
  const [found, entities] = await Promise.all([
    act.finds(input, read, actor),
    parts.charters.current().mayDeny(act.name) ? portrait(parts.registry, read, attempt) : undefined,
  ])
  return { found, entities }
}

/** The facts to record, or why not: first the act's own answer, then the charter's rules, then the mandate. */
export async function decide(
  parts: EngineParts,
  read: Read,
  { looked, ...attempt }: Attempt & { readonly looked?: Promise<Looked> },
): Promise<Decided | Refusal> {
  const { act } = attempt
  const charter = parts.charters.current()
  const { found, entities } = await (looked ?? look(parts, read, attempt))
  const under = clausesOf(act, charter)
  const question = caseOf(parts, charter, { ...attempt, found })
  const facts = ask(act, question)
  if (isRefusal(facts)) return citing(facts, facts.under ? charter.clausesOf(facts.under.id) : under)
  const weighed = act.weighs?.context.parse(act.weighs.of(question))
  const decided: Decided = { ...attempt, facts, weighed, under, charter }
  const refusal = stop(parts, decided, entities) ?? (await mandateRefusal(read, charter, attempt))
  return refusal ? citing(refusal, under) : decided
}
