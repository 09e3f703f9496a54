// The tree of the assessed commit and its contents: found by pattern, read with a limit, links followed inside the tree only.
import { posix } from 'node:path'
import type { Git, TreeEntry } from './source.ts'

/** `says` completes "LICENSE ..." in a sentence. */
export type FileText =
  | { readonly state: 'text'; readonly path: string; readonly blob: string; readonly text: string }
  | { readonly state: 'unread'; readonly path: string; readonly blob: string; readonly says: string }
  | { readonly state: 'outside'; readonly path: string; readonly blob: string; readonly says: string }

export type Files = {
  readonly entries: readonly TreeEntry[]
  readonly has: (path: string) => boolean
  /** Paths of files and links that match as a whole, sorted; submodules are never files. */
  readonly matching: (pattern: RegExp) => string[]
  readonly blobOf: (path: string) => string | undefined
  readonly read: (path: string) => Promise<FileText>
}

const isFile = (entry: TreeEntry): boolean => entry.mode.startsWith('100') || entry.mode === '120000'
const mostLinks = 8

export function filesOf(git: Git, entries: readonly TreeEntry[]): Files {
  const byPath = new Map(entries.filter(isFile).map(entry => [entry.path, entry]))
  const paths = [...byPath.keys()].sort()
  const read = new Map<string, Promise<FileText>>()
  const readOnce = (path: string): Promise<FileText> => {
    const known = read.get(path)
    if (known) return known
    const answer = readThrough(git, byPath, path)
    read.set(path, answer)
    return answer
  }
  return {
    entries,
    has: path => byPath.has(path),
    matching: pattern => paths.filter(path => pattern.test(path)),
    blobOf: path => byPath.get(path)?.id,
    read: readOnce,
  }
}

async function readThrough(git: Git, byPath: ReadonlyMap<string, TreeEntry>, path: string): Promise<FileText> {
  let [at, blob] = [path, byPath.get(path)?.id ?? '']
  for (let links = 0; links <= mostLinks; links += 1) {
    const entry = byPath.get(at)
    if (!entry) return { state: 'outside', path, blob, says: 'is a link to something that is not a file of this tree' }
    const content = await textOf(git, entry)
    if (content.state === 'unread') return { state: 'unread', path, blob: entry.id, says: content.says }
    if (entry.mode !== '120000') return { state: 'text', path, blob: entry.id, text: content.text }
    const target = posix.normalize(posix.join(posix.dirname(at), content.text))
    const leaves = content.text.startsWith('/') || target === '..' || target.startsWith('../')
    blob = entry.id
    if (leaves) return { state: 'outside', path, blob, says: 'is a link that leads out of the repository' }
    at = target
  }
  return { state: 'outside', path, blob, says: 'is a link that leads through too many links' }
}

type Content = { state: 'text'; text: string } | { state: 'unread'; says: string }

async function textOf(git: Git, entry: TreeEntry): Promise<Content> {
  const blob = await git.blob(entry.id)
  if (blob.state === 'absent') return { state: 'unread', says: 'is not in this copy of the repository' }
  if (blob.state === 'too-large') return { state: 'unread', says: `is too large to read (${blob.size} bytes)` }
  if (blob.bytes.includes(0)) return decodeWide(blob.bytes)
  return { state: 'text', text: new TextDecoder().decode(blob.bytes) }
}

/** Licences saved by some editors are UTF-16. */
function decodeWide(bytes: Uint8Array): Content {
  const mark = `${bytes[0]},${bytes[1]}`
  const encoding = mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : undefined
  if (!encoding) return { state: 'unread', says: 'is not text' }
  return { state: 'text', text: new TextDecoder(encoding).decode(bytes) }
}

/** 1 for the first line. */
export const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length
