// How long a whole history takes to count, and a whole assessment, beside `git log` of the same fields piped to nowhere.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal, openLocal } from '#adapters/git/mirror.ts'
import { assess, isRefused } from '#domains/assessments/engine/assess.ts'
import { botRuleWith } from '#domains/assessments/engine/bots.ts'
import { readCriteria } from '#domains/assessments/engine/criteria.ts'
import { readHistory } from '#domains/assessments/engine/history.ts'
import { licenceIndex } from '#domains/assessments/engine/licence/candidates.ts'
import { matchLicence } from '#domains/assessments/engine/licence/match.ts'
import { publishedText } from '#domains/assessments/engine/licence/references.ts'
import { logFormat } from '#domains/assessments/engine/table.ts'

const sizes = process.argv.slice(2).map(Number)
const rounds = 5
const start = 1_600_000_000
const rule = botRuleWith({ names: [], addresses: [] })

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Commits of 400 people at a few a day, a fifth with trailers, in bodies of a usual length. */
async function makeHistory(folder: string, count: number): Promise<void> {
  spawnSync('git', ['init', '-q', '--bare', '-b', 'main', folder])
  const child = spawn('git', ['-C', folder, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] })
  for (let index = 0; index < count; index += 1)
    if (!child.stdin.write(commitText(index))) await once(child.stdin, 'drain')
  child.stdin.end()
  await once(child, 'close')
}

function commitText(index: number): string {
  const person = (index * 7919) % 400
  const who = `Person ${person} <person${person}@host${person % 40}.example> ${start + index * 9000} +0000`
  const signed =
    index % 5 === 0 ? `\n\nSigned-off-by: Person ${person} <person${person}@host${person % 40}.example>` : ''
  const also = index % 9 === 0 ? `\nCo-authored-by: Other <other${person}@host1.example>` : ''
  const body = `Change number ${index}\n\n${'Why it was done, in a few words. '.repeat(6)}${signed}${also}\n`
  const file = `M 100644 inline src/file${index % 200}.txt\ndata ${String(index).length}\n${index}\n`
  return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata ${Buffer.byteLength(body)}\n${body}\n${file}\n`
}

async function floorOf(folder: string, tip: string): Promise<void> {
  const args = ['-C', folder, 'log', '-z', `--format=tformat:${logFormat}`, tip, '--']
  const child = spawn('git', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  await once(child, 'close')
}

async function measure(folder: string, count: number): Promise<void> {
  const file = new URL('../charters/pytorch/criteria/ecosystem.yml', import.meta.url)
  const read = readCriteria(await readFile(file, 'utf8'), file.pathname)
  if ('problems' in read) throw new Error('The criteria do not load')
  await makeHistory(folder, count)
  const git = await openLocal(folder)
  if (isRefusal(git)) throw new Error(git.says)
  const asOf = new Date((start + count * 9000) * 1000).toISOString()
  const [floors, histories, wholes]: number[][] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    floors?.push(await timed(() => floorOf(folder, git.branch)))
    const tip = spawnSync('git', ['-C', folder, 'rev-parse', git.branch]).stdout.toString().trim()
    histories?.push(await timed(() => readHistory(git, tip, { rule })))
    wholes?.push(
      await timed(async () => isRefused(await assess({ git, criteria: read.criteria, asOf })) && process.exit(1)),
    )
  }
  git.close()
  const [floor = 0, history = 0, whole = 0] = [floors, histories, wholes].map(times => Math.min(...(times ?? [])))
  console.log(`assess: ${count} commits, best of ${rounds}, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`)
  console.log(`  floor       ${floor.toFixed(0)} ms   git log of the same fields, piped to nowhere`)
  console.log(
    `  history     ${history.toFixed(0)} ms   the same, counted into a table   ratio ${(history / floor).toFixed(2)} (target: at most 2)`,
  )
  console.log(
    `  assessment  ${whole.toFixed(0)} ms   all 19 requirements   ratio ${(whole / floor).toFixed(2)} (target: at most 3)`,
  )
}

async function measureLicences(): Promise<void> {
  const index = await timed(async () => licenceIndex())
  const texts = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'GPL-3.0-only'].map(id => publishedText(id).licenseText)
  const first = await timed(async () => texts.forEach(text => void matchLicence(text)))
  const again = await timed(async () => texts.forEach(text => void matchLicence(text)))
  console.log(
    `licences: index ${index.toFixed(1)} ms (target: at most 150), a file ${(again / texts.length).toFixed(1)} ms (target: at most 5), the first of each ${(first / texts.length).toFixed(1)} ms`,
  )
}

await measureLicences()
for (const count of sizes.length > 0 ? sizes : [2_000, 13_000]) {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
  try {
    await measure(join(folder, 'sample.git'), count)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
