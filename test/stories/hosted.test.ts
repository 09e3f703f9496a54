// Two projects of the landscape ask to be hosted: the council decides, not the working group, and two thirds of its seats are needed, not one less.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#acts/problem.ts'
import { mandateUnfit, mandateWanted } from '#acts/problems.ts'
import { earlierStageWanted } from '#domains/projects/problems.ts'
import type { Leaf } from '#record/leaf.ts'
import { entriesPage } from '#record/queries.ts'
import {
  accepting,
  act,
  appointing,
  type Cast,
  cultivated,
  gathers,
  type Story,
  statutes,
  stoppedBy,
} from '#test/kit/admission.ts'
import { applying, lookUp, moves, receiptsVerify, reviewing, says, seconding, voting } from '#test/kit/deciding.ts'
import { isRefused, type Somebody } from '#test/kit/faces.ts'
import { openHall } from '#test/kit/hall.ts'

const body = 'technical-advisory-council'
const projects = ['pytorch', 'helion', 'safetensors', 'deepspeed', 'ray', 'vllm']
const admittingClauses = ['2.a', '2.a.i', '3.d']
const applyingClauses = ['3.a', '3.e', '2.a', '2.a.i', '3.d']

async function sits(story: Story, { officer, ada, bea, cal, dov, eve, gil, hal }: Cast): Promise<void> {
  for (const person of [ada, dov]) await act(story, person, accepting(story))
  for (const [at, person] of [bea, cal, dov, eve, gil, hal].entries())
    await act(story, officer, appointing(story, `${body}/project-${projects[at]}`, person))
}

type Project = { readonly name: string; readonly repository: string }

/** Entered by the operator as one that was there before this register was opened. */
async function isInLandscape({ hall }: Story, { name, repository }: Project): Promise<void> {
  const input = { name, repository, stage: 'ecosystem' }
  const entered = await hall.app.engine.perform({ act: 'projects.enter', input, by: { program: 'operator' } })
  assert.equal(isRefusal(entered), false)
}

/** Applied for, reviewed, moved and seconded; whoever works for the applicant's owner keeps out, so five seats decide. */
async function opens(story: Story, { ada, bea, cal, eve }: Cast, { name, repository }: Project) {
  const deed = applying(name, repository, { kind: 'hosted' })
  const application = String((await act(story, ada, deed)).facts.application)
  await act(story, cal, reviewing(application))
  const motion = await moves(story, bea, { application, as: 'hosted', body })
  await act(story, cal, seconding(motion))
  const stopped = { ...stoppedBy(story, 'interest'), pageSays: 'A rule of the charter forbids this' }
  await isRefused(story.hall, eve, voting(motion, 'for'), stopped)
  const recusing = {
    ...voting(motion, ''),
    act: 'motions.recuse',
    types: { reason: 'My company owns the one that applies.' },
  }
  await act(story, eve, recusing)
  return { application, motion }
}

async function votes(story: Story, motion: string, said: readonly (readonly [Somebody, string])[]): Promise<void> {
  for (const [who, choice] of said) await act(story, who, voting(motion, choice))
}

const stands = async (story: Story, motion: string): Promise<string> =>
  (await lookUp(story, `motions/tally?motion=${motion}`)).says

async function newest({ hall }: Story, name: string, subject: string): Promise<Leaf> {
  const [found] = await entriesPage(hall.app.database.read, { act: name, subject, limit: 1 })
  assert.ok(found, `There is no ${name} about ${subject}`)
  return found.leaf
}

type Asked = { readonly application: string; readonly mandate?: string }

/** Staff may carry out what the council decided about this application, and nothing else. */
async function isNotAdmittedBy({ hall }: Story, { officer }: Cast, { application, mandate }: Asked): Promise<void> {
  const input = { application, as: 'hosted' }
  const asked = await hall.app.engine.perform({ act: 'projects.admit', input, by: { person: officer.id }, mandate })
  assert.ok(isRefusal(asked))
  assert.deepEqual([asked.refused, asked.clauses], [mandate ? mandateUnfit : mandateWanted, admittingClauses])
}

async function waits({ hall }: Story, hours: number): Promise<void> {
  hall.clock.passHours(hours)
  await hall.tick()
}

test('two thirds of the council’s seats host a project, and one seat less does not', async t => {
  const [pytorch] = statutes
  assert.ok(pytorch)
  const story: Story = { hall: await openHall(t, pytorch.charter), statutes: pytorch, by: 'page' }
  const cast = await gathers(story)
  const { ada, bea, cal, dov, gil, hal } = cast
  await sits(story, cast)

  const [leaves, petals] = ['Leafcount', 'Petalcount'].map(name => ({
    name,
    repository: cultivated(story.hall, name.toLowerCase()),
  }))
  assert.ok(leaves && petals)
  const early = applying(leaves.name, leaves.repository, { kind: 'hosted' })
  const tooLow = { problem: earlierStageWanted, status: 409, clauses: applyingClauses, pageSays: null } as const
  await isRefused(story.hall, ada, early, { ...tooLow, detail: 'The stage wanted first: ecosystem.' })
  for (const project of [leaves, petals]) await isInLandscape(story, project)

  const hosted = await opens(story, cast, leaves)
  await votes(story, hosted.motion, [
    [bea, 'for'],
    [cal, 'for'],
    [gil, 'against'],
    [dov, 'for'],
  ])
  assert.equal(await stands(story, hosted.motion), 'Needs 4 for of 5 seats, has 3; quorum needs 3, has 4.')
  await isNotAdmittedBy(story, cast, { application: hosted.application })
  await votes(story, hosted.motion, [[hal, 'for']])
  await waits(story, pytorch.minimumHours)
  const carried = await newest(story, 'motions.close', hosted.motion)
  const admission = await newest(story, 'projects.admit', hosted.application)
  assert.deepEqual([carried.facts.outcome, carried.under, admission.mandate], ['carried', pytorch.deciding, carried.id])
  assert.equal((await lookUp(story, 'projects/show?project=leafcount')).stage, 'hosted')
  await says(story, '/projects/leafcount', 'Foundation-hosted project')

  const declined = await opens(story, cast, petals)
  await isNotAdmittedBy(story, cast, { application: declined.application, mandate: carried.id })
  await votes(story, declined.motion, [
    [bea, 'for'],
    [cal, 'for'],
    [dov, 'for'],
    [gil, 'against'],
    [hal, 'abstain'],
  ])
  assert.equal(await stands(story, declined.motion), 'Needs 4 for of 5 seats, has 3; quorum needs 3, has 5.')
  await waits(story, pytorch.minimumHours)
  const lost = await newest(story, 'motions.close', declined.motion)
  const no = await newest(story, 'projects.decline', declined.application)
  assert.deepEqual([lost.facts.outcome, lost.under, no.cause], ['lost', pytorch.deciding, lost.id])
  assert.equal((await lookUp(story, 'projects/show?project=petalcount')).stage, 'ecosystem')
  await says(story, `/applications/${declined.application}`, 'Declined')

  await receiptsVerify(story)
  await story.hall.expectSound()
})
