// Answers remembered for some seconds: for what is asked with each request and hardly ever changes.

export type Remembered<Answer> = {
  /** The remembered answer, or what `lookUp` gives now. */
  readonly of: (key: string, lookUp: () => Promise<Answer>) => Promise<Answer>
  /** Lets go of everything: to be called when an answer is known to have changed. */
  readonly forget: () => void
}

type Options<Answer> = {
  readonly seconds: number
  /** How many answers at most. */
  readonly most: number
  readonly now?: () => number
  /** Whether an answer is worth remembering. */
  readonly isKept?: (answer: Answer) => boolean
}

/** An answer that was on its way when all was let go of is handed on, and not remembered. */
export function remembered<Answer>(options: Options<Answer>): Remembered<Answer> {
  const { seconds, most, now = Date.now, isKept = () => true } = options
  let known = new Map<string, { readonly at: number; readonly answer: Answer }>()
  return {
    forget() {
      known = new Map()
    },
    async of(key, lookUp) {
      const before = known.get(key)
      if (before && now() - before.at < seconds * 1000) return before.answer
      const [asked, into] = [now(), known]
      const answer = await lookUp()
      if (into.size >= most) into.clear()
      if (isKept(answer)) into.set(key, { at: asked, answer })
      return answer
    },
  }
}
