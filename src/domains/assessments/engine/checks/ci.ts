// Continuous integration and releases: workflows that run tests on a change, test files, packages, tags.
import { parse } from 'yaml'
import { z } from 'zod'
import { lineOf } from '../files.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, readAll, type Spot, spot, unreadSpot, worst } from './check.ts'

const none = z.strictObject({})

const runsTests =
  /\b(?:pytest|py\.test|unittest|tox|nox|ctest|cargo\s+(?:\S+\s+)*?(?:test|nextest)|go\s+test|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?test|make\s+(?:\S+\s+)*?\S*test\S*|bazel\S*\s+test|mvnw?\s.*\b(?:test|verify)|gradlew?\s.*\b(?:test|check)|hatch\s+(?:run\s+)?\S*test\S*|run_tests?\S*)\b/
const onlyInstalls = /\b(?:pip3?|uv|conda|mamba|apt(?:-get)?|brew|poetry)\b.*\b(?:install|add|sync)\b/

/** A line of a step that runs tests; one that merely installs the test tool does not. */
export const isTestCommand = (line: string): boolean => {
  const command = line.replace(/(?:^|\s)#.*$/, '')
  return command
    .split(/&&|;|\|\|/)
    .some(part => runsTests.test(part) && !onlyInstalls.test(part) && !/^\s*echo\b/.test(part))
}

type Workflow = { readonly isTriggered: boolean; readonly lines: readonly string[]; readonly isHidden: boolean }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Undefined when the text is not a workflow that can be read. */
export function workflowOf(text: string): Workflow | undefined {
  const root = parseQuietly(text)
  if (!isObject(root) || !isObject(root.jobs)) return undefined
  const events = eventsOf(root.on)
  const jobs = Object.values(root.jobs).filter(isObject)
  const steps = jobs.flatMap(job => (Array.isArray(job.steps) ? job.steps.filter(isObject) : []))
  return {
    isTriggered: events.some(event => /^(?:push|pull_request|pull_request_target|merge_group)$/.test(event)),
    lines: steps.flatMap(step => (typeof step.run === 'string' ? step.run.split('\n') : [])),
    isHidden: jobs.some(job => typeof job.uses === 'string') || steps.some(callsElsewhere),
  }
}

/** A step may run tests through an action or a script of the repository, which a reading of the workflow does not show. */
const callsElsewhere = (step: Record<string, unknown>): boolean =>
  (typeof step.uses === 'string' && step.uses.startsWith('./')) ||
  (typeof step.run === 'string' && /(?:^|\s)(?:bash|sh|python3?|\.\/)\s?\S*\.(?:sh|py)\b|^\s*\.\/\S+/m.test(step.run))

function parseQuietly(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent', maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

const eventsOf = (on: unknown): string[] =>
  typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : isObject(on) ? Object.keys(on) : []

/** Whether tests run when somebody proposes a change; green or not is the forge's to say. */
export const ci = check('ci', none, async facts => {
  const paths = facts.found.workflows
  const others = facts.found.otherCi
  const measured = { workflows: paths.length, otherSystems: others.length }
  if (paths.length + others.length === 0)
    return { outcome: 'fail', says: 'No CI configuration is in the repository at this commit.', measured }
  const { texts, unread } = await readAll(facts, paths)
  const read = texts.map(file => ({ file, workflow: workflowOf(file.text) }))
  const proof = read.find(({ workflow }) => workflow?.isTriggered && workflow.lines.some(isTestCommand))
  if (proof) return { ...testsRun(facts, proof.file), measured }
  const elsewhere = await readAll(facts, others)
  const other = elsewhere.texts.find(file => file.text.split('\n').some(isTestCommand))
  if (other) return { ...testsRun(facts, other), measured }
  const unclear = unread.length + others.length > 0 || read.some(({ workflow }) => !workflow || workflow.isHidden)
  const evidence: Spot[] = [...texts.slice(0, 5).map(file => spot(facts, file.path)), ...unread.map(unreadSpot)]
  return unclear
    ? {
        outcome: 'unknown',
        says: `${plural(paths.length, 'workflow')}, but whether tests run is hidden in scripts or reused workflows.`,
        evidence,
        measured,
      }
    : {
        outcome: 'fail',
        says: `${plural(paths.length, 'workflow')}, none of which runs tests on a push or pull request.`,
        evidence,
        measured,
      }
})

function testsRun(facts: Facts, file: { path: string; text: string }): Finding {
  const index = file.text.split('\n').findIndex(isTestCommand)
  const evidence = [spot(facts, file.path, index === -1 ? {} : { line: index + 1 })]
  return { outcome: 'pass', says: `${file.path} runs tests on each change.`, evidence }
}

const testFile =
  /(?:^|\/)(?:tests?|__tests__|spec)\/(?:.*\/)?[^/]+\.(?:py|rs|cc?|cpp|cu|h|hpp|js|jsx|ts|tsx|mjs|go|java|kt|swift|rb|jl|sh|ipynb)$|(?:^|\/)(?:test_[^/]+|[^/]+_test)\.[a-z]+$|\.(?:test|spec)\.[cm]?[jt]sx?$/i

export const tests = check('tests', none, async facts => {
  const found = facts.files.matching(testFile)
  const measured = { testFiles: found.length }
  if (found.length === 0) return { outcome: 'fail', says: 'No file of the repository looks like a test.', measured }
  const run = await ci.look(facts, {})
  const outcome = run.outcome === 'pass' ? 'pass' : 'unknown'
  const says = `${plural(found.length, 'test file')}; ${run.outcome === 'pass' ? 'CI runs tests' : 'that CI runs them is not shown'}.`
  return { outcome, says, evidence: [spot(facts, found[0] ?? ''), ...(run.evidence ?? []).slice(0, 1)], measured }
})

const buildFile = /^(?:[^/]+\/){0,3}(?:pyproject\.toml|setup\.py|setup\.cfg|meta\.ya?ml|recipe\.ya?ml)$/i
const publishes =
  /pypi-publish|\btwine\s+upload|maturin(?:-action)?\b[^\n]*(?:publish|upload)|command:\s*(?:publish|upload)|\bpoetry\s+publish|\buv\s+publish|\bflit\s+publish|\bhatch\s+publish|anaconda[^\n]*\bupload|conda[^\n]*\b(?:build|upload)|setup\.py[^\n]*upload/i

export const packaging = check('packaging', none, async facts => {
  const builds = facts.files.matching(buildFile)
  if (builds.length === 0)
    return { outcome: 'fail', says: 'No build file of a pip or conda package was found within three folders.' }
  const files = await readAll(facts, [...facts.found.workflows, ...facts.found.otherCi])
  const release = files.texts.find(file => publishes.test(file.text))
  const evidence: Spot[] = [spot(facts, builds[0] ?? '')]
  if (!release)
    return {
      outcome: 'unknown',
      says: `${builds[0]} builds a package; no workflow publishes it. A look at the registry would settle it.`,
      evidence,
    }
  evidence.push(spot(facts, release.path, { line: lineOf(release.text, publishes.exec(release.text)?.index ?? 0) }))
  return { outcome: 'pass', says: `${builds[0]} builds a package and ${release.path} publishes it.`, evidence }
})

const ReleaseParameters = z.strictObject({ days: z.number().int().min(1).default(365) })

/** Tags are not part of a commit: a tag counts by its own date, at or before the as-of date. */
export const releases = check('releases', ReleaseParameters, async (facts, { days }) => {
  const from = facts.asOf - days * 86_400
  const recent = facts.tags.filter(tag => tag.time >= from && tag.time <= facts.asOf)
  const measured = { tags: recent.length }
  if (recent.length > 0)
    return {
      outcome: 'pass',
      says: `${plural(recent.length, 'tag')} in ${days} days.`,
      evidence: [{ note: 'tags' }],
      measured,
    }
  return { outcome: 'unknown', says: `No tag in ${days} days; releases may be made without tags.`, measured }
})

/** Tests in CI, and releases: both parts count. */
export const pipeline = check('pipeline', ReleaseParameters, async (facts, parameters) => {
  const parts = [await ci.look(facts, {}), await releases.look(facts, parameters)]
  return {
    outcome: worst(parts.map(part => part.outcome)),
    says: parts.map(part => part.says).join(' '),
    evidence: parts.flatMap(part => part.evidence ?? []),
  }
})
