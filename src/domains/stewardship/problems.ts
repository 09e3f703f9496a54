// Every "no" that acts of stewardship can give.
import { problem } from '#acts/problem.ts'

export const noSuchReview = problem(
  'stewardship/no-such-review',
  'missing',
  'There is no such review',
  'Look for it at /stewardship/reviews.',
)
export const notReviewed = problem(
  'stewardship/not-reviewed',
  'clash',
  'Projects of this kind are not reviewed',
  'Only projects in the landscape are, at a stage for which the charter says how often.',
)
export const reviewOpen = problem(
  'stewardship/review-open',
  'clash',
  'A review of this project is open already',
  'Take part in that one; it stands at /stewardship/reviews.',
)
export const notDue = problem(
  'stewardship/not-due',
  'untimely',
  'The next review of this project is not due yet',
  'Wait for the day given, or call for one with a reason if you hold a seat that reviews.',
)
export const callReasonWanted = problem(
  'stewardship/call-reason-wanted',
  'unfit',
  'Whoever calls for a review before its time says why',
  'Give a reason for everybody to read.',
)
export const reviewEnded = problem(
  'stewardship/review-ended',
  'clash',
  'This review has ended',
  'See its page for how; the next one opens by itself.',
)
export const otherReviewers = problem(
  'stewardship/other-reviewers',
  'barred',
  'Another body reviews projects of this stage',
  'Ask somebody who holds a seat in the body that the charter names.',
)
export const ownProject = problem(
  'stewardship/own-project',
  'barred',
  'Nobody reviews or excuses a project that they maintain',
  'Leave it to another seat.',
)
export const noFreshAssessment = problem(
  'stewardship/no-fresh-assessment',
  'untimely',
  'No assessment is fresh enough for a finding to rest on',
  'Ask for an assessment on the page of the project, and come back when it is there.',
)
export const noSuchRequirement = problem(
  'stewardship/no-such-requirement',
  'unfit',
  'The criteria of this project hold no such requirement',
  'Take the ids of the requirements from its newest assessment.',
)
export const requirementsUnmet = problem(
  'stewardship/requirements-unmet',
  'clash',
  'Not every requirement is met: what is unknown or needs a person is not met by itself',
  'Say what you find on each one named, have it waived, or give a notice that names what is missing.',
)
export const reasonsWanted = problem(
  'stewardship/reasons-wanted',
  'unfit',
  'A notice names what is missing',
  'Name at least one requirement, and say what must be different for it to be met.',
)
export const reasonWaived = problem(
  'stewardship/reason-waived',
  'clash',
  'The notice names a requirement that is waived for this project',
  'Leave it out, or end the waiver first.',
)
export const alreadyUnderNotice = problem(
  'stewardship/already-under-notice',
  'clash',
  'The project is under notice in this review already',
  'Wait for the day by which it must be cured, or find that it is cured.',
)
export const notUnderNotice = problem(
  'stewardship/not-under-notice',
  'clash',
  'The project is not under notice in this review',
  'Nothing has to be cured.',
)
export const cureTimeOver = problem(
  'stewardship/cure-time-over',
  'untimely',
  'The time to cure what the notice names is over',
  'Apply again from the day on that the end of the review names.',
)
export const cureTimeRuns = problem(
  'stewardship/cure-time-runs',
  'untimely',
  'The time to cure what the notice names still runs',
  'Wait until the day given.',
)
export const waitsForReviewer = problem(
  'stewardship/waits-for-reviewer',
  'untimely',
  'The project has answered, and no check shows that something is still missing',
  'A reviewer has to look: find that it is cured, or ask for another assessment.',
)
export const notLate = problem(
  'stewardship/not-late',
  'untimely',
  'Nobody is late with this review, or they have been reminded',
  'Nothing needs to be done.',
)
export const noSuchWaiver = problem(
  'stewardship/no-such-waiver',
  'missing',
  'There is no such waiver',
  'Look for it at /stewardship/waivers.',
)
export const waiverStands = problem(
  'stewardship/waiver-stands',
  'clash',
  'This requirement is waived for this project already, or asked to be',
  'See /stewardship/waivers; another may be asked for when that one has ended.',
)
export const waiverTooLong = problem(
  'stewardship/waiver-too-long',
  'unfit',
  'A waiver ends on a coming day, and not later than the charter allows',
  'Name a day between tomorrow and the one given.',
)
export const waiverDecided = problem(
  'stewardship/waiver-decided',
  'clash',
  'This waiver has been decided, or has ended',
  'See its entry in the list of waivers.',
)
export const samePerson = problem(
  'stewardship/same-person',
  'barred',
  'Whoever asks for a waiver does not approve it',
  'Ask another holder of a seat in the body that decides.',
)
export const waiverOver = problem(
  'stewardship/waiver-over',
  'clash',
  'This waiver is not in force any more',
  'Nothing needs to be done.',
)
export const notExpired = problem(
  'stewardship/not-expired',
  'untimely',
  'The waiver has not come to its last day',
  'Whoever asked for it, or a seat that decides, may end it before.',
)
export const noSuchDisagreement = problem(
  'stewardship/no-such-disagreement',
  'missing',
  'There is no such disagreement',
  'Look for it at /stewardship/disagreements.',
)
export const notYourFinding = problem(
  'stewardship/not-your-finding',
  'barred',
  'Somebody else found this',
  'Only the reviewer who found it gives the reason or takes it back.',
)
export const reasonGiven = problem(
  'stewardship/reason-given',
  'clash',
  'The reason has been given already',
  'It stands in the list; withdraw the finding if it no longer holds.',
)
export const findingOver = problem(
  'stewardship/finding-over',
  'clash',
  'This finding has been withdrawn or has lapsed',
  'Nothing needs to be done.',
)
export const reasonNotLate = problem(
  'stewardship/reason-not-late',
  'untimely',
  'The reason is not owed any more, or not yet late',
  'Wait until the day given.',
)
