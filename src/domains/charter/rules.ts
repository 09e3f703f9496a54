// `rules.cedar`: policies with their annotations, checked strictly against the schema of the acts.
import { policySetTextToParts, policyToJson, type Schema, validate } from '@cedar-policy/cedar-wasm/nodejs'
import type { Fault, Place } from './fault.ts'
import type { Rule } from './words.ts'

const file = 'rules.cedar'

export type PlacedRule = { readonly rule: Rule; readonly source: string; readonly place: Place }
export type Rules = {
  readonly rules: readonly PlacedRule[]
  /** Also of rules that are unfit; undefined when Cedar could not read the file. */
  readonly ids: readonly string[] | undefined
  readonly faults: readonly Fault[]
}

type Detailed = {
  readonly message: string
  readonly help: string | null
  readonly sourceLocations?: readonly { start: number; end: number; label: string | null }[]
}

/** Cedar counts bytes of UTF-8; editors count lines and characters. */
export function placeAt(text: string, byte: number): Place {
  const before = Buffer.from(text).subarray(0, byte).toString().split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const withoutId = (message: string): string => message.replace(/^for policy `[^`]*`, /, '')

function cedarFault(text: string, { message, help, sourceLocations }: Detailed, expected: string): Fault {
  const where = sourceLocations?.[0]
  const hint = where?.label ?? help
  return {
    ...placeAt(text, where?.start ?? 0),
    expected: hint ? `${expected}: ${hint}` : expected,
    found: withoutId(message),
  }
}

/** What Cedar reads and the house expects of each policy. */
const annotationNames = ['id', 'clause', 'title', 'remedy'] as const

/** The offset in characters where each policy starts; equal texts take the next place that is free. */
function offsetsOf(text: string, sources: readonly string[]): number[] {
  const taken = new Set<number>()
  return sources.map(source => {
    let offset = text.indexOf(source)
    while (taken.has(offset)) offset = text.indexOf(source, offset + 1)
    taken.add(offset)
    return offset
  })
}

const bare = (source: string): string => source.replace(/^(?:@\w+\s*(?:\(\s*"(?:[^"\\]|\\.)*"\s*\))?\s*)+/, '').trim()

function ruleOf(source: string, place: Place): { id: string; placed?: PlacedRule; faults: Fault[] } {
  const parsed = policyToJson(source)
  if (parsed.type === 'failure') throw new Error(`A policy that Cedar read a moment ago does not parse: ${source}`)
  const { annotations = {}, effect } = parsed.json
  const missing = annotationNames.filter(name => !annotations[name]?.trim())
  const { id = '', clause = '', title = '', remedy = '' } = annotations
  if (missing.length > 0) {
    const found = `${id ? `the rule ${id}` : 'a rule'} without ${missing.map(name => `@${name}`).join(', ')}`
    return { id, faults: [{ ...place, expected: 'every rule to carry @id, @clause, @title and @remedy', found }] }
  }
  const clauses = clause.split(/[\s,]+/).filter(Boolean)
  return { id, faults: [], placed: { rule: { id, clauses, title, remedy, effect, text: bare(source) }, source, place } }
}

function duplicates(rules: readonly PlacedRule[]): Fault[] {
  const first = new Map<string, Place>()
  return rules.flatMap(({ rule, place }) => {
    const earlier = first.get(rule.id)
    if (!earlier) first.set(rule.id, place)
    return earlier
      ? [{ ...place, expected: 'each @id once', found: `${rule.id} a second time, first on line ${earlier.line}` }]
      : []
  })
}

/** Type errors and what can never apply: a prohibition that is always false prohibits nothing. */
function validated(text: string, schema: Schema): Fault[] {
  const answer = validate({ schema, policies: { staticPolicies: text } })
  if (answer.type === 'failure')
    return answer.errors.map(error => cedarFault(text, error, 'a schema and rules that Cedar can read'))
  const seen = new Set(answer.validationErrors.map(({ policyId }) => policyId))
  const warnings = answer.validationWarnings.filter(({ policyId }) => !seen.has(policyId))
  return [
    ...answer.validationErrors.map(({ error }) => cedarFault(text, error, 'what the acts weigh')),
    ...warnings.map(({ error }) => cedarFault(text, error, 'a rule that can apply')),
  ]
}

export function readRules(text: string, schema: Schema): Rules {
  const parts = policySetTextToParts(text)
  if (parts.type === 'failure')
    return {
      rules: [],
      ids: undefined,
      faults: parts.errors.map(error => cedarFault(text, error, 'a rule that Cedar can read')),
    }
  const offsets = offsetsOf(text, parts.policies)
  const read = parts.policies
    .map((source, index) => ({ source, offset: offsets[index] ?? 0 }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ source, offset }) => ruleOf(source, placeAt(text, Buffer.byteLength(text.slice(0, offset)))))
  const rules = read.flatMap(({ placed }) => placed ?? [])
  const templates = parts.policy_templates.map(source => ({
    ...placeAt(text, Buffer.byteLength(text.slice(0, Math.max(0, text.indexOf(source))))),
    expected: 'a rule without slots',
    found: 'a template (?principal or ?resource)',
  }))
  return {
    rules,
    ids: read.map(({ id }) => id),
    faults: [
      ...read.flatMap(one => one.faults),
      ...templates,
      ...duplicates(rules),
      ...(templates.length > 0 ? [] : validated(text, schema)),
    ],
  }
}
