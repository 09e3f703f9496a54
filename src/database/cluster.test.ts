// What is told of a PostgreSQL program that failed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reasonIn } from './cluster.ts'

test('why a program failed is told by its first fault, and a full disk by its name', () => {
  const full = [
    '2026-11-22 10:00:00.000 UTC [42] FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes',
    '2026-11-22 10:00:00.000 UTC [42] HINT:  Check free disk space.',
    '2026-11-22 10:00:00.000 UTC [42] PANIC:  cannot abort transaction 1, it was already committed',
  ]
  const first = 'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes'
  assert.equal(reasonIn(full.join('\n')), `the disk is full (${first})`)
  assert.equal(
    reasonIn('creating\ninitdb: error: could not access it\nFATAL:  gone\n'),
    'initdb: error: could not access it',
  )
  assert.equal(reasonIn(''), '')
})
