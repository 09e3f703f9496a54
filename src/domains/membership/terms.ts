// What the charter must settle for membership: the classes, and what each brings.
import { z } from 'zod'
import { term } from '#acts/term.ts'
import { ClassKey } from './words.ts'

const Entitlement = z.strictObject({
  body: z.string().describe('The short name of a body.'),
  seats: z.int().min(1).max(100).describe('How many of its seats.'),
  shared: z
    .boolean()
    .default(false)
    .describe('True: the members of the class share these seats; false: each has them.'),
})
export type Entitlement = z.infer<typeof Entitlement>

const Class = z.strictObject({
  key: ClassKey,
  name: z.string().min(1).max(60),
  order: z.int().min(0).describe('Classes are listed in this order.'),
  describes: z.string().min(1).max(300),
  entitles: z.array(Entitlement),
})
export type Class = z.infer<typeof Class>

const Classes = z
  .array(Class)
  .min(1)
  .refine(classes => new Set(classes.map(({ key }) => key)).size === classes.length, 'Expected each key once')
  .meta({
    title: 'Classes of membership',
    examples: [
      [
        {
          key: 'patron',
          name: 'Patron',
          order: 1,
          describes: 'Carries a large part of the budget.',
          entitles: [{ body: 'board-of-trustees', seats: 1 }],
        },
        { key: 'friend', name: 'Friend', order: 2, describes: 'Lends its name and its people.', entitles: [] },
      ],
    ],
  })

export const classesTerm = term('membership.classes', 'Classes of membership', Classes)
