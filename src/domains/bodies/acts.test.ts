// The verbs of bodies on a real database: what each does, and each of its refusals.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { mintId } from '#base/ids.ts'
import { testCouncil, today } from '#test/kit/council.ts'
import { byOf } from '#test/kit/house.ts'
import * as no from './problems.ts'
import { bodiesAll, holdersOf, holdingsOf, seatBy, seatsOf } from './queries.ts'

const nobody = mintId('per')
const noSeat = mintId('sea')
const at = `${today}T09:00:00.000Z`

test('the bodies of a charter are set up in order, with their seats in theirs', async t => {
  const { house } = await testCouncil(t)
  assert.deepEqual(
    (await bodiesAll(house.read)).map(({ slug, kind, sphere, clauses }) => [slug, kind, sphere, clauses]),
    [
      ['council', 'council', 'technical', ['4.1']],
      ['office', 'staff', 'business', ['4']],
      ['trustees', 'board', 'business', ['4.2']],
    ],
  )
  assert.deepEqual(
    (await seatsOf(house.read, 'council')).map(({ key }) => key),
    ['chair', 'vice', 'mill', 'first', 'second', 'third'],
  )
  await house.expectReplay()
})

test('a body is established once', async t => {
  const { house, officer } = await testCouncil(t)
  const input = {
    slug: 'council',
    name: 'Other council',
    kind: 'council',
    sphere: 'technical',
    describes: 'Twice.',
    clauses: ['4'],
  }
  await house.refused(no.bodyExists, 'bodies.establish', input, 'operator')
  const outcome = await house.engine.perform({ act: 'bodies.establish', input, by: byOf(officer) })
  assert.equal(isRefusal(outcome) && outcome.refused.id, 'acts/wrong-capacity')
})

test('a seat is added to a body that there is, for an organisation that there is, under a key of its own', async t => {
  const { house, officer } = await testCouncil(t)
  const input = { body: 'council', key: 'fourth', title: 'Fourth', appointedBy: 'electorate', isEntitlement: false }
  await house.refused(no.noSuchBody, 'bodies.add-seat', { ...input, body: 'senate' }, officer)
  await house.refused(no.noSuchOrganisation, 'bodies.add-seat', { ...input, organisation: 'nowhere' }, officer)
  await house.refused(no.seatExists, 'bodies.add-seat', { ...input, key: 'first' }, officer)
  const added = await house.done('bodies.add-seat', { ...input, organisation: 'gannet', project: 'wick' }, officer)
  const seat = await seatBy(house.read, 'council/fourth')
  assert.equal(seat?.id, added.entry.facts.seat)
  assert.deepEqual([seat?.forProject, seat?.opened], ['wick', today])
  assert.match(seat?.forOrganisation ?? '', /^org_/)
})

test('a closed seat is gone from its body, and whoever held it has left it', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first')
  const reason = 'The council shrinks.'
  await house.refused(no.noSuchSeat, 'bodies.close-seat', { seat: noSeat, reason }, officer)
  await house.done('bodies.close-seat', { seat: 'council/first', reason }, officer)
  await house.refused(no.seatClosed, 'bodies.close-seat', { seat: 'council/first', reason }, officer)
  assert.equal((await seatsOf(house.read, 'council')).length, 5)
  assert.deepEqual(await holdersOf(house.read, 'council', at), [])
  await house.expectReplay()
})

test('an appointment runs for as long as the charter allows unless it says less', async t => {
  const { house, officer, person, seat } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  const first = await house.done('bodies.appoint', { seat: 'council/first', person: ann, from: today }, officer)
  const holding = { seat: seat('council/first'), body: 'council', person: ann, as: 'principal', from: today }
  assert.deepEqual(first.entry.facts, { ...holding, until: '2027-03-02' })
  const days = { from: '2027-03-02', until: '2027-06-01' }
  const next = await house.done('bodies.appoint', { seat: seat('council/first'), person: bob, ...days }, officer)
  assert.deepEqual(next.entry.facts, { ...holding, person: bob, ...days })
  assert.deepEqual(await holdersOf(house.read, 'council', at), [
    { seat: seat('council/first'), person: ann, as: 'principal' },
  ])
  assert.deepEqual(await holdersOf(house.read, 'council', '2027-03-02T00:00:00.000Z'), [
    { seat: seat('council/first'), person: bob, as: 'principal' },
  ])
  await house.expectReplay()
})

