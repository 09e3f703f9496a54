// Turns: order within a name, none between names, and nothing left behind.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTurns } from './turns.ts'

const step = () => new Promise<void>(resolve => setImmediate(resolve))

test('work under one name is done one after the other, in the order it was asked for', async () => {
  const inTurn = takeTurns()
  const told: string[] = []
  const work = (name: string) => async () => {
    told.push(`${name} begins`)
    await step()
    told.push(`${name} ends`)
  }
  await Promise.all([inTurn('a', work('one')), inTurn('a', work('two'))])
  assert.deepEqual(told, ['one begins', 'one ends', 'two begins', 'two ends'])
})

test('work under other names, or none, does not wait', async () => {
  const inTurn = takeTurns()
  const told: string[] = []
  const first = inTurn('a', async () => {
    await step()
    told.push('a')
  })
  await inTurn('b', async () => told.push('b'))
  await inTurn(undefined, async () => told.push('none'))
  await first
  assert.deepEqual(told, ['b', 'none', 'a'])
})

test('work that fails tells whoever asked for it, and the next begins', async () => {
  const inTurn = takeTurns()
  const failing = inTurn('a', () => Promise.reject(new Error('no')))
  const next = inTurn('a', async () => 'done')
  await assert.rejects(failing, /^Error: no$/)
  assert.equal(await next, 'done')
})
