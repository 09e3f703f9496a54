// What the charter must settle for motions: which body decides what, with which quorum, majority and delays.
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { Decision } from './words.ts'

const Deciding = z
  .strictObject({
    decisions: z
      .array(Decision)
      .min(1)
      .describe('The first that fits a motion holds, so put the special before the general.'),
    remindHours: z.int().min(1).max(720).describe('How long before the close those who have not voted are reminded.'),
  })
  .meta({
    title: 'How motions are decided',
    examples: [
      {
        decisions: [
          {
            resolves: 'projects.admit',
            where: { as: 'hosted' },
            body: 'technical-council',
            quorum: { comparator: 'more than', fraction: '1/2', of: 'seats' },
            majority: { comparator: 'at least', fraction: '2/3', of: 'seats' },
            abstentions: 'count for quorum only',
            recusals: 'leave the seats',
            vacantSeats: 'count',
            votingDays: 7,
            minimumHours: 72,
            secondNeeded: true,
            secondDays: 14,
            mayChangeVote: false,
            alternatesVoteForRecused: false,
          },
        ],
        remindHours: 48,
      },
    ],
  })
export type Deciding = z.infer<typeof Deciding>

export const deciding = term('motions.deciding', 'How motions are decided', Deciding)
