// Runs git with nothing of the surroundings: no configuration, hooks, prompts, helpers or local protocols, and with limits.
import { type ChildProcess, spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { resolve } from 'node:path'
import { GitFailure } from './refusal.ts'

export type GitRun = {
  /** The bare repository or `.git` folder; none for asking a remote. */
  readonly folder?: string
  readonly args: readonly string[]
  /** Protocols of this run; none for everything that only reads. */
  readonly protocols?: string
  readonly config?: readonly string[]
  readonly signal?: AbortSignal
}

/** Each closes a way by which a repository, or whoever set up this machine, could make git do more than is asked. */
const fixedConfig = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.symlinks=false',
  'core.attributesFile=/dev/null',
  'core.pager=cat',
  'core.askPass=true',
  'core.sshCommand=false',
  'core.alternateRefsCommand=true',
  'core.commitGraph=true',
  'core.quotePath=false',
  'credential.helper=',
  'credential.interactive=never',
  'diff.external=',
  'fetch.recurseSubmodules=false',
  'fetch.writeCommitGraph=false',
  'gc.auto=0',
  'gpg.program=false',
  'gpg.ssh.program=false',
  'gpg.x509.program=false',
  'i18n.logOutputEncoding=UTF-8',
  'log.showSignature=false',
  'log.mailmap=true',
  'mailmap.file=/dev/null',
  'maintenance.auto=false',
  'protocol.allow=never',
  'safe.directory=*',
  'submodule.recurse=false',
  'uploadpack.packObjectsHook=',
]

/** A folder that cannot exist, so that nobody can put anything into it. */
const emptyHome = `${devNull}/none`

/** The environment is made anew: a variable that is not here does not reach git. */
const environment = (protocols: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: emptyHome,
  XDG_CONFIG_HOME: emptyHome,
  LC_ALL: 'C',
  GIT_ALLOW_PROTOCOL: protocols,
  GIT_ASKPASS: 'true',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_GRAFT_FILE: devNull,
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PAGER: 'cat',
  GIT_PROTOCOL_FROM_USER: '0',
  GIT_SSH_COMMAND: 'false',
  GIT_TERMINAL_PROMPT: '0',
  SSH_ASKPASS: 'true',
})

/** In a process group of its own, so that git's own helpers end with it. */
export function startGit({ folder, args, protocols = 'none', config = [] }: GitRun): ChildProcess {
  const settings = [...fixedConfig, ...config].flatMap(setting => ['-c', setting])
  // Git runs at the root: a folder named from where this program runs would be another one there.
  const where = folder ? [`--git-dir=${resolve(folder)}`] : []
  const child = spawn('git', [...settings, '--no-pager', ...where, ...args], {
    cwd: '/',
    env: environment(protocols),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  child.stderr?.on('error', () => undefined)
  child.stdin?.on('error', () => undefined)
  return child
}

export function stopGit(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

export type Ended = { readonly code: number; readonly complaint: string }

const complaintBytes = 16_384

/** Resolves when the process has ended; `complaint` is for classifying only and is never shown. */
export function ended(child: ChildProcess): Promise<Ended> {
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    // The end: what went wrong is said last, after all the progress.
    complaint = (complaint + text).slice(-complaintBytes)
  })
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(isMissing(error) ? new GitFailure('no-git') : error))
    child.once('close', code => resolve({ code: code ?? -1, complaint }))
  })
}

const isMissing = (error: Error): boolean => 'code' in error && error.code === 'ENOENT'

/** Ends the process at the time limit or when asked to; `why` tells which, and the caller may set it. */
export function guard(child: ChildProcess, { seconds, signal }: { seconds: number; signal?: AbortSignal }) {
  const state: { why?: 'too-slow' | 'stopped' | 'too-large' } = {}
  const stop = (why: NonNullable<typeof state.why>) => {
    state.why ??= why
    stopGit(child)
  }
  const onAbort = () => stop('stopped')
  const timer = setTimeout(() => stop('too-slow'), seconds * 1000)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  const release = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
  return { state, stop, release }
}

export type Whole = {
  readonly run: GitRun
  readonly seconds: number
  readonly outputBytes: number
  readonly input?: string | Uint8Array
}
export type Output = Ended & { readonly bytes: Buffer }

/** Runs to the end and holds the output; throws a GitFailure when a limit is passed or the run is stopped. */
export async function gitOutput({ run, seconds, outputBytes, input }: Whole): Promise<Output> {
  const child = startGit(run)
  const { state, stop, release } = guard(child, { seconds, signal: run.signal })
  const chunks: Buffer[] = []
  let size = 0
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > outputBytes) stop('too-large')
    else chunks.push(chunk)
  })
  child.stdin?.end(input)
  const end = await ended(child).finally(release)
  if (state.why) throw new GitFailure(state.why)
  return { ...end, bytes: Buffer.concat(chunks) }
}
