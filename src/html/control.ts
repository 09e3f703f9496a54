// One field of a form as its control: label, help, error, and what was typed.
import { type Field, type FieldOf, memberOf, type Suggestion } from './fields.ts'
import { type Child, type Html, html } from './html.ts'
import { icon } from './icon.ts'
import { moreField } from './parse.ts'

/** `path` is dotted as the fields' names are: `contacts.0.email`; an empty one speaks of the whole form. */
export type FieldError = { readonly path: string; readonly message: string }

export const fieldId = (form: string, path: string): string => `${form}-${path.replace(/[^A-Za-z0-9]+/g, '-')}`

export type Context = {
  readonly form: string
  readonly errors: readonly FieldError[]
  /** Rows offered beyond what was typed may stay empty, so nothing in them is required or filled in. */
  readonly isBlankRow: boolean
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

/** What to show: what was typed, else the schema's default. */
const shownValue = (field: Field, value: unknown, context: Context): unknown =>
  value === undefined && !context.isBlankRow ? field.fallback : value

const ownErrors = (field: Field, { errors }: Context): readonly string[] => {
  const isLeaf = field.kind !== 'group' && field.kind !== 'rows'
  return errors
    .filter(({ path }) => path === field.name || (isLeaf && path.startsWith(`${field.name}.`)))
    .map(({ message }) => message)
}

const optionalMark = (field: Field): Child =>
  !field.isRequired && field.kind !== 'tick' && html` <span class="optional">optional</span>`

type Words = {
  readonly id: string
  readonly help: Child
  readonly errors: Child
  /** `aria-describedby` for a control or a fieldset. */
  readonly described: Child
  readonly isInvalid: boolean
}

/** Help and errors with their ids, and the attribute that ties them to the control. */
function wordsOf(field: Field, context: Context): Words {
  const id = fieldId(context.form, field.name)
  const messages = ownErrors(field, context)
  const isInvalid = messages.length > 0
  const ties = [field.help === undefined ? [] : [`${id}-help`], isInvalid ? [`${id}-error`] : []].flat()
  return {
    id,
    isInvalid,
    help: field.help !== undefined && html`<p class="help" id="${id}-help">${field.help}</p>`,
    errors: isInvalid && errorLine(`${id}-error`, messages),
    described: ties.length > 0 && html` aria-describedby="${ties.join(' ')}"`,
  }
}

const errorLine = (id: string, messages: readonly string[]): Html =>
  html`<p class="field-error" id="${id}">${icon('stop')} <span><span class="sr">Error: </span>${messages.join(' ')}</span></p>`

/** Attributes of a single control: its name and ids, whether it must be filled in, what describes it. */
const tied = (field: Field, context: Context, { id, described, isInvalid }: Words): Html =>
  html`id="${id}" name="${field.name}"${required(field, context)}${described}${isInvalid && html` aria-invalid="true"`}`

const required = (field: Field, context: Context): Child =>
  field.isRequired && !field.isNullable && !context.isBlankRow && field.kind !== 'tick' && html` required`

const fieldClass = ({ isInvalid }: Words): string => (isInvalid ? 'field invalid' : 'field')

/** A control with its label; `made` is given the control's attributes. */
function labelled(field: Field, context: Context, made: (attributes: Html) => Html): Html {
  const words = wordsOf(field, context)
  return html`<div class="${fieldClass(words)}"><label for="${words.id}">${field.title}${optionalMark(field)}</label>${words.help}${words.errors}${made(tied(field, context, words))}</div>\n`
}

/** Several controls under one legend; `made` is given the id that an error's link leads to. */
function gathered(field: Field, context: Context, made: (id: string) => Html): Html {
  const words = wordsOf(field, context)
  return html`<fieldset class="${fieldClass(words)}"${words.described}><legend>${field.title}${optionalMark(field)}</legend>${words.help}${words.errors}${made(words.id)}</fieldset>\n`
}

const suggestions = (id: string, from: readonly Suggestion[]): Html =>
  html`<datalist id="${id}">${from.map(({ value, label }) => html`<option value="${value}">${label !== value && label}</option>`)}</datalist>`

function textInput(field: FieldOf<'text'>, value: unknown, context: Context): Html {
  const isInstant = field.input === 'datetime-local'
  const shown = isInstant ? textOf(value).replace(/Z$/, '') : textOf(value)
  const extra = html`${isInstant && html` step="any"`}${field.autocomplete && html` autocomplete="${field.autocomplete}"`}`
  const list = field.suggests && `${fieldId(context.form, field.name)}-list`
  return labelled(
    field,
    context,
    own =>
      html`<input type="${field.input}" value="${shown}"${extra}${list && html` list="${list}"`} ${own}>${list && suggestions(list, field.suggests ?? [])}`,
  )
}

// What was typed but is no number cannot be shown again by a number input, so that one falls back to text.
function numberInput(field: FieldOf<'number'>, value: unknown, context: Context): Html {
  const limits = html`${field.min !== undefined && html` min="${field.min}"`}${field.max !== undefined && html` max="${field.max}"`}`
  const asked = html`type="number" step="${field.step}"${limits}`
  const type = typeof value === 'string' ? html`type="text" inputmode="decimal"` : asked
  return labelled(field, context, own => html`<input class="number" ${type} value="${textOf(value)}" ${own}>`)
}

// HTML drops one line end after <textarea>, so one is always given.
function area(field: Field, text: string, context: Context): Html {
  const shape = html`rows="${field.kind === 'lines' ? 4 : 7}"${field.kind === 'json' && html` class="json" spellcheck="false"`}`
  return labelled(field, context, own => html`<textarea ${shape} ${own}>\n${text}</textarea>`)
}

function lines(field: FieldOf<'lines'>, value: unknown, context: Context): Html {
  const text = Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value)
  return area({ ...field, help: [field.help, 'One per line.'].filter(Boolean).join(' ') }, text, context)
}

