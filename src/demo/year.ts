// A year in the life of the invented foundation, told through acts: what was done, and what the charter stopped.
import { seatBy } from '#domains/bodies/index.ts'
import {
  type Character,
  cast,
  compost,
  control,
  type DemoProject,
  employers,
  germinate,
  members,
  repositoryOf,
  rootstock,
  trellis,
  windrow,
} from './cast.ts'
import { cured, lastReviews, lookingAgain } from './reviews.ts'
import { acceptsAgreement, addressOf, arrives, days, does, isRefused, type Stage, today } from './stage.ts'

const stoppedByRule = 'acts/stopped-by-rule'
const tooEarlyAgain = 'projects/too-early-again'

const group = 'cultivar-review-group'
const council = 'growers-council'

const called = (key: string): Character => {
  const found = cast.find(character => character.key === key)
  if (!found) throw new Error(`Nobody in the cast is called ${key}`)
  return found
}

async function opening(stage: Stage): Promise<void> {
  for (const { slug, name } of employers)
    await does(stage, 'tove', ['people.add-organisation', { slug, name, homepage: `https://${slug}.example` }])
  await does(stage, 'tove', ['people.state-control', { ...control }])
  await acceptsAgreement(stage, 'tove')
  await days(stage, 2)
  for (const member of members) await does(stage, 'tove', ['membership.admit', member])
  for (const character of cast) await arrives(stage, character, { accepts: character.key !== 'sol' })
}

/** Everybody takes their seat; a second seat for one employer in a small group is stopped. */
async function seating(stage: Stage): Promise<void> {
  await days(stage, 3)
  const seated = cast.filter(({ seat }) => seat)
  const appoint = (who: string, seat: string) =>
    ['bodies.appoint', { seat, person: stage.persons.get(who) ?? '', from: today(stage) }] as const
  for (const { key, seat = '' } of seated.filter(({ key }) => key !== 'milo'))
    await does(stage, 'tove', appoint(key, seat))
  await isRefused(stage, 'tove', [...appoint('rhea', `${group}/reviewer-4`), stoppedByRule])
  await does(stage, 'tove', appoint('milo', `${group}/reviewer-4`))
  await does(stage, 'tove', [
    'bodies.appoint-alternate',
    { seat: `${council}/vice-chair`, person: stage.persons.get('otis') ?? '', from: today(stage) },
  ])
}

/** An application as its maintainer types it; somebody else who keeps the project is the second contact. */
function filled(who: string, { project, kind }: { project: DemoProject; kind: string }): object {
  const { name, licence, summary, goals, nonGoals, organisations, slug } = project
  const other = who === 'uma' ? 'quin' : 'uma'
  const contacts = [who, other].map(key => ({ name: called(key).name, email: addressOf({ key }) }))
  const text = { name, licence, summary, goals, nonGoals, organisations }
  return { kind, ...text, contacts, repository: repositoryOf(slug), isMaintainer: true }
}

async function applies(stage: Stage, who: string, given: { project: DemoProject; kind: string }): Promise<string> {
  const { entry } = await does(stage, who, ['projects.apply', filled(who, given)])
  return String(entry.facts.application)
}

async function moves(
  stage: Stage,
  who: string,
  given: { body: string; application: string; as: string; title: string; reasons: string },
): Promise<string> {
  const { body, application, as, title, reasons } = given
  const resolves = { act: 'projects.admit', input: { application, as } }
  const { entry } = await does(stage, who, ['motions.move', { body, title, reasons, resolves }])
  return String(entry.facts.motion)
}

const vote = (motion: string, choice: 'for' | 'against' | 'abstain') => ['motions.vote', { motion, choice }] as const

/** Rootstock is taken in; the mover tries to second his own motion. */
async function firstProgram(stage: Stage): Promise<void> {
  await claiming(stage)
  await days(stage, 20)
  const application = await applies(stage, 'quin', { project: rootstock, kind: 'ecosystem' })
  await days(stage, 3)
  await does(stage, 'juno', [
    'projects.review',
    {
      application,
      text: 'We ran it in the library for two weeks. The guide is good, the tests are real, and somebody answers within the day.',
    },
  ])
  await days(stage, 1)
  const motion = await moves(stage, 'ivo', {
    body: group,
    application,
    as: 'ecosystem',
    title: 'Take Rootstock into the collection',
    reasons: 'It does one thing, it is kept by three people in two places, and four libraries already lend by it.',
  })
  await isRefused(stage, 'ivo', ['motions.second', { motion }, stoppedByRule])
  await does(stage, 'lena', ['motions.second', { motion }])
  await does(stage, 'ivo', vote(motion, 'for'))
  await does(stage, 'juno', vote(motion, 'for'))
  await days(stage, 1)
  await does(stage, 'milo', vote(motion, 'abstain'))
  await does(stage, 'lena', vote(motion, 'for'))
  await days(stage, 6)
}

