// The whole program as a process of its own, on a data folder that goes with the test.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
export const exampleCharter = join(root, 'charters', 'example')

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }
export type Settings = Readonly<Record<string, string>>

const begin = (args: readonly string[], settings: Settings, cwd = root) =>
  spawn(process.execPath, [join(root, 'bin', 'guildhall.mjs'), ...args], {
    cwd,
    // Nothing of the world outside is read unless the test asks for it.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CHARTER: exampleCharter, WATCH: 'false', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs a command to its end. */
export async function run(args: readonly string[], settings: Settings, cwd = root): Promise<Ran> {
  const child = begin(args, settings, cwd)
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => (out += text))
  child.stderr.setEncoding('utf8').on('data', text => (err += text))
  const [code] = (await once(child, 'close')) as [number | null] // as node:child_process says
  return { code, out, err }
}

const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/**
 * A port of this machine that nobody listened on a moment ago. Not one that the system gives out by itself: until the
 * program that is to have it listens, seconds later, any connection of another test could be given the same.
 */
export async function freePort(): Promise<string> {
  const port = randomInt(20_000, 32_000)
  return (await listens(port)) ? String(port) : freePort()
}

const folders: string[] = []
// At the very end: a program whose folder went before it could not close its database.
after(() => Promise.all(folders.map(folder => rm(folder, { recursive: true, force: true }))))

/** A folder for DATA_DIR, removed when all tests of the file have ended. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-bad-'))
  folders.push(folder)
  return folder
}

export type Program = {
  readonly url: string
  /** The path of the link that signs the first officer in. */
  readonly link: string
  readonly said: () => string
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** Serves on a port that the test names; ended with the test at the latest. With other words, as `demo`, in a folder. */
export async function serveProgram(
  t: TestContext,
  settings: Settings & { readonly PORT: string },
  { words = ['serve'], cwd = root }: { words?: readonly string[]; cwd?: string } = {},
): Promise<Program> {
  const child = begin(words, settings, cwd)
  const ended = once(child, 'close')
  let said = ''
  const link = await new Promise<string>((resolve, reject) => {
    const hear = (text: string) => {
      said += text
      const found = /first officer \S*?(\/sign-in\/link\?\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.once('close', () => reject(new Error(`The program ended: ${said}`)))
  })
  const end: Program['end'] = async signal => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  t.after(() => end('SIGTERM'))
  return { url: `http://localhost:${settings.PORT}`, link, said: () => said, end }
}
