// OpenAPI 3.1, printed from the acts and look-ups: nothing here is written by hand for one of them.
import { z } from 'zod'
import type { AnyAct } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import type { Problem } from '#acts/problem.ts'
import { engineProblems } from '#acts/problems.ts'
import type { AnyQuery } from '#acts/query.ts'
import type { Registry } from '#acts/registry.ts'
import type { JsonSchema } from '#html/fields.ts'
import { Leaf } from '#record/leaf.ts'
import { inputSchema } from '#web/offers.ts'
import { statusOf } from '#web/status.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output' = 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
const content = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } })
const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

const operationId = (name: string): string => name.replace(/[.-](.)/g, (_, letter: string) => letter.toUpperCase())

/** One answer for each status, naming every refusal that has it. */
function refusalAnswers(problems: readonly Problem[]): Json {
  const byStatus = Map.groupBy(problems, problem => String(statusOf({ refused: problem, clauses: [] })))
  return Object.fromEntries(
    [...byStatus].sort().map(([status, list]) => [
      status,
      {
        description: list.map(({ title }) => title).join(' · '),
        ...content(reference('Problem'), 'application/problem+json'),
      },
    ]),
  )
}

function actPath(act: AnyAct): Json {
  const { $schema: _, ...takes } = inputSchema(act) as Json & JsonSchema // zod adds `$schema` to what it prints
  const done = {
    type: 'object',
    required: ['entry', 'index', 'size', 'says', 'receipt', 'follows'],
    properties: {
      entry: { allOf: [reference('Entry'), { properties: { facts: schemaOf(act.records) } }] },
      index: { type: 'integer', description: 'Place in the log' },
      size: { type: 'integer', description: 'Size of the log that the receipt is about' },
      says: { type: 'string' },
      receipt: { type: 'string', format: 'uri' },
      follows: { type: 'array', items: { type: 'object' } },
    },
  }
  return {
    operationId: operationId(act.name),
    summary: act.title,
    description: `${act.describes} Who may: ${capacityWords(act.by)}.`,
    tags: [act.name.split('.')[0]],
    parameters: ['IdempotencyKey', 'IfMatch', 'As', 'Mandate', 'Rehearse'].map(name => ({
      $ref: `#/components/parameters/${name}`,
    })),
    requestBody: { required: true, ...content(takes) },
    responses: {
      201: { description: 'Done; the entry in the public record', ...content(done) },
      200: { description: 'Already done under this idempotency key, or a rehearsal', ...content(done) },
      400: {
        description: 'The body is not a JSON object',
        ...content(reference('Problem'), 'application/problem+json'),
      },
      ...refusalAnswers([...engineProblems, ...act.refuses]),
    },
  }
}

function queryPath(query: AnyQuery): Json {
  const takes = schemaOf(query.takes, 'input') as JsonSchema // zod printed it
  const required = new Set(takes.required)
  return {
    operationId: operationId(query.name),
    summary: query.title,
    description: query.describes,
    tags: [query.name.split('.')[0]],
    parameters: Object.entries(takes.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: required.has(name),
      schema,
    })),
    responses: {
      200: { description: 'Found', ...content(schemaOf(query.gives)) },
      404: { description: 'There is no such thing', ...content(reference('Problem'), 'application/problem+json') },
      422: { description: 'Unfit', ...content(reference('Problem'), 'application/problem+json') },
    },
  }
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'instance', 'remedy'],
  properties: {
    type: { type: 'string', description: 'Address of the page about this refusal' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    clauses: { type: 'array', items: { type: 'string' } },
    remedy: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

const parameter = (where: 'header' | 'query', name: string, description: string): Json => ({
  name,
  in: where,
  required: false,
  description,
  schema: { type: 'string' },
})

const parameters: Json = {
  IdempotencyKey: parameter('header', 'Idempotency-Key', 'The same key with the same body answers with the same entry'),
  IfMatch: parameter('header', 'If-Match', 'The last entry seen about the first thing named; a later one refuses'),
  As: parameter('query', 'as', 'A capacity, seat, body or project to act as, where you hold several'),
  Mandate: parameter('query', 'mandate', 'The entry that authorises the act, where the charter wants one'),
  Rehearse: parameter('query', 'rehearse', 'Say what would be recorded, or why not, and change nothing'),
}

export function openApi(registry: Registry, about: { name: string; baseUrl: string; version: string }): Json {
  const acts = [...registry.acts.values()].filter(act => !act.isInternal)
  const paths: Record<string, Json> = {}
  for (const act of acts) paths[`/api/${act.name.replace('.', '/')}`] = { post: actPath(act) }
  for (const query of registry.queries.values()) {
    const path = `/api/${query.name.replace('.', '/')}`
    paths[path] = { ...paths[path], get: queryPath(query) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${about.name}: the acts of the foundation`,
      version: about.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: about.baseUrl }],
    security: [{ key: [] }, { session: [] }, {}],
    paths,
    components: {
      parameters,
      schemas: { Problem: problemSchema, Entry: schemaOf(Leaf) },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key of your account' },
        session: { type: 'apiKey', in: 'cookie', name: 'guildhall.session_token' },
      },
    },
  }
}
