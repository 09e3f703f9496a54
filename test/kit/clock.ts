// A still clock and counted ids: every run of a test mints the same ids at the same times.
import type { Fresh } from '#base/ids.ts'
import { addDays, addHours, type Instant } from '#base/instants.ts'

export type StillClock = Fresh & {
  at(): Instant
  set(at: Instant): void
  passDays(days: number): void
  passHours(hours: number): void
}

/** Stands at `start` until it is moved; its "random" bytes count up, so that ids sort in the order they were minted. */
export function stillClock(start: Instant = '2026-03-02T09:00:00.000Z'): StillClock {
  let now = start
  let count = 0n
  return {
    now: () => Date.parse(now),
    at: () => now,
    set: at => {
      now = at
    },
    passDays: days => {
      now = addDays(now, days)
    },
    passHours: hours => {
      now = addHours(now, hours)
    },
    random: bytes => {
      count += 1n
      const hex = count.toString(16).padStart(bytes * 2, '0')
      return Uint8Array.from(Buffer.from(hex, 'hex'))
    },
  }
}
