// Up to when a copy on this disk is believed to be whole: clones, work of one's own, branches left behind, fetches and copied folders.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { git, makeRepository, scratch, serveRepositories } from '#test/kit/repositories.ts'
import { isRefusal, openLocal } from './mirror.ts'

const [first, second] = ['2024-01-05T00:00:00Z', '2024-03-01T00:00:00Z']
const secondsOf = (at: string): number => Date.parse(at) / 1000

async function endOf(path: string): Promise<number | undefined> {
  const copy = await openLocal(path, { isCopy: true })
  if (isRefusal(copy)) throw new Error(copy.says)
  copy.close()
  return copy.seenUntil
}

function cloned(context: TestContext, ...words: string[]) {
  const folder = scratch(context)
  const origin = makeRepository(join(folder, 'origin.git'), [{ at: first, files: { a: 'a' } }])
  const clone = join(folder, 'clone')
  git('/', ['clone', '-q', ...words, origin, clone])
  return { folder, origin, clone }
}

/** A commit that is made now: what is fetched is told from what is made here. */
const commitTo = (origin: string, at: string): void => {
  const seconds = `${secondsOf(at)} +0000`
  const who = `author A <a@sample.example> ${seconds}\ncommitter A <a@sample.example> ${seconds}\n`
  git(
    origin,
    ['fast-import', '--quiet', '--date-format=raw'],
    `commit refs/heads/main\n${who}data 4\nMore\nfrom refs/heads/main^0\n\n`,
  )
}

const setTime = (file: string, at: string): void => utimesSync(file, secondsOf(at), secondsOf(at))

test('a clone is whole up to the newest commit that it has from its origin', async context => {
  const { clone, origin } = cloned(context)
  assert.equal(await endOf(clone), secondsOf(first))
  commitTo(origin, second)
  git(clone, ['fetch', '-q'])
  git(clone, ['merge', '-q', '--ff-only', 'origin/main'])
  assert.equal(await endOf(clone), secondsOf(second))
})

test('work of one’s own, on the branch or on another, says nothing of what was fetched', async context => {
  const { clone } = cloned(context)
  git(clone, ['commit', '-q', '--allow-empty', '-m', 'Mine, of today'])
  assert.equal(await endOf(clone), secondsOf(first))
  git(clone, ['checkout', '-q', '-b', 'other', 'HEAD^'])
  git(clone, ['commit', '-q', '--allow-empty', '-m', 'Mine, of today'])
  git(clone, ['checkout', '-q', 'main'])
  git(clone, ['reset', '-q', '--hard', 'origin/main'])
  assert.equal(await endOf(clone), secondsOf(first))
})

test('a branch that lacks what was fetched is whole only up to its own tip', async context => {
  const { clone, origin } = cloned(context)
  commitTo(origin, second)
  git(clone, ['fetch', '-q'])
  assert.equal(await endOf(clone), secondsOf(first))
})

test('a later fetch that brought nothing new tells of its day; a copied folder, another branch or a time to come do not', async context => {
  const { folder, origin, clone } = cloned(context, '--bare')
  const fetched = '2025-06-01T00:00:00Z'
  const [file, config] = [join(clone, 'FETCH_HEAD'), join(clone, 'config')]
  git(clone, ['fetch', '-q', origin, 'main'])
  setTime(config, first)
  setTime(file, fetched)
  assert.equal(await endOf(clone), secondsOf(fetched))
  setTime(file, '2999-01-01T00:00:00Z')
  assert.equal(await endOf(clone), secondsOf(first))
  const copied = join(folder, 'copied')
  cpSync(clone, copied, { recursive: true })
  setTime(join(copied, 'config'), fetched)
  setTime(join(copied, 'FETCH_HEAD'), fetched)
  assert.equal(await endOf(copied), secondsOf(first))
  git(origin, ['branch', 'side', 'main'])
  git(clone, ['fetch', '-q', origin, 'side'])
  setTime(file, fetched)
  assert.equal(await endOf(clone), secondsOf(first))
})

test('a clone over a network is whole up to the moment it was made, wherever it is copied; commits of one’s own change nothing', async context => {
  const folder = scratch(context)
  makeRepository(join(folder, 'origin.git'), [{ at: first, files: { a: 'a' } }])
  const { address } = await serveRepositories(context, folder)
  const clone = join(folder, 'clone')
  // Not in step with this thread, which serves it.
  await promisify(execFile)('git', ['clone', '-q', `${address}/origin.git`, clone])
  const made = Number(/@\{(\d+)\}/.exec(git(clone, ['log', '-g', '-1', '--format=%gd', '--date=unix']))?.[1])
  git(clone, ['commit', '-q', '--allow-empty', '-m', 'Mine, of today'])
  assert.equal(await endOf(clone), made)
  cpSync(clone, join(folder, 'copied'), { recursive: true })
  assert.equal(await endOf(join(folder, 'copied')), made)
})
