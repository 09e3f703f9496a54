// The little of TOML that package metadata needs: tables, keys, and the strings in each value, with their lines.

export type TomlEntry = {
  /** Dotted name of the table, such as `project.optional-dependencies`; empty above the first. */
  readonly table: string
  readonly key: string
  readonly strings: readonly { readonly text: string; readonly line: number }[]
  /** The value as written, comments taken out. */
  readonly raw: string
  readonly line: number
}

const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$/
const assignment = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=\s*(.*)$/
const unquoted = (name: string): string => name.replace(/["'\s]/g, '')
const token = /"""[\s\S]*?"""|'''[\s\S]*?'''|(?<!")"(?:[^"\\\n]|\\.)*"(?!")|(?<!')'[^'\n]*'(?!')|#[^\n]*|[[\]{}]/g

/** Never throws: a line that is no TOML is passed over. */
export function readToml(text: string): TomlEntry[] {
  const lines = text.split(/\r?\n/)
  const entries: TomlEntry[] = []
  let table = ''
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const head = header.exec(line)
    const assigned = head ? null : assignment.exec(line)
    if (head) table = unquoted(head[1] ?? '')
    if (!assigned) continue
    const value = valueFrom(lines, index, assigned[2] ?? '')
    const key = unquoted(assigned[1] ?? '')
    entries.push({ table, key, line: index + 1, ...stringsIn(value.text, index + 1) })
    index += value.further
  }
  return entries
}

/** Goes on over following lines while a bracket or a long string is open. */
function valueFrom(lines: readonly string[], start: number, first: string): { text: string; further: number } {
  let text = first
  let further = 0
  while (isOpen(text) && start + further + 1 < lines.length && further < 2000) {
    further += 1
    text += `\n${lines[start + further]}`
  }
  return { text, further }
}

function isOpen(text: string): boolean {
  let depth = 0
  const rest = text.replace(token, part => {
    if (part === '[' || part === '{') depth += 1
    if (part === ']' || part === '}') depth -= 1
    return ' '
  })
  return depth > 0 || /"""|'''/.test(rest)
}

function stringsIn(text: string, line: number): Pick<TomlEntry, 'strings' | 'raw'> {
  const strings: { text: string; line: number }[] = []
  const raw = text.replace(token, (part, at: number) => {
    if (part.startsWith('#')) return ''
    if (/^["']/.test(part)) strings.push({ text: inner(part), line: line + text.slice(0, at).split('\n').length - 1 })
    return part
  })
  return { strings, raw }
}

const inner = (quoted: string): string => {
  const marks = /^(?:"""|''')/.test(quoted) ? 3 : 1
  const plain = quoted.slice(marks, -marks)
  return quoted.startsWith('"') ? plain.replace(/\\(["\\])/g, '$1') : plain
}
