// Every "no" that the domain of contributors can give. None says whether an address stands in the register.
import { problem } from '#acts/problem.ts'

export const alreadyClaimed = problem(
  'contributors/already-claimed',
  'clash',
  'This identity is yours already',
  'Nothing needs to be done: its contributions are counted with yours.',
)
export const claimedByAnother = problem(
  'contributors/claimed-by-another',
  'clash',
  'Somebody else has proved that this address is theirs',
  'Ask foundation staff: they can see who to ask, and the other person can let go of it.',
)
export const cannotReceive = problem(
  'contributors/cannot-receive',
  'unfit',
  'No mail can be sent to this address',
  'Prove another address of yours, and ask foundation staff to join the two.',
)
export const tooManyProofs = problem(
  'contributors/too-many-proofs',
  'busy',
  'You have asked for many proofs today',
  'Try again tomorrow, or use a code that you have already been sent.',
)
export const noSuchProof = problem(
  'contributors/no-such-proof',
  'missing',
  'No proof of yours is waiting under this id',
  'Ask for a new one.',
)
export const proofTooOld = problem(
  'contributors/proof-too-old',
  'untimely',
  'This code may no longer be used',
  'Ask for a new one.',
)
export const wrongCode = problem(
  'contributors/wrong-code',
  'barred',
  'This is not the code that was sent',
  'Copy it from the newest letter, whole.',
)
export const notClaimed = problem(
  'contributors/not-claimed',
  'barred',
  'This identity is not proved to be yours',
  'Prove the address first; then it is yours to correct.',
)
export const noSuchIdentity = problem(
  'contributors/no-such-identity',
  'missing',
  'No identity is known under this id',
  'Take the id from the page that shows it.',
)
export const sameIdentity = problem(
  'contributors/same-identity',
  'unfit',
  'These are one identity',
  'Name two different ones.',
)
export const alreadyDecided = problem(
  'contributors/already-decided',
  'clash',
  'It is already decided so whether these two are one person',
  'Nothing needs to be done.',
)
export const twoPersons = problem(
  'contributors/two-persons',
  'clash',
  'These identities are proved to belong to two registered people',
  'One of them must let go of theirs first.',
)
export const endsBeforeStart = problem(
  'contributors/ends-before-start',
  'unfit',
  'The period ends before it begins',
  'The end is the first day that no longer counts, so it must lie after the start.',
)
export const noSuchDispute = problem(
  'contributors/no-such-dispute',
  'missing',
  'No dispute stands under this id',
  'Take the id from your list of identities.',
)
export const saysNothingOfEmployers = problem(
  'contributors/says-nothing-of-employers',
  'unfit',
  'Anybody may have an address there',
  'Mail providers and forges say nothing about an employer; name a domain of the organisation’s own.',
)
export const noSuchOrganisation = problem(
  'contributors/no-such-organisation',
  'missing',
  'No organisation is known by this name',
  'Look in the list at /organisations for how it is written there, or add it first.',
)
export const domainTaken = problem(
  'contributors/domain-taken',
  'clash',
  'In this period the domain is already stated as an organisation’s',
  'Say when that ended first.',
)
export const noSuchDomain = problem(
  'contributors/no-such-domain',
  'missing',
  'This domain is not stated as an organisation’s, or its end is stated already',
  'Look at /neutrality/register for what is stated.',
)
export const unfitLines = problem(
  'contributors/unfit-lines',
  'unfit',
  'The file has lines that do not fit, so nothing of it was imported',
  'Mend the lines named and import it again.',
)
export const nothingInIt = problem(
  'contributors/nothing-in-it',
  'unfit',
  'The file says nothing that could be imported',
  'Check the form that you chose.',
)
export const employerMissing = problem(
  'contributors/employer-missing',
  'unfit',
  'A list of addresses alone does not say whose they are',
  'Name the employer with it.',
)
export const alreadyImported = problem(
  'contributors/already-imported',
  'clash',
  'Exactly this file is in force under this name already',
  'Nothing needs to be done.',
)
export const nothingNew = problem(
  'contributors/nothing-new',
  'clash',
  'No homepage names a domain that is not stated yet',
  'State domains one by one where a homepage does not lie on them.',
)
