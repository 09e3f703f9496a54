// Every "no" that acts about membership can give.
import { problem } from '#acts/problem.ts'

export const noSuchOrganisation = problem(
  'membership/no-such-organisation',
  'missing',
  'There is no organisation of that name in the register',
  'Add the organisation to the register first.',
)
export const noSuchClass = problem(
  'membership/no-such-class',
  'unfit',
  'The charter has no such class of membership',
  'Choose one of the classes that the charter sets up.',
)
export const alreadyMember = problem(
  'membership/already-member',
  'clash',
  'The organisation is a member already',
  'Change its class or its standing instead.',
)
export const notMember = problem(
  'membership/not-member',
  'missing',
  'The organisation is not a member',
  'Admit it first; see the list of members.',
)
export const sameClass = problem(
  'membership/same-class',
  'clash',
  'The member is in that class already',
  'Nothing needs to be done.',
)
export const sameStanding = problem(
  'membership/same-standing',
  'clash',
  'The member is in that standing already',
  'Nothing needs to be done.',
)
export const startsLater = problem(
  'membership/starts-later',
  'untimely',
  'A membership cannot begin on a day that has not come',
  'Admit the member on that day, or name an earlier one.',
)
export const overlapsFormer = problem(
  'membership/overlaps-former',
  'clash',
  'The organisation was a member for some of that time already',
  'Begin on or after the day on which the former membership ended.',
)
