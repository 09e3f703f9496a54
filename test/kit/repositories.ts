// For tests: real repositories made with real git in a folder of their own, and a loopback server that serves them.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

export function scratch(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-git-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada Sample',
  GIT_AUTHOR_EMAIL: 'ada@sample.example',
  GIT_COMMITTER_NAME: 'Ada Sample',
  GIT_COMMITTER_EMAIL: 'ada@sample.example',
}

/** Runs git as a careless user would; throws when it fails. */
export function git(folder: string, args: readonly string[], input?: string | Uint8Array): string {
  const done = spawnSync('git', ['-C', folder, ...args], { input, env, maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`git ${args[0]}: ${done.stderr}`)
  return done.stdout.toString()
}

export type FakeCommit = {
  readonly at: number | string
  readonly author?: string
  readonly committer?: string
  readonly message?: string
  /** Mode (100644 unless given) and contents by path; with `null` the path goes. */
  readonly files?: { readonly [path: string]: string | null | { readonly mode: string; readonly text: string } }
  /** Marks of further parents: the first commit has mark 1. */
  readonly merges?: readonly number[]
}

const seconds = (at: number | string): number => (typeof at === 'number' ? at : Math.floor(Date.parse(at) / 1000))
const blob = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`
const quoted = (path: string): string => JSON.stringify(path).replaceAll('\\u0001', '\\001')

function commitText(commit: FakeCommit, index: number, branch: string): string {
  const person = commit.author ?? 'Ada Sample <ada@sample.example>'
  const when = `${seconds(commit.at)} +0000`
  const files = Object.entries(commit.files ?? {}).map(([path, content]) => {
    if (content === null) return `D ${quoted(path)}\n`
    const { mode, text } = typeof content === 'string' ? { mode: '100644', text: content } : content
    return mode === '160000' ? `M 160000 ${text} ${quoted(path)}\n` : `M ${mode} inline ${quoted(path)}\n${blob(text)}`
  })
  const merges = (commit.merges ?? []).map(mark => `merge :${mark}\n`).join('')
  const people = `author ${person} ${when}\ncommitter ${commit.committer ?? person} ${when}\n`
  return `commit ${branch}\nmark :${index + 1}\n${people}${blob(commit.message ?? 'Change')}${merges}${files.join('')}\n`
}

/** A bare repository with these commits, oldest first, on `refs/heads/main`. */
export function makeRepository(
  folder: string,
  commits: readonly FakeCommit[],
  more: { format?: string; branch?: string } = {},
): string {
  const { format = 'sha1', branch = 'main' } = more
  git('/', ['init', '-q', '--bare', `--object-format=${format}`, '-b', branch, folder])
  const stream = commits.map((commit, index) => commitText(commit, index, `refs/heads/${branch}`)).join('')
  git(folder, ['fast-import', '--quiet', '--date-format=raw'], stream)
  return folder
}

export type Served = { readonly address: string; readonly requests: string[] }

/** Serves the repositories in `root` over smart HTTP on loopback, by git's own CGI program. */
export function serveRepositories(context: TestContext, root: string): Promise<Served> {
  return serve(context, (request, response) => backend(root, request, response))
}

export async function serve(context: TestContext, listener: RequestListener): Promise<Served> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    listener(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // a listening TCP server has one
  return { address: `http://127.0.0.1:${port}`, requests }
}

function backend(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const child = spawn('git', ['-c', 'safe.directory=*', '-c', 'uploadpack.allowFilter=true', 'http-backend'], {
    env: {
      ...env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      REMOTE_ADDR: '127.0.0.1',
    },
  })
  child.stdin.on('error', () => undefined)
  request.pipe(child.stdin)
  let head: Buffer | undefined = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    if (!head) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return
    sendHead(response, head.subarray(0, end).toString())
    response.write(head.subarray(end + 4))
    head = undefined
  })
  child.on('close', () => response.end())
}

function sendHead(response: ServerResponse, text: string): void {
  for (const line of text.split('\r\n')) {
    const [name = '', value = ''] = line.split(/:\s*/, 2)
    if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
}
