// One program per data folder: a lock file that names its holder, never expires under a live one and outlives no dead one.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { codeOf } from './errors.ts'
import { type Holder, isAlive, self } from './processes.ts'

export type Lock = { release(): void }

function holderOf(path: string): Holder | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8'))
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined
  } catch {
    return undefined
  }
}

/** Makes the file whole in one step, so that nobody ever reads a lock without its holder. */
function createWhole(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const release = (path: string) => (): void => {
  const holder = holderOf(path)
  if (holder?.pid === process.pid && isAlive(holder)) rmSync(path, { force: true })
}

/**
 * A dead holder's lock is replaced while holding a second lock of the same kind: without it two takers could both see
 * the dead holder, and the slower would throw out the faster.
 */
function takeOver(own: string, path: string): Lock | Holder {
  const right = acquireLock(`${path}.takeover`)
  if (!('release' in right)) return right
  try {
    const holder = holderOf(path)
    if (holder && isAlive(holder)) return holder
    renameSync(own, path)
    return { release: release(path) }
  } finally {
    right.release()
  }
}

/** Gives the lock, or the live process that holds it. */
export function acquireLock(path: string): Lock | Holder {
  const own = `${path}.${process.pid}`
  writeFileSync(own, JSON.stringify(self()))
  try {
    if (createWhole(own, path)) return { release: release(path) }
    const holder = holderOf(path)
    return holder && isAlive(holder) ? holder : takeOver(own, path)
  } finally {
    rmSync(own, { force: true })
  }
}
