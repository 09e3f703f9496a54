// The refusals that any act may meet, whatever its domain.
import { problem } from './problem.ts'

export const noSuchAct = problem(
  'acts/no-such-act',
  'missing',
  'There is no act of that name',
  'See the list of acts in the API reference or with: guildhall help',
)
export const unfitInput = problem(
  'acts/unfit-input',
  'unfit',
  'Some of what you entered does not fit',
  'Mend the fields named and send it again.',
)
export const signInFirst = problem(
  'acts/sign-in-first',
  'barred',
  'You need to sign in to do this',
  'Sign in, then try again; nothing that you typed in the form is lost if you go back.',
)
export const wrongCapacity = problem(
  'acts/wrong-capacity',
  'barred',
  'This is not yours to do in any capacity that you hold',
  'Ask somebody who holds one of the capacities named.',
)
export const stoppedByRule = problem(
  'acts/stopped-by-rule',
  'barred',
  'A rule of the charter forbids this',
  'Read the clause; the rule says what would have to change.',
)
export const mandateWanted = problem(
  'acts/mandate-wanted',
  'barred',
  'The charter wants a decision before this may be done',
  'Name the entry that authorises it, such as the close of a carried motion.',
)
export const mandateUnfit = problem(
  'acts/mandate-unfit',
  'barred',
  'The entry named does not authorise this',
  'Name an entry that resolves exactly this act with exactly this input.',
)
export const mandateUsed = problem(
  'acts/mandate-used',
  'clash',
  'The entry named has already been carried out',
  'A decision authorises one act once; decide again if it is wanted again.',
)
export const keyReused = problem(
  'acts/key-reused',
  'clash',
  'This idempotency key was used for something else',
  'Use a new key for a new act; repeat a key only with the same act and input.',
)
export const seenTooOld = problem(
  'acts/seen-too-old',
  'clash',
  'Something has happened since you looked',
  'Look again at what changed, then repeat the act with the latest entry.',
)
export const tooBusy = problem(
  'acts/too-busy',
  'busy',
  'Too many people are changing the same thing at this moment',
  'Nothing was changed. Try again in a few seconds.',
)

export const engineProblems = [
  noSuchAct,
  unfitInput,
  signInFirst,
  wrongCapacity,
  stoppedByRule,
  mandateWanted,
  mandateUnfit,
  mandateUsed,
  keyReused,
  seenTooOld,
  tooBusy,
] as const
