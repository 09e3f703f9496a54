// The clock: asks every domain again and again what is due, and does it. What fell due while the program was down is done then.

import type { Engine } from '#acts/parts.ts'
import { isRefusal } from '#acts/problem.ts'
import { instantOf } from '#base/instants.ts'
import { causeOf } from '#database/errors.ts'
import type { Read } from '#database/handles.ts'

export type Clock = { readonly stop: () => Promise<void> }

export type ClockParts = {
  readonly engine: Engine
  readonly read: Read
  readonly log: (line: string) => void
  readonly now?: () => number
}

/**
 * Does everything that is due now, and says how many acts that were. Another process may do the same: a deed already
 * done is refused, and that is no fault.
 */
export async function tick({ engine, read, now = Date.now }: ClockParts): Promise<number> {
  let done = 0
  for (const { due } of engine.registry.domains)
    for (const deed of (await due?.(read, instantOf(now()), engine.term)) ?? []) {
      const outcome = await engine.perform({ ...deed, by: { program: 'clock' } })
      if (!isRefusal(outcome)) done += 1
    }
  return done
}

export function startClock(parts: ClockParts, everyMilliseconds = 1000): Clock {
  let running: Promise<unknown> | undefined
  const timer = setInterval(() => {
    running ??= tick(parts)
      .catch(fault => parts.log(`The clock could not do what is due (${causeOf(fault)})`))
      .finally(() => {
        running = undefined
      })
  }, everyMilliseconds)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
