// An example of what a schema takes, for the message that asks a charter's author to write one.
import { stringify } from 'yaml'
import { z } from 'zod'

type JsonSchema = z.core.JSONSchema._JSONSchema

/** The first example, default or constant that a schema names, else the least value of its type. */
function exampleOf(schema: JsonSchema): unknown {
  if (typeof schema === 'boolean') return 'anything'
  const [named] = [schema.const, schema.default, schema.examples?.[0], schema.enum?.[0]].filter(
    value => value !== undefined,
  )
  if (named !== undefined) return named
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (choice !== undefined) return exampleOf(choice)
  return ofType(schema)
}

function ofType(schema: Exclude<JsonSchema, boolean>): unknown {
  if (schema.type === 'object') {
    const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [name, exampleOf(member)])
    const free = typeof schema.additionalProperties === 'object' ? { name: exampleOf(schema.additionalProperties) } : {}
    return { ...free, ...Object.fromEntries(members) }
  }
  if (schema.type === 'array') return schema.items && !Array.isArray(schema.items) ? [exampleOf(schema.items)] : []
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.format === 'date') return '2026-01-31'
  if (schema.format === 'uri') return 'https://example.org'
  return schema.title ? `<${schema.title}>` : 'text'
}

/** YAML for `terms.yml`; members that may be left out are shown too. */
export function exampleTerm(id: string, settles: z.ZodType): string {
  const value = exampleOf(z.toJSONSchema(settles, { io: 'input', unrepresentable: 'any' }))
  return stringify({ [id]: { clauses: ['<clause>'], value } }, { defaultStringType: 'PLAIN' }).trimEnd()
}
