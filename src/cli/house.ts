// The house's own commands by their words, each loaded when it is wanted: the whole house takes a second to load.
import { type Command, type HouseCommand, startsWith } from './command.ts'

const house: Readonly<Record<string, () => Promise<HouseCommand>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  init: async () => (await import('./init.ts')).initCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  assess: async () => (await import('./assess.ts')).assessCommand,
  'charter check': async () => (await import('./charter.ts')).checkCommand,
  'charter keep': async () => (await import('./charter.ts')).keepCommand,
  'import landscape': async () => (await import('./landscape.ts')).importLandscapeCommand,
  'export landscape': async () => (await import('./landscape.ts')).exportLandscapeCommand,
  'import affiliations': async () => (await import('./affiliations.ts')).importAffiliationsCommand,
  'export affiliations': async () => (await import('./affiliations.ts')).exportAffiliationsCommand,
  'export log': async () => (await import('./export.ts')).exportLogCommand,
}

export async function houseCommandIn(typed: readonly string[]): Promise<Command | undefined> {
  const found = Object.entries(house).find(([words]) => startsWith(typed, words))
  return found && { words: found[0], ...(await found[1]()) }
}

export const houseCommands = (): Promise<readonly Command[]> =>
  Promise.all(Object.entries(house).map(async ([words, load]) => ({ words, ...(await load()) })))
