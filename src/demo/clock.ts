// The demo's clock: a year ago at first, then whatever the story says, and the real time once the year has passed.
import { randomBytes } from 'node:crypto'
import type { Fresh } from '#base/ids.ts'

export type StoryClock = Fresh & {
  readonly passDays: (days: number) => void
  readonly passHours: (hours: number) => void
  /** From now on the real time, which must not lie before the story's. */
  readonly wake: () => void
}

const day = 86_400_000

export function storyClock(daysAgo: number): StoryClock {
  let frozen: number | undefined = Date.now() - daysAgo * day
  return {
    // It moves a little by itself, so that two acts never bear the same instant.
    now: () => {
      if (frozen === undefined) return Date.now()
      frozen += 7
      return Math.min(frozen, Date.now())
    },
    random: bytes => new Uint8Array(randomBytes(bytes)),
    passDays: days => {
      if (frozen !== undefined) frozen += days * day
    },
    passHours: hours => {
      if (frozen !== undefined) frozen += (hours * day) / 24
    },
    wake: () => {
      frozen = undefined
    },
  }
}
