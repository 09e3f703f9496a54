// The rules without a database: which decision fits, which seats may vote, and when a vote may close.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addHours, instantOf } from '#base/instants.ts'
import { loaded, shipped } from '#test/kit/charters.ts'
import { anyBallot, anyDecision, ballot, decision } from '#test/kit/motions.ts'
import { standingOf } from './counting.ts'
import {
  decisionFor,
  decisionsOn,
  eligibleSeats,
  openingOf,
  remindFrom,
  saysShare,
  saysTally,
  saysWhoDecides,
  saysWhy,
  stateOf,
} from './rules.ts'
import { deciding } from './terms.ts'
import { Decision } from './words.ts'

const hosted = decision({ resolves: 'projects.admit', where: { as: 'hosted' }, body: 'technical-council' })
const ecosystem = decision({ resolves: 'projects.admit', where: { as: 'ecosystem' }, body: 'working-group' })
const ordinary = decision({ body: '*' })
const settled = { decisions: [hosted, ecosystem, ordinary], remindHours: 48 }
const admit = (as: string) => ({ act: 'projects.admit', input: { application: 'app_1', as } })

test('the decision is the first that names the act, holds the members of its input, and names the body', () => {
  assert.equal(decisionFor(settled, { body: 'technical-council', resolves: admit('hosted') }), hosted)
  assert.equal(decisionFor(settled, { body: 'working-group', resolves: admit('ecosystem') }), ecosystem)
  assert.equal(decisionFor(settled, { body: 'working-group', resolves: null }), ordinary)
})

test('a body that the charter does not name decides nothing, and the refusal says who does', () => {
  assert.equal(decisionFor(settled, { body: 'working-group', resolves: admit('hosted') }), undefined)
  assert.equal(
    saysWhoDecides(settled, admit('hosted')),
    'By the charter, projects.admit is decided by technical-council.',
  )
  assert.equal(
    saysWhoDecides(settled, admit('sandbox')),
    'By the charter, projects.admit is decided by technical-council where as is hosted, or by working-group where as is ecosystem.',
  )
  assert.equal(
    saysWhoDecides(settled, { act: 'bodies.establish', input: {} }),
    'The charter lets no motion decide bodies.establish.',
  )
  assert.equal(
    saysWhoDecides({ ...settled, decisions: [hosted] }, null),
    'The charter provides for no ordinary resolutions of this body.',
  )
})

test('a named act is never decided as an ordinary resolution', () => {
  assert.equal(
    decisionFor({ ...settled, decisions: [ordinary] }, { body: 'council', resolves: admit('hosted') }),
    undefined,
  )
})

test('vacant seats may vote only where the charter counts them; an alternate alone does not fill a seat', () => {
  const seats = [{ id: 'c' }, { id: 'a' }, { id: 'b' }]
  const holders = [
    { seat: 'a', as: 'principal' as const },
    { seat: 'b', as: 'alternate' as const },
  ]
  assert.deepEqual(eligibleSeats(seats, holders, { vacantSeats: 'count' }), ['a', 'b', 'c'])
  assert.deepEqual(eligibleSeats(seats, holders, { vacantSeats: 'do not count' }), ['a'])
})

const at = '2026-03-02T09:00:00.000Z'

test('a vote closes its days after it opened, to the millisecond, and not before its hours', () => {
  const days = fc.integer({ min: 1, max: 90 })
  const moment = fc.integer({ min: 0, max: 4e12 }).map(instantOf)
  fc.assert(
    fc.property(moment, days, fc.nat({ max: 24 }), (opened, votingDays, minimumHours) => {
      const opening = openingOf(decision({ votingDays, minimumHours }), [], opened)
      assert.equal(Date.parse(opening.closes) - Date.parse(opened), votingDays * 86_400_000)
      assert.equal(Date.parse(opening.earliest) - Date.parse(opened), minimumHours * 3_600_000)
      assert.ok(opening.earliest <= opening.closes)
    }),
  )
})

