// The main job from end to end, on both charters and through both faces: a project applies, is assessed from its repository, reviewed,
// moved, voted on, admitted and shown; another one is declined, and comes back when it may and not before.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { wrongCapacity } from '#acts/problems.ts'
import { addDays, addHours, addMonths } from '#base/instants.ts'
import { alreadyVoted, notOpen, principalVoted, stillOpen } from '#domains/motions/problems.ts'
import { tooEarlyAgain } from '#domains/projects/problems.ts'
import { sayDay, sayInstant } from '#html/time.ts'
import type { Leaf } from '#record/leaf.ts'
import { entriesPage } from '#record/queries.ts'
import {
  accepting,
  act,
  appointing,
  type Cast,
  cultivated,
  gathers,
  type Statutes,
  type Story,
  statutes,
  stoppedBy,
} from '#test/kit/admission.ts'
import {
  applying,
  closing,
  lookUp,
  moves,
  receiptsVerify,
  reviewing,
  says,
  seconding,
  voting,
} from '#test/kit/deciding.ts'
import { type Face, isRefused } from '#test/kit/faces.ts'
import { openHall } from '#test/kit/hall.ts'
import { run } from '#test/kit/program.ts'
import { git } from '#test/kit/repositories.ts'

const seatsOf = ({ statutes: { group, seats } }: Story): string[] => seats.map(key => `${group}/${key}`)

async function seatIds(story: Story): Promise<ReadonlyMap<string, string>> {
  const body = await lookUp(story, `bodies/show?body=${story.statutes.group}`)
  return new Map(
    body.seats.map((seat: { id: string; key: string }) => [`${story.statutes.group}/${seat.key}`, seat.id]),
  )
}

/** Five seats are taken, one of them by the holder of a business seat; a second one for one employer is not to be had. */
async function takesSeats(story: Story, { officer, bea, cal, dov, eve, gil, hal, ivy }: Cast): Promise<void> {
  const [chair = '', second = '', third = '', fourth = '', fifth = ''] = seatsOf(story)
  await act(story, officer, appointing(story, chair, bea))
  const refusal = { ...stoppedBy(story, 'share'), pageSays: null }
  await isRefused(story.hall, officer, appointing(story, second, ivy), refusal)
  await act(story, officer, appointing(story, second, cal))
  await act(story, officer, appointing(story, third, dov))
  await act(story, officer, appointing(story, fourth, eve))
  await act(story, officer, appointing(story, fifth, gil))
  await act(story, officer, appointing(story, story.statutes.businessSeat, gil))
  await act(story, officer, { ...appointing(story, second, hal), act: 'bodies.appoint-alternate' })
}

/** The form proposes similar projects; the code has to be accepted first; the repository is assessed at once. */
async function applies(story: Story, { ada }: Cast): Promise<string> {
  const {
    hall,
    statutes: { near },
  } = story
  const repository = cultivated(hall, 'leafcount')
  const deed = applying('Leafcount', repository, { similar: [near] })
  await isRefused(hall, ada, deed, { ...stoppedBy(story, 'conduct'), pageSays: 'A rule of the charter forbids this' })
  await act(story, ada, accepting(story))
  const { facts } = await act(story, ada, deed)
  const application = String(facts.application)
  const { similar } = await lookUp(story, `projects/application?application=${application}`)
  assert.equal(similar.length, 1)
  assert.match((await ada.visit.get(`/applications/${application}/contacts`)).text, /ada@acorn\.example/)
  await expectAssessed(story, application, git(repository, ['rev-parse', 'HEAD']).trim())
  return application
}

async function expectAssessed(story: Story, application: string, commit: string): Promise<void> {
  const { assessments } = await lookUp(story, `assessments/list?subject=${application}`)
  assert.equal(assessments.length, 1)
  const [{ id, stage, findings }] = assessments
  assert.deepEqual([stage, findings.commit], ['filed', commit])
  const { paperText } = await lookUp(story, `assessments/show?assessment=${id}`)
  const licence = paperText.checks.find((check: { title: string }) => /licence/i.test(check.title))
  assert.equal(licence.outcome, 'pass', JSON.stringify(licence))
  await says(story, `/assessments/${id}`, commit.slice(0, 8), 'LICENSE', `guildhall assess --replay ${id}.json`)
  await isMadeAgain(story, id, findings.paper)
  await says(story, `/applications/${application}`, 'Goals', 'Non-goals', 'Not a general picture classifier')
}

