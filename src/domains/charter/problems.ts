// Every "no" of the charter domain.
import { problem } from '#acts/problem.ts'

export const noSuchCharter = problem(
  'charter/no-such-charter',
  'missing',
  'No charter with this hash has been handed in',
  'Hand its files in first, with: guildhall charter keep <folder>; it prints the hash.',
)
export const doesNotLoad = problem(
  'charter/does-not-load',
  'unfit',
  'This charter does not load',
  'Mend what is named; `guildhall charter check <folder>` shows every fault with its place.',
)
export const alreadyInForce = problem(
  'charter/already-in-force',
  'clash',
  'A charter is in force already',
  'Change it by an amendment, with a decision as the mandate.',
)
export const noneInForce = problem(
  'charter/none-in-force',
  'untimely',
  'No charter has been adopted yet',
  'The operator adopts the first one.',
)
export const changesNothing = problem(
  'charter/changes-nothing',
  'clash',
  'This text is the one in force',
  'Hand in a text that differs.',
)
export const otherOrigin = problem(
  'charter/other-origin',
  'unfit',
  'The origin of the record cannot change',
  'Keep the origin in foundation.yml as it was: the record carries it in every checkpoint.',
)
export const tooSoon = problem(
  'charter/too-soon',
  'untimely',
  'The text has not been public long enough',
  'Wait until the day named, and do it again.',
)
