// What can be asked of a repository on this disk: its log as a stream, a commit's tree, contents, tags. It reads only.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { completeUntil } from './copy.ts'
import type { GitLimits } from './limits.ts'
import { type BlobAnswer, openObjects } from './objects.ts'
import { GitFailure } from './refusal.ts'
import { ended, type GitRun, gitOutput, guard, startGit, stopGit } from './run.ts'
import { type Shelf, shelfIn } from './shelf.ts'

export type TreeEntry = { readonly mode: string; readonly id: string; readonly path: string }
export type Tag = { readonly name: string; readonly time: number }
/** `not` leaves out what is reached from that commit. */
export type LogRequest = { readonly from: string; readonly format: string; readonly not?: string }

/** Readers throw a GitFailure. `address` is as people gave it. `close` ends what still runs. */
export type Repository = {
  readonly address: string
  readonly branch: string
  /** The commit that the branch is at. */
  readonly tip: string
  readonly isShallow: boolean
  /** Seconds since 1970, up to when a copy that was not fetched just now is known to hold its branch whole. */
  readonly seenUntil?: number
  /** Only beside a mirror of our own. */
  readonly shelf?: Shelf
  log(request: LogRequest): AsyncIterable<Uint8Array>
  tree(commit: string): Promise<readonly TreeEntry[]>
  blob(id: string): Promise<BlobAnswer>
  /** People as the `.mailmap` of the commit has them, in the order given; latin1 text, as the log's bytes are. */
  mailmap(commit: string, people: readonly string[]): Promise<readonly string[]>
  tags(): Promise<readonly Tag[]>
  close(): void
}

export type Opening = {
  readonly address: string
  readonly folder: string
  readonly limits: GitLimits
  readonly signal?: AbortSignal
  /** Files a foreign repository brings along to speed git up are not believed; those we wrote are. */
  readonly isOwn: boolean
  /** Nobody says when this copy was last brought up to date. */
  readonly isCopy?: boolean
}

const commitName = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|refs\/heads\/[^\s~^:?*[\\-][^\s~^:?*[\\]*)$/

export async function openRepository(opening: Opening): Promise<Repository> {
  const { address, folder, limits, signal, isOwn } = opening
  const run: Omit<GitRun, 'args'> = { folder, signal, config: isOwn ? [] : ['core.commitGraph=false'] }
  const ask = (...args: string[]) =>
    gitOutput({ run: { ...run, args }, seconds: limits.seconds, outputBytes: limits.outputBytes })
  const [{ branch, tip }, isShallow] = await Promise.all([defaultBranch(ask, folder), isCutOff(folder)])
  const seenUntil = opening.isCopy ? await completeUntil(ask, { folder, branch, tip }) : undefined
  const objects = openObjects(run, limits)
  return {
    ...{
      address,
      branch,
      tip,
      isShallow,
      ...(seenUntil !== undefined && { seenUntil }),
      ...(isOwn && { shelf: shelfIn(folder) }),
    },
    log: request => streamLog(run, request, limits),
    tree: async commit => parseTree(await succeed(ask('ls-tree', '-r', '-z', '--full-tree', checked(commit)))),
    blob: id => objects.read(id),
    mailmap: (commit, people) => mapped({ run, limits, commit: checked(commit) }, people),
    tags: async () => parseTags(await succeed(ask('for-each-ref', `--format=${tagFormat}`, 'refs/tags'))),
    close: () => objects.close(),
  }
}

const checked = (name: string): string => {
  if (!commitName.test(name)) throw new GitFailure('damaged')
  return name
}

async function succeed(asked: ReturnType<typeof gitOutput>): Promise<Buffer> {
  const { code, bytes } = await asked
  if (code !== 0) throw new GitFailure('damaged')
  return bytes
}

/** By the symbolic reference, in full: the bare name `HEAD` may also be a branch or a tag. */
async function defaultBranch(ask: (...args: string[]) => ReturnType<typeof gitOutput>, folder: string) {
  const branch = (await headFile(folder)) ?? (await symbolicHead(ask)) ?? (await detachedHead(ask))
  const { code, bytes } = await ask('rev-parse', '--quiet', '--verify', `${branch}^{commit}`)
  if (code !== 0) throw new GitFailure('empty')
  return { branch, tip: bytes.toString().trim() }
}

/** Saves a process where references lie in files; where they lie otherwise, the file names a branch that cannot be. */
async function headFile(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'HEAD'), 'utf8').catch(() => '')
  const named = /^ref: (refs\/heads\/\S+)\n$/.exec(text)?.[1]
  return named !== undefined && named !== 'refs/heads/.invalid' && commitName.test(named) ? named : undefined
}

