// For tests: assesses a repository made for the purpose, or looks at it with a single check.
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { assess, isRefused } from '#domains/assessments/engine/assess.ts'
import { type Criteria, readCriteria } from '#domains/assessments/engine/criteria.ts'
import type { Assessment, CheckResult } from '#domains/assessments/engine/words.ts'
import { type FakeCommit, makeRepository, scratch } from './repositories.ts'

export const asOf = '2026-01-31T23:59:59.000Z'
export const secondsBefore = (days: number): number => Date.parse(asOf) / 1000 - days * 86_400

export function criteriaWith(check: string, parameters: object, more = ''): Criteria {
  const text = `id: sample\ntitle: Sample\nsource: The tests\n${more}\nrequirements:\n  - { id: T1, number: 1, title: Under test, requirement: Something to look at, clause: '1', decidedBy: git, check: ${check}, parameters: ${JSON.stringify(parameters)} }\n`
  const read = readCriteria(text, 'sample.yml')
  if ('problems' in read) throw new Error(read.problems.map(({ line, says }) => `${line}: ${says}`).join('\n'))
  return read.criteria
}

export async function assessPath(
  path: string,
  criteria: Criteria,
  more: { asOf?: string; commit?: string } = {},
): Promise<Assessment> {
  const git = await openLocal(path)
  if (isRefusal(git)) throw new Error(git.says)
  const answer = await assess({ git, criteria, asOf, ...more })
  git.close()
  if (isRefused(answer)) throw new Error(answer.says)
  return answer
}

export type Looked = { readonly check: string; readonly parameters?: object; readonly commits: readonly FakeCommit[] }

/** The result of one check on a repository with these commits. */
export async function look(context: TestContext, { check, parameters = {}, commits }: Looked): Promise<CheckResult> {
  const path = makeRepository(join(scratch(context), 'sample.git'), commits)
  const [result] = (await assessPath(path, criteriaWith(check, parameters))).checks
  if (!result) throw new Error('No result')
  return result
}

export const lookAtFiles = (context: TestContext, check: string, files: FakeCommit['files'], parameters: object = {}) =>
  look(context, { check, parameters, commits: [{ at: secondsBefore(10), files }] })
