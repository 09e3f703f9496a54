// The door of the motions domain.
import type { Domain, Label } from '#acts/domain.ts'
import { lapse, move, second, withdraw } from './acts.ts'
import { desk } from './desk.ts'
import { due } from './due.ts'
import { labelsOf } from './finds.ts'
import { mails } from './mails.ts'
import { measures } from './measures.ts'
import { pages } from './pages.ts'
import { queries } from './queries.ts'
import { migrations, tableNames } from './tables.ts'
import { deciding } from './terms.ts'
import { close, recuse, remind, vote } from './voting.ts'

const label: Label = { prefix: 'mot', of: labelsOf }

export const motions: Domain = {
  name: 'motions',
  describes:
    'Motions: moved, seconded, voted on by seats, and closed with an exact count under the charter’s thresholds.',
  acts: [move, second, withdraw, lapse, vote, recuse, remind, close],
  terms: [deciding],
  migrations,
  tables: [...tableNames],
  queries,
  pages,
  nav: [{ label: 'Motions', href: '/motions', order: 40 }],
  mails,
  measures,
  labels: [label],
  due,
  desk,
}

export { motionBy, motionsAbout, motionsPage, tallyOf } from './finds.ts'
export { decisionFor, saysTally, type VoteState } from './rules.ts'
export { deciding } from './terms.ts'
export { behind, organisationsBehind, weighed } from './weighing.ts'
export { Choice, Decision, type Motion, MotionId, Share, Stage, Tally } from './words.ts'
