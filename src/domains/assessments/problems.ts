// Every "no" that acts about assessments can give.
import { problem } from '#acts/problem.ts'

export const noSuchAssessment = problem(
  'assessments/no-such-assessment',
  'missing',
  'There is no such assessment',
  'Take the id from the page of the project or application.',
)
export const alreadyAnswered = problem(
  'assessments/already-answered',
  'clash',
  'This assessment has been answered already',
  'Ask for another one; what was filed is never changed.',
)
export const noSuchPaper = problem(
  'assessments/no-such-paper',
  'missing',
  'There is no working paper with this hash',
  'Keep the paper first, then file the assessment.',
)
export const otherMatter = problem(
  'assessments/other-matter',
  'unfit',
  'The working paper is about another repository, date or set of criteria',
  'File the paper that was made for this request.',
)
export const askedTooOften = problem(
  'assessments/asked-too-often',
  'busy',
  'This has been assessed as often as the charter allows for one day',
  'Read the assessments that are there, and ask again tomorrow.',
)
export const comingDate = problem(
  'assessments/coming-date',
  'unfit',
  'A repository cannot be assessed as of a moment that has not come',
  'Name today or an earlier day.',
)
export const neverAsked = problem(
  'assessments/never-asked',
  'missing',
  'Nothing was ever assessed under this id',
  'Have it assessed first: its forge is looked at with every assessment.',
)
export const observedLater = problem(
  'assessments/observed-later',
  'unfit',
  'An observation is dated later than today',
  'Give the time at which the forge answered.',
)
