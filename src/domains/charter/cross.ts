// What the files of a charter say about each other: clauses, rules, terms, measures and bodies must agree.
import type { Measure } from '#acts/measure.ts'
import { appointers, type Body } from './bodies.ts'
import { type Fault, oneOf, type Place } from './fault.ts'
import type { PlacedClause, Prose } from './prose.ts'
import type { Rules } from './rules.ts'
import { nearest, type Settlement } from './settle.ts'
import { isEasier } from './thresholds.ts'
import type { Yaml } from './yaml.ts'

/** A clause named in a file that another domain reads. */
export type Citation = Place & { readonly clause: string }

type Sides = {
  readonly prose: Prose
  readonly settlement: Settlement
  readonly rules: Rules
  readonly bodies: { readonly yaml: Yaml; readonly value?: readonly Body[] }
  readonly measures: readonly Pick<Measure, 'id'>[]
  readonly citations: readonly Citation[]
}

export function crossFaults(sides: Sides): Fault[] {
  const { ids } = sides.prose
  const cited = sides.prose.clauses.flatMap(placed => [
    ...rulesOf(placed, sides.rules),
    ...termsOf(placed, sides.settlement),
    ...measuresOf(placed, sides.measures),
  ])
  return [...cited, ...citationsOf(sides).flatMap(unknownClause(ids)), ...uncited(sides), ...bodyFaults(sides.bodies)]
}

/** Where rules, terms, bodies and other domains' files name clauses. */
const citationsOf = ({ rules, settlement, bodies, citations }: Sides): Citation[] => [
  ...rules.rules.flatMap(({ rule, place }) => rule.clauses.map(clause => ({ ...place, clause }))),
  ...settlement.terms.flatMap(({ id, clauses }) =>
    clauses.map((clause, at) => ({ ...settlement.yaml.placeOf([id, 'clauses', at]), clause })),
  ),
  ...(bodies.value ?? []).flatMap(({ clauses }, body) =>
    clauses.map((clause, at) => ({ ...bodies.yaml.placeOf(['bodies', body, 'clauses', at]), clause })),
  ),
  ...citations,
]

const unknownClause =
  (ids: readonly string[]) =>
  ({ clause, ...place }: Citation): Fault[] =>
    ids.includes(clause) ? [] : [{ ...place, expected: `a clause of charter.md: ${oneOf(ids)}`, found: clause }]

const rulesOf = ({ clause, yaml }: PlacedClause, { rules, ids }: Rules): Fault[] =>
  clause.rules.flatMap((id, at) => {
    const place = yaml.placeOf(['rules', at])
    const rule = rules.find(({ rule }) => rule.id === id)?.rule
    if (!rule) {
      if (!ids || ids.includes(id)) return []
      const known = rules.map(({ rule }) => rule.id)
      return [{ ...place, expected: `a rule of rules.cedar: ${oneOf(known)}`, found: id }]
    }
    if (rule.clauses.includes(clause.id)) return []
    const expected = `${id} to carry @clause("${[...rule.clauses, clause.id].join(' ')}") in rules.cedar`
    return [{ ...place, expected, found: `@clause("${rule.clauses.join(' ')}")` }]
  })

const termsOf = ({ clause, yaml }: PlacedClause, { terms, names }: Settlement): Fault[] =>
  clause.terms.flatMap((id, at) => {
    const term = terms.find(one => one.id === id)
    if (term?.clauses.includes(clause.id) || (!term && names.includes(id))) return []
    const expected = `a term that terms.yml settles under ${clause.id}`
    const found = term ? `${id}, settled there under ${term.clauses.join(', ')}` : `${id}, which is not settled there`
    return [{ ...yaml.placeOf(['terms', at]), expected, found }]
  })

const measuresOf = ({ clause, yaml }: PlacedClause, measures: Sides['measures']): Fault[] =>
  clause.measures.flatMap(({ measure, kept, strained }, at) => {
    const place = yaml.placeOf(['measures', at, 'measure'])
    const known = measures.map(({ id }): string => id)
    if (!known.includes(measure))
      return [
        { ...place, expected: `a measure of some domain, such as ${oneOf(nearest(measure, known))}`, found: measure },
      ]
    if (strained === undefined || (kept !== undefined && isEasier(strained, kept))) return []
    const expected = kept ? `a threshold that is easier to meet than kept (${kept})` : 'kept: beside strained:'
    return [{ ...yaml.placeOf(['measures', at, 'strained']), expected, found: strained }]
  })

/** The clause is there, and its block is told to be unfit already. */
const isUnfit = ({ ids, clauses }: Prose, id: string): boolean =>
  ids.includes(id) && !clauses.some(({ clause }) => clause.id === id)

/** A rule that no clause names would forbid without anybody having promised it. */
const uncited = ({ prose, rules }: Sides): Fault[] =>
  rules.rules
    .filter(({ rule }) => !prose.clauses.some(({ clause }) => clause.rules.includes(rule.id)))
    .filter(({ rule }) => !rule.clauses.some(id => isUnfit(prose, id)))
    .map(({ rule, place }) => ({
      ...place,
      expected: `a clause of charter.md to list it: rules: [${rule.id}] under clause ${rule.clauses.join(', ')}`,
      found: `the rule ${rule.id}, which no clause lists`,
    }))

function bodyFaults({ yaml, value = [] }: Sides['bodies']): Fault[] {
  const slugs = value.map(({ slug }) => slug)
  return value.flatMap((body, index) => [
    ...twice(slugs, index, yaml.placeOf(['bodies', index, 'slug'])),
    ...body.seats.flatMap((seat, at) => {
      const place = (member: string) => yaml.placeOf(['bodies', index, 'seats', at, member])
      const keys = body.seats.map(({ key }) => key)
      const known = [...appointers, ...slugs]
      const appointed = known.includes(seat.appointedBy)
        ? []
        : [{ ...place('appointedBy'), expected: `who appoints: ${oneOf(known)}`, found: seat.appointedBy }]
      return [...twice(keys, at, place('key')), ...appointed]
    }),
  ])
}

const twice = (names: readonly string[], index: number, place: Place): Fault[] =>
  names.indexOf(names[index] ?? '') < index
    ? [{ ...place, expected: 'each name once', found: `${names[index]} a second time` }]
    : []
