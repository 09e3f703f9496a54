// Every command there is: the house's own, then one for each act and look-up, read from the declarations.
import { type Command, startsWith } from './command.ts'
import { houseCommandIn, houseCommands } from './house.ts'

const actCommands = async (): Promise<readonly Command[]> => (await import('./acts.ts')).actCommands()

/** The house's commands are looked at first, so that they start without loading what they do not need. */
export async function findCommand(
  words: readonly string[],
): Promise<{ command: Command; rest: readonly string[] } | undefined> {
  const command = (await houseCommandIn(words)) ?? (await actCommands()).find(one => startsWith(words, one.words))
  return command && { command, rest: words.slice(command.words.split(' ').length) }
}

const line = ({ words, summary }: Command): string => `  ${words.padEnd(32)} ${summary}`

export async function help(words: readonly string[]): Promise<string> {
  const [house, acts] = await Promise.all([houseCommands(), actCommands()])
  const fit = [...house, ...acts].filter(command =>
    words.every((word, place) => command.words.split(' ')[place] === word),
  )
  if (words.length > 0 && fit.length === 1 && fit[0]) return fit[0].usage
  if (words.length > 0 && fit.length > 0) return fit.map(line).join('\n')
  return `guildhall <command> [arguments] [--json]

Runs an open-source foundation by its published charter, in the open.

The house
${house.map(line).join('\n')}

Acts and look-ups, through a running program (GUILDHALL_URL, GUILDHALL_KEY)
${acts.map(line).join('\n')}

guildhall help <command> says more; guildhall --version tells the version.`
}
