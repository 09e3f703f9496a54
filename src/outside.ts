// The world outside as the domains see it: repositories, assessed through the `git` program.
import type { Config } from './config.ts'
import type { Outside } from './domains.ts'

/** For commands that only read the declarations. */
export const noOutside: Outside = {}

export const outsideOf = (_config: Config): Outside => ({})
