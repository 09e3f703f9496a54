// A vote already open before a council, for tests of what happens to it.
import type { TestContext } from 'node:test'
import { bodies } from '#domains/bodies/index.ts'
import { type Motion, motionBy, motions } from '#domains/motions/index.ts'
import type { Deciding } from '#domains/motions/terms.ts'
import type { Decision } from '#domains/motions/words.ts'
import { people } from '#domains/people/index.ts'
import { type House, type KitCharter, testHouse } from '#test/kit/house.ts'
import { decision } from '#test/kit/motions.ts'
import { type Council, type CouncilOptions, council, councilTerms, nth } from '#test/kit/voters.ts'

export const question = {
  body: 'council',
  title: 'Meet in public',
  reasons: 'So that everybody can see how we decide.',
}

/** The values may be changed while the house stands, as an amended charter would. */
export type Terms = ReturnType<typeof councilTerms>
export type VotingHouse = { readonly house: House; readonly body: Council; readonly terms: Record<string, unknown> }

export type HouseGiven = {
  readonly deciding?: Partial<Deciding>
  readonly council?: CouncilOptions
  readonly denials?: KitCharter['denials']
}

export async function councilHouse(t: TestContext, given: HouseGiven = {}): Promise<VotingHouse> {
  const terms = { ...councilTerms(given.deciding) }
  const house = await testHouse(t, { domains: [people, bodies, motions], charter: { terms, denials: given.denials } })
  return { house, body: await council(house, given.council), terms }
}

export const moved = async (house: House, by: string, more: object = {}): Promise<string> =>
  String((await house.done('motions.move', { ...question, ...more }, by)).entry.facts.motion)

export type Voting = VotingHouse & {
  readonly motion: string
  /** Votes for the seat with this number, counted from 0, as its holder. */
  readonly votes: (choice: 'for' | 'against' | 'abstain', ...seats: readonly number[]) => Promise<void>
  readonly now: () => Promise<Motion>
}

/** A house with one open vote: moved by the holder of the first seat, seconded by that of the second. */
export async function openVote(
  t: TestContext,
  given: Partial<Decision> = {},
  more: HouseGiven & { readonly moved?: object } = {},
): Promise<Voting> {
  const decisions = [decision({ majority: { comparator: 'more than', fraction: '1/2', of: 'seats' }, ...given })]
  const made = await councilHouse(t, { ...more, deciding: { decisions, ...more.deciding } })
  const { house, body } = made
  const motion = await moved(house, nth(body.people, 0), more.moved)
  await house.done('motions.second', { motion }, nth(body.people, 1))
  return {
    ...made,
    motion,
    async votes(choice, ...seats) {
      for (const seat of seats) await house.done('motions.vote', { motion, choice }, nth(body.people, seat))
    },
    async now() {
      const found = await motionBy(house.read, motion)
      if (!found) throw new Error('The motion of this test is gone')
      return found
    },
  }
}
