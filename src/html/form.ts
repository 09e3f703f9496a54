// Forms from a JSON Schema: labels from titles, help from descriptions, what was typed and what was wrong with it.
import { control, type FieldError, fieldId } from './control.ts'
import { fieldAt, fieldsOf, type JsonSchema, memberOf } from './fields.ts'

export type { FieldError }

import { hiddenFields } from './hidden.ts'
import { type Html, html, safeHref } from './html.ts'
import { icon } from './icon.ts'

export type FormParts = {
  /** Tells the forms of one page apart: the start of every id in this one. */
  readonly name: string
  readonly action: string
  readonly schema: JsonSchema
  readonly submit: string
  /** What was typed before, or what there is to change. */
  readonly values?: unknown
  readonly errors?: readonly FieldError[]
  /** Members settled by the page, such as the motion voted on: sent, not asked. */
  readonly hidden?: Readonly<Record<string, string>>
  readonly csrf?: string
  readonly method?: 'post' | 'get'
  /** Shown beside the button: what happens then. */
  readonly after?: string | Html
}

function errorSummary(given: FormParts, fields: ReturnType<typeof fieldsOf>): Html {
  const errors = given.errors ?? []
  const line = ({ path, message }: FieldError): Html => {
    const field = fieldAt(fields, path)
    return html`<li>${field ? html`<a href="#${fieldId(given.name, field.name)}">${field.title}</a>: ${message}` : message}</li>`
  }
  const title =
    errors.length === 1
      ? 'One thing to mend before this can be done'
      : `${errors.length} things to mend before this can be done`
  return html`<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="${given.name}-errors"><h2 id="${given.name}-errors">${icon('stop')} ${title}</h2><ul>${errors.map(line)}</ul></div>`
}

/** Only the fields, for a form of the caller's own making such as a small action. */
export function formFields(given: Pick<FormParts, 'name' | 'schema' | 'values' | 'errors' | 'hidden'>): Html {
  const asked = fieldsOf(given.schema).filter(({ name }) => !Object.hasOwn(given.hidden ?? {}, name))
  const context = { form: given.name, errors: given.errors ?? [], isBlankRow: false }
  return html`${asked.map(field => control(field, memberOf(given.values, field), context))}`
}

// Enter in a field presses the first button of its form, which must not be one that asks for more rows.
const defaultButton = html`<button class="sr" tabindex="-1" aria-hidden="true"></button>`

/** The browser's own checks are off: the server names every unfit field at once, in the words of the act. */
export function form(given: FormParts): Html {
  const hasErrors = (given.errors?.length ?? 0) > 0
  return html`<form class="form" id="${given.name}" method="${given.method ?? 'post'}" action="${safeHref(given.action)}" novalidate>
${hasErrors && errorSummary(given, fieldsOf(given.schema))}${hiddenFields(given.hidden, given.csrf)}
${defaultButton}${formFields(given)}
<div class="form-end"><button class="main">${given.submit}</button>${given.after && html`<p class="quiet">${given.after}</p>`}</div></form>`
}
