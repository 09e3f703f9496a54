// What is kept of what Git says while it runs.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { ended } from './run.ts'

test('of a long complaint the end is kept, where Git says what went wrong', async () => {
  const script =
    "process.stderr.write('Receiving objects:  1%\\r'.repeat(5000) + 'fatal: bad object'); process.exitCode = 128"
  const { code, complaint } = await ended(spawn(process.execPath, ['-e', script]))
  assert.deepEqual([code, complaint.endsWith('1%\rfatal: bad object'), complaint.length], [128, true, 16_384])
})
