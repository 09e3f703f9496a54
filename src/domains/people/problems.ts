// Every "no" that the people domain can give.
import { problem } from '#acts/problem.ts'

export const alreadyRegistered = problem(
  'people/already-registered',
  'clash',
  'This sign-in already belongs to a registered person',
  'Reload the page: you are registered, and your account page shows what is held about you.',
)
export const nameMustShow = problem(
  'people/name-must-show',
  'barred',
  'This charter asks participants to appear under their name',
  'Let your name be shown, or ask the foundation to change the term.',
)
export const nameUnchanged = problem(
  'people/name-unchanged',
  'clash',
  'This is already your name here',
  'Nothing needs to be done.',
)
export const consentUnchanged = problem(
  'people/consent-unchanged',
  'clash',
  'Your name is already shown, or withheld, as you ask',
  'Nothing needs to be done.',
)
export const noSuchPerson = problem(
  'people/no-such-person',
  'missing',
  'There is no registered person with this id',
  'Check the id; somebody who has erased themselves is no longer registered.',
)
export const notYours = problem(
  'people/not-yours',
  'barred',
  'This is about another person',
  'Only they, or foundation staff with a source, may do this. For yourself, leave the person out.',
)
export const noSuchOrganisation = problem(
  'people/no-such-organisation',
  'missing',
  'No organisation is known by this name',
  'Look in the list at /organisations for how it is written there, or add it first.',
)
export const endsBeforeStart = problem(
  'people/ends-before-start',
  'unfit',
  'The period ends before it begins',
  'The end is the first day that no longer counts, so it must lie after the start.',
)
export const tooFarAhead = problem(
  'people/too-far-ahead',
  'untimely',
  'This begins too far in the future to be stated now',
  'State it again nearer to the day.',
)
export const overlapping = problem(
  'people/overlapping',
  'clash',
  'This period overlaps another one that you have stated',
  'End or correct the other affiliation first.',
)
export const noSuchAffiliation = problem(
  'people/no-such-affiliation',
  'missing',
  'There is no such affiliation',
  'Take the id from the list of affiliations on the person’s page.',
)
export const noLongerStands = problem(
  'people/no-longer-stands',
  'clash',
  'This affiliation has already been corrected or withdrawn',
  'Take the one that replaced it.',
)
export const alreadyEnded = problem(
  'people/already-ended',
  'clash',
  'This affiliation already has an end',
  'If the day is wrong, correct the affiliation.',
)
export const addingClosed = problem(
  'people/adding-closed',
  'barred',
  'Under this charter only foundation staff add organisations',
  'Ask foundation staff to add it.',
)
export const organisationKnown = problem(
  'people/organisation-known',
  'clash',
  'An organisation of this name, or this short name, is already known',
  'Use the one that is there; if it is truly another one, give it a short name of its own.',
)
export const organisationUnchanged = problem(
  'people/organisation-unchanged',
  'clash',
  'The organisation already stands so',
  'Nothing needs to be done.',
)
export const controlsItself = problem(
  'people/controls-itself',
  'unfit',
  'An organisation cannot be its own controller',
  'Name the company that controls it.',
)
export const alreadyControlled = problem(
  'people/already-controlled',
  'clash',
  'In this period the organisation already has a controller',
  'State when the earlier control ended first.',
)
export const controlInCircle = problem(
  'people/control-in-circle',
  'clash',
  'This would make an organisation control itself through others',
  'Check which of the two controls the other, and in which years.',
)
export const notControlled = problem(
  'people/not-controlled',
  'missing',
  'No such control is stated on that day',
  'Look at the page of the organisation for what is stated.',
)
