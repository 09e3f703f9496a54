// Recorded values on an entry's page: readable whatever their shape, and never as markup of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownValue } from './value.ts'

const said = (value: unknown): string => String(shownValue(value, new Map()))

test('plain values are words, and text from the record stays text', () => {
  assert.deepEqual([null, true, false, 0, '', 'a <b>'].map(said), ['none', 'yes', 'no', '0', '', 'a &lt;b&gt;'])
})

test('lists and named parts are lists, one within the other', () => {
  assert.equal(said([]), 'none')
  assert.equal(
    said([{ seat: 'chair', votes: [1, 2] }]),
    '<ul><li><ul><li><code>seat</code> chair</li>' +
      '<li><code>votes</code> <ul><li>1</li><li>2</li></ul></li></ul></li></ul>',
  )
})