/** Anybody who has the evidence and the repository makes the same paper, without the foundation. */
async function isMadeAgain(story: Story, assessment: string, paper: string): Promise<void> {
  const { DATA_DIR } = story.hall.app.config
  const bundle = JSON.stringify(await lookUp(story, `assessments/bundle?assessment=${assessment}`))
  writeFileSync(join(DATA_DIR, `${assessment}.json`), bundle)
  const again = await run(['assess', '--replay', `${assessment}.json`], {}, DATA_DIR)
  const [result, made] = again.out.split('\n')
  assert.deepEqual([again.code, again.err, result], [0, '', 'same'])
  assert.ok(made?.startsWith(`sha256 ${paper}, `), made)
}

/** Neither the mover nor whoever works for the applicant's owner seconds; another seat does. */
async function seconds(story: Story, motion: string, { bea, cal, eve }: Cast): Promise<void> {
  const stopped = 'A rule of the charter forbids this'
  await isRefused(story.hall, bea, seconding(motion), { ...stoppedBy(story, 'second'), pageSays: stopped })
  await isRefused(story.hall, eve, seconding(motion), { ...stoppedBy(story, 'interest'), pageSays: stopped })
  await act(story, cal, seconding(motion))
}

/** Everybody whom the charter stops is stopped; the alternate's vote gives way to the principal's; a recusal shrinks the count. */
async function votes(story: Story, motion: string, { ada, bea, cal, dov, eve, gil, hal }: Cast): Promise<void> {
  const {
    hall,
    statutes: { deciding, tallies },
  } = story
  const stopped = 'A rule of the charter forbids this'
  const calsSeat = (await seatIds(story)).get(seatsOf(story)[1] ?? '') ?? ''
  await isRefused(hall, ada, voting(motion, 'for'), {
    problem: wrongCapacity,
    status: 403,
    clauses: deciding,
    detail: 'This is for the holder of a seat, or an alternate.',
  })
  await isRefused(hall, dov, voting(motion, 'for'), { ...stoppedBy(story, 'conduct'), pageSays: stopped })
  await isRefused(hall, eve, voting(motion, 'for'), { ...stoppedBy(story, 'interest'), pageSays: stopped })
  await isRefused(hall, gil, voting(motion, 'for'), { ...stoppedBy(story, 'spheres'), pageSays: stopped })
  await act(story, hal, voting(motion, 'against', calsSeat))
  const replacing = await act(story, cal, voting(motion, 'for'))
  assert.deepEqual(replacing.facts.replaces, { choice: 'against', as: 'alternate' })
  const clash = { status: 409, clauses: deciding } as const
  await isRefused(hall, hal, voting(motion, 'against', calsSeat), { ...clash, problem: principalVoted })
  await act(story, bea, voting(motion, 'for'))
  if (!story.statutes.mayChange)
    await isRefused(hall, bea, voting(motion, 'against'), { ...clash, problem: alreadyVoted })
  await says(story, `/motions/${motion}`, tallies[0])
  await act(story, eve, {
    act: 'motions.recuse',
    on: `/motions/${motion}`,
    settled: { motion },
    types: { reason: 'The company I work for owns the one that applies.' },
  })
  await says(story, `/motions/${motion}`, tallies[1], 'Recused The company I work for owns the one that applies.')
  await act(story, dov, accepting(story))
  await act(story, dov, voting(motion, 'for'))
}

