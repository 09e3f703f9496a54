// CSV: what is written is read back, and no cell begins like a formula.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvOf } from './csv.ts'

/** Reads RFC 4180, for the test alone. */
function read(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

const tame = (cell: string) => !/^[=+\-@\t\r]/.test(cell)

test('cells with quotes, commas and line ends are read back as they were', () => {
  const cells = fc.array(fc.string().filter(tame), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 5 }), rows => {
      assert.deepEqual(read(csvOf(rows)), rows)
    }),
  )
})

test('a cell that a spreadsheet would run is made text', () => {
  assert.equal(csvOf([['=1+1', '@x', '-2', 'a-b']]), "'=1+1,'@x,'-2,a-b\r\n")
})
