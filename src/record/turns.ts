// Turns: work that runs once at a time, and once more when it was asked for meanwhile.

import { setTimeout as sleep, setImmediate as turnOfTheLoop } from 'node:timers/promises'

export type Turns = {
  /** Begins the work, or has the running one followed by another. */
  ask(): void
  /** Lets the running work end; nothing is begun any more. */
  stop(): Promise<void>
}

type Options = {
  failed: (fault: unknown) => void
  /** Milliseconds between the end of one work and the next that was asked for meanwhile, so that more comes together. */
  rest?: number
}

/** `work` says whether to go on at once. After a failure it waits to be asked again. */
export function oneAtATime(work: () => Promise<boolean>, { failed, rest = 0 }: Options): Turns {
  let running: Promise<void> | undefined
  let isAsked = false
  let isStopped = false

  const run = async (): Promise<void> => {
    while (isAsked) {
      // Whoever else asks in this moment means the same work.
      await turnOfTheLoop()
      if (isStopped) return
      isAsked = false
      if (await work()) isAsked = true
      else if (isAsked && rest > 0) await sleep(rest)
    }
  }
  const ask = (): void => {
    isAsked = true
    if (isStopped) return
    running ??= run()
      .catch(fault => {
        isAsked = false
        failed(fault)
      })
      .finally(() => {
        running = undefined
        if (isAsked) ask() // asked between the last look and now
      })
  }
  return {
    ask,
    async stop() {
      isStopped = true
      await running
    },
  }
}