/** A certain outcome closes when the minimum is over; one that seats may still change closes when its time is over. */
async function closes(story: Story, motion: string, { bea, gil }: Cast): Promise<Leaf> {
  const { hall, statutes: one } = story
  const { says: tally, outcome, earliest, closes: last } = await lookUp(story, `motions/tally?motion=${motion}`)
  const opened = hall.clock.at()
  const times = [addHours(opened, one.minimumHours), addDays(opened, one.votingDays)]
  assert.deepEqual([outcome, earliest, last], [one.mayChange ? 'open' : 'carried', ...times])
  await says(
    story,
    `/motions/${motion}`,
    tally,
    one.mayChange ? 'It closes sooner' : 'The outcome is certain: carried.',
  )
  hall.clock.set(addHours(one.mayChange ? last : earliest, -1))
  await hall.tick()
  const sooner = one.mayChange ? '' : `, and from ${sayInstant(earliest)} it may be closed`
  const stands = `${tally} It closes on ${sayInstant(last)}${sooner}.`
  const early = { problem: stillOpen, status: 409, clauses: one.deciding, detail: stands }
  await isRefused(hall, bea, closing(motion), early)
  hall.clock.passHours(1)
  await hall.tick()
  const [close] = await entriesPage(hall.app.database.read, { act: 'motions.close', subject: motion, limit: 2 })
  assert.ok(close)
  assert.deepEqual([close.leaf.facts.isEarly, close.leaf.actor.capacity], [!one.mayChange, 'clock'])
  const late = { problem: notOpen, status: 409, clauses: one.deciding, pageSays: null }
  await isRefused(hall, gil, voting(motion, 'for'), late)
  return close.leaf
}

/** The close is the mandate; the landscape, the project's page and the feeds show it. */
async function isAdmitted(story: Story, application: string, close: Leaf): Promise<void> {
  const { read } = story.hall.app.database
  const [admission] = await entriesPage(read, { act: 'projects.admit', subject: application, limit: 2 })
  assert.deepEqual([admission?.leaf.mandate, admission?.leaf.cause], [close.id, close.id])
  assert.equal(close.facts.outcome, 'carried')
  await says(story, '/projects', 'Leafcount')
  await says(story, '/projects/leafcount', 'Leafcount', 'It does one thing, and three people in three places keep it.')
  await says(story, `/applications/${application}`, 'Admitted on')
  const feed = await story.hall.visit().get(`/feeds/record.json?about=${application}`)
  assert.ok(JSON.parse(feed.text).items.some((item: { id: string }) => item.id.endsWith(`/record/${admission?.id}`)))
}

/** A second project is voted down; it may come back on the day that the charter sets, and not a day sooner. */
async function isDeclined(story: Story, { ada, bea, cal, dov }: Cast): Promise<void> {
  const {
    hall,
    statutes: { reapplying, minimumHours, votingDays, mayChange },
  } = story
  const deed = applying('Petalcount', cultivated(hall, 'petalcount'))
  const application = String((await act(story, ada, deed)).facts.application)
  await act(story, cal, reviewing(application))
  const motion = await moves(story, bea, { application })
  await act(story, cal, seconding(motion))
  for (const person of [bea, cal, dov]) await act(story, person, voting(motion, 'against'))
  hall.clock.passHours(mayChange ? votingDays * 24 : minimumHours)
  await hall.tick()
  const declined = await lookUp(story, `projects/application?application=${application}`)
  const from = addMonths(hall.clock.at(), reapplying.months)
  assert.deepEqual([declined.stage, declined.reapplyFrom], ['declined', from])
  hall.clock.set(from)
  hall.clock.passHours(-1)
  const again = { ...deed, on: '/apply' }
  const tooEarly = {
    problem: tooEarlyAgain,
    status: 409,
    clauses: reapplying.clauses,
    detail: `It may apply again from ${sayDay(from)} on.`,
  }
  await isRefused(hall, ada, again, { ...tooEarly, pageSays: null })
  hall.clock.passHours(1)
  const second = await act(story, ada, deed)
  assert.notEqual(second.facts.application, application)
  await says(story, `/applications/${String(second.facts.application)}`, 'Petalcount', 'Filed')
}

async function tells(story: Story): Promise<void> {
  const cast = await gathers(story)
  await takesSeats(story, cast)
  const application = await applies(story, cast)
  await act(story, cast.cal, reviewing(application))
  const motion = await moves(story, cast.bea, { application })
  await seconds(story, motion, cast)
  await votes(story, motion, cast)
  await isAdmitted(story, application, await closes(story, motion, cast))
  await isDeclined(story, cast)
  await receiptsVerify(story)
  await story.hall.expectSound()
}

/** Each charter once and each face once: the two know nothing of each other, and the story is long. */
const faceFor: Readonly<Record<Statutes['charter'], Face>> = { pytorch: 'page', example: 'api' }

for (const one of statutes) {
  const by = faceFor[one.charter]
  const title = `${one.charter}, everything done by the ${by}`
  test(title, async t => tells({ hall: await openHall(t, one.charter), statutes: one, by }))
}
