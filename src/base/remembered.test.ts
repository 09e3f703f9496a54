// Remembered answers: asked once within their time, asked again after it, and never kept once let go of.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembered } from './remembered.ts'

function memory(options: { most?: number; isKept?: (answer: number) => boolean } = {}) {
  let [now, asked] = [0, 0]
  const known = remembered<number>({ seconds: 10, most: 2, now: () => now, ...options })
  const ask = (key: string): Promise<number> => known.of(key, async () => ++asked)
  return { ask, forget: known.forget, pass: (milliseconds: number) => (now += milliseconds) }
}

test('an answer is asked for once within its time, and again when it is over', async () => {
  const { ask, pass } = memory()
  assert.equal(await ask('a'), 1)
  pass(9_999)
  assert.equal(await ask('a'), 1)
  pass(1)
  assert.equal(await ask('a'), 2)
})

test('no more answers are kept than were allowed', async () => {
  const { ask } = memory()
  assert.deepEqual([await ask('a'), await ask('b'), await ask('c')], [1, 2, 3])
  assert.deepEqual([await ask('c'), await ask('a')], [3, 4])
})

test('what is not worth keeping is asked for each time', async () => {
  const { ask } = memory({ isKept: answer => answer > 1 })
  assert.deepEqual([await ask('a'), await ask('a'), await ask('a')], [1, 2, 2])
})

test('what was let go of is asked for again, and an answer that was on its way then is not kept', async () => {
  const { ask, forget } = memory()
  await ask('a')
  forget()
  assert.equal(await ask('a'), 2)
  const onItsWay = ask('b')
  forget()
  assert.deepEqual([await onItsWay, await ask('b')], [3, 4])
})
