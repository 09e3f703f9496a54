// A mirror's table in real life: the process killed while it writes, and a mirror fetched by address, month after month.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { usualLimits } from '#adapters/git/limits.ts'
import { isRefusal, openMirror } from '#adapters/git/mirror.ts'
import { openRepository, type Repository } from '#adapters/git/repository.ts'
import { canonical } from '#base/canonical.ts'
import { criteriaWith } from '#test/kit/assessing.ts'
import { type FakeCommit, git, makeRepository, scratch, serveRepositories } from '#test/kit/repositories.ts'
import { assess, isRefused } from './assess.ts'
import type { LogRequest } from './source.ts'

const start = Date.parse('2025-01-01T00:00:00Z') / 1000
const asOf = '2035-12-31T00:00:00.000Z'
const criteria = criteriaWith('active-people', { days: 90, minimum: 1 })

const commits = (count: number): FakeCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    at: start + index * 3600,
    author: `Person ${index % 50} <person${index % 50}@sample.example>`,
    message: `Change ${index}\n\nSigned-off-by: Person ${index % 7} <person${index % 7}@sample.example>`,
  }))

/** What is told of the repository, whatever its address, and which parts of the log were asked for. */
async function reported(repository: Repository): Promise<{ text: string; asked: readonly LogRequest[] }> {
  const asked: LogRequest[] = []
  const log = (request: LogRequest) => {
    asked.push(request)
    return repository.log(request)
  }
  const answer = await assess({ git: { ...repository, address: 'here', log }, criteria, asOf })
  repository.close()
  if (isRefused(answer)) throw new Error(answer.says)
  return { text: canonical(answer), asked }
}

const opening = (folder: string, isOwn: boolean) =>
  openRepository({ address: folder, folder, limits: usualLimits, isOwn })

const keeping = join(import.meta.dirname, '../../../../test/kit/keeping.ts')

/** Resolves when the child was killed at some moment of its writing. */
async function killed(folder: string): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', keeping, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  await once(child.stdout, 'data')
  const watched = watch(folder, (_, name) => {
    if (name?.startsWith('tmp_guildhall-commits_')) child.kill('SIGKILL')
  })
  const [, signal] = await ended
  watched.close()
  assert.equal(signal, 'SIGKILL')
}

test('a process killed while it writes the table leaves a whole one: the next run tells what a fresh one tells', async context => {
  const folder = makeRepository(join(scratch(context), 'a.git'), commits(3_000))
  const tip = git(folder, ['rev-parse', 'main']).trim()
  const drafts = () => readdirSync(folder).filter(name => name.startsWith('tmp_guildhall-commits_')).length
  git(folder, ['update-ref', 'refs/heads/main', `${tip}~300`])
  // The kill falls at any moment: one that fell between two writings proves nothing, and is tried again.
  for (let tries = 0; tries < 20 && drafts() === 0; tries++) await killed(folder)
  assert.equal(drafts(), 1)
  git(folder, ['update-ref', 'refs/heads/main', tip])
  const [next, fresh] = [await reported(await opening(folder, true)), await reported(await opening(folder, false))]
  assert.equal(next.text, fresh.text)
})

test('a mirror fetched by address again and again reads only what is new, and tells what a fresh mirror tells', async context => {
  const folder = scratch(context)
  const source = makeRepository(join(folder, 'sample.git'), commits(400))
  const tip = git(source, ['rev-parse', 'main']).trim()
  const { address } = await serveRepositories(context, folder)
  const fetched = async (name: string) => {
    const request = { address: `${address}/sample.git`, folder: join(folder, name), rules: { allowPrivate: true } }
    const mirror = await openMirror(request)
    if (isRefusal(mirror)) throw new Error(mirror.says)
    return reported(mirror)
  }
  let before: string | undefined
  for (const [month, back] of [300, 200, 100, 0].entries()) {
    const at = git(source, ['rev-parse', `${tip}~${back}`]).trim()
    git(source, ['update-ref', 'refs/heads/main', at])
    const { text, asked } = await fetched('kept')
    assert.deepEqual(
      asked.map(({ from, not }) => [from, not]),
      [[at, before]],
    )
    assert.equal(text, (await fetched(`fresh-${month}`)).text)
    before = at
  }
  assert.deepEqual((await fetched('kept')).asked, [])
})
