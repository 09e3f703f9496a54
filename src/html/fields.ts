// Reads a JSON Schema (draft 2020-12, as zod prints it) as a list of form fields. Rendering and parsing share this reading.
import type { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.JSONSchema

type Named = {
  /** Dotted path in the data, and the name in the form: `contacts.0.email`. */
  readonly name: string
  readonly title: string
  readonly help?: string
  readonly isRequired: boolean
  /** Blank stands for null, not for a member left out. */
  readonly isNullable: boolean
  readonly fallback?: unknown
  readonly autocomplete?: string
}

export type Choice = {
  readonly value: string
  readonly label: string
  readonly means: string | number | boolean | null
}
export type Suggestion = { readonly value: string; readonly label: string }
export type Field = Named &
  (
    | {
        readonly kind: 'text'
        readonly input: 'text' | 'email' | 'url' | 'tel' | 'date' | 'datetime-local'
        /** Offered while typing; anything else may be typed too. */
        readonly suggests?: readonly Suggestion[]
      }
    | { readonly kind: 'number'; readonly step: string; readonly min?: number; readonly max?: number }
    | { readonly kind: 'area' | 'tick' | 'json' }
    | { readonly kind: 'lines'; readonly isNumeric: boolean }
    | { readonly kind: 'one'; readonly choices: readonly Choice[]; readonly isList?: boolean }
    | { readonly kind: 'several'; readonly choices: readonly Choice[] }
    | { readonly kind: 'group'; readonly fields: readonly Field[] }
    | { readonly kind: 'rows'; readonly most: number; readonly row: (index: number) => Group }
    | { readonly kind: 'fixed'; readonly means: string | number | boolean | null }
  )
export type FieldOf<Kind extends Field['kind']> = Field & { kind: Kind }
type Group = Named & { readonly kind: 'group'; readonly fields: readonly Field[] }

type Place = { readonly name: string; readonly root: JsonSchema; readonly isRequired: boolean; readonly depth: number }

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Follows `#/$defs/...`; the words beside the reference win over those of what it names. */
function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref, ...beside } = schema
  if ($ref === undefined) return schema
  const target = $ref === '#' ? root : root.$defs?.[$ref.replace('#/$defs/', '')]
  if (!target) throw new RangeError(`The schema refers to ${$ref}, which it does not define`)
  return { ...resolved(target, root), ...beside }
}

/** Takes `null` out of a union and says whether it was there. */
function withoutNull(schema: JsonSchema): { readonly schema: JsonSchema; readonly isNullable: boolean } {
  const { anyOf, ...beside } = schema
  const options = anyOf?.filter(option => option.type !== 'null')
  if (!anyOf || !options || options.length === anyOf.length) return { schema, isNullable: false }
  const [only] = options
  return {
    schema: only && options.length === 1 ? { ...only, ...beside } : { anyOf: options, ...beside },
    isNullable: true,
  }
}

/** The last part of a dotted path. */
export const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** `nonGoals` and `non_goals` become `Non goals`. */
const titleOf = (name: string): string => {
  const words = (name.split('.').at(-1) ?? name)
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const helpOf = (schema: JsonSchema): string | undefined => {
  const limit = schema.type === 'string' && schema.maxLength !== undefined && !schema.format
  const parts = [schema.description, limit && `At most ${schema.maxLength} characters.`].filter(
    part => typeof part === 'string',
  )
  return parts.length > 0 ? parts.join(' ') : undefined
}

/** Allowed values with their words: from meta `labels`, else from a constant's own title, else the value itself. */
function choicesOf(schema: JsonSchema): readonly Choice[] | undefined {
  const labels = isSchema(schema.labels) ? schema.labels : {}
  const choice = (means: Choice['means'], title?: string): Choice => ({
    value: String(means),
    label: textOf(labels[String(means)]) ?? title ?? titleOf(String(means)),
    means,
  })
  if (schema.enum) return schema.enum.map(means => choice(means))
  const constants = schema.anyOf ?? schema.oneOf
  if (!constants?.every(one => one.const !== undefined)) return undefined
  return constants.map(one => choice(one.const ?? null, one.title))
}

const inputs = { email: 'email', uri: 'url', date: 'date', 'date-time': 'datetime-local' } as const
const isInput = (format: string): format is keyof typeof inputs => Object.hasOwn(inputs, format)

const isSuggestion = (one: unknown): one is Suggestion => isSchema(one) && typeof Reflect.get(one, 'value') === 'string'

/** A list longer than this is looked through by typing. */
const longestChoice = 250

/** What a page put into the schema for choosing: one of a short list, or suggestions for what is typed. */
function pickField(named: Named, { isOnly, from }: { isOnly: boolean; from: readonly Suggestion[] }): Field {
  if (!isOnly || from.length > longestChoice) return { ...named, kind: 'text', input: 'text', suggests: from }
  return { ...named, kind: 'one', isList: true, choices: from.map(one => ({ ...one, means: one.value })) }
}

/** The schema with what may be chosen for the members that say what they pick. */
export function withSuggestions(
  schema: JsonSchema,
  picks: ReadonlyMap<string, { readonly isOnly: boolean; readonly from: readonly Suggestion[] }>,
): JsonSchema {
  const filled = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const found = isSchema(member) ? picks.get(pickedBy(member) ?? '') : undefined
    return [name, found && isSchema(member) ? { ...member, picksFrom: found.from, picksOnly: found.isOnly } : member]
  })
  return { ...schema, properties: Object.fromEntries(filled) }
}

