// A landscape with stewards: one project with a maintainer, a council that reviews it, and checks that a test may change.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { tick } from '#adapters/clock.ts'
import type { Assess, Outcome, Paper } from '#domains/assessments/index.ts'
import { type Review, reviewsOf, stewardship } from '#domains/stewardship/index.ts'
import { type Landscape, landscapeHouse } from './landscape.ts'
import { assessWith, check, licensed } from './papers.ts'
import { office } from './people.ts'
import { nth, registered } from './voters.ts'

export const beacon = {
  name: 'Beacon',
  stage: 'ecosystem',
  repository: 'https://code.example/beacon/beacon',
  accepted: '2024-01-01',
}
export const text = 'We have looked at everything and asked its users.'

export type Stewards = Landscape & {
  readonly project: string
  readonly staff: string
  /** The first two seats of the council that reviews. */
  readonly reviewer: string
  readonly other: string
  /** What the next assessments say, or why they cannot be made. */
  readonly shows: (outcomes: Readonly<Record<string, Outcome>> | string, releases?: Paper['releases']) => void
  /** Lets days pass, and then does what is due and the work that follows, until nothing is left to do. */
  readonly pass: (days: number) => Promise<void>
  /** The newest review of the project. */
  readonly newest: () => Promise<Review>
  /** Lets half a year pass, so that a review opens and the repository is read; its id. */
  readonly falls: () => Promise<string>
}

/** As in the usual criteria: E7 looks at the licence. */
const checkOf = (id: string, outcome: Outcome) => (id === 'E7' ? licensed(id, outcome) : check(id, outcome))

export async function stewards(t: TestContext, { watches = false } = {}): Promise<Stewards> {
  let now: Parameters<typeof assessWith>[0] = { checks: [check('E1', 'pass'), check('E2', 'pass')] }
  const assess: Assess = asked => assessWith(now)(asked)
  const officers: string[] = []
  const landscape = await landscapeHouse(t, { assess, domains: [office(officers), stewardship({ watches })] })
  const { house, council, maintainer, work } = landscape
  const project = String((await house.done('projects.enter', beacon, 'operator')).entry.facts.project)
  await house.done('projects.name-maintainer', { project, person: maintainer }, 'operator')
  const staff = await registered(house, 'staff-7')
  officers.push(staff)
  const clock = { engine: house.engine, read: house.read, now: house.clock.now, log: assert.fail }
  const pass = async (days: number) => {
    house.clock.passDays(days)
    // What is done may make more due; a story comes to rest within a few rounds.
    for (let round = 0; round < 20; round++) {
      const done = await tick(clock)
      await work()
      if (done === 0) return
    }
    assert.fail('What is due does not come to rest')
  }
  const newest = async () => nth(await reviewsOf(house.read, project), 0)
  return {
    ...landscape,
    ...{ project, staff, pass, newest },
    reviewer: nth(council.people, 0),
    other: nth(council.people, 1),
    shows: (next, releases) => {
      now =
        typeof next === 'string'
          ? { unreachable: next }
          : { checks: Object.entries(next).map(([id, outcome]) => checkOf(id, outcome)), releases }
    },
    async falls() {
      await pass(185)
      return (await newest()).id
    },
  }
}
