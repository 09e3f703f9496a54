// What motions tell others: letters to those concerned, look-ups for the faces, and measures with their evidence.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entriesPage } from '#record/queries.ts'
import { alternateFor, type House, nth } from '#test/kit/voters.ts'
import { councilHouse, moved, openVote, type Voting } from '#test/kit/voting.ts'
import { mails } from './mails.ts'
import { measures } from './measures.ts'
import { list, show, tally } from './queries.ts'

type Told = Voting['house'] & House

/** The letters to which the newest entry of an act gives rise. */
async function lettersAfter(house: Told, act: string) {
  const [entry] = await entriesPage(house.read, { act, limit: 1 })
  assert.ok(entry, `Nobody has done ${act}`)
  const found = await Promise.all(
    mails.filter(({ about }) => about.includes(act)).map(({ letters }) => letters(entry.leaf, house.read)),
  )
  return found.flat()
}
const receivers = (letters: Awaited<ReturnType<typeof lettersAfter>>) =>
  letters.map(({ to }) => ('person' in to ? to.person : to.email)).toSorted()

test('when a vote opens, holders and alternates are told what, by whom, until when, and what follows', async t => {
  const { house, body } = await councilHouse(t)
  const alternate = await alternateFor(house, nth(body.seats, 2), 'alternate-4')
  const motion = await moved(house, nth(body.people, 0))
  assert.deepEqual(await lettersAfter(house, 'motions.move'), [])
  await house.done('motions.second', { motion }, nth(body.people, 1))
  const letters = await lettersAfter(house, 'motions.second')
  assert.deepEqual(receivers(letters), [...body.people, alternate].toSorted())
  assert.equal(letters[0]?.subject, 'Vote until 9 March 2026, 09:00 UTC: Meet in public')
  assert.equal(
    letters[0]?.text,
    [
      'Bo Example has moved: “Meet in public”. The vote is open.',
      'So that everybody can see how we decide.',
      'The vote of the Lantern council closes on 9 March 2026, 09:00 UTC. It is carried by more than 1/2 of the votes cast, abstentions left out, with a quorum of more than 1/2 of the seats, recused ones left out.',
      'If it is carried, it stands in the record as a resolution of the body. If it is lost, the record says so and nothing else changes.',
      `Vote, abstain or recuse yourself here: /motions/${motion}`,
    ].join('\n\n'),
  )
})

test('the reminder goes to the holders of the seats that have not voted, and to nobody else', async t => {
  const { house, body, motion, votes } = await openVote(t)
  await votes('for', 0)
  house.clock.passDays(5)
  await house.done('motions.remind', { motion }, 'clock')
  const letters = await lettersAfter(house, 'motions.remind')
  assert.deepEqual(receivers(letters), [nth(body.people, 1), nth(body.people, 2)].toSorted())
  assert.equal(letters[0]?.subject, 'Your vote is missing: Meet in public')
})

test('when a vote ends, mover and holders are told how and why', async t => {
  const { house, body, motion, votes } = await openVote(t)
  await votes('for', 0)
  house.clock.passDays(7)
  await house.done('motions.close', { motion }, 'clock')
  const letters = await lettersAfter(house, 'motions.close')
  assert.deepEqual(receivers(letters), body.people.toSorted())
  assert.equal(letters[0]?.subject, 'Lost: Meet in public')
  assert.match(letters[0]?.text ?? '', /No quorum: 1 took part and 2 were needed\./)
})

test('the look-ups give what their schemas promise, and nothing for a motion that does not exist', async t => {
  const { house, body, motion, votes } = await openVote(t)
  await votes('for', 0)
  const asker = { at: house.clock.at(), term: house.engine.term }
  const listed = list.gives.parse(await list.finds(list.takes.parse({ stage: 'open' }), house.read, asker))
  assert.deepEqual([listed.total, listed.motions.map(({ id }) => id)], [1, [motion]])
  const shown = show.gives.parse(await show.finds({ motion }, house.read, asker))
  assert.deepEqual(
    shown.seats.map(({ seat, vote }) => [seat, vote?.choice]),
    [...body.seats.map((seat, at) => [seat, at === 0 ? 'for' : undefined]).toSorted()],
  )
  const counted = tally.gives.parse(await tally.finds({ motion }, house.read, asker))
  assert.equal(counted.says, 'Needs 2 for of 3 seats, has 1; quorum needs 2, has 1.')
  assert.deepEqual([counted.outcome, counted.mayStillVote], ['open', body.seats.slice(1).toSorted()])
  const missing = { motion: 'mot_0123456789abcdefghjk' }
  assert.equal(await show.finds(missing, house.read, asker), undefined)
  assert.equal(await tally.finds(missing, house.read, asker), undefined)
})

test('measures say how many votes had a quorum, a recusal and a published result; without votes they say nothing', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const measured = async () => {
    const values: Record<string, number | null> = {}
    for (const { id, of } of measures) values[id] = (await of(house.read, house.clock.at())).value
    return values
  }
  assert.deepEqual(await measured(), {
    'motions.decided-with-quorum': null,
    'motions.with-recusals': null,
    'motions.published-results': null,
    'motions.open-past-closing': 0,
  })
  await votes('for', 0, 1)
  const other = await moved(house, nth(body.people, 0), { title: 'Meet on Tuesdays' })
  await house.done('motions.second', { motion: other }, nth(body.people, 1))
  await house.done('motions.recuse', { motion: other, reason: 'I sell calendars.' }, nth(body.people, 2))
  house.clock.passDays(7)
  await house.done('motions.close', { motion }, 'clock')
  assert.deepEqual(await measured(), {
    'motions.decided-with-quorum': 1,
    'motions.with-recusals': 0,
    'motions.published-results': 0.5,
    'motions.open-past-closing': 1,
  })
  await house.done('motions.close', { motion: other }, 'clock')
  const quorum = await measures[0]?.of(house.read, house.clock.at())
  assert.deepEqual(quorum, {
    value: 0.5,
    known: 2,
    whole: 2,
    says: '1 of 2 votes reached their quorum.',
    evidence: [
      { text: 'Meet on Tuesdays (lost)', href: `/motions/${other}` },
      { text: 'Meet in public (carried)', href: `/motions/${motion}` },
    ],
  })
})
