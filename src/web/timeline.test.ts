// Sentences of entries, as every face tells them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gather } from '#acts/registry.ts'
import { entryOf } from '#record/append.ts'
import { stillClock } from '#test/kit/clock.ts'
import { hang, toy } from '#test/kit/toy.ts'
import { sentenceOf } from './timeline.ts'

test('a sentence ends once, also where what it quotes ends with a full stop', () => {
  const draft = { act: 'bells.hang', at: '2026-03-02T09:00:00.000Z', actor: { capacity: 'clock' as const } }
  const facts = { bell: 'bel_00000000000000000000', name: 'Tom' }
  const { leaf } = entryOf({ ...draft, under: [], charter: 'a'.repeat(64), facts, sealed: {} }, stillClock())
  for (const says of ['hung it: it was time.', 'hung it: it was time']) {
    const registry = gather([toy({ acts: [{ ...hang, says: () => says }] })])
    assert.equal(sentenceOf(registry, leaf), 'hung it: it was time')
  }
})
