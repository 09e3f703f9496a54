// Turns: work that runs once at a time, and once more when it was asked for meanwhile.

export type Turns = {
  /** Begins the work, or has the running one followed by another. */
  ask(): void
  /** Lets the running work end; nothing is begun any more. */
  stop(): Promise<void>
}

/** `work` says whether to go on at once. After a failure it waits to be asked again. */
export function oneAtATime(work: () => Promise<boolean>, { failed }: { failed: (fault: unknown) => void }): Turns {
  let running: Promise<void> | undefined
  let isAsked = false
  let isStopped = false

  const run = async (): Promise<void> => {
    while (isAsked && !isStopped) {
      isAsked = false
      if (await work()) isAsked = true
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
