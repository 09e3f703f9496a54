// Turns: work under the same name waits for each other within this program; work under different names does not.

export type Turns = <Answer>(name: string | undefined, work: () => Promise<Answer>) => Promise<Answer>

/** Without a name the work begins at once. Work that fails lets the next begin all the same. */
export function takeTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (name, work) => {
    if (name === undefined) return work()
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work)
    last.set(name, mine)
    return mine.finally(() => {
      if (last.get(name) === mine) last.delete(name)
    })
  }
}
