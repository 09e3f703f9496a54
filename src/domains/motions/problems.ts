// Every "no" that motions can give.
import { problem } from '#acts/problem.ts'

export const noSuchMotion = problem(
  'motions/no-such-motion',
  'missing',
  'There is no such motion',
  'Look for it in the list of motions.',
)
export const noSuchBody = problem(
  'motions/no-such-body',
  'missing',
  'There is no such body',
  'Look for it in the list of bodies.',
)
export const otherBody = problem(
  'motions/other-body',
  'barred',
  'Your seat is not on the body that this motion is before',
  'Ask the holder of a seat on that body.',
)
export const noDecision = problem(
  'motions/no-decision',
  'barred',
  'The charter does not let this body decide this',
  'Move it before the body that the charter names, or amend the charter.',
)
export const alreadyMoved = problem(
  'motions/already-moved',
  'clash',
  'A motion to the same effect is before a body now',
  'Vote on that motion, or wait until it is decided.',
)
export const notProposed = problem(
  'motions/not-proposed',
  'clash',
  'This motion does not wait for a second',
  'See its page for what may be done now.',
)
export const secondTooLate = problem(
  'motions/second-too-late',
  'untimely',
  'The time to second this motion is over',
  'Move it again.',
)
export const sameSeat = problem(
  'motions/same-seat',
  'barred',
  'The seat that moved a motion cannot second it',
  'Ask the holder of another seat on the body.',
)
export const notOpen = problem(
  'motions/not-open',
  'untimely',
  'This motion is not open to votes',
  'See its page for when it was, or what it waits for.',
)
export const seatNotEligible = problem(
  'motions/seat-not-eligible',
  'barred',
  'Your seat was not among those that may vote when this vote opened',
  'The seats are frozen at the opening; the next motion will include yours.',
)
export const seatUnnamed = problem(
  'motions/seat-unnamed',
  'unfit',
  'You could vote for more than one seat, and did not say for which',
  'Name the seat that you vote for.',
)
export const otherSeat = problem(
  'motions/other-seat',
  'barred',
  'The seat named is not one that you may vote for',
  'Name a seat that you hold or stand in for, or name none.',
)
export const alreadyVoted = problem(
  'motions/already-voted',
  'clash',
  'This seat has already voted, and the charter lets no vote be changed',
  'The vote stands as it was cast.',
)
export const principalVoted = problem(
  'motions/principal-voted',
  'clash',
  'The principal of this seat has voted, so its alternate cannot',
  'An alternate votes only while the principal has not.',
)
export const principalRecused = problem(
  'motions/principal-recused',
  'barred',
  'The principal of this seat is recused, and the charter lets no alternate vote in their place',
  'The seat takes no part in this motion.',
)
export const alreadyRecused = problem(
  'motions/already-recused',
  'clash',
  'This seat is recused from this motion',
  'A recusal stands until the motion is decided.',
)
export const recusalAfterVote = problem(
  'motions/recusal-after-vote',
  'clash',
  'This seat has voted, and a recusal cannot follow a vote',
  'Declare the conflict at the next meeting; the vote stands in the record.',
)
export const notMover = problem(
  'motions/not-mover',
  'barred',
  'Only its mover may withdraw a motion',
  'Ask the mover, or vote against it.',
)
export const notPending = problem(
  'motions/not-pending',
  'untimely',
  'This motion is no longer before the body',
  'See its page for how it ended.',
)
export const votesCast = problem(
  'motions/votes-cast',
  'clash',
  'A vote has been cast, so this motion cannot be withdrawn',
  'Let the vote come to its end.',
)
export const stillOpen = problem(
  'motions/still-open',
  'untimely',
  'This vote cannot be closed yet',
  'It closes at its time, or sooner once its outcome is certain and the minimum wait is over.',
)
export const notLapsed = problem(
  'motions/not-lapsed',
  'untimely',
  'This motion may still be seconded',
  'Wait until its time is over.',
)
export const notDue = problem(
  'motions/reminder-not-due',
  'untimely',
  'No reminder is due for this vote',
  'One is sent to those who have not voted, once, shortly before the close.',
)
