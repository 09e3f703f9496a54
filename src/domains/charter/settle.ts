// `terms.yml`: what the charter settles, checked against what the domains ask.
import { z } from 'zod'
import type { Term } from '#acts/term.ts'
import { exampleTerm } from './example.ts'
import { type Fault, oneOf } from './fault.ts'
import { ClauseId, type SettledTerm } from './words.ts'
import { fitted, readYaml, type Yaml } from './yaml.ts'

const file = 'terms.yml'

const Entry = z.strictObject({ clauses: z.array(ClauseId).min(1, 'Expected at least one clause'), value: z.json() })
const Mandates = z.record(z.string(), z.array(z.string()).min(1, 'Expected at least one act whose entry suffices'))
type Mandates = z.infer<typeof Mandates>

export type Settlement = {
  readonly yaml: Yaml
  readonly terms: readonly SettledTerm[]
  /** Also of entries that are unfit, so that one mistake is told once. */
  readonly names: readonly string[]
  readonly mandates: Mandates
  readonly faults: readonly Fault[]
}

const domainOf = (id: string): string => id.split('.')[0] ?? id

/** The names most like the one given, for "did you mean". */
export const nearest = (name: string, names: readonly string[]): string[] => {
  const [domain] = name.split('.')
  const near = names.filter(
    other => other.split('.')[0] === domain || other.split('.').at(-1) === name.split('.').at(-1),
  )
  return (near.length > 0 ? near : names).slice(0, 6)
}

/** At the end of the file, where it may be added. */
function openTerm(line: number, { id, title, settles }: Term): Fault {
  const expected = `the term ${id} (${title}), which the ${domainOf(id)} domain asks for; for example:\n${exampleTerm(id, settles)}`
  return { file, line, expected, found: `no ${id}: the charter leaves it open` }
}

function settled(yaml: Yaml, term: Term): { term?: SettledTerm; faults: readonly Fault[] } {
  const { id, title, settles } = term
  const entry = fitted(yaml, Entry, [id])
  if (!entry.value)
    return { faults: entry.faults.map(fault => ({ ...fault, expected: `${fault.expected}\n(${title})` })) }
  const value = fitted(yaml, settles, [id, 'value'])
  if (value.faults.length > 0) {
    const example = `\nfor example:\n${exampleTerm(id, settles)}`
    return {
      faults: value.faults.map((fault, at) => (at > 0 ? fault : { ...fault, expected: fault.expected + example })),
    }
  }
  return { term: { id, title, clauses: entry.value.clauses, value: value.value }, faults: [] }
}

function unknownTerms(yaml: Yaml, keys: readonly string[], terms: readonly Term[]): Fault[] {
  const known = terms.map(({ id }): string => id)
  return keys
    .filter(key => !known.includes(key))
    .map(key => ({
      ...yaml.placeOfKey([key]),
      expected: `a term that some domain asks for, such as ${oneOf(nearest(key, known))}`,
      found: `${key}, for which none asks`,
    }))
}

function unknownActs(yaml: Yaml, mandates: Mandates, acts: readonly string[]): Fault[] {
  const fault = (place: ReturnType<Yaml['placeOf']>, name: string): Fault => ({
    ...place,
    expected: `the name of an act, such as ${oneOf(nearest(name, acts))}`,
    found: name,
  })
  return Object.entries(mandates).flatMap(([act, sufficing]) => [
    ...(acts.includes(act) ? [] : [fault(yaml.placeOfKey(['mandates', act]), act)]),
    ...sufficing.flatMap((name, index) =>
      acts.includes(name) ? [] : [fault(yaml.placeOf(['mandates', act, index]), name)],
    ),
  ])
}

export function readTerms(text: string, asked: { terms: readonly Term[]; acts: readonly string[] }): Settlement {
  const yaml = readYaml(file, text)
  if (yaml.faults.length > 0) return { yaml, terms: [], names: [], mandates: {}, faults: yaml.faults }
  const whole = fitted(yaml, z.record(z.string(), z.unknown()))
  if (!whole.value) return { yaml, terms: [], names: [], mandates: {}, faults: whole.faults }
  const keys = Object.keys(whole.value).filter(key => key !== 'mandates')
  const mandates = 'mandates' in whole.value ? fitted(yaml, Mandates, ['mandates']) : { value: {}, faults: [] }
  const read = asked.terms.filter(({ id }) => keys.includes(id)).map(term => settled(yaml, term))
  return {
    yaml,
    names: keys,
    terms: read.flatMap(({ term }) => term ?? []),
    mandates: mandates.value ?? {},
    faults: [
      ...mandates.faults,
      ...asked.terms
        .filter(({ id }) => !keys.includes(id))
        .map(term => openTerm(text.trimEnd().split('\n').length, term)),
      ...unknownTerms(yaml, keys, asked.terms),
      ...read.flatMap(({ faults }) => faults),
      ...unknownActs(yaml, mandates.value ?? {}, asked.acts),
    ],
  }
}
