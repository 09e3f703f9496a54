// Every "no" that acts about projects can give.
import { problem } from '#acts/problem.ts'

export const noSuchProject = problem(
  'projects/no-such-project',
  'missing',
  'There is no such project in the landscape',
  'Look for it at /projects; its short name stands in the address of its page.',
)
export const noSuchApplication = problem(
  'projects/no-such-application',
  'missing',
  'There is no such application',
  'Look for it at /applications.',
)
export const noSuchStage = problem(
  'projects/no-such-stage',
  'unfit',
  'The charter knows no such stage of a project',
  'Choose one of the stages that the charter names.',
)
export const nameTaken = problem(
  'projects/name-taken',
  'clash',
  'A project of this short name or repository is in the landscape already',
  'Correct the one that is there, or give this one a short name of its own.',
)
export const alreadyThere = problem(
  'projects/already-there',
  'clash',
  'The project is in the landscape at this stage, or beyond it, already',
  'Nothing needs to be applied for; see its page.',
)
export const earlierStageWanted = problem(
  'projects/earlier-stage-wanted',
  'untimely',
  'The project must have reached an earlier stage first',
  'Apply for the earlier stage; once it is admitted there, apply for this one.',
)
export const openApplication = problem(
  'projects/open-application',
  'clash',
  'An application for this project is open already',
  'Wait for its decision, or have it withdrawn by whoever filed it.',
)
export const tooEarlyAgain = problem(
  'projects/too-early-again',
  'untimely',
  'The project was declined not long ago and may not apply again yet',
  'Use the time to mend what the reasons name, and apply again on the day given.',
)
export const tooManyOpen = problem(
  'projects/too-many-open',
  'busy',
  'You have as many applications open as the charter allows one person',
  'Wait for a decision, or withdraw one of them.',
)
export const tooFewContacts = problem(
  'projects/too-few-contacts',
  'unfit',
  'More maintainers must be named as contacts',
  'Name as many as the charter asks for, each with a mail address of their own.',
)
export const unknownOrganisation = problem(
  'projects/unknown-organisation',
  'missing',
  'An organisation that you name as standing behind the project is not known',
  'Look in the list at /organisations for how it is written there, or add it first.',
)
export const unknownSimilar = problem(
  'projects/unknown-similar',
  'missing',
  'A project that you name as similar is not in the landscape',
  'Take the short names from the pages of the projects, or leave it out.',
)
export const notOpen = problem(
  'projects/application-not-open',
  'clash',
  'This application is no longer open',
  'See its page for what was decided.',
)
export const notYours = problem(
  'projects/not-yours',
  'barred',
  'This belongs to another project',
  'Only its own maintainers may do this.',
)
export const ownApplication = problem(
  'projects/own-application',
  'barred',
  'Nobody reviews their own application',
  'Leave the review to another seat.',
)
export const otherBody = problem(
  'projects/other-body',
  'barred',
  'Another body decides about this application',
  'Ask somebody who holds a seat in the body that decides.',
)
export const reasonWanted = problem(
  'projects/reason-wanted',
  'unfit',
  'You find otherwise than the assessment and give no reason',
  'Say for each requirement named why you find so; the reason is shown beside the assessment.',
)
export const noSuchRequirement = problem(
  'projects/no-such-requirement',
  'unfit',
  'The criteria hold no such requirement',
  'Take the ids of the requirements from the assessment of the application.',
)
export const otherKind = problem(
  'projects/other-kind',
  'clash',
  'The application is for another stage',
  'Decide about the stage that it applies for.',
)
export const notLost = problem(
  'projects/not-lost',
  'clash',
  'No lost motion about this application gives a reason to decline it',
  'An application is declined when the motion to admit it was lost.',
)
export const sameStage = problem(
  'projects/same-stage',
  'clash',
  'The project is at this stage already',
  'Nothing needs to be done.',
)
export const unchanged = problem(
  'projects/unchanged',
  'clash',
  'Nothing of this would change',
  'Nothing needs to be done.',
)
export const noRepository = problem(
  'projects/no-repository',
  'unfit',
  'No address of a repository is known for this project',
  'Ask foundation staff to add it.',
)
export const noSuchPerson = problem(
  'projects/no-such-person',
  'missing',
  'Nobody is registered under this id',
  'Take the id from the address of the person’s page.',
)
