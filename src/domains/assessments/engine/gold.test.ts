// Compares every count, set hash, factor and bound with reference answers made by plain git, where they are at hand.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { referenceStats } from '#test/kit/reference.ts'
import { assess, isRefused } from './assess.ts'
import { botRuleWith } from './bots.ts'
import { readCriteria } from './criteria.ts'
import { filesOf } from './files.ts'
import { readHistory } from './history.ts'
import { foundFiles, type Wanted } from './requiredFiles.ts'
import { lastDays } from './windows.ts'

const root = new URL('../../../../', import.meta.url).pathname
const shared = process.env.GUILDHALL_SHARED ?? join(root, '../shared')
const gold = join(shared, 'data/gold')
const clones = process.env.GUILDHALL_GOLD_REPOS

const cases = [
  { name: 'safetensors', clone: 'safetensors' },
  { name: 'helion', clone: 'helion' },
  { name: 'helion-2026-02-10', clone: 'helion' },
  { name: 'DeepSpeed', clone: 'DeepSpeed' },
]

const missing = (clone: string): string | false => {
  if (!existsSync(gold))
    return 'the reference answers are absent: set GUILDHALL_SHARED to the folder that holds data/gold'
  if (!clones) return 'clones are absent: set GUILDHALL_GOLD_REPOS to a folder with NAME.git in it'
  return existsSync(join(clones, `${clone}.git`)) ? false : `the clone ${clone}.git is absent from GUILDHALL_GOLD_REPOS`
}

const open = async (clone: string) => {
  const git = await openLocal(join(clones ?? '', `${clone}.git`))
  if (isRefusal(git)) throw new Error(git.says)
  return git
}

/** Our kind of file for each of the reference's; both list whole paths. */
const kinds: Record<string, Wanted> = {
  ...{ LICENSE: 'licence', README: 'readme', CONTRIBUTING: 'contributing', CODEOWNERS: 'codeowners' },
  ...{ CODE_OF_CONDUCT: 'codeOfConduct', GOVERNANCE: 'governance', MAINTAINERS: 'maintainers', SECURITY: 'security' },
  ...{ CHARTER: 'charter', THIRD_PARTY: 'thirdParty', ROADMAP: 'roadmap', CI_other: 'otherCi' },
}

for (const { name, clone } of cases)
  test(`reference answers: ${name}`, { skip: missing(clone) }, async () => {
    const wanted = JSON.parse(readFileSync(join(gold, `${name}.json`), 'utf8'))
    const git = await open(clone)
    const history = await readHistory(git, wanted.commit, { rule: botRuleWith({ names: [], addresses: [] }) })
    const until = wanted.newest_commit_time_unix
    const all = [...history.times.keys()]
    const comparable = (stats: unknown) => JSON.parse(JSON.stringify(stats))
    assert.deepEqual(comparable(referenceStats(history, all)), wanted.all_time)
    assert.deepEqual(comparable(referenceStats(history, lastDays(history, until, 365))), wanted.last_365d)
    assert.deepEqual(comparable(referenceStats(history, lastDays(history, until, 90))), wanted.last_90d)
    assert.equal(history.inversions, wanted.committer_time_inversions)
    assert.equal(history.roots, wanted.root_commits)
    assert.equal(Math.max(...history.times), wanted.max_committer_time_unix)
    const files = filesOf(git, await git.tree(wanted.commit))
    const found = foundFiles(files)
    assert.equal(files.entries.length, wanted.tree_files)
    for (const [theirs, ours] of Object.entries(kinds))
      assert.deepEqual(found[ours], wanted.required_files[theirs], theirs)
    assert.equal(found.workflows.length, wanted.required_files.CI_github_workflows)
    assert.equal(found.mailmap.length > 0, wanted.required_files.mailmap)
    if (wanted.license) await provesLicence(wanted, clone)
    git.close()
  })

const criteriaOf = (name: string) => {
  const file = join(root, 'charters/pytorch/criteria', name)
  const read = readCriteria(readFileSync(file, 'utf8'), file)
  if ('problems' in read) throw new Error(read.problems.map(({ line, says }) => `${line}: ${says}`).join('\n'))
  return read.criteria
}

async function provesLicence(
  wanted: { commit: string; newest_commit_time_unix: number; license: unknown },
  clone: string,
) {
  const git = await open(clone)
  const asOf = new Date(wanted.newest_commit_time_unix * 1000).toISOString()
  const answer = await assess({ git, criteria: criteriaOf('ecosystem.yml'), asOf, commit: wanted.commit })
  git.close()
  if (isRefused(answer)) throw new Error(answer.says)
  const licence = answer.checks.find(({ id }) => id === 'E7')
  const [proven] = (licence?.measured?.spdx ?? []) as string[] // the licence check measures a list
  assert.ok(proven && JSON.stringify(wanted.license).includes(`"${proven}"`))
}

test('the helion case: governance and CODEOWNERS fail on 10 February 2026', { skip: missing('helion') }, async () => {
  const git = await open('helion')
  const input = { git, criteria: criteriaOf('ecosystem.yml'), asOf: '2026-02-10T23:59:59.000Z' }
  const [first, second] = [await assess(input), await assess(input)]
  git.close()
  if (isRefused(first) || isRefused(second)) throw new Error('refused')
  assert.equal(first.commit, 'a9a5ae53c0ba8f04c61bc27d6d0625a4813ec35e')
  const failing = first.checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
  assert.deepEqual(failing, ['E3', 'E11', 'E18'])
  assert.equal(first.hash, second.hash)
})
