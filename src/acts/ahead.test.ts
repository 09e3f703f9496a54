// Looking ahead: what somebody held the last time only says what to look up; what they hold now decides.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintId } from '#base/ids.ts'
import { testHouse } from '#test/kit/house.ts'
import { hang, ring, toy } from '#test/kit/toy.ts'
import { type Actor, act } from './act.ts'
import { wrongCapacity } from './problems.ts'

const ann = mintId('per')
const ringer = (body: string): Actor => ({ capacity: 'participant', person: ann, body })

test('what was guessed is looked up once where it fits, again where it does not, and decides nothing', async t => {
  let held: readonly Actor[] = []
  const lookedUpAs: (string | undefined)[] = []
  const toll = act({
    ...ring,
    name: 'bells.toll',
    finds: (input, read, actor) => {
      lookedUpAs.push(actor.body)
      if (actor.body === 'east') throw new Error('The east tower fell')
      return ring.finds(input, read, actor)
    },
  })
  const capacities = { kinds: ['participant'] as const, of: async () => held }
  const house = await testHouse(t, {
    domains: [toy({ acts: [hang, toll], capacities })],
    charter: { terms: { 'bells.ringing': { most: 9 } } },
  })
  const { entry } = await house.done('bells.hang', { name: 'Tom' }, 'operator')
  const tollNow = async (...bodies: string[]) => {
    held = bodies.map(ringer)
    lookedUpAs.length = 0
    const done = await house.done('bells.toll', { bell: entry.facts.bell, loudness: 'soft' }, ann)
    return [done.entry.actor.body, [...lookedUpAs]]
  }
  assert.deepEqual(await tollNow('north'), ['north', ['north']])
  assert.deepEqual(await tollNow('north'), ['north', ['north']])
  assert.deepEqual(await tollNow('south'), ['south', ['north', 'south']])
  await assert.rejects(tollNow('east'), /The east tower fell/)
  assert.deepEqual(await tollNow('south'), ['south', ['east', 'south']])
  held = []
  await house.refused(wrongCapacity, 'bells.toll', { bell: entry.facts.bell, loudness: 'soft' }, ann)
  await house.expectReplay()
})
