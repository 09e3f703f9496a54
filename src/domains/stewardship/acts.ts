// The verbs of stewardship, in the order they happen.
import type { AnyAct } from '#acts/act.ts'
import { answerNotice, settle } from './curing.ts'
import { giveReason, withdrawFinding } from './disagreeing.ts'
import { giveNotice, keep } from './finding.ts'
import { drop, openReview, remind } from './opening.ts'
import { decideWaiver, endWaiver, requestWaiver } from './waiving.ts'

export const acts: readonly AnyAct[] = [
  openReview,
  remind,
  keep,
  giveNotice,
  answerNotice,
  settle,
  drop,
  requestWaiver,
  decideWaiver,
  endWaiver,
  giveReason,
  withdrawFinding,
]
