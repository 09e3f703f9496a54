// Histories of a given length, made by `git fast-import`, and their floor: `git log` of the same fields, piped to nowhere.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { logFormat } from '#domains/assessments/engine/table.ts'

const start = 1_600_000_000
export const secondsApart = 9000
export const endOf = (commits: number): number => start + commits * secondsApart

/** Commits of 400 people at ten a day, a fifth signed off, a ninth with a co-author, in bodies of a usual length. */
export async function makeHistory(folder: string, count: number): Promise<void> {
  spawnSync('git', ['init', '-q', '--bare', '-b', 'main', folder])
  const child = spawn('git', ['-C', folder, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] })
  for (let index = 0; index < count; index += 1)
    if (!child.stdin.write(commitText(index))) await once(child.stdin, 'drain')
  child.stdin.end()
  await once(child, 'close')
}

/** Every twentieth writes a file, so that most of the time goes into commits. */
function commitText(index: number): string {
  const person = (index * 7919) % 400
  const who = `Person ${person} <person${person}@host${person % 40}.example> ${start + index * secondsApart} +0000`
  const signed =
    index % 5 === 0 ? `\n\nSigned-off-by: Person ${person} <person${person}@host${person % 40}.example>` : ''
  const also = index % 9 === 0 ? `\nCo-authored-by: Other <other${person}@host1.example>` : ''
  const body = `Change number ${index}\n\n${'Why it was done, in a few words. '.repeat(6)}${signed}${also}\n`
  const file =
    index % 20 === 0 ? `M 100644 inline src/file${index % 200}.txt\ndata ${String(index).length}\n${index}\n` : ''
  return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata ${Buffer.byteLength(body)}\n${body}\n${file}\n`
}

export async function logToNowhere(folder: string): Promise<void> {
  const args = ['-C', folder, 'log', '-z', `--format=tformat:${logFormat}`, 'refs/heads/main', '--']
  const child = spawn('git', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  await once(child, 'close')
}

export const gitIn = (folder: string, ...args: string[]): string =>
  spawnSync('git', ['-C', folder, ...args])
    .stdout.toString()
    .trim()
