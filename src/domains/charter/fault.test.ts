// How faults are shown in a terminal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFaults } from './fault.ts'

test('faults are shown with places that a terminal can follow', () => {
  const faults = [{ file: 'terms.yml', line: 3, column: 5, expected: 'one\nand two', found: 'three' }]
  assert.equal(
    formatFaults(faults, 'charters/pytorch'),
    `charters/pytorch/terms.yml:3:5
  expected  one
            and two
  found     three

1 fault: the charter does not load.
`,
  )
})
