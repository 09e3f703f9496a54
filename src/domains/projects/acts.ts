// The verbs of projects, in the order they happen.
import type { AnyAct } from '#acts/act.ts'
import { apply, withdraw } from './applying.ts'
import { assess } from './assessing.ts'
import { admit, decline, review } from './deciding.ts'
import { archive, changeStage, correct, enter, nameMaintainer, removeMaintainer, restore } from './entering.ts'
import { forget } from './forgetting.ts'

export const acts: readonly AnyAct[] = [
  enter,
  apply,
  withdraw,
  assess,
  review,
  admit,
  decline,
  correct,
  changeStage,
  archive,
  restore,
  nameMaintainer,
  removeMaintainer,
  forget,
]
