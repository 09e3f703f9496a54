// What the world sees is what was last looked at: acts, API, commands and refusals against their blessed files.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { printed } from './printed.ts'
import { root } from './sources.ts'

/** The first line that differs, so that a failure is short. */
function difference(kept: string, now: string): string | undefined {
  const [left, right] = [kept.split('\n'), now.split('\n')]
  const at = right.findIndex((line, index) => line !== left[index])
  if (at < 0 && left.length === right.length) return undefined
  const place = at < 0 ? right.length : at
  return `line ${place + 1} was “${left[place] ?? ''}” and is now “${right[place] ?? ''}”`
}

for (const [path, now] of await printed())
  test(`${path} is up to date`, async () => {
    const kept = await readFile(root + path, 'utf8').catch(() => '')
    const found = difference(kept, now)
    assert.equal(found, undefined, `${path}: ${found}. If that is meant: npm run bless, then read the difference.`)
  })

test('a change of one line is found and named', () => {
  assert.equal(difference('a\nb\n', 'a\nb\n'), undefined)
  assert.equal(difference('a\nb\n', 'a\nc\n'), 'line 2 was “b” and is now “c”')
  assert.equal(difference('a\nb', 'a'), 'line 2 was “b” and is now “”')
})