test('a vote may be closed when its time is over, or when it is certain and the wait is over, and never else', () => {
  fc.assert(
    fc.property(
      fc.array(anyBallot, { maxLength: 8 }),
      anyDecision,
      fc.integer({ min: 0, max: 200 }),
      (ballots, given, hours) => {
        const opening = openingOf({ ...given, votingDays: 7, minimumHours: 72 }, [], at)
        const state = stateOf(opening, ballots, addHours(at, hours))
        assert.equal(state.mayClose, hours >= 168 || (state.isDecided && hours >= 72))
        assert.equal(state.isOver, hours >= 168)
        if (state.isDecided) assert.equal(state.certain, state.outcome)
      },
    ),
  )
})

test('who may still vote are the seats that have said nothing; nobody may once the time is over', () => {
  const opening = openingOf(decision(), [], at)
  const ballots = [
    ballot('a', { choice: 'for' }),
    ballot('b', { choice: 'against', as: 'alternate' }),
    ballot('c', { isRecused: true }),
    ballot('d'),
  ]
  const state = stateOf(opening, ballots, at)
  assert.deepEqual(state.mayStillVote, ['d'])
  assert.deepEqual(state.mayStillChange, ['b'])
  const later = stateOf(opening, ballots, addDays(at, 7))
  assert.deepEqual([later.mayStillVote, later.mayStillChange], [[], []])
  assert.deepEqual(ballots.map(standingOf), ['for', 'against', 'recused', 'silent'])
})

test('the sentences say what is needed, of what, and why it ended so', () => {
  const given = decision({ majority: { comparator: 'more than', fraction: '1/2', of: 'seats' } })
  const ballots = [
    ...Array.from({ length: 9 }, (_, i) => ballot(`f${i}`, { choice: 'for' })),
    ...Array.from({ length: 12 }, (_, i) => ballot(`s${i}`)),
  ]
  const state = stateOf(openingOf(given, [], at), ballots, at)
  assert.equal(saysTally(state, given), 'Needs 11 for of 21 seats, has 9; quorum needs 11, has 9.')
  assert.equal(saysWhy(state), 'No quorum: 9 took part and 11 were needed.')
  assert.equal(saysWhy({ ...state, isQuorate: true }), 'No majority: it had 9 for and needed 11.')
  assert.equal(saysShare(given.majority, given), 'more than 1/2 of the seats, recused ones left out')
  const cast = decision({ majority: { comparator: 'at least', fraction: '2/3', of: 'cast' } })
  assert.equal(saysShare(cast.majority, cast), 'at least 2/3 of the votes cast, abstentions left out')
})

test('a reminder is due its hours before the close, and never for a vote too short for one', () => {
  assert.equal(remindFrom({ opened: at, closes: addDays(at, 7) }, 48), addDays(at, 5))
  assert.equal(remindFrom({ opened: at, closes: addDays(at, 3) }, 48), undefined)
})

test('a share that cannot be reached does not settle the term', () => {
  const settle = (majority: unknown) =>
    deciding.settles.safeParse({ decisions: [{ ...decision(), majority }], remindHours: 48 }).success
  assert.equal(settle({ comparator: 'at least', fraction: '1/1', of: 'seats' }), true)
  assert.equal(settle({ comparator: 'more than', fraction: '1/1', of: 'seats' }), false)
  assert.equal(settle({ comparator: 'at least', fraction: '4/3', of: 'cast' }), false)
  assert.equal(Decision.safeParse(decision({ votingDays: 1, minimumHours: 25 })).success, false)
  assert.equal(
    Decision.safeParse({ ...decision(), quorum: { comparator: 'at least', fraction: '1/2', of: 'cast' } }).success,
    false,
  )
})

for (const name of shipped)
  test(`the charter ${name} says who admits projects, who amends it, and how anything else is resolved`, async () => {
    const value = deciding.settles.parse((await loaded(name)).settles(deciding.id))
    const bodyOf = (act: string, input: Record<string, string>) => decisionsOn(value, { act, input })[0]?.body
    const [council, group, board] =
      name === 'pytorch'
        ? ['technical-advisory-council', 'ecosystem-working-group', 'governing-board']
        : ['growers-council', 'cultivar-review-group', 'growers-council']
    assert.equal(bodyOf('projects.admit', { as: 'hosted' }), council)
    assert.equal(bodyOf('projects.admit', { as: 'ecosystem' }), group)
    assert.equal(bodyOf('charter.amend', {}), board)
    assert.deepEqual(decisionFor(value, { body: council, resolves: null })?.body, '*')
  })
