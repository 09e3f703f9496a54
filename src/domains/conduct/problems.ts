// Every "no" that the conduct domain can give.
import { problem } from '#acts/problem.ts'

export const notTheCurrentText = problem(
  'conduct/not-the-current-text',
  'clash',
  'This is not the text in force',
  'The text has changed since you read it. Read the one at /conduct, and accept that.',
)
export const alreadyAccepted = problem(
  'conduct/already-accepted',
  'clash',
  'You have already accepted this text',
  'Nothing needs to be done until the text changes.',
)
export const alreadyPublished = problem(
  'conduct/already-published',
  'clash',
  'The text in force is already in the record',
  'Nothing needs to be done.',
)
