// The engine on a real database, with a toy domain: what every act may count on, whatever it is about.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mintId } from '#base/ids.ts'
import { Busy } from '#database/errors.ts'
import { entriesPage, erase, sealedOf } from '#record/queries.ts'
import { byOf, type HouseOptions, kitCharter, kitCharters, testHouse } from '#test/kit/house.ts'
import { condemn, hang, listBells, noSuchBell, ring, rungOut, toy } from '#test/kit/toy.ts'
import { act } from './act.ts'
import { createEngine } from './engine.ts'
import { isRefusal } from './problem.ts'
import {
  keyReused,
  mandateUnfit,
  mandateUsed,
  mandateWanted,
  noSuchAct,
  seenTooOld,
  signInFirst,
  stoppedByRule,
  tooBusy,
  unfitInput,
  wrongCapacity,
} from './problems.ts'
import { gather } from './registry.ts'

const ann = mintId('per')
const bob = mintId('per')
const terms = { 'bells.ringing': { most: 2 } }
const options = (more: Partial<HouseOptions> = {}): HouseOptions => ({ domains: [toy()], charter: { terms }, ...more })

test('an act leaves one entry with its clauses, capacity and facts, and changes its rows', async t => {
  const house = await testHouse(t, options())
  const { entry } = await house.done('bells.hang', { name: 'Old Tom' }, ann)
  const { bell } = entry.facts
  assert.deepEqual(entry, {
    v: 1,
    id: entry.id,
    act: 'bells.hang',
    at: house.clock.at(),
    actor: { capacity: 'participant', person: ann },
    under: ['bells.ringing'],
    charter: entry.charter,
    facts: { bell, name: 'Old Tom' },
  })
  assert.deepEqual(await house.leaves(), [entry])
  assert.deepEqual(await listBells.finds({}, house.read, { at: house.clock.at(), term: house.engine.term }), {
    bells: [{ id: bell, name: 'Old Tom', rung: 0 }],
  })
  await house.expectReplay()
})

test('refusals name the problem, the clause and the detail, and leave nothing', async t => {
  const house = await testHouse(t, options())
  const bell = (await house.done('bells.hang', { name: 'Tom' }, ann)).entry.facts.bell
  await house.refused(noSuchAct, 'bells.drop', {}, ann)
  await house.refused(noSuchBell, 'bells.ring', { bell: mintId('bel'), loudness: 'soft' }, ann)
  await house.refused(signInFirst, 'bells.ring', { bell, loudness: 'soft' }, 'nobody')
  await house.refused(wrongCapacity, 'bells.ring', { bell, loudness: 'soft' }, 'operator')
  await house.refused(wrongCapacity, 'bells.ring', { bell, loudness: 'soft' }, { person: ann, as: 'chair' })
  const unfit = await house.refused(unfitInput, 'bells.ring', { bell: 'x', loudness: 'shrill' }, ann)
  assert.deepEqual(
    unfit.fields?.map(field => field.path),
    [['bell'], ['loudness']],
  )
  const bare = await house.refused(unfitInput, 'bells.ring', {}, ann)
  assert.deepEqual(bare.fields, [
    { path: ['bell'], message: 'This is needed' },
    { path: ['loudness'], message: 'This is needed' },
  ])
  await house.done('bells.ring', { bell, loudness: 'soft' }, ann)
  await house.done('bells.ring', { bell, loudness: 'loud' }, ann)
  const refusal = await house.refused(rungOut, 'bells.ring', { bell, loudness: 'soft' }, ann)
  assert.deepEqual([refusal.clauses, refusal.detail], [['bells.ringing'], 'It has been rung 2 of 2 times.'])
})

test('a problem that an act does not list is a fault, not an answer', async t => {
  const sly = act({ ...ring, name: 'bells.sly', refuses: [] })
  const house = await testHouse(t, options({ domains: [toy({ acts: [sly] })] }))
  const order = { act: 'bells.sly', input: { bell: mintId('bel'), loudness: 'soft' }, by: byOf(ann) }
  await assert.rejects(house.engine.perform(order), /bells.sly does not list bells\/no-such-bell/)
})

test('a fault while writing rolls the entry back', async t => {
  const broken = act({ ...hang, name: 'bells.break', writes: async () => Promise.reject(new Error('no rope')) })
  const house = await testHouse(t, options({ domains: [toy({ acts: [broken] })] }))
  await assert.rejects(house.engine.perform({ act: 'bells.break', input: { name: 'Tom' }, by: byOf(ann) }), /no rope/)
  assert.deepEqual(await house.leaves(), [])
})

