// The demo's clock: a year ago at first, then whatever the story says, and never later than the real time.
import { randomBytes } from 'node:crypto'
import type { Fresh } from '#base/ids.ts'

export type StoryClock = Fresh & {
  /** To the morning of a later day. */
  readonly passDays: (days: number) => void
  readonly passMinutes: (minutes: number) => void
  /** Whole days between the story and the real time. */
  readonly daysLeft: () => number
}

const day = 86_400_000
const minute = 60_000

/** People begin between half past seven and half past nine, in UTC. */
const morning = (at: number): number => {
  const start = at - (at % day)
  return start + 450 * minute + ((start / day) % 7) * 17 * minute
}

export function storyClock(daysAgo: number): StoryClock {
  let at = morning(Date.now() - daysAgo * day)
  return {
    // It moves a little by itself, so that two acts never bear the same instant, and never past the real time.
    now: () => {
      at = Math.min(at + 7, Date.now())
      return at
    },
    random: bytes => new Uint8Array(randomBytes(bytes)),
    passDays: days => {
      at = Math.max(at, morning(at + days * day))
    },
    passMinutes: minutes => {
      at += minutes * minute
    },
    daysLeft: () => Math.floor((Date.now() - at) / day),
  }
}
