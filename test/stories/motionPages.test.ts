// The pages of motions as a browser gets them: what they say at each stage, to strangers and to those who may act.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personBy } from '#domains/people/index.ts'
import { cookieSignIn } from '#test/kit/signed-in.ts'
import { alternateFor, type House, nth, registered } from '#test/kit/voters.ts'
import { councilHouse, moved, openVote } from '#test/kit/voting.ts'
import type { WebParts } from '#web/parts.ts'
import { createSite } from '#web/site.ts'

const reason = 'I am employed by the applicant.'

/** The site over a test house; whoever's id is in the cookie is signed in. */
function siteOver(house: Parameters<typeof createParts>[0]) {
  const site = createSite(createParts(house))
  const text = async (path: string, person?: string): Promise<string> => {
    const answer = await site.request(path, person ? { headers: { cookie: person } } : {})
    assert.equal(answer.status, 200, path)
    return words(await answer.text())
  }
  return { site, text }
}

const createParts = (
  house: House & Pick<Awaited<ReturnType<typeof councilHouse>>['house'], 'engine' | 'read'>,
): WebParts => ({
  engine: house.engine,
  read: house.read,
  now: house.clock.at,
  foundation: () => ({ name: 'Test House', short: 'Test', accent: '#1f6f5c', language: 'en', charter: '' }),
  pledge: () => undefined,
  version: async () => '',
  heldFor: async () => ({}),
  vkey: '',
  baseUrl: 'http://localhost',
  log: () => {},
  personOf: async account => account,
  nameOf: async person => (await personBy(house.read, person))?.name ?? person,
  signIn: cookieSignIn,
})

/** What a reader gets: tags and spare space taken out. */
const words = (page: string): string =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;|&#x27;/g, '’')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:])/g, '$1')

const says = (text: string, ...parts: readonly string[]): void => {
  for (const part of parts) assert.ok(text.includes(part), `The page does not say “${part}”:\n${text}`)
}
const saysNot = (text: string, part: string): void => {
  assert.ok(!text.includes(part), `The page says “${part}”`)
}

test('an open vote says what it needs and has, who may still vote, when it closes, and what happens then', async t => {
  const resolves = { act: 'projects.admit', input: { application: 'app_0123456789abcdefghjk', as: 'hosted' } }
  const { house, body, motion, votes } = await openVote(
    t,
    { resolves: 'projects.admit' },
    { moved: { resolves }, council: { seats: 5 } },
  )
  const { text } = siteOver(house)
  await votes('for', 0, 1)
  await house.done('motions.recuse', { motion, reason }, nth(body.people, 2))
  const page = await text(`/motions/${motion}`)
  says(
    page,
    'Meet in public',
    'Needs 3 for of 4 seats, has 2; quorum needs 3, has 2.',
    'more than 1/2 of the seats, recused ones left out',
    'May still vote: 2 Seat 4 Seat 5',
    'The vote closes 9 March 2026, 09:00 UTC (in 7 days).',
    'not before 5 March 2026, 09:00 UTC',
    'If it is carried, projects.admit is authorised with exactly this input, once',
    'app_0123456789abcdefghjk',
    `Recused ${reason}`,
    'So that everybody can see how we decide.',
    'Not yet',
  )
})

test('a stranger is told to sign in; a holder may vote or be recused; somebody without a seat is told who may', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const { text } = siteOver(house)
  const path = `/motions/${motion}`
  says(await text(path), 'You need to sign in to do this')
  const holder = await text(path, nth(body.people, 2))
  says(holder, 'Cast the vote', 'For Against Abstain', 'Recuse yourself')
  saysNot(holder, 'An interest in the matter')
  const visitor = await registered(house, 'visitor-3')
  says(await text(path, visitor), 'the holder of a seat')
  await votes('against', 2)
  says(await text(path, nth(body.people, 2)), 'This seat has already voted, and the charter lets no vote be changed')
})

test('an alternate is offered the seat of the principal, and the page says whose vote it was and what replaced it', async t => {
  const { house, body, motion } = await openVote(t)
  const { text } = siteOver(house)
  const path = `/motions/${motion}`
  const seat = nth(body.seats, 2)
  const alternate = await alternateFor(house, seat, 'alternate-5')
  says(await text(path, alternate), 'Cast the vote', 'You stand in for the principal of this seat.')
  await house.done('motions.vote', { motion, choice: 'for', seat }, alternate)
  says(await text(path), 'by the alternate', 'Vote may still be replaced')
  await house.done('motions.vote', { motion, choice: 'against' }, nth(body.people, 2))
  says(await text(path), 'in place of the alternate’s for')
})

test('a motion that waits for its second offers to second it, and its mover to withdraw it', async t => {
  const { house, body } = await councilHouse(t)
  const { text } = siteOver(house)
  const motion = await moved(house, nth(body.people, 0))
  const path = `/motions/${motion}`
  says(await text(path, nth(body.people, 1)), 'waiting for a second', 'Second this motion', 'Needs a second by')
  says(await text(path, nth(body.people, 0)), 'Withdraw this motion')
  saysNot(await text(path, nth(body.people, 1)), 'Withdraw this motion')
})

test('a closed vote shows its result with the reason, and offers nothing more', async t => {
  const { house, body, motion, votes } = await openVote(t)
  const { text } = siteOver(house)
  await votes('for', 0, 1)
  house.clock.passDays(7)
  await house.done('motions.close', { motion }, 'clock')
  const page = await text(`/motions/${motion}`, nth(body.people, 2))
  says(page, 'Carried. It had 2 for and needed 2; 2 took part and 2 were needed.', 'Did not vote', 'The vote ended')
  saysNot(page, 'Cast the vote')
})

test('a vote whose outcome is certain says so, and when it closes', async t => {
  const { house, motion, votes } = await openVote(t)
  const { text } = siteOver(house)
  await votes('for', 0, 1)
  says(await text(`/motions/${motion}`), 'The outcome is certain: carried. It closes 5 March 2026, 09:00 UTC')
})

test('the list shows those before a body first, and filters by body and stage', async t => {
  const { house, body, motion } = await openVote(t)
  const { site, text } = siteOver(house)
  const withdrawn = await moved(house, nth(body.people, 0), { title: 'Meet on Tuesdays' })
  await house.done('motions.withdraw', { motion: withdrawn }, nth(body.people, 0))
  const list = await text('/motions')
  assert.ok(list.indexOf('Meet in public') < list.indexOf('Meet on Tuesdays'))
  says(list, 'Needs 2, has 0; quorum needs 2, has 0', '2 motions, page 1 of 1')
  const open = await text('/motions?stage=open&body=council')
  says(open, 'Meet in public', '1 motion')
  saysNot(open, 'Meet on Tuesdays')
  says(await text('/motions?stage=carried'), 'No motion fits these filters.')
  says(await text('/motions?page=zero&stage=nonsense'), '2 motions')
  assert.equal((await site.request(`/motions/${motion.slice(0, -1)}x`)).status, 404)
})
