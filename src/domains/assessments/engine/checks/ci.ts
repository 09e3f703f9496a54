// Continuous integration and releases: workflows that run tests on a change, test files, packages, tags.
import { z } from 'zod'
import type { Facts, Finding } from '../words.ts'
import { check, plural, readAll, type Spot, spot, unreadSpot, worst } from './check.ts'
import { workflowOf } from './workflow.ts'

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

/** Workflows that test something beside the project's functions are named as proof only where no other is. */
const special = /bench|fuzz|perf|nightly|release|docs?\b|lint/i
/** These name jobs whose commands stand in another repository. */
const definedElsewhere = /(?:^|\/)\.?zuul|^\.prow|^\.tekton\//i

/** Whether tests run when somebody proposes a change; green or not is the forge's to say. */
export const ci = check('ci', none, async facts => {
  const paths = facts.found.workflows
  const others = facts.found.otherCi
  const measured = { workflows: paths.length, otherSystems: others.length }
  if (paths.length + others.length === 0)
    return { outcome: 'fail', says: 'No CI configuration is in the repository at this commit.', measured }
  const { texts, unread } = await readAll(facts, paths)
  const read = texts.map(file => ({ file, workflow: workflowOf(file.text) }))
  const ranked = read.toSorted((a, b) => Number(special.test(a.file.path)) - Number(special.test(b.file.path)))
  const running = (trigger: string) =>
    ranked.find(({ workflow }) => workflow?.trigger === trigger && workflow.lines.some(isTestCommand))?.file
  const proof = running('each')
  if (proof) return { ...testsRun(facts, proof), measured }
  const elsewhere = await readAll(
    facts,
    others.filter(path => !definedElsewhere.test(path)),
  )
  const other = elsewhere.texts.find(file =>
    file.text.split('\n').some(line => isTestCommand(line.replace(/^\s*-\s/, ''))),
  )
  if (other) return { ...testsRun(facts, other), measured }
  const partly = running('some')
  if (partly)
    return {
      ...testsRun(facts, partly),
      ...{ outcome: 'needs-person', says: `${partly.path} runs tests on changes of some paths only.` },
      measured,
    }
  const unclear = unread.length + others.length > 0 || read.some(({ workflow }) => !workflow || workflow.isHidden)
  const evidence: Spot[] = [...texts.slice(0, 5).map(file => spot(facts, file.path)), ...unread.map(unreadSpot)]
  return unclear
    ? {
        outcome: 'unknown',
        says: `${plural(paths.length + others.length, 'CI file')}, but whether tests run is hidden in scripts or in what they reuse.`,
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
  /(?:^|\/)(?:tests?|__tests__|spec)\/(?:.*\/)?[^/]+\.(?:py|rs|cc?|cpp|cu|h|hpp|js|jsx|ts|tsx|mjs|go|java|kt|swift|rb|jl|sh|ipynb)$|(?:^|\/)(?:test_[^/]+|[^/]+_test)\.(?:py|rs|cc?|cpp|cu|h|hpp|m?js|tsx?|go|java|kt|swift|rb|jl|sh|ipynb|exs?|scala|lua|R)$|\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)tests?\.(?:py|[cm]?[jt]s|sh|rb|lua)$/i

export const tests = check('tests', none, async facts => {
  const found = facts.files.matching(testFile)
  const measured = { testFiles: found.length }
  if (found.length === 0) return { outcome: 'fail', says: 'No file of the repository looks like a test.', measured }
  const run = await ci.look(facts, {})
  const outcome = run.outcome === 'pass' ? 'pass' : 'unknown'
  const says = `${plural(found.length, 'test file')}; ${run.outcome === 'pass' ? 'CI runs tests' : 'that CI runs them is not shown'}.`
  return { outcome, says, evidence: [spot(facts, found[0] ?? ''), ...(run.evidence ?? []).slice(0, 1)], measured }
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
