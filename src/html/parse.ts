// From a submitted form back to data: the inverse of the form made from the same schema.
import { isDeepStrictEqual } from 'node:util'
import { type Field, type FieldOf, fieldsOf, type JsonSchema, lastOf } from './fields.ts'

/** The name of the button that asks for more blank rows; a face then shows the form again with what was typed. */
export const moreField = '_more'

export const wantsMore = (form: FormData): boolean => form.has(moreField)

/** Text of one field with line ends as typed; undefined when the form had no such field. */
function textIn(form: FormData, name: string): string | undefined {
  const value = form.get(name)
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : undefined
}

/** Every value of one name, each on its own line: a page may offer the lines of a list as ticks. */
const textsIn = (form: FormData, name: string): string =>
  form
    .getAll(name)
    .filter(value => typeof value === 'string')
    .map(value => value.replace(/\r\n?/g, '\n').trim())
    .join('\n')

/** What a blank stands for: null if it may, nothing if it may be left out, else what the schema will complain about. */
const blank = (field: Field, otherwise?: unknown): unknown => {
  if (field.isNullable && field.isRequired) return null
  return field.isRequired ? otherwise : undefined
}

/** Text that is no finite number stays text, so that the schema can say so and the form can show it again. */
const numberIn = (text: string): unknown => (Number.isFinite(Number(text)) ? Number(text) : text)

function instantIn(text: string): string {
  const isLocal = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text) && !Number.isNaN(Date.parse(`${text}Z`))
  return isLocal ? new Date(`${text}Z`).toISOString() : text
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const meaning = (choices: FieldOf<'one'>['choices'], value: string): unknown => {
  const found = choices.find(choice => choice.value === value)
  return found ? found.means : value
}

function linesIn(field: FieldOf<'lines'>, text: string): unknown {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (lines.length === 0) return blank(field, [])
  return field.isNumeric ? lines.map(numberIn) : lines
}

/** Reads a single-valued field from its text, which is not blank. */
function scalarIn(field: Field, text: string): unknown {
  if (field.kind === 'number') return numberIn(text)
  if (field.kind === 'one') return meaning(field.choices, text)
  if (field.kind === 'fixed') return text === String(field.means) ? field.means : text
  if (field.kind === 'json') return jsonIn(text)
  return field.kind === 'text' && field.input === 'datetime-local' ? instantIn(text) : text
}

function severalIn(field: FieldOf<'several'>, form: FormData): unknown {
  const values = form.getAll(field.name).filter(value => typeof value === 'string')
  return values.length === 0 ? blank(field, []) : values.map(value => meaning(field.choices, value))
}

/** A group counts as blank when it says no more than an empty form would. */
const isBlankGroup = (group: FieldOf<'group'>, form: FormData): boolean => {
  const empty = new FormData()
  for (const { name } of group.fields.filter(({ kind }) => kind === 'fixed'))
    empty.set(name, String(form.get(name) ?? ''))
  return isDeepStrictEqual(worded(membersIn(group.fields, form)), worded(membersIn(group.fields, empty)))
}

/** The same data without blank text, so that a field that was shown empty equals one that was not shown. */
const worded = (data: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== '' && value !== null))

function groupIn(group: FieldOf<'group'>, form: FormData): unknown {
  if (!group.isRequired && isBlankGroup(group, form)) return undefined
  return group.isNullable && isBlankGroup(group, form) ? null : membersIn(group.fields, form)
}

/** Rows are read as far as the form has them, never beyond what the schema allows; blank ones are dropped. */
function rowsIn(field: FieldOf<'rows'>, form: FormData): unknown {
  const numbers = [...form.keys()]
    .filter(key => key.startsWith(`${field.name}.`))
    .map(key => Number(key.slice(field.name.length + 1).split('.')[0]))
  const count = Math.min(field.most + 2, Math.max(-1, ...numbers.filter(Number.isSafeInteger)) + 1)
  const rows = Array.from({ length: count }, (_, index) => field.row(index)).filter(row => !isBlankGroup(row, form))
  return rows.length === 0 ? blank(field, []) : rows.map(row => membersIn(row.fields, form))
}

function valueIn(field: Field, form: FormData): unknown {
  if (field.kind === 'group') return groupIn(field, form)
  if (field.kind === 'rows') return rowsIn(field, form)
  if (field.kind === 'several') return severalIn(field, form)
  if (field.kind === 'tick') return form.has(field.name) && form.get(field.name) !== 'false' // a hidden one says which
  if (field.kind === 'lines') return linesIn(field, textsIn(form, field.name))
  const text = textIn(form, field.name)
  if (text === undefined || text === '')
    return blank(field, field.kind === 'text' || field.kind === 'area' ? text : undefined)
  return scalarIn(field, text)
}

function membersIn(fields: readonly Field[], form: FormData): Record<string, unknown> {
  const entries = fields.map(field => [lastOf(field.name), valueIn(field, form)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/**
 * Data as the schema describes it, not yet checked against it: numbers, booleans, lists and groups have their
 * shapes; optional members left blank are dropped; names the schema does not have are ignored.
 */
export const parseForm = (schema: JsonSchema, form: FormData): unknown => membersIn(fieldsOf(schema), form)
