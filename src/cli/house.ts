// The house's own commands.
import type { Command } from './command.ts'
import { serveCommand } from './serve.ts'

export const houseCommands: readonly Command[] = [serveCommand]