test('rules of the charter are asked with what the act weighs, and a denial names its clause and remedy', async t => {
  const stopped: string[] = []
  const denials = ({ context, act }: { context: Readonly<Record<string, unknown>>; act: string }) =>
    context.loudness === 'loud'
      ? [{ rule: 'quiet', clauses: ['7.b'], title: `Nobody may do ${act} loudly`, remedy: 'Pull gently.' }]
      : []
  const house = await testHouse(t, options({ charter: { terms, denials } }))
  const bell = (await house.done('bells.hang', { name: 'Tom' }, ann)).entry.facts.bell
  const refusal = await house.refused(stoppedByRule, 'bells.ring', { bell, loudness: 'loud' }, ann)
  assert.deepEqual(
    [refusal.clauses, refusal.detail, refusal.remedy, stopped],
    [['7.b'], 'Nobody may do bells.ring loudly.', 'Pull gently.', []],
  )
  const { entry } = await house.done('bells.ring', { bell, loudness: 'soft' }, ann)
  assert.deepEqual(entry.weighed, { loudness: 'soft' })
})

test('sealed facts leave a commitment, lie in the vault, and come back in a replay until they are erased', async t => {
  const house = await testHouse(t, options())
  const bell = (await house.done('bells.hang', { name: 'Tom' }, ann)).entry.facts.bell
  const { entry } = await house.done('bells.ring', { bell, loudness: 'soft', whisper: 'for Ann alone' }, ann)
  assert.deepEqual(entry.facts, { bell, loudness: 'soft', times: 1 })
  assert.match(entry.sealed?.whisper ?? '', /^[0-9a-f]{64}$/)
  assert.equal(JSON.stringify(entry).includes('for Ann alone'), false)
  assert.equal((await sealedOf(house.read, entry.id)).whisper?.value, 'for Ann alone')
  await house.expectReplay()
  assert.equal(await house.database.transact(tx => erase(tx, { subject: ann })), 1)
  assert.deepEqual(await sealedOf(house.read, entry.id), {})
})

test('a mandate authorises exactly what was decided, once', async t => {
  const house = await testHouse(t, options({ charter: { terms, mandates: { 'bells.melt': ['bells.condemn'] } } }))
  const [tom, tim] = [
    await house.done('bells.hang', { name: 'Tom' }, ann),
    await house.done('bells.hang', { name: 'Tim' }, ann),
  ]
  const [one, other] = [tom.entry.facts.bell, tim.entry.facts.bell]
  await house.refused(mandateWanted, 'bells.melt', { bell: one }, ann)
  const { entry: mandate } = await house.done('bells.condemn', { bell: one }, ann)
  const order = { act: 'bells.melt', input: { bell: other }, by: byOf(ann), mandate: mandate.id }
  const unfit = await house.engine.perform(order)
  assert.equal(isRefusal(unfit) && unfit.refused, mandateUnfit)
  const wrongKind = await house.engine.perform({ ...order, input: { bell: one }, mandate: tom.entry.id })
  assert.equal(isRefusal(wrongKind) && wrongKind.refused, mandateUnfit)
  const { entry } = await house.done('bells.melt', { bell: one }, ann, { mandate: mandate.id })
  assert.equal(entry.mandate, mandate.id)
  await house.expectReplay()
})

test('a mandate is used up by what it authorised', async t => {
  const rehang = act({
    ...condemn,
    name: 'bells.decree',
    decides: ({ input }) => ({ bell: input.bell, resolves: { act: 'bells.hang', input: { name: 'Tom' } } }),
  })
  const charter = { terms, mandates: { 'bells.hang': ['bells.decree'] } }
  const house = await testHouse(t, options({ domains: [toy({ acts: [hang, rehang] })], charter }))
  const { entry } = await house.done('bells.decree', { bell: mintId('bel') }, ann)
  await house.done('bells.hang', { name: 'Tom' }, ann, { mandate: entry.id })
  const again = await house.engine.perform({
    act: 'bells.hang',
    input: { name: 'Tom' },
    by: byOf(ann),
    mandate: entry.id,
  })
  assert.equal(isRefusal(again) && again.refused, mandateUsed)
})

