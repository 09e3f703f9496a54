// The log of a bad day: the first line at once, the same one later with its count, another one always.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rarely } from './rarely.ts'

test('the same line is said once a minute, with how often it would have been said', () => {
  const lines: string[] = []
  let now = 0
  const log = rarely(
    line => lines.push(line),
    () => now,
  )
  for (now = 0; now < 60_000; now += 250) log('away')
  log('another')
  now = 60_000
  log('away')
  log('away')
  assert.deepEqual(lines, ['away', 'another', 'away (and 239 times more in between)'])
})
