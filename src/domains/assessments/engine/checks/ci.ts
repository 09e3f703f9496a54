// Continuous integration and releases: workflows that run tests on a change, test files, packages, tags.
import { z } from 'zod'
import { releaseDays, releasesOf, sayReleases } from '../releases.ts'
import type { Facts, Finding } from '../words.ts'
import { check, plural, printable, readAll, type Spot, spot, unreadSpot, worst } from './check.ts'
import { commandsIn, isTestCommand, testLine } from './commands.ts'
import { type TestRun, testsCalled } from './following.ts'
import { linkedFinding } from './mentions.ts'
import { type Workflow, workflowOf } from './workflow.ts'

const none = z.strictObject({})

/** Workflows that test something beside the project's functions are named as proof only where no other is. */
const special = /bench|fuzz|perf|nightly|release|docs?\b|lint/i
/** These name jobs whose commands stand in another repository. */
const definedElsewhere = /(?:^|\/)\.?zuul|^\.prow|^\.tekton\//i

type Read = { readonly file: { path: string; text: string }; readonly workflow: Workflow | undefined }
type Proof = TestRun & { readonly by: string }

/** Whether tests run when somebody proposes a change; green or not is the forge's to say. */
export const ci = check('ci', none, async facts => {
  const paths = facts.found.workflows
  const others = facts.found.otherCi
  const measured = { workflows: paths.length, otherSystems: others.length }
  if (paths.length + others.length === 0) return { ...(await noCi(facts)), measured }
  const { texts, unread } = await readAll(facts, paths)
  const read = texts.map((file): Read => ({ file, workflow: workflowOf(file.text) })).toSorted(ordinaryFirst)
  const proof = (await proofIn(facts, read, 'each')) ?? (await otherProof(facts, others))
  if (proof) return { ...testsRun(facts, proof), measured }
  const partly = await proofIn(facts, read, 'some')
  if (partly)
    return {
      ...testsRun(facts, partly),
      ...{ outcome: 'needs-person', says: `${printable(partly.by)} runs tests on changes of some paths only.` },
      measured,
    }
  const evidence: Spot[] = [
    ...[...paths, ...others].slice(0, 5).map(path => spot(facts, path)),
    ...unread.map(unreadSpot),
  ]
  const unclear = unread.length + others.length > 0 || read.some(({ workflow }) => !workflow || workflow.isHidden)
  const says = unclear
    ? `${plural(paths.length + others.length, 'CI file')}, but whether tests run is hidden in scripts or in what they reuse.`
    : `${plural(paths.length, 'workflow')}, none of which runs tests on a push or pull request.`
  return { outcome: unclear ? 'unknown' : 'fail', says, evidence, measured }
})

const ordinaryFirst = (a: Read, b: Read): number =>
  Number(special.test(a.file.path)) - Number(special.test(b.file.path))

/** First what a workflow runs itself, then what it runs through files of the tree. */
async function proofIn(facts: Facts, read: readonly Read[], trigger: Workflow['trigger']): Promise<Proof | undefined> {
  const triggered = read.filter(({ workflow }) => workflow?.trigger === trigger)
  for (const { file, workflow } of triggered)
    if (workflow?.lines.some(isTestCommand))
      return { path: file.path, line: testLine(file.text, workflow.lines), by: file.path }
  for (const { file, workflow } of triggered) {
    const called = workflow && (await testsCalled(facts, workflow))
    if (called) return { ...called, by: file.path }
  }
  return undefined
}

async function otherProof(facts: Facts, others: readonly string[]): Promise<Proof | undefined> {
  const { texts } = await readAll(
    facts,
    others.filter(path => !definedElsewhere.test(path)),
  )
  for (const { path, text } of texts) {
    const line = testLine(text, commandsIn(text))
    if (line > 0) return { path, line, by: path }
  }
  return undefined
}

const services =
  'travis-ci\\.|circleci\\.com|appveyor|buildkite|dev\\.azure\\.com|jenkins|cirrus-ci|semaphoreci|teamcity'

/** A service may be set up without a file of the repository; a badge then tells. */
async function noCi(facts: Facts): Promise<Finding> {
  const none: Finding = { outcome: 'fail', says: 'No CI configuration is in the repository at this commit.' }
  const badge = await linkedFinding(facts, { words: `(?:${services})`, none })
  return badge.outcome === 'fail' ? badge : { ...badge, outcome: 'unknown' }
}

