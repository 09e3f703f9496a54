// Up to when a copy on this disk is known to hold its branch whole: by what it has from its origin, and by its last fetch.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

type Ask = (...args: string[]) => Promise<{ readonly code: number; readonly bytes: Buffer }>
type Ref = { readonly name: string; readonly id: string; readonly time: number }
export type Copy = { readonly folder: string; readonly branch: string; readonly tip: string }

const refFormat = '%(refname)%00%(objectname)%00%(committerdate:unix)'

/**
 * Seconds since 1970. Commits made here say nothing of what was fetched, so where the branch follows one of a remote, that
 * remote's branches tell; where it lacks commits of that one, it is whole only up to its own tip.
 */
export async function completeUntil(ask: Ask, { folder, branch, tip }: Copy): Promise<number> {
  const [own, refs] = await Promise.all([timeOf(ask, tip), refsOf(ask)])
  const short = branch.replace(/^refs\/heads\//, '')
  const followed = refs.filter(({ name }) => /^refs\/remotes\/[^/]+\/(.*)$/.exec(name)?.[1] === short)
  const remotes = refs.filter(({ name }) => name.startsWith('refs/remotes/'))
  for (const { id } of followed) if (id !== tip && !(await isReached(ask, id, tip))) return own
  const fetched = await lastFetch(folder, short, [tip, ...followed.map(({ id }) => id)])
  const cloned = followed.length === 1 ? await clonedAt(folder) : 0
  if (followed.length > 0) return Math.max(newestOf(followed, remotes), fetched, cloned)
  return Math.max(own, ...(remotes.length > 0 ? [] : refs.map(({ time }) => time)), fetched)
}

const remoteOf = ({ name }: Ref): string | undefined => name.split('/')[2]

/** Of several remotes the one that was fetched least lately: what another has may not have come from there. */
const newestOf = (followed: readonly Ref[], remotes: readonly Ref[]): number =>
  Math.min(
    ...followed.map(one => Math.max(...remotes.filter(ref => remoteOf(ref) === remoteOf(one)).map(({ time }) => time))),
  )

async function timeOf(ask: Ask, tip: string): Promise<number> {
  const { bytes } = await ask('log', '-1', '--format=%ct', '--no-show-signature', '--end-of-options', tip, '--')
  return Number(bytes.toString().trim())
}

async function refsOf(ask: Ask): Promise<Ref[]> {
  const { bytes } = await ask('for-each-ref', `--format=${refFormat}`, 'refs/heads', 'refs/remotes')
  return bytes
    .toString()
    .split('\n')
    .map(line => line.split('\0'))
    .flatMap(([name = '', id = '', time = '']) => (/^\d+$/.test(time) ? [{ name, id, time: Number(time) }] : []))
}

const isReached = async (ask: Ask, id: string, from: string): Promise<boolean> =>
  (await ask('merge-base', '--is-ancestor', id, from)).code === 0

/**
 * When it was cloned over a network, by Git's own note of it, which stays true wherever the folder is copied; 0 where
 * nothing tells. What was cloned from a folder is only as new as that folder was.
 */
async function clonedAt(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'logs', 'HEAD'), 'utf8').catch(() => '')
  const [, seconds = '', from = ''] = /^0+ [0-9a-f]+ .*> (\d+) [+-]\d{4}\tclone: from (\S+)/.exec(text) ?? []
  const isRemote = /^(?:https?|ssh|git):\/\//.test(from) || /^[\w.-]+@[\w.-]+:/.test(from)
  return isRemote && Number(seconds) * 1000 <= Date.now() ? Number(seconds) : 0
}

/** A folder that was copied by hand has all its files from the same moment, which then says nothing of a fetch. */
const leastAfterConfig = 3_600_000

/** 0 where nothing tells. The file names each branch that was fetched, and its time is that of the fetch. */
async function lastFetch(folder: string, branch: string, ids: readonly string[]): Promise<number> {
  const file = join(folder, 'FETCH_HEAD')
  const [text, fetched, config] = await Promise.all([
    readFile(file, 'utf8').catch(() => ''),
    stat(file).catch(() => undefined),
    stat(join(folder, 'config')).catch(() => undefined),
  ])
  if (!fetched || !config || fetched.mtimeMs - config.mtimeMs < leastAfterConfig) return 0
  const hasBranch = text
    .split('\n')
    .some(line => ids.includes(line.split('\t')[0] ?? '') && line.includes(`\tbranch '${branch}' of `))
  return hasBranch && fetched.mtimeMs <= Date.now() ? Math.floor(fetched.mtimeMs / 1000) : 0
}