/** The kind of thing that is chosen here: said by the schema, else an id's prefix. */
export const pickedBy = (schema: JsonSchema): string | undefined => textOf(schema.picks) ?? textOf(schema.prefix)

function stringField(named: Named, schema: JsonSchema): Field {
  if (Array.isArray(schema.picksFrom))
    return pickField(named, { isOnly: schema.picksOnly === true, from: schema.picksFrom.filter(isSuggestion) })
  if (schema.widget === 'text') return { ...named, kind: 'area' }
  const format = schema.format ?? ''
  if (format === 'date-time') return { ...named, title: `${named.title} (UTC)`, kind: 'text', input: 'datetime-local' }
  return { ...named, kind: 'text', input: isInput(format) ? inputs[format] : 'text' }
}

const numberField = (named: Named, schema: JsonSchema): Field => ({
  ...named,
  kind: 'number',
  step: schema.type === 'integer' ? '1' : 'any',
  // zod bounds every whole number by 2^53, which tells a reader nothing.
  min: schema.minimum === Number.MIN_SAFE_INTEGER ? undefined : schema.minimum,
  max: schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum,
})

function arrayField(named: Named, schema: JsonSchema, place: Place): Field {
  if (!isSchema(schema.items) || Array.isArray(schema.items)) return { ...named, kind: 'json' }
  const items = resolved(schema.items, place.root)
  const choices = choicesOf(items)
  if (choices) return { ...named, kind: 'several', choices }
  if (items.type === 'string') return { ...named, kind: 'lines', isNumeric: false }
  if (items.type === 'number' || items.type === 'integer') return { ...named, kind: 'lines', isNumeric: true }
  if (items.type !== 'object' || !items.properties) return { ...named, kind: 'json' }
  const row = (index: number): Group => {
    const name = `${named.name}.${index}`
    const at = { ...place, name, isRequired: true, depth: place.depth + 1 }
    return {
      name,
      title: `${items.title ?? named.title} ${index + 1}`,
      isRequired: true,
      isNullable: false,
      ...membersOf(items, at),
    }
  }
  return { ...named, kind: 'rows', most: schema.maxItems ?? 100, row }
}

function membersOf(schema: JsonSchema, place: Place): { readonly kind: 'group'; readonly fields: readonly Field[] } {
  const fields = Object.entries(schema.properties ?? {}).filter((entry): entry is [string, JsonSchema] =>
    isSchema(entry[1]),
  )
  const at = (key: string): Place => ({
    ...place,
    name: place.name === '' ? key : `${place.name}.${key}`,
    isRequired: schema.required?.includes(key) ?? false,
    depth: place.depth + 1,
  })
  return { kind: 'group', fields: fields.map(([key, member]) => fieldOf(member, at(key))) }
}

function namedOf(schema: JsonSchema, place: Place, isNullable: boolean): Named {
  return {
    name: place.name,
    title: schema.title ?? titleOf(place.name),
    help: helpOf(schema),
    isRequired: place.isRequired,
    isNullable,
    fallback: schema.default,
    autocomplete: textOf(schema.autocomplete),
  }
}

/** Schemas that no field fits (unions of objects, records, deep recursion) are typed as JSON rather than left out. */
function fieldOf(given: JsonSchema, place: Place): Field {
  const { schema: inner, isNullable } = withoutNull(resolved(given, place.root))
  const schema = resolved(inner, place.root)
  const named = namedOf(schema, place, isNullable)
  if (schema.const !== undefined && schema.const !== true) return { ...named, kind: 'fixed', means: schema.const }
  const choices = choicesOf(schema)
  if (choices) return { ...named, kind: 'one', choices }
  if (schema.type === 'string') return stringField(named, schema)
  if (schema.type === 'number' || schema.type === 'integer') return numberField(named, schema)
  if (schema.type === 'boolean') return booleanField(named)
  if (schema.type === 'array') return arrayField(named, schema, place)
  if (schema.type === 'object' && schema.properties && place.depth < 5) return { ...named, ...membersOf(schema, place) }
  return { ...named, kind: 'json' }
}

/** A tick cannot be left open; a question that may stay unanswered gets Yes, No and neither. */
function booleanField(named: Named): Field {
  if ((named.isRequired || named.fallback !== undefined) && !named.isNullable) return { ...named, kind: 'tick' }
  const choices = [true, false].map(means => ({ value: String(means), label: means ? 'Yes' : 'No', means }))
  return { ...named, kind: 'one', choices }
}

/** The fields of an object schema, in the order of its properties. */
export function fieldsOf(schema: JsonSchema): readonly Field[] {
  return membersOf(resolved(schema, schema), { name: '', root: schema, isRequired: true, depth: 0 }).fields
}

/** The member of `data` that this field shows; undefined when there is none. */
export function memberOf(data: unknown, field: Field): unknown {
  const key = lastOf(field.name)
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key) ? Reflect.get(data, key) : undefined
}

/** The innermost field a dotted path speaks of: `tags.2` is a line of `tags`. */
export function fieldAt(fields: readonly Field[], path: string): Field | undefined {
  const field = fields.find(({ name }) => path === name || path.startsWith(`${name}.`))
  if (field?.kind === 'group') return fieldAt(field.fields, path) ?? field
  const index =
    field?.kind === 'rows' ? Number(path.slice(field.name.length + 1).split('.')[0] || Number.NaN) : Number.NaN
  if (field?.kind !== 'rows' || !Number.isSafeInteger(index)) return field
  return fieldAt(field.row(index).fields, path) ?? field
}
