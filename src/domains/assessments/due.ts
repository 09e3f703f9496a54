// What the clock does about assessments: one that nobody has answered within a day is said to have come to nothing.
import type { Domain } from '#acts/domain.ts'
import { addDays } from '#base/instants.ts'
import { unansweredSince } from './finds.ts'

const reason = 'The work was broken off and did not come to an end within a day.'

export const due: NonNullable<Domain['due']> = async (read, at) =>
  (await unansweredSince(read, addDays(at, -1))).map(assessment => ({
    act: 'assessments.fail',
    input: { assessment, reason },
  }))
