// What can be asked of a repository on this disk: its log as a stream, a commit's tree, contents, tags. It reads only.
import type { GitLimits } from './limits.ts'
import { type BlobAnswer, openObjects } from './objects.ts'
import { GitFailure } from './refusal.ts'
import { ended, type GitRun, gitOutput, guard, startGit, stopGit } from './run.ts'

export type TreeEntry = { readonly mode: string; readonly id: string; readonly path: string }
export type Tag = { readonly name: string; readonly time: number }
export type LogRequest = {
  readonly from: string
  readonly format: string
  readonly firstParent?: boolean
  readonly mailmap?: string
}

/** Readers throw a GitFailure. `address` is as people gave it. `close` ends what still runs. */
export type Repository = {
  readonly address: string
  readonly branch: string
  readonly isShallow: boolean
  log(request: LogRequest): AsyncIterable<Uint8Array>
  tree(commit: string): Promise<readonly TreeEntry[]>
  blob(id: string): Promise<BlobAnswer>
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
}

const commitName = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|refs\/heads\/[^\s~^:?*[\\-][^\s~^:?*[\\]*)$/

export async function openRepository(opening: Opening): Promise<Repository> {
  const { address, folder, limits, signal, isOwn } = opening
  const run: Omit<GitRun, 'args'> = { folder, signal, config: isOwn ? [] : ['core.commitGraph=false'] }
  const ask = (...args: string[]) =>
    gitOutput({ run: { ...run, args }, seconds: limits.seconds, outputBytes: limits.outputBytes })
  const branch = await defaultBranch(ask)
  const isShallow = (await ask('rev-parse', '--is-shallow-repository')).bytes.toString().trim() === 'true'
  const objects = openObjects(run, limits)
  return {
    ...{ address, branch, isShallow },
    log: request => streamLog(run, request, limits),
    tree: async commit => parseTree(await succeed(ask('ls-tree', '-r', '-z', '--full-tree', checked(commit)))),
    blob: id => objects.read(id),
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
async function defaultBranch(ask: (...args: string[]) => ReturnType<typeof gitOutput>): Promise<string> {
  const head = await ask('symbolic-ref', '--quiet', 'HEAD')
  if (head.code === 128) throw new GitFailure('not-a-repository')
  const named = head.bytes.toString('utf8').trim()
  const branch = head.code === 0 && commitName.test(named) ? named : await detachedHead(ask)
  const { code } = await ask('rev-parse', '--quiet', '--verify', `${branch}^{commit}`)
  if (code !== 0) throw new GitFailure('empty')
  return branch
}

/** A checkout at a bare commit has no branch: the commit itself stands for it. */
async function detachedHead(ask: (...args: string[]) => ReturnType<typeof gitOutput>): Promise<string> {
  const id = (await ask('rev-parse', '--quiet', '--verify', 'HEAD^{commit}')).bytes.toString().trim()
  if (!commitName.test(id)) throw new GitFailure('empty')
  return id
}

async function* streamLog(
  run: Omit<GitRun, 'args'>,
  { from, format, firstParent = false, mailmap }: LogRequest,
  limits: GitLimits,
): AsyncGenerator<Uint8Array> {
  const blob = mailmap === undefined ? [] : [`mailmap.blob=${checked(mailmap)}:.mailmap`]
  const walk = firstParent ? ['--first-parent'] : []
  const shape = [
    '-z',
    `--format=tformat:${format}`,
    '--no-show-signature',
    '--no-notes',
    '--no-decorate',
    '--no-color',
    '-s',
  ]
  const args = ['log', ...shape, ...walk, '--end-of-options', checked(from), '--']
  const child = startGit({ ...run, config: [...(run.config ?? []), ...blob], args })
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
