// Decisions and ballots for tests of counting, drawn at random or written down in short.
import fc from 'fast-check'
import type { Ballot, Choice, Decision, Recusal } from '#domains/motions/words.ts'

export const decision = (given: Partial<Decision> = {}): Decision => ({
  resolves: '*',
  body: '*',
  quorum: { comparator: 'more than', fraction: '1/2', of: 'seats' },
  majority: { comparator: 'more than', fraction: '1/2', of: 'cast' },
  abstentions: 'count for quorum only',
  recusals: 'leave the seats',
  vacantSeats: 'count',
  votingDays: 7,
  minimumHours: 72,
  secondNeeded: true,
  secondDays: 14,
  mayChangeVote: false,
  alternatesVoteForRecused: false,
  ...given,
})

const at = '2026-03-02T09:00:00.000Z'
const recusal: Recusal = { person: 'per_x', reason: 'Employed by the applicant', at, entry: 'ent_x' }

export const ballot = (
  seat: string,
  given: { choice?: Choice; as?: 'principal' | 'alternate'; isRecused?: boolean; recusal?: Recusal } = {},
): Ballot => ({
  seat,
  ...(given.choice && {
    vote: { choice: given.choice, person: 'per_y', as: given.as ?? 'principal', at, entry: 'ent_y' },
  }),
  ...((given.isRecused || given.recusal) && { recusal: given.recusal ?? recusal }),
})

const choice = fc.constantFrom('for', 'against', 'abstain')
const as = fc.constantFrom('principal', 'alternate')

/** A recused seat that voted did so through its alternate; a principal who voted cannot be recused. */
export const anyBallot: fc.Arbitrary<Ballot> = fc
  .record({ seat: fc.uuid(), choice: fc.option(choice, { nil: undefined }), as, isRecused: fc.boolean() })
  .map(({ seat, ...given }) => ballot(seat, given.choice && given.isRecused ? { ...given, as: 'alternate' } : given))

const fraction = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 6 })).map(([a, b]) => ({
  over: Math.min(a, b),
  under: b,
}))
const comparison = fc
  .tuple(fraction, fc.constantFrom('more than', 'at least'))
  .map(([{ over, under }, comparator]) => ({
    fraction: `${over}/${under}`,
    comparator: over === under ? ('at least' as const) : comparator,
  }))

/** Any decision that the schema of the term lets through. */
export const anyDecision: fc.Arbitrary<Decision> = fc
  .record({
    quorum: comparison.map(share => ({ ...share, of: 'seats' as const })),
    majority: fc
      .tuple(comparison, fc.constantFrom('seats', 'present', 'cast', 'cast less abstentions'))
      .map(([share, of]) => ({ ...share, of })),
    abstentions: fc.constantFrom('count for quorum only', 'count as cast'),
    recusals: fc.constantFrom('leave the seats', 'stay in the seats'),
    mayChangeVote: fc.boolean(),
    alternatesVoteForRecused: fc.boolean(),
  })
  .map(decision)
