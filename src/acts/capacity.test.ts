// Somebody with several capacities: which is tried first, and whose refusal is the answer when none may.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintId } from '#base/ids.ts'
import type { Read } from '#database/handles.ts'
import { hang, toy } from '#test/kit/toy.ts'
import { type Actor, act } from './act.ts'
import { actorsFor, firstAllowed } from './capacity.ts'
import { isRefusal, problem, type Refusal, refuse } from './problem.ts'
import { mandateWanted, stoppedByRule, wrongCapacity } from './problems.ts'
import { gather } from './registry.ts'

const person = mintId('per')
const holder = (body: string, seat: string): Actor => ({ capacity: 'seat-holder', person, body, seat })
const chair: Actor = { capacity: 'chair', person, body: 'bellfounders', seat: 'sea_1' }
const held = [chair, holder('bellfounders', 'sea_1'), holder('ringers', 'sea_2')]

const elsewhere = problem('bells/elsewhere', 'barred', 'Your seat is elsewhere', 'Ask a ringer.')
const tooLate = problem('bells/too-late', 'untimely', 'The bells are silent by now', 'Come earlier.')

const nothingIsAsked = (): never => {
  throw new Error('Nothing is looked up here')
}
const nobodyAsks: Read = { on: nothingIsAsked, asks: nothingIsAsked }

async function actorsWith(input?: unknown, as?: string): Promise<readonly Actor[] | Refusal> {
  const toll = act({ ...hang, by: ['seat-holder', 'chair'] })
  const kinds = ['seat-holder', 'chair'] as const
  const registry = gather([toy({ acts: [toll], capacities: { kinds, of: async () => held } })])
  return actorsFor(registry, nobodyAsks, {
    act: toll,
    by: { person, ...(as && { as }) },
    at: '2026-11-22T10:00:00Z',
    input,
  })
}

test('capacities are tried in the order of the act, those that the input names before the others', async () => {
  const [bellfounder, ringer] = held.slice(1)
  assert.deepEqual(await actorsWith(), [bellfounder, ringer, chair])
  assert.deepEqual(await actorsWith({ body: 'ringers' }), [ringer, bellfounder, chair])
  assert.deepEqual(await actorsWith({ seat: 'sea_1' }), [bellfounder, chair, ringer])
  assert.deepEqual(await actorsWith({ body: 'strangers' }), [bellfounder, ringer, chair])
  assert.deepEqual(await actorsWith({ body: 'ringers' }, 'bellfounders'), [bellfounder, chair])
})

const answerOf = (refusals: readonly Refusal[]) => {
  const left = refusals.values()
  return firstAllowed(held, async () => left.next().value ?? 'done')
}

test('of several refusals the one tells most that came last on the way of an act', async () => {
  const [barred, late] = [refuse(elsewhere), refuse(tooLate)]
  const [stopped, wanted] = [refuse(stoppedByRule), refuse(mandateWanted)]
  assert.deepEqual(await answerOf([barred, late, barred]), late)
  assert.deepEqual(await answerOf([barred, late, stopped]), stopped)
  assert.deepEqual(await answerOf([wanted, stopped, late]), wanted)
  const [first, second] = [refuse(elsewhere, { detail: 'One' }), refuse(elsewhere, { detail: 'Two' })]
  assert.deepEqual(await answerOf([first, second, second]), first)
})

test('the first who is not refused does it, and without any capacity nobody does', async () => {
  assert.equal(await answerOf([refuse(elsewhere)]), 'done')
  const none = await firstAllowed([], async () => 'done')
  assert.equal(isRefusal(none) && none.refused, wrongCapacity)
})
