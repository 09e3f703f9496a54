// The desk of people with duties: what it asks of whom, and that it stops asking once that is done.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf } from '#domains/people/index.ts'
import type { House } from '#test/kit/house.ts'
import { landscapeHouse } from '#test/kit/landscape.ts'
import { siteOver, visiting } from '#test/kit/site.ts'
import { alternateFor, nth } from '#test/kit/voters.ts'
import { councilHouse, moved, openVote } from '#test/kit/voting.ts'
import { mountHousePages } from '#web/house.ts'

/** The lines of somebody's desk: what is due, then what is theirs. */
async function deskOf(house: House, person: string): Promise<{ due: string[]; theirs: string[] }> {
  const site = siteOver(house, { mounts: [mountHousePages({})] })
  const { text } = await visiting(site, await accountOf(house.read, person)).open('/desk')
  const titlesIn = (id: string): string[] => {
    const part = new RegExp(`id="${id}">[\\s\\S]*?</section>`).exec(text)?.[0] ?? ''
    return [...part.matchAll(/<li><p><a href="[^"]*">([^<]*)<\/a>/g)].map(([, title = '']) => title)
  }
  return { due: titlesIn('due').filter(title => title !== 'Say whom you work for'), theirs: titlesIn('theirs') }
}

test('a motion without a second is on the desks of those who may second it', async t => {
  const { house, body } = await councilHouse(t)
  await moved(house, nth(body.people, 0))
  assert.deepEqual(await deskOf(house, nth(body.people, 0)), { due: [], theirs: ['Meet in public'] })
  assert.deepEqual(await deskOf(house, nth(body.people, 1)), { due: ['Second: Meet in public'], theirs: [] })
})

test('an open vote is on the desk of every seat until that seat has voted or recused itself', async t => {
  const { house, body, motion, votes } = await openVote(t, {}, { council: { seats: 5 } })
  const stranger = await house.done(
    'people.register',
    { account: 'stranger', name: 'Sid Strange', showName: true },
    'newcomer',
  )
  assert.deepEqual(await deskOf(house, String(stranger.entry.facts.person)), { due: [], theirs: [] })
  assert.deepEqual((await deskOf(house, nth(body.people, 3))).due, ['Vote: Meet in public'])
  await votes('for', 3)
  assert.deepEqual((await deskOf(house, nth(body.people, 3))).due, [])
  await house.done('motions.recuse', { motion, reason: 'I am the one who sells the hall.' }, nth(body.people, 2))
  assert.deepEqual((await deskOf(house, nth(body.people, 2))).due, [])
})

test('an alternate is asked only while the seat is silent', async t => {
  const { house, body, votes } = await openVote(t, {}, { council: { seats: 5 } })
  const alternate = await alternateFor(house, nth(body.seats, 3), 'alternate')
  assert.deepEqual((await deskOf(house, alternate)).due, ['Vote: Meet in public'])
  await votes('for', 3)
  assert.deepEqual((await deskOf(house, alternate)).due, [])
})

test('an application is under way on its applicant’s desk, and waits for a review on those of the seats', async t => {
  const { house, council, applies, maintainer } = await landscapeHouse(t)
  const application = await applies()
  assert.equal((await deskOf(house, maintainer)).theirs.length, 1)
  const reviewer = nth(council.people, 0)
  assert.equal((await deskOf(house, reviewer)).due.length, 1)
  const text = 'It does what it says, and its neighbours agree with that.'
  await house.done('projects.review', { application, text, ticks: [] }, reviewer)
  assert.deepEqual((await deskOf(house, reviewer)).due, [])
  assert.equal((await deskOf(house, nth(council.people, 1))).due.length, 1)
})

test('a term that ends soon is told to its holder', async t => {
  const { house, body } = await councilHouse(t)
  const [seat, person] = [nth(body.seats, 0), nth(body.people, 0)]
  assert.deepEqual((await deskOf(house, person)).theirs, [])
  await house.done('bodies.vacate', { seat, reason: 'To be appointed anew for a while.' }, 'operator')
  const from = house.clock.at().slice(0, 10)
  house.clock.passDays(10)
  const until = house.clock.at().slice(0, 10)
  house.clock.passDays(-10)
  await house.done('bodies.appoint', { seat, person, from, until }, 'operator')
  assert.equal((await deskOf(house, person)).theirs.filter(title => title.startsWith('Your term ends: ')).length, 1)
})
