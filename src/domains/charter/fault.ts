// What is wrong with a charter's files: where, what was expected there and what stands there instead.

export type Fault = {
  /** Inside the charter's folder: `terms.yml`. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column?: number
  readonly expected: string
  readonly found: string
}

/** Where something stands in a file. */
export type Place = Pick<Fault, 'file' | 'line' | 'column'>

export const byPlace = (a: Fault, b: Fault): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.column ?? 0) - (b.column ?? 0)

/** A fault's text in one go: the place on its own line, so that editors and terminals can jump there. */
const paragraph = (folder: string, { file, line, column, expected, found }: Fault): string => {
  const place = [`${folder}${folder && !folder.endsWith('/') ? '/' : ''}${file}`, line, ...(column ? [column] : [])]
  const indented = (text: string) => text.replaceAll('\n', '\n            ')
  return `${place.join(':')}\n  expected  ${indented(expected)}\n  found     ${indented(found)}\n`
}

/** For the terminal: every fault with its place, then how many there are. */
export const formatFaults = (faults: readonly Fault[], folder = ''): string =>
  `${faults.map(fault => paragraph(folder, fault)).join('\n')}\n${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}: the charter does not load.\n`

/** Lists names for a message: `a, b or c`; `nothing` when there is none. */
export const oneOf = (names: readonly string[]): string =>
  names.length === 0
    ? 'nothing (there is none yet)'
    : names.length === 1
      ? `${names[0]}`
      : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