function testsRun(facts: Facts, { path, line, by }: Proof): Finding {
  const evidence = [...(by === path ? [] : [spot(facts, by)]), spot(facts, path, line > 0 ? { line } : {})]
  const through = by === path ? '' : ` through ${printable(path)}`
  return { outcome: 'pass', says: `${printable(by)} runs tests on each change${through}.`, evidence }
}

const code =
  '(?:py|pyx|rs|cc?|cpp|cxx|cu|mm?|h|hpp|jsx?|tsx?|[cm][jt]s|go|java|kts?|swift|rb|jl|sh|bats|t|pl|php|cs|fs|vb|scala|clj[cs]?|ex|exs|erl|hs|ml|lua|dart|zig|nim|cr|r|groovy|ipynb|robot|feature)'
const testFile = new RegExp(
  [
    `(?:^|/)(?:tests?|__tests__|specs?|testing|t|[\\w-]+[-_]tests?|tests?[-_][\\w-]+)/(?:.*/)?[^/]+\\.${code}$`,
    `(?:^|/)(?:test|tests|spec|specs)\\.${code}$`,
    `(?:^|/)(?:tests?[-_.][^/]+|[^/]+[-_.](?:tests?|unittest))\\.${code}$`,
    '(?:^|/)[^/]+[-_.]spec\\.(?:rb|[cm]?[jt]sx?|lua|cr|php|coffee)$',
    '(?:^|/)(?:[^/]*[a-z0-9](?:Tests?|Spec)|Test[A-Z][^/]*)\\.(?:java|kt|cs|fs|swift|scala|php|groovy|m|mm|cpp|cc)$',
  ].join('|'),
)
/** Code of others, and what only configures a forge. */
const aside =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|third[-_]?party|3rd[-_]?party|vendor|vendored|node_modules|deps|externals?|extern|submodules)\//i
const plainly = /(?:^|\/)(?:tests?|__tests__|spec|t)\/(?:.*\/)?(?!__init__)[^/]*\d*test|(?:^|\/)test_[^/]+\.py$/i
/** Languages whose tests may stand inside the sources. */
const testsInside = /\.(?:rs|zig|d|nim|py|ex)$/i

export const tests = check('tests', none, async facts => {
  const found = facts.files.matching(testFile).filter(path => !aside.test(path))
  const measured = { testFiles: found.length }
  if (found.length === 0) return { ...noTests(facts), measured }
  const run = await ci.look(facts, {})
  const outcome = run.outcome === 'pass' ? 'pass' : 'unknown'
  const says = `${plural(found.length, 'test file')}; ${run.outcome === 'pass' ? 'CI runs tests' : 'that CI runs them is not shown'}.`
  return {
    outcome,
    says,
    evidence: [
      spot(facts, found.find(path => plainly.test(path)) ?? found[0] ?? ''),
      ...(run.evidence ?? []).slice(0, 1),
    ],
    measured,
  }
})

const mayTest = new RegExp(`(?:^|[-_./])(?:tests?|specs?)(?:[-_./].*)?\\.${code}$`, 'i')

function noTests(facts: Facts): Finding {
  const says = 'No file of the repository is named like a test.'
  const near = facts.files.matching(mayTest)[0]
  if (near) return { outcome: 'unknown', says: `${says} ${printable(near)} may be one.`, evidence: [spot(facts, near)] }
  if (facts.files.matching(testsInside).length > 0)
    return { outcome: 'unknown', says: `${says} Tests may stand inside the sources, which are not read for them.` }
  return { outcome: 'fail', says }
}

const ReleaseParameters = z.strictObject({ days: z.number().int().min(1).default(releaseDays) })

/** Never a fail: releases may be made without tags. */
export const releases = check('releases', ReleaseParameters, ({ tags, asOf }, { days }): Finding => {
  const found = releasesOf(tags, asOf, days)
  const { versions, newest } = found
  const measured = { versions }
  const says = `${sayReleases(found)}.`
  if (!newest) return { outcome: 'unknown', says, measured }
  return { outcome: 'pass', says, evidence: [{ note: `tag ${printable(newest.tag)}` }], measured }
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
