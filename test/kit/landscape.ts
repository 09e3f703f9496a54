// A house with a landscape: a council that decides, maintainers who apply, and the jobs that their acts start, run at once.
import type { TestContext } from 'node:test'
import type { Domain } from '#acts/domain.ts'
import { isRefusal } from '#acts/problem.ts'
import { type Assess, assessments, type LookAtForge } from '#domains/assessments/index.ts'
import { bodies } from '#domains/bodies/index.ts'
import { membership } from '#domains/membership/index.ts'
import { motions } from '#domains/motions/index.ts'
import { people } from '#domains/people/index.ts'
import { projects } from '#domains/projects/index.ts'
import type { Leaf } from '#record/leaf.ts'
import { type House, testHouse } from '#test/kit/house.ts'
import { decision } from '#test/kit/motions.ts'
import { assessWith } from '#test/kit/papers.ts'
import { type Council, council, councilTerms, nth, registered } from '#test/kit/voters.ts'

export const landscapeTerms = {
  'projects.stages': [
    {
      key: 'ecosystem',
      name: 'Ecosystem project',
      describes: 'Keeps the published requirements.',
      criteria: 'ecosystem',
      requires: null,
    },
    {
      key: 'hosted',
      name: 'Hosted project',
      describes: 'Its home is looked after here.',
      criteria: 'hosted',
      requires: 'ecosystem',
    },
  ],
  'projects.applying': { openPerPerson: 2, contacts: 2 },
  'projects.reapplying': { months: 3 },
  'projects.landscape': {
    projects: [
      { category: 'Own Projects', subcategory: 'Hosted', stage: 'hosted', project: 'hosted' },
      { category: '*', stage: 'ecosystem' },
    ],
    members: { category: 'Members', suffix: ' (member)', classes: { Gold: 'gold', Silver: 'silver' } },
    archived: 'archived',
  },
  'assessments.assessing': { freshMonths: 6, everyDays: 30, againDays: 7, mostPerDay: 3 },
  'stewardship.reviewing': {
    stages: [
      { stage: 'ecosystem', everyMonths: 6, body: 'council' },
      { stage: 'hosted', everyMonths: 12, body: 'senate' },
    ],
    lookDays: 30,
    cureDays: 30,
    assessmentDays: 31,
    reasonDays: 14,
  },
  'stewardship.waiving': { mostMonths: 12 },
  'membership.classes': [
    { key: 'gold', name: 'Gold', order: 1, describes: 'Pays much.', entitles: [] },
    { key: 'silver', name: 'Silver', order: 2, describes: 'Pays less.', entitles: [] },
  ],
}

export const mandates: Readonly<Record<string, readonly string[]>> = {
  'projects.admit': ['motions.close'],
  'projects.change-stage': ['motions.close'],
  'projects.archive': ['motions.close', 'stewardship.settle'],
  'projects.restore': ['motions.close'],
}

export const application = {
  kind: 'ecosystem',
  name: 'Lantern',
  repository: 'https://code.example/lantern/lantern',
  licence: 'Apache-2.0',
  summary: 'A library for graph neural networks on small machines.',
  goals: 'Train graph networks where memory is scarce.',
  nonGoals: 'Not a general array library, and not a server.',
  contacts: [
    { name: 'Mara Example', email: 'mara@lantern.example' },
    { name: 'Nils Example', email: 'nils@lantern.example' },
  ],
  isMaintainer: true,
}

type Outside = { readonly assess?: Assess; readonly look?: LookAtForge; readonly domains?: readonly Domain[] }

export type Landscape = {
  readonly house: House
  readonly council: Council
  readonly maintainer: string
  /** Runs every job that entries have started since the last call, and performs what they answer. */
  readonly work: () => Promise<void>
  /** Files an application with these changes and has it assessed; its id. */
  readonly applies: (more?: object, by?: string) => Promise<string>
  /** Moves, seconds and votes; closes when the time is over. */
  readonly decides: (resolves: object, choice: 'for' | 'against') => Promise<string>
}

async function run(house: House, { domains, leaf }: { domains: readonly Domain[]; leaf: Leaf }): Promise<void> {
  const { read, transact } = house.database
  const tools = { read, transact, signal: new AbortController().signal, log: () => {} }
  for (const job of domains.flatMap(({ jobs = [] }) => jobs).filter(({ about }) => about.includes(leaf.act)))
    for (const deed of await job.work(leaf, tools)) {
      const outcome = await house.engine.perform({ ...deed, by: { program: 'clock' }, cause: leaf.id })
      if (isRefusal(outcome)) throw new Error(`${deed.act} of a job was refused: ${JSON.stringify(outcome)}`)
    }
}

export async function landscapeHouse(
  t: TestContext,
  { assess = assessWith(), look, domains: more = [] }: Outside = {},
): Promise<Landscape> {
  const domains = [
    people,
    bodies,
    membership,
    motions,
    assessments({ assess, ...(look && { look }) }),
    projects,
    ...more,
  ]
  const ours = ['change-stage', 'archive', 'restore'].map(verb => decision({ resolves: `projects.${verb}` }))
  const decisions = [decision({ resolves: 'projects.admit', body: 'council' }), ...ours, decision()]
  const terms = { ...councilTerms({ decisions }), ...landscapeTerms }
  const waiting: Leaf[] = []
  const enqueue = async (_tx: unknown, entry: Leaf) => waiting.push(entry)
  const house = await testHouse(t, { domains, charter: { terms, mandates }, enqueue })
  const body = await council(house)
  const maintainer = await registered(house, 'maintainer-9')
  const work = async () => {
    for (let leaf = waiting.shift(); leaf; leaf = waiting.shift()) await run(house, { domains, leaf })
  }
  return {
    house,
    council: body,
    maintainer,
    work,
    async applies(changes = {}, by = maintainer) {
      const { entry } = await house.done('projects.apply', { ...application, ...changes }, by)
      await work()
      return String(entry.facts.application)
    },
    async decides(resolves, choice) {
      const question = {
        body: 'council',
        title: 'Decide about a project',
        reasons: 'As the reviews have set out.',
        resolves,
      }
      const motion = String((await house.done('motions.move', question, nth(body.people, 0))).entry.facts.motion)
      await house.done('motions.second', { motion }, nth(body.people, 1))
      for (const person of body.people) await house.done('motions.vote', { motion, choice }, person)
      house.clock.passDays(8)
      return (await house.done('motions.close', { motion }, 'clock')).entry.id
    },
  }
}
