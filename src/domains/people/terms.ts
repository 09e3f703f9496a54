// What the charter must settle about people and organisations.
import { z } from 'zod'
import { term } from '#acts/term.ts'

export const participation = term(
  'people.participation',
  'Who takes part, and under which name',
  z.object({
    mayWithholdName: z.boolean().meta({ description: 'Whether a participant may go by a pseudonym.' }),
  }),
)

export const affiliation = term(
  'people.affiliation',
  'How people say whom they work for',
  z.object({
    monthsAhead: z.int().min(0).max(24).meta({ description: 'How far ahead a coming employment may be stated.' }),
  }),
)

export const organisations = term(
  'people.organisations',
  'Which organisations are known, and when one counts as controlled by another',
  z.object({
    participantsMayAdd: z.boolean().meta({ description: 'Whether any participant may add one that is missing.' }),
    control: z.string().min(10).max(300).meta({ description: 'What control means, in one sentence.' }),
  }),
)
