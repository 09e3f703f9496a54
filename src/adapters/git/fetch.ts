// Brings a repository's default branch and tags into a bare folder, and no more than is new.
import { mkdir, rm } from 'node:fs/promises'
import { isIP } from 'node:net'
import type { Host } from './address.ts'
import { sizeOf, watchSize } from './folder.ts'
import type { GitLimits } from './limits.ts'
import { GitFailure, type GitRefusalKind } from './refusal.ts'
import { ended, type GitRun, gitOutput, guard, startGit } from './run.ts'

export type GitProgress = (step: { readonly says: string; readonly percent?: number }) => void

export type Fetching = {
  readonly host: Host
  readonly folder: string
  readonly limits: GitLimits
  readonly signal?: AbortSignal
  readonly progress?: GitProgress
  /** Leave out contents over the limit, which are never read anyway, where the server can. */
  readonly isPartial: boolean
}

type Remote = { readonly branch: string; readonly refspec: string; readonly format: 'sha1' | 'sha256' }

/** Throws a GitFailure; a mirror that was there before stays as it was. */
export async function fetchInto(fetching: Fetching): Promise<void> {
  const remote = await askRemote(fetching)
  await prepare(fetching, remote)
  const before = await tipOf(fetching, remote.branch)
  await fetchBranch(fetching, remote).catch(async (error: unknown) => {
    // What is over the limit is not kept: it would fill the disk and be refused again.
    if (error instanceof GitFailure && error.refusal.kind === 'too-large')
      await rm(fetching.folder, { recursive: true, force: true })
    throw error
  })
  await settle(fetching, remote)
  if ((await tipOf(fetching, remote.branch)) === before) return
  await run(fetching, { args: ['commit-graph', 'write', '--reachable', '--no-progress'] })
}

const protocolOf = ({ url }: Host): string => url.protocol.slice(0, -1)

/** Git may speak to the addresses that were checked, and follows no redirect. */
const transport = ({ host, limits }: Fetching): string[] => [
  'http.followRedirects=false',
  // A server may count objects for minutes, and says little but that it is there. Silence is a stall.
  'http.lowSpeedLimit=1',
  `http.lowSpeedTime=${limits.stallSeconds}`,
  'http.proxy=',
  'http.sslVerify=true',
  ...pinned(host),
  `remote.origin.url=${host.url.href}`,
]
/** Git before 2.37 does not know this setting and resolves the name again; an address needs no resolving. */
const pinned = ({ url, port, addresses }: Host): string[] =>
  isIP(url.hostname.replace(/^\[|\]$/g, ''))
    ? []
    : [`http.curloptResolve=${url.hostname}:${port}:${addresses.map(bracketed).join(',')}`]
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address)

async function run(fetching: Fetching, more: GitRun & { input?: string }): Promise<Buffer> {
  const { folder, limits, signal } = fetching
  const { input, ...given } = more
  const { code, complaint, bytes } = await gitOutput({
    run: { folder, signal, ...given },
    seconds: limits.seconds,
    outputBytes: limits.outputBytes,
    input,
  })
  if (code !== 0) throw new GitFailure(whyFailed(complaint))
  return bytes
}

async function askRemote(fetching: Fetching): Promise<Remote> {
  fetching.progress?.({ says: 'Asking the repository for its default branch' })
  const args = ['ls-remote', '--symref', '--end-of-options', fetching.host.url.href, 'HEAD']
  const protocols = protocolOf(fetching.host)
  const answer = await run(fetching, { folder: undefined, args, protocols, config: transport(fetching) })
  const text = answer.toString('utf8')
  const id = /^([0-9a-f]{40}|[0-9a-f]{64})\tHEAD$/m.exec(text)?.[1]
  if (!id) throw new GitFailure('empty')
  const named = /^ref: (refs\/heads\/[^\s~^:?*[\\]+)\tHEAD$/m.exec(text)?.[1]
  const branch = named ?? 'refs/heads/default'
  return { branch, refspec: `+${named ?? 'HEAD'}:${branch}`, format: id.length === 64 ? 'sha256' : 'sha1' }
}

async function prepare(fetching: Fetching, { format }: Remote): Promise<void> {
  await mkdir(fetching.folder, { recursive: true, mode: 0o700 })
  await run(fetching, { args: ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`] })
}

async function tipOf({ folder, limits, signal }: Fetching, branch: string): Promise<string> {
  const args = ['rev-parse', '--quiet', '--verify', branch]
  const { bytes } = await gitOutput({ run: { folder, args, signal }, ...limits })
  return bytes.toString().trim()
}

async function fetchBranch(fetching: Fetching, { refspec }: Remote): Promise<void> {
  const { folder, host, limits, signal, progress, isPartial } = fetching
  const filter = isPartial ? [`--filter=blob:limit=${limits.blobBytes}`] : []
  const quietly = [
    '--progress',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    '--no-recurse-submodules',
  ]
  const config = [...transport(fetching), ...(isPartial ? ['remote.origin.promisor=true'] : []), 'fetch.unpackLimit=1']
  const args = ['fetch', ...quietly, ...filter, '--end-of-options', 'origin', refspec, '+refs/tags/*:refs/tags/*']
  const child = startGit({ folder, args, signal, config, protocols: protocolOf(host) })
  const { state, stop, release } = guard(child, { seconds: limits.seconds, signal })
  const unwatch = watchSize(folder, limits.mirrorBytes, () => stop('too-large'))
  child.stdin?.end()
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer | string) => tell(String(chunk), progress))
  const end = await ended(child).finally(() => {
    release()
    unwatch()
  })
  if (state.why) throw new GitFailure(state.why)
  if (end.code !== 0) throw new GitFailure(whyFailed(end.complaint))
  if ((await sizeOf(folder)) > limits.mirrorBytes) throw new GitFailure('too-large')
}

function tell(text: string, progress?: GitProgress): void {
  const percent = /Receiving objects:\s+(\d+)%/.exec(text)?.[1]
  if (percent) progress?.({ says: 'Receiving the history', percent: Number(percent) })
}

/** The default branch may have another name than last time: only the present one stays. */
async function settle(fetching: Fetching, { branch }: Remote): Promise<void> {
  await run(fetching, { args: ['symbolic-ref', 'HEAD', branch] })
  const heads = (await run(fetching, { args: ['for-each-ref', '--format=%(refname)', 'refs/heads'] })).toString()
  const gone = heads.split('\n').filter(name => name !== '' && name !== branch)
  if (gone.length === 0) return
  await run(fetching, { args: ['update-ref', '--stdin'], input: gone.map(name => `delete ${name}\n`).join('') })
}

const reasons: readonly (readonly [RegExp, GitRefusalKind])[] = [
  [/no space left|disk quota|not enough space/i, 'no-space'],
  [/could not resolve host/i, 'unknown-host'],
  [/certificate/i, 'untrusted'],
  [/operation too slow|timed out|timeout/i, 'too-slow'],
  [/repository not found|could not read username|authentication failed|error: 40[134]/i, 'not-found'],
  [/not valid: is this a git repository|dumb http|protocol error|bad line length/i, 'not-a-repository'],
  [/bad object|corrupt|inflate|index-pack failed|invalid index|fsck error|did not send all/i, 'damaged'],
]

const whyFailed = (complaint: string): GitRefusalKind =>
  reasons.find(([words]) => words.test(complaint))?.[1] ?? 'unreachable'
