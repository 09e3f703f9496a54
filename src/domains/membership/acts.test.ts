// The verbs of membership on a real database, each of their refusals, and the seats that a membership brings.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { holdersOf, seatsOf } from '#domains/bodies/index.ts'
import { testCouncil, today } from '#test/kit/council.ts'
import { membership } from './index.ts'
import { byClass, goodStanding } from './measures.ts'
import * as no from './problems.ts'
import { memberBy, membershipsOf, membersWanted } from './queries.ts'
import { list, show } from './views.ts'

const at = `${today}T09:00:00.000Z`

const classes = [
  {
    key: 'patron',
    name: 'Patron',
    order: 1,
    describes: 'Pays more.',
    entitles: [{ body: 'council', seats: 1, shared: false }],
  },
  { key: 'friend', name: 'Friend', order: 2, describes: 'Pays less.', entitles: [] },
]

const testMembers = (t: TestContext) =>
  testCouncil(t, { domains: [membership], charter: { terms: { 'membership.classes': classes } } })

test('an organisation is admitted once, into a class that there is, from a day that has come', async t => {
  const { house, officer } = await testMembers(t)
  const input = { organisation: 'millstone', class: 'patron' }
  await house.refused(no.noSuchOrganisation, 'membership.admit', { ...input, organisation: 'nowhere' }, officer)
  const unknown = await house.refused(no.noSuchClass, 'membership.admit', { ...input, class: 'saint' }, officer)
  assert.equal(unknown.detail, 'The classes are: patron, friend.')
  await house.refused(no.startsLater, 'membership.admit', { ...input, from: '2026-03-03' }, officer)
  const admitted = await house.done('membership.admit', { ...input, from: '2024-05-01' }, officer)
  await house.refused(no.alreadyMember, 'membership.admit', { ...input, class: 'friend' }, officer)
  const organisation = String(admitted.entry.facts.organisation)
  assert.deepEqual(await memberBy(house.read, organisation), {
    entry: admitted.entry.id,
    organisation,
    class: 'patron',
    from: '2024-05-01',
    until: null,
    standing: 'good',
  })
  await house.expectReplay()
})

test('a member moves to another class', async t => {
  const { house, officer } = await testMembers(t)
  const input = { organisation: 'millstone', class: 'friend' }
  const act = 'membership.change-class'
  await house.refused(no.notMember, act, input, officer)
  const { entry } = await house.done('membership.admit', { ...input, class: 'patron' }, officer)
  await house.refused(no.noSuchOrganisation, act, { ...input, organisation: 'nowhere' }, officer)
  await house.refused(no.noSuchClass, act, { ...input, class: 'saint' }, officer)
  const moved = await house.done(act, input, officer)
  const { organisation } = entry.facts
  assert.deepEqual(moved.entry.facts, { organisation, membership: entry.id, before: 'patron', class: 'friend' })
  await house.refused(no.sameClass, act, input, officer)
  await house.expectReplay()
})

test('a member lapses and is restored', async t => {
  const { house, officer } = await testMembers(t)
  const input = { organisation: 'millstone', standing: 'lapsed', reason: 'Fee of the year not paid.' }
  const act = 'membership.set-standing'
  await house.refused(no.notMember, act, input, officer)
  await house.done('membership.admit', { organisation: 'millstone', class: 'patron' }, officer)
  await house.refused(no.noSuchOrganisation, act, { ...input, organisation: 'nowhere' }, officer)
  await house.refused(no.sameStanding, act, { ...input, standing: 'good' }, officer)
  await house.done(act, input, officer)
  assert.equal((await goodStanding.of(house.read, at)).value, 0)
  await house.done(act, { ...input, standing: 'good', reason: 'Paid.' }, officer)
  assert.equal((await goodStanding.of(house.read, at)).value, 1)
  await house.expectReplay()
})

test('when a membership ends its seat closes with it, and no other seat does', async t => {
  const { house, officer, person, sits } = await testMembers(t)
  const [ann, bob] = [await person('Ann Ash', 'millstone'), await person('Bob Birch', 'millstone')]
  await sits(ann, 'council/mill')
  await sits(bob, 'council/first')
  const input = { organisation: 'millstone', reason: 'Left of its own will.' }
  await house.refused(no.notMember, 'membership.end', input, officer)
  await house.refused(no.noSuchOrganisation, 'membership.end', { ...input, organisation: 'nowhere' }, officer)
  await house.done('membership.admit', { organisation: 'millstone', class: 'patron', from: '2024-05-01' }, officer)
  const ended = await house.done('membership.end', input, officer)
  assert.deepEqual(
    ended.follows.map(({ act, cause }) => [act, cause]),
    [['bodies.close-seat', ended.entry.id]],
  )
  assert.deepEqual(
    (await holdersOf(house.read, 'council', at)).map(one => one.person),
    [bob],
  )
  assert.equal((await seatsOf(house.read, 'council')).length, 5)
  await house.expectReplay()
})

test('a former member may come back, but not into the past', async t => {
  const { house, officer } = await testMembers(t)
  const input = { organisation: 'millstone', class: 'patron' }
  await house.done('membership.admit', { ...input, from: '2024-05-01' }, officer)
  const { entry } = await house.done('membership.end', { organisation: 'millstone', reason: 'Left.' }, officer)
  await house.refused(no.overlapsFormer, 'membership.admit', { ...input, from: '2025-01-01' }, officer)
  await house.done('membership.admit', { ...input, class: 'friend' }, officer)
  const memberships = await membershipsOf(house.read, String(entry.facts.organisation))
  assert.deepEqual(
    memberships.map(({ class: key, from, until, standing }) => [key, from, until, standing]),
    [
      ['friend', today, null, 'good'],
      ['patron', '2024-05-01', today, 'ended'],
    ],
  )
  await house.expectReplay()
})

test('the look-ups find members by class, standing and name', async t => {
  const { house, officer } = await testMembers(t)
  await house.done('membership.admit', { organisation: 'millstone', class: 'patron' }, officer)
  await house.done('membership.admit', { organisation: 'gannet', class: 'friend' }, officer)
  await house.done('membership.admit', { organisation: 'millrace', class: 'friend' }, officer)
  await house.done('membership.end', { organisation: 'millrace', reason: 'Left.' }, officer)
  const names = async (wanted: Parameters<typeof list.finds>[0]) => {
    const found = list.gives.parse(await list.finds(wanted, house.read, { at, term: house.engine.term }))
    return found.members.map(({ name }) => name)
  }
  assert.deepEqual(await names({}), ['Gannet', 'Millstone'])
  assert.deepEqual(await names({ class: 'friend' }), ['Gannet'])
  assert.deepEqual(await names({ standing: 'ended' }), ['Millrace'])
  assert.deepEqual(await names({ search: 'STONE' }), ['Millstone'])
  assert.deepEqual(await names({ search: 'x' }), [])
  assert.equal((await membersWanted(house.read)).length, 2)
  assert.equal((await byClass.of(house.read, at)).says, '2 members: 1 friend, 1 patron.')
  const shown = show.gives.parse(
    await show.finds({ organisation: 'millstone' }, house.read, { at, term: house.engine.term }),
  )
  assert.deepEqual([shown.memberships.length, shown.seats.map(({ body }) => body)], [1, ['council']])
  assert.equal(await show.finds({ organisation: 'nowhere' }, house.read, { at, term: house.engine.term }), undefined)
})

test('without members nothing is measured', async t => {
  const { house } = await testMembers(t)
  assert.equal((await goodStanding.of(house.read, at)).value, null)
  assert.equal((await byClass.of(house.read, at)).value, null)
})