test('reactions are entries of their own with a cause, in the same transaction; a refused one is left undone', async t => {
  const reactions = [
    {
      to: ['bells.condemn'],
      with: async (entry: { facts: Record<string, unknown> }) => [
        { act: 'bells.melt', input: { bell: entry.facts.bell } },
        { act: 'bells.melt', input: { bell: entry.facts.bell } },
      ],
    },
  ]
  const house = await testHouse(t, options({ domains: [toy({ reactions })] }))
  const bell = (await house.done('bells.hang', { name: 'Tom' }, ann)).entry.facts.bell
  const { entry, follows } = await house.done('bells.condemn', { bell }, bob)
  assert.deepEqual(
    follows.map(({ act, cause, actor }) => ({ act, cause, actor })),
    [{ act: 'bells.melt', cause: entry.id, actor: { capacity: 'clock' } }],
  )
  await house.expectReplay()
})

test('reactions that never come to rest are a fault and leave nothing', async t => {
  const reactions = [{ to: ['bells.hang'], with: async () => [{ act: 'bells.hang', input: { name: 'echo' } }] }]
  const house = await testHouse(t, options({ domains: [toy({ reactions })] }))
  await assert.rejects(
    house.engine.perform({ act: 'bells.hang', input: { name: 'Tom' }, by: byOf(ann) }),
    /come to rest/,
  )
  assert.deepEqual(await house.leaves(), [])
})

test('an idempotency key answers with the first entry, for its holder only, and never for another input', async t => {
  const house = await testHouse(t, options())
  const order = { act: 'bells.hang', input: { name: 'Tom' }, by: byOf(ann), idempotencyKey: 'k1' }
  const [first, second] = [await house.engine.perform(order), await house.engine.perform(order)]
  assert.ok(!isRefusal(first) && !isRefusal(second))
  assert.deepEqual([second.entry.id, second.isRepeat], [first.entry.id, true])
  const other = await house.engine.perform({ ...order, input: { name: 'Tim' } })
  assert.equal(isRefusal(other) && other.refused, keyReused)
  const bobs = await house.engine.perform({ ...order, by: byOf(bob) })
  assert.ok(!isRefusal(bobs) && bobs.entry.id !== first.entry.id)
})

test('the same key sent twice at once is done once', async t => {
  const house = await testHouse(t, options())
  const order = { act: 'bells.hang', input: { name: 'Tom' }, by: byOf(ann), idempotencyKey: 'k1' }
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => house.engine.perform(order)))
  const ids = outcomes.map(outcome => (isRefusal(outcome) ? 'refused' : outcome.entry.id))
  assert.equal(new Set(ids).size, 1)
  assert.equal((await house.leaves()).length, 1)
})

test('who last saw an older entry is told so', async t => {
  const house = await testHouse(t, options())
  const hung = await house.done('bells.hang', { name: 'Tom' }, ann)
  const input = { bell: hung.entry.facts.bell, loudness: 'soft' }
  const order = { act: 'bells.ring', input, by: byOf(ann), lastSeen: hung.entry.id }
  const first = await house.engine.perform(order)
  assert.ok(!isRefusal(first))
  const late = await house.engine.perform(order)
  assert.equal(isRefusal(late) && late.refused, seenTooOld)
  assert.ok(!isRefusal(await house.engine.perform({ ...order, lastSeen: first.entry.id })))
})

test('several acts together are all done or none', async t => {
  const house = await testHouse(t, options())
  const orders = ['Tom', 'Tim'].map(name => ({ act: 'bells.hang', input: { name }, by: byOf('operator') }))
  const outcome = await house.engine.performAll([
    ...orders,
    { act: 'bells.hang', input: { name: '' }, by: byOf('operator') },
  ])
  assert.deepEqual('refused' in outcome && [outcome.order, outcome.refused], [2, unfitInput])
  assert.deepEqual(await house.leaves(), [])
  const done = await house.engine.performAll(orders)
  assert.equal('refused' in done, false)
  assert.equal((await house.leaves()).length, 2)
})

test('a rehearsal answers as the act would and changes nothing', async t => {
  const house = await testHouse(t, options())
  const answer = await house.engine.rehearse({ act: 'bells.hang', input: { name: 'Tom' }, by: byOf(ann) })
  assert.ok('facts' in answer)
  const refusal = await house.engine.rehearse({
    act: 'bells.ring',
    input: { bell: mintId('bel'), loudness: 'soft' },
    by: byOf(ann),
  })
  assert.equal(isRefusal(refusal) && refusal.refused, noSuchBell)
  assert.deepEqual(await house.leaves(), [])
})

