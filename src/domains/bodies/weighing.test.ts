// What the charter's rules are told about appointments and holders, and in which capacities holders act.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuleQuestion } from '#acts/charter.ts'
import { stoppedByRule } from '#acts/problems.ts'
import { type Council, testCouncil, today } from '#test/kit/council.ts'
import { capacities, portrayal } from './capacities.ts'

const at = `${today}T09:00:00.000Z`

/** A council whose charter keeps every question that it is asked about appointments. */
async function weighed(t: Parameters<typeof testCouncil>[0]) {
  const asked: RuleQuestion['context'][] = []
  const denials = ({ act, context }: RuleQuestion) => {
    if (act === 'bodies.appoint') asked.push(context)
    return []
  }
  const council = await testCouncil(t, { charter: { denials } })
  return { ...council, last: () => asked.at(-1) }
}

const base = { bodySeats: 6, employerSeatsAllowed: 2, sphere: 'technical', bodyKind: 'council', isEntitlement: false }

test('an appointment is weighed with the seats that the employer’s whole group would hold', async t => {
  const { person, sits, last } = await weighed(t)
  await sits(await person('Ann Ash', 'millstone'), 'council/mill')
  assert.deepEqual(last(), { ...base, employerSeatsAfter: 1, isEmployerKnown: true, isEntitlement: true })
  await sits(await person('Bob Birch', 'gannet'), 'council/first')
  assert.deepEqual(last(), { ...base, employerSeatsAfter: 1, isEmployerKnown: true })
  await sits(await person('Cas Cedar', 'millrace'), 'council/second')
  assert.deepEqual(last(), { ...base, employerSeatsAfter: 2, isEmployerKnown: true })
})

test('seats are counted on the first day of the appointment', async t => {
  const { person, sits, last } = await weighed(t)
  await sits(await person('Ann Ash', 'millstone'), 'council/first', { until: '2026-06-01' })
  const days = { from: '2026-06-01', until: '2026-09-01' }
  await sits(await person('Bob Birch', 'millstone'), 'council/second', days)
  assert.equal(last()?.employerSeatsAfter, 1)
  await sits(await person('Cas Cedar', 'millstone'), 'council/third', { from: '2026-05-31' })
  assert.equal(last()?.employerSeatsAfter, 2)
})

test('an appointee who has not said whom they work for is weighed as unknown, an independent one as known', async t => {
  const { person, sits, last } = await weighed(t)
  await sits(await person('Ann Ash'), 'council/first')
  assert.deepEqual(last(), { ...base, employerSeatsAfter: 0, isEmployerKnown: false })
  await sits(await person('Bob Birch', 'independent'), 'council/second')
  assert.deepEqual(last(), { ...base, employerSeatsAfter: 0, isEmployerKnown: true })
})

test('a rule of the charter that forbids stops the appointment', async t => {
  const denial = { rule: 'share', clauses: ['4.2'], title: 'Too many seats', remedy: 'Choose another.' }
  const denials = ({ context }: RuleQuestion) => (Number(context.employerSeatsAfter) > 1 ? [denial] : [])
  const { house, person, sits } = await testCouncil(t, { charter: { denials } })
  await sits(await person('Ann Ash', 'millstone'), 'council/first')
  const input = { seat: 'council/second', person: await person('Bob Birch', 'millrace'), from: today }
  const refusal = await house.refused(stoppedByRule, 'bodies.appoint', input, 'operator')
  assert.deepEqual([refusal.clauses, refusal.remedy], [['4.2'], 'Choose another.'])
})

const kindsOf = async ({ house }: Council, person: string) =>
  (await capacities.of(house.read, person, at)).map(({ capacity, body, seat, onBehalfOf }) => ({
    capacity,
    body,
    seat,
    ...(onBehalfOf && { onBehalfOf }),
  }))

test('a seat makes its holder a seat holder, a chair or staff, and its alternate an alternate', async t => {
  const council = await testCouncil(t)
  const { house, person, sits, seat, officer } = council
  const [ann, bob, cas] = [await person('Ann Ash'), await person('Bob Birch'), await person('Cas Cedar')]
  await sits(ann, 'council/chair')
  await sits(bob, 'council/vice')
  await house.done('bodies.appoint-alternate', { seat: 'council/chair', person: cas, from: today }, ann)
  const chair = { body: 'council', seat: seat('council/chair') }
  const vice = { body: 'council', seat: seat('council/vice') }
  assert.deepEqual(await kindsOf(council, officer), [
    { capacity: 'staff', body: 'office', seat: seat('office/secretary') },
  ])
  assert.deepEqual(await kindsOf(council, ann), [
    { capacity: 'seat-holder', ...chair },
    { capacity: 'chair', ...chair },
  ])
  assert.deepEqual(await kindsOf(council, bob), [{ capacity: 'seat-holder', ...vice }])
  assert.deepEqual(await kindsOf(council, cas), [{ capacity: 'alternate', ...chair, onBehalfOf: chair.seat }])
  await house.done('bodies.resign', { seat: 'council/chair' }, ann)
  assert.deepEqual(await kindsOf(council, bob), [
    { capacity: 'seat-holder', ...vice },
    { capacity: 'chair', ...vice },
  ])
  assert.deepEqual(await kindsOf(council, cas), [])
})

test('rules see in how many business and technical bodies somebody has a part', async t => {
  const { house, person, sits } = await testCouncil(t)
  const [ann, bob] = [await person('Ann Ash'), await person('Bob Birch')]
  await sits(ann, 'council/first')
  await sits(ann, 'trustees/treasurer')
  await sits(bob, 'trustees/chair', { from: '2026-04-01' })
  const seen = async (who: string | undefined, when = at) => (await portrayal.of(house.read, who, when)).attrs
  assert.deepEqual(await seen(ann), { businessSeats: 1, technicalSeats: 1 })
  assert.deepEqual(await seen(bob), { businessSeats: 0, technicalSeats: 0 })
  assert.deepEqual(await seen(bob, '2026-04-01T00:00:00.000Z'), { businessSeats: 1, technicalSeats: 0 })
  assert.deepEqual(await seen(undefined), { businessSeats: 0, technicalSeats: 0 })
})
