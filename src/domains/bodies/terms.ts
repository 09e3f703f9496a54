// What the charter must settle for bodies: how long a seat is held, what one employer may hold, how many alternates stand by.
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { FractionText } from '#base/fractions.ts'
import type { Kind } from './words.ts'

const OfKind = z
  .strictObject({
    termMonths: z
      .int()
      .min(1)
      .max(240)
      .nullable()
      .describe('The longest time that one appointment lasts, in months; null for no limit.'),
    employerShare: FractionText.nullable().describe(
      'The largest share of a body’s seats whose holders one employer, with all that it controls or is controlled by, may employ; null for no limit.',
    ),
    alternates: z.int().min(0).max(5).describe('How many alternates a seat may have.'),
  })
  .meta({ title: 'Seats of one kind of body' })

const Seats = z
  .strictObject({
    kinds: z.strictObject({ board: OfKind, council: OfKind, 'working-group': OfKind, staff: OfKind }),
    remindDays: z.int().min(0).max(365).describe('How many days before a term ends its holder and the staff are told.'),
  })
  .meta({
    title: 'Seats',
    examples: [
      {
        kinds: {
          board: { termMonths: 24, employerShare: null, alternates: 1 },
          council: { termMonths: 12, employerShare: '1/3', alternates: 1 },
          'working-group': { termMonths: 12, employerShare: '1/2', alternates: 1 },
          staff: { termMonths: null, employerShare: null, alternates: 0 },
        },
        remindDays: 30,
      },
    ],
  })
export type Seats = z.infer<typeof Seats>
export type SeatsOfKind = Seats['kinds'][Kind]

export const seatsTerm = term('bodies.seats', 'How seats are held', Seats)