test('the capacities somebody holds are tried in the order of the act, the first allowed one acts', async t => {
  const capacities = {
    kinds: ['participant', 'staff'] as const,
    of: async () => [
      { capacity: 'participant' as const, person: ann },
      { capacity: 'staff' as const, person: ann, body: 'office' },
    ],
  }
  const house = await testHouse(t, options({ domains: [toy({ capacities })] }))
  const hung = await house.done('bells.hang', { name: 'Tom' }, ann)
  assert.deepEqual(hung.entry.actor, { capacity: 'staff', person: ann, body: 'office' })
  const asked = await house.done('bells.hang', { name: 'Tim' }, { person: ann, as: 'participant' })
  assert.equal(asked.entry.actor.capacity, 'participant')
})

test('rings at the same time are counted exactly, and never beyond what the charter allows', async t => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }), async (most, rings) => {
      const house = await testHouse(t, options({ charter: { terms: { 'bells.ringing': { most } } } }))
      const bell = (await house.done('bells.hang', { name: 'Tom' }, ann)).entry.facts.bell
      const order = { act: 'bells.ring', input: { bell, loudness: 'soft' }, by: byOf(ann) }
      const outcomes = await Promise.all(Array.from({ length: rings }, () => house.engine.perform(order)))
      const done = outcomes.filter(outcome => !isRefusal(outcome)).length
      assert.equal(done, Math.min(most, rings))
      assert.equal((await entriesPage(house.read, { act: 'bells.ring', limit: 100 })).length, done)
    }),
    { numRuns: 8 },
  )
})

test('two declarations of one name, and a term that no domain lists, are faults at start', () => {
  assert.throws(() => gather([toy(), toy({ name: 'more', acts: [act({ ...hang })] })]), /share the name bells.hang/)
  assert.throws(() => gather([toy({ terms: [] })]), /stands under bells.ringing, which no domain lists/)
})

test('a transaction that gives way again and again is an answer, and any other fault stays a fault', async t => {
  const { database, clock } = await testHouse(t, options())
  const failing = (fault: Error) =>
    createEngine({
      registry: gather([toy()]),
      database: { read: database.read, transact: () => Promise.reject(fault) },
      charters: kitCharters(kitCharter({ terms })),
      fresh: clock,
      integrated: () => Promise.reject(fault),
    })
  const order = { act: 'bells.hang', input: { name: 'Old Tom' }, by: byOf(ann) }
  const busy = failing(new Busy('given way'))
  const [one, all] = [await busy.perform(order), await busy.performAll([order])]
  assert.ok(isRefusal(one) && isRefusal(all))
  assert.deepEqual([one.refused, all.refused], [tooBusy, tooBusy])
  await assert.rejects(failing(new Error('the disk is gone')).perform(order), /the disk is gone/)
})

test('whoever waits for a place is answered with it, by a commit that leaves the disk to the log', async t => {
  const { database, registry, clock } = await testHouse(t, options())
  const [commits, announced]: [unknown[], string[][]] = [[], []]
  let integrated = async () => ({ index: 7, size: 8 })
  const engine = createEngine({
    registry,
    database: {
      read: database.read,
      transact: (work, given) => {
        commits.push(given?.commit)
        return database.transact(work, given)
      },
    },
    charters: kitCharters(kitCharter({ terms })),
    fresh: clock,
    integrated: () => integrated(),
    committed: entries => announced.push(entries.map(({ id }) => id)),
  })
  const order = { act: 'bells.hang', input: { name: 'Old Tom' }, by: byOf(ann) }
  const done = await engine.perform(order)
  const placed = await engine.performAndPlace({ ...order, input: { name: 'Great Paul' } })
  const refused = await engine.performAndPlace({ ...order, act: 'bells.none' })
  assert.ok(!isRefusal(done) && !isRefusal(placed) && isRefusal(refused))
  assert.deepEqual([placed.place, refused.refused], [{ index: 7, size: 8 }, noSuchAct])
  assert.deepEqual(commits, [undefined, 'asynchronous', 'asynchronous'])
  assert.deepEqual(announced, [[done.entry.id], [placed.entry.id]])

  // What pages were made of meanwhile may be gone: they are made anew.
  integrated = () => Promise.reject(new Error('lost'))
  await assert.rejects(engine.performAndPlace({ ...order, input: { name: 'Emmanuel' } }), /lost/)
  assert.equal(announced.length, 4)
  assert.deepEqual(announced[3], announced[2])
})
