// Safe HTML: tagged templates that escape by default and never wait.
import { html as template, raw as trust } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString

/** What a template may hold: text is escaped, Html goes in as it is, lists are joined, nothing and booleans leave no trace. */
export type Child = Html | string | number | boolean | null | undefined | readonly Child[]

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** `1,234.5`: grouped by thousands, at most two decimals. */
export const sayNumber = (value: number): string => grouped.format(value)

/** A place to go to, with the words that say so. */
export type Link = { readonly label: string; readonly href: string }

export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  const made = template(strings, ...values)
  if (made instanceof Promise) throw new TypeError('A page part was given a promise: await it before the template')
  return made
}

/** Marks text as HTML already. Only for text that this program made or cleaned itself. */
export const raw = (trusted: string): Html => trust(trusted)

export const nothing: Html = raw('')

// Browsers drop tabs and line ends inside an address and control characters before it; so must this reading of it.
const schemeOf = (href: string): string | undefined =>
  /^([a-z][a-z0-9+.-]*):/i.exec(href.replace(/[\t\r\n]/g, '').replace(/^[\p{Cc} ]+/u, ''))?.[1]?.toLowerCase()

const followed = new Set([undefined, 'http', 'https', 'mailto'])

/** Only addresses that a browser may follow without running anything; all else leads nowhere. */
export const safeHref = (href: string): string => (followed.has(schemeOf(href)) ? href : '#unsafe-address')

export const link = ({ href, label }: Link): Html => html`<a href="${safeHref(href)}">${label}</a>`
