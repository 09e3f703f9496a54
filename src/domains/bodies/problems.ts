// Every "no" that acts about bodies and seats can give.
import { problem } from '#acts/problem.ts'

export const noSuchBody = problem(
  'bodies/no-such-body',
  'missing',
  'There is no body of that name',
  'Choose one of those listed under Bodies.',
)
export const bodyExists = problem(
  'bodies/body-exists',
  'clash',
  'There is already a body of that name',
  'Choose another short name, or use the body that there is.',
)
export const noSuchSeat = problem(
  'bodies/no-such-seat',
  'missing',
  'There is no such seat',
  'Look the seat up on the page of its body.',
)
export const seatExists = problem(
  'bodies/seat-exists',
  'clash',
  'The body already has, or had, a seat with that key',
  'Choose another key: a seat keeps its key for ever, also when it is closed.',
)
export const seatClosed = problem(
  'bodies/seat-closed',
  'clash',
  'The seat is closed',
  'A closed seat is not filled again: add a new one if it is wanted.',
)
export const noSuchOrganisation = problem(
  'bodies/no-such-organisation',
  'missing',
  'There is no organisation of that name in the register',
  'Add the organisation to the register first.',
)
export const noSuchPerson = problem(
  'bodies/no-such-person',
  'missing',
  'There is no such person in the register',
  'The person has to sign in and register first; somebody who was erased cannot be appointed.',
)
export const seatTaken = problem(
  'bodies/seat-taken',
  'clash',
  'Somebody else holds the seat for some of that time',
  'Start when the present term ends, or end that term first.',
)
export const seatVacant = problem(
  'bodies/seat-vacant',
  'untimely',
  'Nobody holds the seat then',
  'Appoint somebody to the seat first: an alternate stands in for a person who holds it.',
)
export const holdsAnotherSeat = problem(
  'bodies/holds-another-seat',
  'clash',
  'One person has one seat in a body, and this person has another for some of that time',
  'Appoint somebody else, or end the other appointment first.',
)
export const ownAppointment = problem(
  'bodies/own-appointment',
  'barred',
  'Nobody appoints themselves',
  'Ask another officer, or whoever runs the server, to enter the appointment.',
)
export const otherBody = problem(
  'bodies/other-body',
  'barred',
  'A chair acts for their own body only',
  'Ask the chair of the body that the seat belongs to, or foundation staff.',
)
export const notYourSeat = problem(
  'bodies/not-your-seat',
  'barred',
  'Only the holder of a seat does this for it',
  'Ask its holder, or foundation staff.',
)
export const startsInPast = problem(
  'bodies/starts-in-past',
  'untimely',
  'An appointment cannot start before today',
  'Start today or later, so that who held a seat on a day never changes afterwards.',
)
export const endsTooEarly = problem(
  'bodies/ends-too-early',
  'unfit',
  'The term would end before it begins',
  'Choose a day after the first one: the end is the first day on which the seat is no longer held.',
)
export const termTooLong = problem(
  'bodies/term-too-long',
  'unfit',
  'The term would be longer than the charter allows',
  'End it sooner; it can be renewed when it ends.',
)
export const outlastsPrincipal = problem(
  'bodies/outlasts-principal',
  'unfit',
  'An alternate stands by only while the holder holds the seat',
  'Choose days within the holder’s own term.',
)
export const enoughAlternates = problem(
  'bodies/enough-alternates',
  'clash',
  'The seat has as many alternates as the charter allows',
  'Withdraw one of them first.',
)
export const notHolding = problem(
  'bodies/not-holding',
  'clash',
  'That person does not hold the seat, now or later',
  'Look up who holds it: the term may have ended already.',
)
export const alreadyReminded = problem(
  'bodies/already-reminded',
  'clash',
  'The end of this term has been announced already, or the term is over',
  'Nothing needs to be done.',
)
