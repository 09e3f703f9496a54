// Reads contents by object id through one lasting `git cat-file` pair: the size first, the bytes only under the limit.
import type { ChildProcess } from 'node:child_process'
import { GitFailure } from './refusal.ts'
import { ended, type GitRun, startGit, stopGit } from './run.ts'

export type BlobAnswer =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: 'too-large'; readonly size: number }
  | { readonly state: 'absent' }

export type ObjectReader = { read(id: string): Promise<BlobAnswer>; close(): void }

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

export function openObjects(
  run: Omit<GitRun, 'args'>,
  { blobBytes, seconds }: { blobBytes: number; seconds: number },
): ObjectReader {
  const sizes = lazily(() =>
    converse(startGit({ ...run, args: ['cat-file', '--batch-check'] }), { seconds, signal: run.signal }),
  )
  const contents = lazily(() =>
    converse(startGit({ ...run, args: ['cat-file', '--batch'] }), { seconds, signal: run.signal }),
  )
  let turn: Promise<unknown> = Promise.resolve()
  const readNow = async (id: string): Promise<BlobAnswer> => {
    try {
      return await readAtOnce(id)
    } catch (error) {
      if (!(error instanceof GitFailure) || error.refusal.kind !== 'damaged') throw error
      // Git gives up when an object of a partial clone is missing: it is absent, and the next question starts anew.
      sizes.drop()
      contents.drop()
      return { state: 'absent' }
    }
  }
  const readAtOnce = async (id: string): Promise<BlobAnswer> => {
    const [, type, size] = (await sizes.get().line(id)).split(' ')
    if (type !== 'blob') return { state: 'absent' }
    if (Number(size) > blobBytes) return { state: 'too-large', size: Number(size) }
    const head = (await contents.get().line(id)).split(' ')
    if (head[1] !== 'blob') return { state: 'absent' }
    const bytes = await contents.get().bytes(Number(head[2]) + 1)
    return { state: 'read', bytes: bytes.subarray(0, -1) }
  }
  return {
    read(id) {
      if (!objectId.test(id)) return Promise.resolve({ state: 'absent' })
      const answer = turn.then(() => readNow(id))
      turn = answer.catch(() => undefined)
      return answer
    },
    close() {
      sizes.drop()
      contents.drop()
    },
  }
}

type Conversation = { line(question: string): Promise<string>; bytes(count: number): Promise<Buffer>; close(): void }

function lazily(make: () => Conversation): { get(): Conversation; drop(): void } {
  let made: Conversation | undefined
  return {
    get: () => {
      made ??= make()
      return made
    },
    drop: () => {
      made?.close()
      made = undefined
    },
  }
}

/** Asks one line, then takes a line or so many bytes of the answer. One question at a time. */
function converse(child: ChildProcess, { seconds, signal }: { seconds: number; signal?: AbortSignal }): Conversation {
  let held: Buffer = Buffer.alloc(0)
  let [failure, wake]: [GitFailure | undefined, () => void] = [undefined, () => undefined]
  const fail = (kind: 'damaged' | 'stopped' | 'too-slow') => {
    failure ??= new GitFailure(kind)
    stopGit(child)
    wake()
  }
  child.stdout?.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    wake()
  })
  ended(child).then(
    () => fail('damaged'),
    () => fail('damaged'),
  )
  const onAbort = () => fail('stopped')
  signal?.addEventListener('abort', onAbort, { once: true })
  const take = async (length: () => number): Promise<Buffer> => {
    const timer = setTimeout(() => fail('too-slow'), seconds * 1000)
    try {
      while (length() === 0 || held.length < length()) {
        if (failure) throw failure
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
    const taken = held.subarray(0, length())
    held = held.subarray(taken.length)
    return taken
  }
  return {
    async line(question) {
      child.stdin?.write(`${question}\n`)
      return (await take(() => held.indexOf(10) + 1)).toString('latin1').trimEnd()
    },
    bytes: count => take(() => count),
    close() {
      signal?.removeEventListener('abort', onAbort)
      stopGit(child)
    },
  }
}
