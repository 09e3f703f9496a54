// Asks Cedar which rules forbid an act. Whatever goes wrong in asking is a denial: a rule that errors must not fail open.
import { preparsePolicySet, preparseSchema, type Schema, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { Denial, RuleQuestion } from '#acts/charter.ts'
import { hashOf } from '#base/canonical.ts'
import type { PlacedRule } from './rules.ts'
import { cedarRecord, type Member, membersOf, type Portrayed, type WeighedAct } from './schema.ts'

const house = { type: 'House', id: 'house' }

export const evaluationError: Denial = {
  rule: 'evaluation-error',
  clauses: [],
  title: 'A rule of the charter could not be evaluated, so nothing is allowed here',
  remedy: 'Tell the operator: the rules and the acts of this program do not fit each other.',
}

export const notGranted: Denial = {
  rule: 'not-granted',
  clauses: [],
  title: 'No clause of the charter grants this',
  remedy: 'Amend the charter if it should be allowed.',
}

const prepared = new Set<string>()

/** Policies and schema are parsed once per thread; the same rules under the same acts share what was parsed. */
function prepare(rules: readonly PlacedRule[], schema: Schema): string {
  const staticPolicies = Object.fromEntries(rules.map(({ rule, source }) => [rule.id, source]))
  const name = hashOf([staticPolicies, schema])
  if (prepared.has(name)) return name
  for (const answer of [preparsePolicySet(name, { staticPolicies }), preparseSchema(name, schema)])
    if (answer.type === 'failure') throw new Error(`Cedar: ${answer.errors.map(({ message }) => message).join('; ')}`)
  prepared.add(name)
  return name
}

export type DenialParts = {
  readonly rules: readonly PlacedRule[]
  readonly schema: Schema
  readonly acts: readonly WeighedAct[]
  readonly portrayals: readonly Portrayed[]
}

/** Rules are pure: the same question has the same answer, and a page asks it before the act does. */
const mostRemembered = 2000

function remembering(ask: (question: RuleQuestion) => readonly Denial[]): typeof ask {
  const known = new Map<string, readonly Denial[]>()
  return question => {
    const key = JSON.stringify([question.act, question.entities, question.context])
    const answer = known.get(key) ?? ask(question)
    if (known.size >= mostRemembered) known.clear()
    known.set(key, answer)
    return answer
  }
}

export function denialsBy(parts: DenialParts): (question: RuleQuestion) => readonly Denial[] {
  const name = prepare(parts.rules, parts.schema)
  const personal = parts.portrayals.flatMap(({ attributes }) => membersOf(attributes))
  const contexts = new Map<string, readonly Member[]>(
    parts.acts.map(act => [act.name, act.weighs ? membersOf(act.weighs.context) : []]),
  )
  const denialOf = new Map<string, Denial>(
    parts.rules.map(({ rule: { id, clauses, title, remedy } }) => [id, { rule: id, clauses, title, remedy }]),
  )

  return remembering(({ act, entities, context }) => {
    const [person] = entities
    const members = contexts.get(act)
    if (person?.uid.type !== 'Person' || !members) return [evaluationError]
    const answer = statefulIsAuthorized({
      principal: { ...person.uid },
      action: { type: 'Action', id: act },
      resource: house,
      context: cedarRecord(members, context),
      preparsedPolicySetId: name,
      preparsedSchemaName: name,
      validateRequest: true,
      entities: [
        { uid: person.uid, attrs: cedarRecord(personal, person.attrs), parents: [...person.parents] },
        ...entities
          .slice(1)
          .map(({ uid, attrs, parents }) => ({ uid, attrs: cedarRecord([], attrs), parents: [...parents] })),
      ],
    })
    if (answer.type === 'failure') return [evaluationError]
    const { decision, diagnostics } = answer.response
    const forbidding = decision === 'deny' ? diagnostics.reason.flatMap(id => denialOf.get(id) ?? evaluationError) : []
    if (diagnostics.errors.length > 0) return [...forbidding, evaluationError]
    return decision === 'deny' && forbidding.length === 0 ? [notGranted] : forbidding
  })
}
