// The house's own commands.

import { exportAffiliationsCommand, importAffiliationsCommand } from './affiliations.ts'
import { assessCommand } from './assess.ts'
import { checkCommand, keepCommand } from './charter.ts'
import type { Command } from './command.ts'
import { demoCommand } from './demo.ts'
import { exportLogCommand } from './export.ts'
import { initCommand } from './init.ts'
import { exportLandscapeCommand, importLandscapeCommand } from './landscape.ts'
import { serveCommand } from './serve.ts'
import { verifyCommand } from './verify.ts'

export const houseCommands: readonly Command[] = [
  serveCommand,
  initCommand,
  demoCommand,
  verifyCommand,
  assessCommand,
  checkCommand,
  keepCommand,
  importLandscapeCommand,
  exportLandscapeCommand,
  importAffiliationsCommand,
  exportAffiliationsCommand,
  exportLogCommand,
]
