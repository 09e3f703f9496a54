// A command: its words, one line and a page of help, and what it does.

export type Answer = { readonly text: string; readonly code: number }
export type Command = {
  /** `charter check`. */
  readonly words: string
  readonly summary: string
  readonly usage: string
  readonly run: (args: readonly string[]) => Promise<Answer>
}

/** As the house declares its own: its words stand in `house.ts`, so that it is found before it is loaded. */
export type HouseCommand = Omit<Command, 'words'>

/** Whether what was typed begins with the words of a command. */
export const startsWith = (typed: readonly string[], words: string): boolean =>
  words.split(' ').every((word, place) => typed[place] === word)

export const done = (text: string): Answer => ({ text, code: 0 })

/** Exit codes by the kind of refusal: the same on every command. */
export const codes = { unfit: 22, barred: 13, missing: 4, clash: 9, untimely: 9, busy: 29 } as const
