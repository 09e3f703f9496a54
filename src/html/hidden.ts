// Hidden form fields, and the token that proves a form was ours.
import { type Html, html } from './html.ts'

/** The name of the field every posting form carries its token in. */
export const csrfField = '_csrf'

export const hiddenFields = (values: Readonly<Record<string, string>> = {}, csrf?: string): Html =>
  html`${Object.entries({ ...values, ...(csrf === undefined ? {} : { [csrfField]: csrf }) }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}`