test('an office has no limit where the charter sets none', async t => {
  const { house, officer, seat } = await testCouncil(t)
  const [holding] = await holdingsOf(house.read, seat('office/secretary'))
  assert.deepEqual([holding?.person, holding?.until], [officer, null])
})

test('an appointment is refused for a seat, a person or a body that it cannot be for', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  const input = { seat: 'council/first', person: ann, from: today }
  await house.refused(no.noSuchSeat, 'bodies.appoint', { ...input, seat: noSeat }, officer)
  await house.refused(no.noSuchPerson, 'bodies.appoint', { ...input, person: nobody }, officer)
  await house.refused(no.ownAppointment, 'bodies.appoint', { ...input, person: officer }, officer)
  await sits(bob, 'trustees/chair')
  await house.refused(no.otherBody, 'bodies.appoint', input, bob)
  await house.done('bodies.close-seat', { seat: 'council/first', reason: 'Not needed.' }, officer)
  await house.refused(no.seatClosed, 'bodies.appoint', input, officer)
  await house.done('people.erase', { confirmation: 'erase me' }, ann)
  await house.refused(no.noSuchPerson, 'bodies.appoint', { ...input, seat: 'council/second' }, officer)
})

test('an appointment is refused for days that it cannot have', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  const input = { seat: 'council/first', person: ann, from: today }
  await house.refused(no.startsInPast, 'bodies.appoint', { ...input, from: '2026-03-01' }, officer)
  await house.refused(no.endsTooEarly, 'bodies.appoint', { ...input, until: today }, officer)
  await house.refused(no.termTooLong, 'bodies.appoint', { ...input, until: '2027-03-03' }, officer)
  await sits(bob, 'council/first', { from: '2026-09-01', until: '2026-10-01' })
  const taken = await house.refused(no.seatTaken, 'bodies.appoint', input, officer)
  assert.equal(taken.detail, 'It is held from 1 September 2026 until 1 October 2026.')
  await house.done('bodies.appoint', { ...input, until: '2026-09-01' }, officer)
})

test('the operator may enter a term that began before today', async t => {
  const { house, person, sits } = await testCouncil(t)
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first', { from: '2025-09-01' })
  assert.deepEqual(
    (await holdersOf(house.read, 'council', at)).map(one => one.person),
    [ann],
  )
})

test('one person holds one seat in a body, and may hold one in another', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const ann = await person('Ann Ash')
  await sits(ann, 'council/first')
  const input = { seat: 'council/second', person: ann, from: today }
  await house.refused(no.holdsAnotherSeat, 'bodies.appoint', input, officer)
  await house.done('bodies.appoint', { ...input, seat: 'trustees/treasurer' }, officer)
})

test('two appointments racing for one seat: one wins, the other is told that it is taken', async t => {
  const { house, officer, person } = await testCouncil(t)
  const rivals = [await person('Ann Ash'), await person('Bob Birch'), await person('Cas Cedar')]
  const outcomes = await Promise.all(
    rivals.map(rival => {
      const input = { seat: 'council/first', person: rival, from: today }
      return house.engine.perform({ act: 'bodies.appoint', input, by: byOf(officer) })
    }),
  )
  const refusals = outcomes.filter(isRefusal).map(({ refused }) => refused.id)
  assert.deepEqual(refusals, [no.seatTaken.id, no.seatTaken.id])
  assert.equal((await holdersOf(house.read, 'council', at)).length, 1)
  await house.expectReplay()
})