const radio = (
  type: 'radio' | 'checkbox',
  name: string,
  choice: { id: string; value: string; label: string; isOn: boolean; isRequired?: boolean },
): Html =>
  html`<div class="pick"><input type="${type}" id="${choice.id}" name="${name}" value="${choice.value}"${choice.isOn && html` checked`}${choice.isRequired && html` required`}><label for="${choice.id}">${choice.label}</label></div>`

function select(field: FieldOf<'one'>, value: unknown, context: Context): Html {
  const chosen = textOf(value)
  const options = field.choices.map(
    choice =>
      html`<option value="${choice.value}"${choice.value === chosen && html` selected`}>${choice.label}</option>`,
  )
  return labelled(
    field,
    context,
    own =>
      html`<select ${own}><option value="">${field.isRequired ? 'Choose one' : 'None'}</option>${options}</select>`,
  )
}

function radios(field: FieldOf<'one'>, value: unknown, context: Context): Html {
  const chosen = textOf(value)
  const mayBeBlank = !field.isRequired || field.isNullable || context.isBlankRow
  const all = [...field.choices, ...(mayBeBlank ? [{ value: '', label: 'Not said' }] : [])]
  return gathered(
    field,
    context,
    id =>
      html`${all.map(({ value: each, label }, index) =>
        radio('radio', field.name, {
          id: index === 0 ? id : `${id}-${index}`,
          value: each,
          label,
          isOn: each === chosen,
          isRequired: !mayBeBlank,
        }),
      )}`,
  )
}

function ticks(field: FieldOf<'several'>, value: unknown, context: Context): Html {
  const on = new Set(Array.isArray(value) ? value.map(textOf) : [])
  return gathered(
    field,
    context,
    id =>
      html`${field.choices.map(({ value: each, label }, index) =>
        radio('checkbox', field.name, {
          id: index === 0 ? id : `${id}-${index}`,
          value: each,
          label,
          isOn: on.has(each),
        }),
      )}`,
  )
}

function tick(field: Field, value: unknown, context: Context): Html {
  const words = wordsOf(field, context)
  return html`<div class="${fieldClass(words)}">${words.errors}<div class="pick"><input type="checkbox" value="true"${value === true && html` checked`} ${tied(field, context, words)}><label for="${words.id}">${field.title}</label></div>${words.help}</div>\n`
}

const group = (field: FieldOf<'group'>, value: unknown, context: Context): Html =>
  gathered(
    field,
    context,
    id =>
      html`<div class="group" id="${id}">${field.fields.map(member => control(member, memberOf(value, member), context))}</div>`,
  )

function rows(field: FieldOf<'rows'>, value: unknown, context: Context): Html {
  const typed: readonly unknown[] = Array.isArray(value) ? value : []
  const count = Math.max(typed.length, Math.min(field.most, typed.length + 2))
  const made = Array.from({ length: count }, (_, index) =>
    group(field.row(index), typed[index], { ...context, isBlankRow: context.isBlankRow || index >= typed.length }),
  )
  const more =
    count < field.most && html`<button class="plain" name="${moreField}" value="${field.name}">More lines</button>`
  return gathered(field, context, id => html`<div class="group rows-of" id="${id}">${made}${more}</div>`)
}

export function control(field: Field, given: unknown, context: Context): Html {
  const value = shownValue(field, given, context)
  if (field.kind === 'text') return textInput(field, value, context)
  if (field.kind === 'number') return numberInput(field, value, context)
  if (field.kind === 'lines') return lines(field, value, context)
  if (field.kind === 'one')
    return field.choices.length <= 5 && !field.isList ? radios(field, value, context) : select(field, value, context)
  if (field.kind === 'several') return ticks(field, value, context)
  if (field.kind === 'tick') return tick(field, value, context)
  if (field.kind === 'group') return group(field, value, context)
  if (field.kind === 'rows') return rows(field, value, context)
  if (field.kind === 'fixed') return html`<input type="hidden" name="${field.name}" value="${String(field.means)}">`
  return area(field, textOf(value), context)
}
