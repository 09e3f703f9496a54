// Every check that a criteria file may name, in one list.
import { z } from 'zod'
import type { Finding } from '../words.ts'
import { type Check, check, shownTogether, worst } from './check.ts'
import { ci, pipeline, releases, tests } from './ci.ts'
import { activePeople, commits } from './counts.ts'
import { supportsDependency } from './dependency.ts'
import { adopters, documentation, quickStart, readmeValue, releaseMethod, roadmap } from './documents.ts'
import { forge, judgement, register } from './elsewhere.ts'
import { governance } from './governance.ts'
import { licence, licenceFile } from './licence.ts'
import { maintainers } from './maintainers.ts'
import { packaging } from './packaging.ts'
import { codeOfConduct, codeowners, filePresent } from './presence.ts'

const single: readonly Check[] = [
  ...[activePeople, adopters, ci, codeOfConduct, codeowners, commits, documentation, filePresent, forge, governance],
  ...[judgement, licence, licenceFile, maintainers, packaging, pipeline, quickStart, readmeValue, register],
  ...[releaseMethod, releases, roadmap, supportsDependency, tests],
]

const names = single.map(({ name }) => name)
const Parts = z.strictObject({
  checks: z
    .array(z.strictObject({ check: z.enum(names), parameters: z.record(z.string(), z.unknown()).default({}) }))
    .min(2),
})

/** Several checks under one requirement: as good as the least of them. */
const allOf = check('all-of', Parts, async (facts, { checks: parts }) => {
  const findings: Finding[] = []
  for (const part of parts) findings.push(await checkNamed(part.check).look(facts, part.parameters))
  return {
    outcome: worst(findings.map(({ outcome }) => outcome)),
    says: findings.map(({ says }) => says).join(' '),
    evidence: findings.flatMap(({ evidence }) => evidence ?? []),
    ...shownTogether(findings),
  }
})

export const checks: ReadonlyMap<string, Check> = new Map([...single, allOf].map(item => [item.name, item]))

export function checkNamed(name: string): Check {
  const found = checks.get(name)
  if (!found) throw new RangeError(`No check is named ${name}`)
  return found
}