async function symbolicHead(ask: (...args: string[]) => ReturnType<typeof gitOutput>): Promise<string | undefined> {
  const head = await ask('symbolic-ref', '--quiet', 'HEAD')
  if (head.code === 128) throw new GitFailure('not-a-repository')
  const named = head.bytes.toString('utf8').trim()
  return head.code === 0 && commitName.test(named) ? named : undefined
}

/** Git itself asks for nothing else. */
const isCutOff = (folder: string): Promise<boolean> =>
  stat(join(folder, 'shallow')).then(
    ({ size }) => size > 0,
    () => false,
  )

/** A checkout at a bare commit has no branch: the commit itself stands for it. */
async function detachedHead(ask: (...args: string[]) => ReturnType<typeof gitOutput>): Promise<string> {
  const id = (await ask('rev-parse', '--quiet', '--verify', 'HEAD^{commit}')).bytes.toString().trim()
  if (!commitName.test(id)) throw new GitFailure('empty')
  return id
}

async function* streamLog(
  run: Omit<GitRun, 'args'>,
  { from, format, not }: LogRequest,
  limits: GitLimits,
): AsyncGenerator<Uint8Array> {
  const shape = [
    '-z',
    `--format=tformat:${format}`,
    '--no-show-signature',
    '--no-notes',
    '--no-decorate',
    '--no-color',
    '-s',
  ]
  const without = not === undefined ? [] : [`^${checked(not)}`]
  const args = ['log', ...shape, '--end-of-options', checked(from), ...without, '--']
  const child = startGit({ ...run, args })
  const { state, release } = guard(child, { seconds: limits.seconds, signal: run.signal })
  child.stdin?.end()
  const end = ended(child)
  end.catch(() => undefined)
  try {
    for await (const chunk of child.stdout ?? []) yield chunk as Buffer // no encoding is set, so chunks are buffers
    const { code } = await end
    if (state.why) throw new GitFailure(state.why)
    if (code !== 0) throw new GitFailure('damaged')
  } finally {
    release()
    stopGit(child)
  }
}

const onOneLine = (person: string): string => person.replaceAll('\n', ' ')

type Mapping = { readonly run: Omit<GitRun, 'args'>; readonly limits: GitLimits; readonly commit: string }

/** Git reads the file itself: its ways with letters, names and repeated lines are then its own. */
async function mapped({ run, limits, commit }: Mapping, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return []
  const config = [...(run.config ?? []), `mailmap.blob=${commit}:.mailmap`]
  const { code, bytes } = await gitOutput({
    run: { ...run, config, args: ['check-mailmap', '--stdin'] },
    ...{ seconds: limits.seconds, outputBytes: limits.outputBytes },
    input: Buffer.from(`${people.map(onOneLine).join('\n')}\n`, 'latin1'),
  })
  const lines = bytes.toString('latin1').split('\n')
  if (code !== 0 || lines.length !== people.length + 1) throw new GitFailure('damaged')
  return lines.slice(0, -1)
}

function parseTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = []
  for (let from = 0, end = bytes.indexOf(0); end !== -1; from = end + 1, end = bytes.indexOf(0, from)) {
    const tab = bytes.indexOf(9, from)
    const [mode = '', , id = ''] = bytes.toString('latin1', from, tab).split(' ')
    entries.push({ mode, id, path: bytes.toString('utf8', tab + 1, end) })
  }
  return entries
}

const tagFormat = '%(refname:strip=2)%00%(creatordate:unix)'

function parseTags(bytes: Buffer): Tag[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .map(line => line.split('\0'))
    .filter(([name, time]) => name && time && /^\d+$/.test(time))
    .map(([name = '', time = '']) => ({ name, time: Number(time) }))
}
