// Command-line arguments from a JSON Schema: `--name value`, `--flag`, lists by repeating, objects as JSON.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { JsonSchema } from '#html/fields.ts'

export class UnfitArguments extends Error {
  override name = 'UnfitArguments'
}

type Property = Exclude<JsonSchema, boolean>

/** The schema itself, or the first of its alternatives that is not null. */
const settled = (schema: Property): Property => {
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter(
    (choice): choice is Property => typeof choice === 'object',
  )
  return choices.find(choice => choice.type !== 'null') ?? schema
}

export const dashed = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

const propertiesOf = (schema: JsonSchema): [string, Property][] =>
  Object.entries(schema.properties ?? {}).filter((pair): pair is [string, Property] => typeof pair[1] === 'object')

function readValue(property: Property, text: string): unknown {
  const { type } = settled(property)
  if (type === 'integer' || type === 'number') return Number(text)
  if (type === 'object' || (type === undefined && /^[[{]/.test(text))) return jsonOf(text)
  return text
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnfitArguments(`${text.slice(0, 60)} is not JSON`)
  }
}

const optionsOf = (schema: JsonSchema): ParseArgsOptionsConfig =>
  Object.fromEntries(
    propertiesOf(schema).map(([name, property]) => {
      const { type } = settled(property)
      return [dashed(name), { type: type === 'boolean' ? 'boolean' : 'string', multiple: type === 'array' }]
    }),
  )

export type Parsed = {
  readonly input: Record<string, unknown>
  readonly own: Record<string, string | boolean | undefined>
}

/** Lone words fill the required members in their order: `guildhall motions second mot_7`. Throws `UnfitArguments`. */
export function parseArguments(schema: JsonSchema, args: readonly string[], own: ParseArgsOptionsConfig): Parsed {
  const { values, positionals } = readArgs(args, { ...optionsOf(schema), ...own })
  const input: Record<string, unknown> = {}
  for (const [name, property] of propertiesOf(schema)) {
    const given = values[dashed(name)]
    if (Array.isArray(given)) input[name] = given.map(text => readValue(itemOf(property), String(text)))
    else if (given !== undefined) input[name] = typeof given === 'string' ? readValue(property, given) : given
  }
  const missing = (schema.required ?? []).filter(name => input[name] === undefined)
  for (const [place, text] of positionals.entries()) {
    const name = missing[place]
    const property = propertiesOf(schema).find(([known]) => known === name)?.[1]
    if (!name || !property) throw new UnfitArguments(`There is no place for “${text}”`)
    input[name] = readValue(property, text)
  }
  const single = (name: string) => values[name] as string | boolean | undefined // our own options are never lists
  return { input, own: Object.fromEntries(Object.keys(own).map(name => [name, single(name)])) }
}

const itemOf = (property: Property): Property => {
  const { items } = settled(property)
  return typeof items === 'object' && !Array.isArray(items) ? items : {}
}

function readArgs(args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (fault) {
    throw new UnfitArguments(fault instanceof Error ? fault.message : 'The arguments cannot be read')
  }
}

/** One line for each member: what it is and whether it must be given. */
export function helpFor(schema: JsonSchema): string {
  const required = new Set(schema.required)
  const lines = propertiesOf(schema).map(([name, property]) => {
    const { type, enum: choices, title, description } = { ...settled(property), ...property }
    const kind = choices
      ? choices.join('|')
      : type === 'boolean'
        ? ''
        : Array.isArray(type)
          ? type.join('|')
          : (type ?? 'value')
    const head = `  --${dashed(name)}${kind && ` <${kind}>`}`
    const says = [title, description].filter(Boolean).join(': ')
    return `${head.padEnd(34)} ${says}${required.has(name) ? ' (required)' : ''}`
  })
  return lines.join('\n')
}
