// Safe HTML: tagged templates that escape by default and never wait.

/** Text that is HTML already. Only `html` and `raw` make it, so what is not of this class is escaped. */
class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}
export type Html = Markup

/** What a template may hold: text is escaped, Html goes in as it is, lists are joined, nothing and booleans leave no trace. */
export type Child = Html | string | number | boolean | null | undefined | readonly Child[]

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** `1,234.5`: grouped by thousands, at most two decimals. */
export const sayNumber = (value: number): string => grouped.format(value)

/** A place to go to, with the words that say so. */
export type Link = { readonly label: string; readonly href: string }

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const special = /[&<>"']/
const everySpecial = /[&<>"']/g

const escaped = (text: string): string =>
  special.test(text) ? text.replace(everySpecial, one => entities[one] ?? '') : text

function textOf(child: Child): string {
  if (typeof child === 'string') return escaped(child)
  if (child instanceof Markup) return child.toString()
  if (typeof child === 'number') return String(child)
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (!Array.isArray(child))
    throw new TypeError(
      'A page part was given what is neither text nor a page part: if it is a promise, await it before the template',
    )
  let text = ''
  for (const one of child) text += textOf(one)
  return text
}

export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Html {
  let text = strings[0] ?? ''
  for (const [index, value] of values.entries()) text += textOf(value) + strings[index + 1]
  return new Markup(text)
}

/** Marks text as HTML already. Only for text that this program made or cleaned itself. */
export const raw = (trusted: string): Html => new Markup(trusted)

export const nothing: Html = raw('')

// Browsers drop tabs and line ends inside an address and control characters before it; so must this reading of it.
const schemeOf = (href: string): string | undefined =>
  /^([a-z][a-z0-9+.-]*):/i.exec(href.replace(/[\t\r\n]/g, '').replace(/^[\p{Cc} ]+/u, ''))?.[1]?.toLowerCase()

/** Nearly all: our own paths, and ordinary addresses of the web. */
const isPlain = /^(?:\/|https?:)[\w\-.~:/?#@!$&()*+,;=%]*$/

const followed = new Set([undefined, 'http', 'https', 'mailto'])

/** Only addresses that a browser may follow without running anything; all else leads nowhere. */
export const safeHref = (href: string): string =>
  isPlain.test(href) || followed.has(schemeOf(href)) ? href : '#unsafe-address'

export const link = ({ href, label }: Link): Html => html`<a href="${safeHref(href)}">${label}</a>`
