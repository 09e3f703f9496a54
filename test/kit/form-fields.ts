// Reads what a browser would submit for a form on a page of ours, without a browser. Knows only the HTML our parts write.
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name) => entities[name] ?? whole)

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decode(found)
}

const isOn = (tag: string, name: string): boolean =>
  new RegExp(`\\s${name}(\\s|>|$)`).test(tag.replace(/"[^"]*"/g, '""'))

/** A form is submitted with CR LF line ends, whatever was typed. */
const asSent = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n')

function entryOf(tag: string, inner: string): string | undefined {
  if (tag.startsWith('<textarea')) return asSent(decode(inner).replace(/^\n/, ''))
  if (tag.startsWith('<select')) {
    const options = [...inner.matchAll(/<option[^>]*>/g)].map(([option]) => option)
    return attribute(options.find(option => isOn(option, 'selected')) ?? options[0] ?? '', 'value')
  }
  const isPick = ['checkbox', 'radio'].includes(attribute(tag, 'type') ?? '')
  return isPick && !isOn(tag, 'checked') ? undefined : (attribute(tag, 'value') ?? '')
}

/** The fields of the form with this id, or of the whole markup, as they stand when the page is opened. */
export function formDataOf(markup: string, id?: string): FormData {
  const start = id === undefined ? 0 : markup.indexOf(`id="${id}"`)
  if (start < 0) throw new RangeError(`There is no form ${id} in this markup`)
  const end = markup.indexOf('</form>', start)
  const data = new FormData()
  const controls = /<input[^>]*>|<(textarea|select)[^>]*>([\s\S]*?)<\/\1>/g
  for (const [whole, , inner = ''] of markup.slice(start, end < 0 ? undefined : end).matchAll(controls)) {
    const tag = whole.slice(0, whole.indexOf('>') + 1)
    const name = attribute(tag, 'name')
    const value = entryOf(tag, inner)
    if (name !== undefined && value !== undefined) data.append(name, value)
  }
  return data
}
