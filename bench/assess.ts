// How long a history takes to count, whole and by the month; a whole assessment; licences; and how much memory it takes.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { assess, isRefused } from '#domains/assessments/engine/assess.ts'
import { botRuleWith } from '#domains/assessments/engine/bots.ts'
import { readCriteria } from '#domains/assessments/engine/criteria.ts'
import { readHistory } from '#domains/assessments/engine/history.ts'
import { endOf, gitIn, logToNowhere, makeHistory } from './assessSamples.ts'
import { printFigure, quantile } from './figures.ts'

const given = process.argv.slice(2).map(Number)
const sizes = given.length > 0 ? given : [2_000, 13_000, 80_000]
const assessedSize = 13_000
const commitsInMonth = 300
const root = join(import.meta.dirname, '..')
const rule = botRuleWith({ names: [], addresses: [] })
const median = (values: readonly number[]): number => quantile(values, 0.5)

const timed = async (work: () => unknown): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Ours and the floor by turns, so that a busy machine is busy for both. */
async function byTurns(rounds: number, ours: () => unknown, floor: () => unknown) {
  const times: [number, number][] = []
  for (let round = 0; round < rounds; round += 1) times.push([await timed(ours), await timed(floor)])
  return { ours: median(times.map(([one]) => one)), floor: median(times.map(([, other]) => other)) }
}

const open = async (folder: string) => {
  const git = await openLocal(folder)
  if (isRefusal(git)) throw new Error(git.says)
  return git
}

async function criteria() {
  const file = join(root, 'charters/pytorch/criteria/ecosystem.yml')
  const read = readCriteria(await readFile(file, 'utf8'), file)
  if ('problems' in read) throw new Error('The criteria do not load')
  return read.criteria
}

async function whole(folder: string, count: number): Promise<void> {
  const git = await open(folder)
  const rounds = count > 20_000 ? 3 : 5
  const floor = () => logToNowhere(folder)
  const says = { ours: 'all commits counted into a table', floor: 'git log of the same fields, piped to nowhere' }
  const history = await byTurns(rounds, () => readHistory(git, git.tip, { rule }), floor)
  const what = `assess: the whole history of ${count} commits, median of ${rounds}`
  printFigure({ what, ...history, unit: 'ms', says, target: 'at most 2' })
  const input = { git, criteria: await criteria(), asOf: new Date(endOf(count) * 1000).toISOString() }
  const every = async () => {
    if (isRefused(await assess(input))) throw new Error('The sample was refused')
  }
  if (count === assessedSize)
    printFigure({
      what: `assess: every requirement, ${count} commits, median of ${rounds}`,
      ...(await byTurns(rounds, every, floor)),
      ...{ unit: 'ms', target: 'at most 3' },
      says: { ours: 'the whole assessment', floor: 'git log of the same fields, piped to nowhere' },
    })
  git.close()
}

const reader = (what: string, folder: string, count: number): { commits: number; megabytes: number } => {
  const program = ['--disable-warning=ExperimentalWarning', join(root, 'bench/assessReader.ts')]
  const { stdout, status } = spawnSync(process.execPath, [...program, what, folder, String(endOf(count))])
  if (status !== 0) throw new Error(`The reader ended with ${status}`)
  return JSON.parse(stdout.toString())
}

async function month(folder: string, count: number): Promise<void> {
  const [tip, before] = [gitIn(folder, 'rev-parse', 'main'), gitIn(folder, 'rev-parse', `main~${commitsInMonth}`)]
  const [table, kept] = [join(folder, 'guildhall-commits'), join(folder, 'kept')]
  gitIn(folder, 'commit-graph', 'write', '--reachable')
  gitIn(folder, 'update-ref', 'refs/heads/main', before)
  reader('mirror', folder, count)
  await copyFile(table, kept)
  gitIn(folder, 'update-ref', 'refs/heads/main', tip)
  const continued = async (what: 'table' | 'mirror') => {
    await copyFile(kept, table)
    return timed(() => reader(what, folder, count))
  }
  const floor = 'the same program started, doing nothing'
  for (const [what, ours] of [
    ['table', 'table read, continued and kept'],
    ['mirror', 'the same, and all of it counted anew: periods, months, newcomers'],
  ] as const) {
    const times: [number, number][] = []
    for (let round = 0; round < 5; round += 1)
      times.push([await continued(what), await timed(() => reader('start', folder, count))])
    const [one, other] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))]
    printFigure({
      what: `assess: ${commitsInMonth} new commits in a mirror of ${count}, ${what}, median of 5`,
      ...{ ours: one, floor: other, unit: 'ms', says: { ours, floor } },
      target: `at most 100 ms more; ${(one - other).toFixed(0)} ms more`,
    })
  }
}

function memory(folder: string, count: number): void {
  const { commits, megabytes } = reader('whole', folder, count)
  if (commits !== count) throw new Error(`${commits} commits were counted instead of ${count}`)
  printFigure({
    what: `assess: peak memory, the whole history of ${count} commits`,
    ...{ ours: megabytes, floor: reader('start', folder, count).megabytes, unit: 'MB' },
    says: { ours: 'resident at the most, in a process of its own', floor: 'the same program started, doing nothing' },
    target: 'at most 400 MB for 80,000 commits',
  })
}

async function licences(): Promise<void> {
  const candidates = await import('#domains/assessments/engine/licence/candidates.ts')
  const { matchLicence } = await import('#domains/assessments/engine/licence/match.ts')
  const { publishedText } = await import('#domains/assessments/engine/licence/references.ts')
  const index = await timed(() => candidates.licenceIndex())
  const readOnly = await timed(() => Object.values(candidates.indexFiles).map(file => readFileSync(file)))
  const says = { ours: 'read and parsed', floor: 'the same files only read' }
  printFigure({ what: 'licences: the index', ours: index, floor: readOnly, unit: 'ms', says, target: 'at most 150 ms' })
  const texts = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'GPL-3.0-only', 'MPL-2.0'].map(
    id => publishedText(id).licenseText,
  )
  const matching = () => texts.forEach(text => void matchLicence(text))
  const first = await timed(matching)
  const splitting = () => texts.forEach(text => void text.toLowerCase().split(/\W+/))
  const { ours, floor } = await byTurns(9, matching, splitting)
  printFigure({
    what: `licences: a file, median of 9 over ${texts.length} texts; the first of each ${(first / texts.length).toFixed(1)} ms`,
    ...{ ours: ours / texts.length, floor: floor / texts.length, unit: 'ms', target: 'at most 5 ms' },
    says: { ours: 'matched against every licence of the list', floor: 'the text split into words' },
  })
}

await licences()
for (const count of sizes) {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
  try {
    const sample = join(folder, 'sample.git')
    await makeHistory(sample, count)
    await whole(sample, count)
    memory(sample, count)
    await month(sample, count)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
