// Tables as CSV (RFC 4180), safe to open in a spreadsheet.

/** A spreadsheet would run a cell that begins like a formula; an apostrophe makes it text. */
const tamed = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(cell => quoted(tamed(cell))).join(',')}\r\n`).join('')