test('one person racing into two seats of a body gets one of them', async t => {
  const { house, officer, person } = await testCouncil(t)
  const ann = await person('Ann Ash')
  const outcomes = await Promise.all(
    ['council/first', 'council/second'].map(seat =>
      house.engine.perform({ act: 'bodies.appoint', input: { seat, person: ann, from: today }, by: byOf(officer) }),
    ),
  )
  assert.deepEqual(
    outcomes.filter(isRefusal).map(({ refused }) => refused.id),
    [no.holdsAnotherSeat.id],
  )
})

test('a holder names the alternate, who stands by as long as the holder holds the seat', async t => {
  const { house, person, sits, seat } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  await sits(ann, 'council/first', { until: '2026-12-01' })
  const input = { seat: 'council/first', person: bob, from: today }
  const named = await house.done('bodies.appoint-alternate', input, ann)
  assert.deepEqual(named.entry.facts, {
    seat: seat('council/first'),
    body: 'council',
    person: bob,
    as: 'alternate',
    from: today,
    until: '2026-12-01',
  })
  assert.deepEqual(named.entry.actor, {
    capacity: 'seat-holder',
    person: ann,
    body: 'council',
    seat: seat('council/first'),
  })
  await house.expectReplay()
})

test('an alternate is refused for a seat, a person or days that cannot be', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const [ann, bob, cas] = [await person('Ann Ash'), await person('Bob Birch'), await person('Cas Cedar')]
  await sits(ann, 'council/first', { until: '2026-12-01' })
  await sits(bob, 'council/second')
  const act = 'bodies.appoint-alternate'
  const input = { seat: 'council/first', person: cas, from: today }
  await house.refused(no.noSuchSeat, act, { ...input, seat: noSeat }, officer)
  await house.refused(no.notYourSeat, act, input, bob)
  await house.refused(no.noSuchPerson, act, { ...input, person: nobody }, ann)
  await house.refused(no.ownAppointment, act, { ...input, person: ann }, ann)
  await house.refused(no.startsInPast, act, { ...input, from: '2026-03-01' }, ann)
  await house.refused(no.seatVacant, act, { ...input, seat: 'council/third' }, officer)
  await house.refused(no.endsTooEarly, act, { ...input, until: today }, ann)
  await house.refused(no.outlastsPrincipal, act, { ...input, until: '2026-12-02' }, ann)
  await house.refused(no.holdsAnotherSeat, act, { ...input, person: bob }, ann)
  await house.refused(no.holdsAnotherSeat, act, { ...input, person: ann }, officer)
  await house.done(act, input, ann)
  await house.refused(no.enoughAlternates, act, { ...input, person: await person('Dov Dogwood') }, ann)
  await house.refused(no.holdsAnotherSeat, act, { ...input, seat: 'council/second' }, bob)
  await house.done('bodies.close-seat', { seat: 'council/first', reason: 'Not needed.' }, officer)
  await house.refused(no.seatClosed, act, input, officer)
})

test('an alternate is withdrawn by the holder or the staff', async t => {
  const { house, officer, person, sits } = await testCouncil(t)
  const [ann, bob, cas] = [await person('Ann Ash'), await person('Bob Birch'), await person('Cas Cedar')]
  await sits(ann, 'council/first')
  await sits(bob, 'council/second')
  const input = { seat: 'council/first', person: cas }
  await house.done('bodies.appoint-alternate', { ...input, from: today }, ann)
  const act = 'bodies.withdraw-alternate'
  await house.refused(no.noSuchSeat, act, { ...input, seat: noSeat }, officer)
  await house.refused(no.notYourSeat, act, input, bob)
  await house.refused(no.notHolding, act, { ...input, person: bob }, ann)
  await house.done(act, input, ann)
  await house.refused(no.notHolding, act, input, ann)
  assert.deepEqual(
    (await holdersOf(house.read, 'council', at)).map(one => one.person),
    [ann, bob],
  )
  await house.expectReplay()
})