/** Germinate is declined: its sponsor's people keep out, and it comes back too early once. */
async function declined(stage: Stage): Promise<void> {
  await days(stage, 10)
  const application = await applies(stage, 'rhea', { project: germinate, kind: 'ecosystem' })
  await days(stage, 4)
  await does(stage, 'milo', [
    'projects.review',
    {
      application,
      text: 'The counting works, but nobody but one person can release it, and there is no document on who decides.',
    },
  ])
  const motion = await moves(stage, 'juno', {
    body: group,
    application,
    as: 'ecosystem',
    title: 'Take Germinate into the collection',
    reasons: 'Volunteers ask for it. What is missing can be mended within the collection.',
  })
  await does(stage, 'lena', ['motions.second', { motion }])
  await isRefused(stage, 'kito', [...vote(motion, 'for'), stoppedByRule])
  await does(stage, 'kito', [
    'motions.recuse',
    { motion, reason: 'My nursery belongs to the company that pays for Germinate.' },
  ])
  await does(stage, 'ivo', vote(motion, 'against'))
  await does(stage, 'milo', vote(motion, 'against'))
  await days(stage, 1)
  await does(stage, 'lena', vote(motion, 'against'))
  await does(stage, 'juno', vote(motion, 'for'))
  await days(stage, 6)
  await comesBackTooEarly(stage)
}

async function comesBackTooEarly(stage: Stage): Promise<void> {
  await days(stage, 30)
  const again = filled('rhea', { project: germinate, kind: 'ecosystem' })
  await isRefused(stage, 'rhea', ['projects.apply', again, tooEarlyAgain])
}

/** A program is filed and taken back; the trustees decide about money and fail for want of a quorum; the council meets. */
async function summer(stage: Stage): Promise<void> {
  const application = await applies(stage, 'uma', { project: compost, kind: 'ecosystem' })
  await days(stage, 12)
  await does(stage, 'uma', ['projects.withdraw', { application }])
  const press = await does(stage, 'nia', [
    'motions.move',
    {
      body: 'board-of-trustees',
      title: 'Buy a second printing press',
      reasons: 'The first one stands still in spring.',
    },
  ])
  await does(stage, 'nia', vote(String(press.entry.facts.motion), 'for'))
  await days(stage, 8)
  const school = await does(stage, 'ada', [
    'motions.move',
    {
      body: council,
      title: 'Hold the winter school in the second week of January',
      reasons: 'The barns are free and nobody sows.',
    },
  ])
  const motion = String(school.entry.facts.motion)
  for (const key of ['ada', 'bo', 'cleo', 'dara', 'eko', 'fenna']) await does(stage, key, vote(motion, 'for'))
  await does(stage, 'goran', vote(motion, 'against'))
  await days(stage, 7)
}

/** Growers prove which commits are theirs; two of those who commit have not, so something stays unknown. */
async function claiming(stage: Stage): Promise<void> {
  for (const key of ['ada', 'bo', 'dara', 'eko'])
    await does(stage, key, ['contributors.claim', { address: addressOf({ key }) }])
}

/** Rootstock asks to be hosted: its sponsor's grower steps aside, and a trustee may not vote as an alternate. */
async function intoCare(stage: Stage): Promise<void> {
  await days(stage, 20)
  const application = await applies(stage, 'quin', { project: rootstock, kind: 'hosted' })
  await days(stage, 6)
  const motion = await moves(stage, 'ada', {
    body: council,
    application,
    as: 'hosted',
    title: 'Take Rootstock into the foundation’s care',
    reasons: 'Every library of the collection depends on it by now, and its keepers ask for a home that outlives them.',
  })
  await does(stage, 'dara', ['motions.second', { motion }])
  await does(stage, 'fenna', [
    'motions.recuse',
    { motion, reason: 'My cooperative pays two of the people who keep Rootstock.' },
  ])
  await isRefused(stage, 'otis as alternate', [
    'motions.vote',
    { motion, choice: 'for', seat: (await seatBy(stage.app.database.read, `${council}/vice-chair`))?.id },
    stoppedByRule,
  ])
  for (const key of ['ada', 'cleo', 'dara', 'eko', 'goran']) await does(stage, key, vote(motion, 'for'))
  await does(stage, 'bo', vote(motion, 'for'))
  await does(stage, 'hana', vote(motion, 'against'))
  await days(stage, 6)
}

