// The way in: a mirror of a public address, or a repository on this disk that the operator has allowed.
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { type AddressRules, parseAddress } from './address.ts'
import { fetchInto, type GitProgress } from './fetch.ts'
import { clearLeftovers } from './folder.ts'
import { type GitLimits, usualLimits } from './limits.ts'
import { followRedirects } from './redirects.ts'
import { GitFailure, type GitRefusal } from './refusal.ts'
import { openRepository, type Repository } from './repository.ts'

export type Mirror = Repository

export type MirrorRequest = {
  readonly address: string
  /** Of this mirror alone. One process at a time may open it. */
  readonly folder: string
  /** Folders in which local repositories may lie. */
  readonly allowLocal?: readonly string[]
  /** For tests and networks of one's own: plain http and addresses that are not public. */
  readonly rules?: AddressRules
  readonly isPartial?: boolean
  readonly limits?: Partial<GitLimits>
  readonly signal?: AbortSignal
  readonly progress?: GitProgress
}

/** Makes or updates the mirror and opens it. Refusals never repeat the address, which may hold a secret. */
export function openMirror(request: MirrorRequest): Promise<Mirror | GitRefusal> {
  return refusing(() => (isAbsolute(request.address) ? openAllowed(request) : mirror(request)))
}

/** A bare repository or a checkout, read in place; its own configuration is overruled and nothing is written. */
export function openLocal(
  path: string,
  { limits, signal, isCopy }: { limits?: Partial<GitLimits>; signal?: AbortSignal; isCopy?: boolean } = {},
): Promise<Mirror | GitRefusal> {
  return refusing(async () => {
    const folder = await gitFolder(path)
    return openRepository({
      address: path,
      folder,
      limits: { ...usualLimits, ...limits },
      signal,
      isOwn: false,
      isCopy,
    })
  })
}

export const isRefusal = (answer: Mirror | GitRefusal): answer is GitRefusal => 'kind' in answer

async function refusing(open: () => Promise<Mirror | GitRefusal>): Promise<Mirror | GitRefusal> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof GitFailure) return error.refusal
    throw error
  }
}

async function mirror(request: MirrorRequest): Promise<Mirror> {
  const { address, folder, rules, signal, progress, isPartial = true } = request
  const limits = { ...usualLimits, ...request.limits }
  const url = parseAddress(address, rules)
  await clearLeftovers(folder, limits.seconds * 2)
  const host = await followRedirects(url, { ...rules, seconds: Math.min(limits.seconds, limits.stallSeconds), signal })
  await fetchInto({ host, folder, limits, signal, progress, isPartial })
  return openRepository({ address: url.href, folder, limits, signal, isOwn: true })
}

/** Both sides with their links resolved, so that no link leads out of an allowed folder. */
async function openAllowed({ address, allowLocal = [], limits, signal }: MirrorRequest): Promise<Mirror | GitRefusal> {
  const roots = await Promise.all(allowLocal.map(root => realpath(root).catch(() => undefined)))
  const real = await realpath(address).catch(() => undefined)
  const isInside = roots.some(root => root !== undefined && real !== undefined && contains(root, real))
  if (!isInside || real === undefined) throw new GitFailure('local-not-allowed')
  return openLocal(real, { limits, signal })
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

/** `.git` may be a file that points elsewhere, as in linked worktrees: that is not followed. */
async function gitFolder(path: string): Promise<string> {
  for (const folder of [join(path, '.git'), path]) {
    const parts = await Promise.all(['HEAD', 'objects'].map(name => stat(join(folder, name)).catch(() => undefined)))
    if (parts.every(part => part !== undefined)) return folder
  }
  throw new GitFailure('not-a-repository')
}
