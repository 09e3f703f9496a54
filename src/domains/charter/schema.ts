// The Cedar schema, generated from the acts and portrayals, and their values in Cedar's JSON form. One table for both.
import type { AttributesOrContext, CedarValueJson, Schema, TypeOfAttribute } from '@cedar-policy/cedar-wasm/nodejs'
import { z } from 'zod'

/** What the schema needs to know of an act. */
export type WeighedAct = { readonly name: string; readonly weighs?: { readonly context: z.ZodObject } }
export type Portrayed = { readonly attributes: z.ZodObject }

/** `long` is a whole number; `entity` and `entities` are ids of that Cedar type, `texts` any other list. */
type Kind =
  | { readonly is: 'bool' | 'long' | 'text' | 'texts' }
  | { readonly is: 'entity' | 'entities'; readonly of: EntityType }
type EntityType = 'Person' | 'Organisation'
export type Member = { readonly name: string; readonly kind: Kind; readonly isOptional: boolean }

type Layer = { readonly inner: z.core.$ZodType; readonly isOptional: boolean; readonly entity?: EntityType }

const entityMeta = (schema: z.core.$ZodType): EntityType | undefined => {
  const cedar = z.globalRegistry.get(schema)?.cedar
  return cedar === 'Person' || cedar === 'Organisation' ? cedar : undefined
}

/** What lies under `optional`, `nullable`, `default` and `readonly`, with the mark of any of the layers. */
function unwrapped(schema: z.core.$ZodType, isOptional = false, entity = entityMeta(schema)): Layer {
  const { def } = schema._zod
  if (!('innerType' in def)) return { inner: schema, isOptional, entity }
  const inner = def.innerType as z.core.$ZodType // every wrapper of zod has one
  const leaves = def.type === 'optional' || def.type === 'nullable'
  return unwrapped(inner, isOptional || leaves, entity ?? entityMeta(inner))
}

const isText = (schema: z.core.$ZodType): boolean => {
  const { def } = schema._zod
  return def.type === 'string' || def.type === 'enum' || def.type === 'literal'
}

function kindOf(name: string, { inner, entity }: Layer): Kind {
  const { def } = inner._zod
  if (def.type === 'boolean') return { is: 'bool' }
  if (inner instanceof z.ZodNumber && inner.isInt) return { is: 'long' }
  if (isText(inner)) return entity ? { is: 'entity', of: entity } : { is: 'text' }
  if (inner instanceof z.ZodArray) {
    const of = entity ?? entityMeta(inner.element)
    if (isText(inner.element)) return of ? { is: 'entities', of } : { is: 'texts' }
  }
  throw new TypeError(`${name} is ${def.type}: rules can weigh only booleans, whole numbers, text and lists of text`)
}

/** The members of a flat zod object as Cedar sees them. Throws on what Cedar has no type for. */
export const membersOf = (object: z.ZodObject): readonly Member[] =>
  Object.entries(object.shape).map(([name, schema]) => {
    const layer = unwrapped(schema)
    return { name, kind: kindOf(name, layer), isOptional: layer.isOptional }
  })

function typeOf(kind: Kind): TypeOfAttribute<string> {
  if (kind.is === 'bool') return { type: 'Boolean' }
  if (kind.is === 'long') return { type: 'Long' }
  if (kind.is === 'entity') return { type: 'Entity', name: kind.of }
  if (kind.is === 'entities') return { type: 'Set', element: { type: 'Entity', name: kind.of } }
  return kind.is === 'texts' ? { type: 'Set', element: { type: 'String' } } : { type: 'String' }
}

const recordOf = (members: readonly Member[]): AttributesOrContext<string> => ({
  type: 'Record',
  attributes: Object.fromEntries(
    members.map(({ name, kind, isOptional }) => [name, { ...typeOf(kind), required: !isOptional }]),
  ),
})

/**
 * `Person in [Organisation]` is employment, `Organisation in [Organisation]` is control: a subsidiary stands in its
 * parent, so `principal in context.x` holds for those employed by x and by whatever x controls.
 */
export function cedarSchema(acts: readonly WeighedAct[], portrayals: readonly Portrayed[]): Schema {
  const actions = acts.map(({ name, weighs }) => [
    name,
    {
      appliesTo: {
        principalTypes: ['Person'],
        resourceTypes: ['House'],
        context: recordOf(weighs ? membersOf(weighs.context) : []),
      },
    },
  ])
  return {
    '': {
      entityTypes: {
        House: {},
        Organisation: { memberOfTypes: ['Organisation'] },
        Person: {
          memberOfTypes: ['Organisation'],
          shape: recordOf(portrayals.flatMap(({ attributes }) => membersOf(attributes))),
        },
      },
      actions: Object.fromEntries(actions),
    },
  }
}

/** A plain record in Cedar's JSON form; members that are missing or null are left out. */
export function cedarRecord(
  members: readonly Member[],
  record: Readonly<Record<string, unknown>>,
): Record<string, CedarValueJson> {
  const given = Object.entries(record).filter(([, value]) => value !== null && value !== undefined)
  const kinds = new Map(members.map(({ name, kind }) => [name, kind]))
  return Object.fromEntries(given.map(([name, value]) => [name, cedarValue(kinds.get(name), value)]))
}

/** A member that the schema does not know is passed as it is: validation of the request then denies. */
function cedarValue(kind: Kind | undefined, value: unknown): CedarValueJson {
  if (kind?.is === 'entity' && typeof value === 'string') return entity(kind.of, value)
  if (kind?.is === 'entities' && Array.isArray(value)) return value.map(id => entity(kind.of, String(id)))
  return value as CedarValueJson // checked against the schema by Cedar itself
}

const entity = (type: EntityType, id: string): CedarValueJson => ({ __entity: { type, id } })