/** Seats and members change; somebody comes, and goes without a trace of their name. */
async function comingAndGoing(stage: Stage): Promise<void> {
  await days(stage, 25)
  await does(stage, 'hana', ['bodies.resign', { seat: `${council}/grower-6` }])
  await does(stage, 'tove', ['membership.change-class', { organisation: 'oxbow-allotments', class: 'library' }])
  await does(stage, 'tove', [
    'membership.set-standing',
    { organisation: 'northfield-school', standing: 'lapsed', reason: 'The letter about this year came back twice.' },
  ])
  await arrives(stage, { key: 'wren', name: 'Wren Alder', employer: 'windfall-orchards', showName: true })
  await days(stage, 9)
  await does(stage, 'wren', ['people.erase', { confirmation: 'erase me' }])
}

/** Germinate comes back when it may, with what was missing, and is taken in. */
async function secondTry(stage: Stage): Promise<void> {
  await days(stage, 110)
  const application = await applies(stage, 'rhea', { project: germinate, kind: 'ecosystem' })
  await days(stage, 4)
  const motion = await moves(stage, 'milo', {
    body: group,
    application,
    as: 'ecosystem',
    title: 'Take Germinate into the collection, second application',
    reasons: 'Two more people release it now, and it says who decides. What we asked for has been done.',
  })
  await does(stage, 'juno', ['motions.second', { motion }])
  for (const key of ['ivo', 'juno', 'lena', 'milo']) await does(stage, key, vote(motion, 'for'))
  await does(stage, 'kito', [
    'motions.recuse',
    { motion, reason: 'My nursery belongs to the company that pays for Germinate.' },
  ])
  await days(stage, 6)
}

/** What is going on now: an application that waits for a review, and a vote that is open. */
async function lastWeeks(stage: Stage): Promise<void> {
  await days(stage, Math.max(0, stage.clock.daysLeft() - 6))
  const shared = { project: trellis, kind: 'ecosystem' }
  await isRefused(stage, 'sol', ['projects.apply', filled('sol', shared), stoppedByRule])
  await acceptsAgreement(stage, 'sol')
  const filed = await applies(stage, 'sol', shared)
  await days(stage, 4)
  await does(stage, 'juno', [
    'projects.review',
    {
      application: filed,
      text: 'The plan prints well and three gardens use it. I would like to see a second person who can release.',
    },
  ])
  const motion = await moves(stage, 'ivo', {
    body: group,
    application: filed,
    as: 'ecosystem',
    title: 'Take Trellis into the collection',
    reasons: 'Shared gardens ask us for a plan every spring, and this one is kept well.',
  })
  await does(stage, 'milo', ['motions.second', { motion }])
  await does(stage, 'ivo', vote(motion, 'for'))
  await does(stage, 'lena', vote(motion, 'against'))
  await applies(stage, 'goran', { project: windrow, kind: 'ecosystem' })
  await lastReviews(stage)
}

/** The chapters, in order, each with what is said while it is told. */
export const chapters: readonly { readonly title: string; readonly tell: (stage: Stage) => Promise<void> }[] = [
  { title: 'People and organisations come', tell: opening },
  { title: 'Seats are taken', tell: seating },
  { title: 'A first program is taken in', tell: firstProgram },
  { title: 'An application is declined', tell: declined },
  { title: 'Programs of the collection are looked at again', tell: lookingAgain },
  { title: 'Summer: money, a school, an application taken back', tell: summer },
  { title: 'One is cured, one is excused for a time', tell: cured },
  { title: 'A program comes into the foundation’s care', tell: intoCare },
  { title: 'Coming and going', tell: comingAndGoing },
  { title: 'A second try succeeds', tell: secondTry },
  { title: 'The last weeks', tell: lastWeeks },
]
