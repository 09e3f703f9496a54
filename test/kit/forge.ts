// A forge on loopback: recorded answers by path, with entity tags, a budget, and what it was asked.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { KeptAnswer, KeptAnswers } from '#adapters/forge/words.ts'

export type Recorded = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type TestForge = {
  readonly base: string
  /** By path and query; everything else is 404. A test may change what is recorded. */
  readonly answers: Map<string, Recorded>
  /** What was asked: the path, whether a token came along, and the status that was answered. */
  readonly asked: { readonly path: string; readonly token: string | undefined; readonly status: number }[]
  /** Requests left in this hour. */
  left: number
  /** By the forge's own clock, in milliseconds. */
  clock: number
}

export async function testForge(t: TestContext): Promise<TestForge> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const recorded = forge.answers.get(path) ?? { status: 404, body: { message: 'Not Found' } }
    const body = JSON.stringify(recorded.body ?? {})
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`
    const isSame = recorded.status === undefined && request.headers['if-none-match'] === etag
    const status = isSame ? 304 : (recorded.status ?? 200)
    if (!isSame) forge.left -= 1
    forge.asked.push({ path, token: request.headers.authorization, status })
    response.writeHead(status, {
      date: new Date(forge.clock).toUTCString(),
      'content-type': 'application/json',
      'x-ratelimit-remaining': String(Math.max(0, forge.left)),
      'x-ratelimit-reset': String(Math.floor(forge.clock / 1000) + 3600),
      ...(status === 200 && { etag }),
      ...recorded.headers,
    })
    response.end(isSame ? undefined : body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo // listening on TCP
  const forge: TestForge = {
    base: `http://127.0.0.1:${port}`,
    answers: new Map(),
    asked: [],
    left: 5000,
    clock: Date.UTC(2026, 5, 1, 12),
  }
  return forge
}

export const keptAnswers = (): KeptAnswers & { readonly kept: Map<string, KeptAnswer> } => {
  const kept = new Map<string, KeptAnswer>()
  return {
    kept,
    get: async address => kept.get(address),
    put: async (address, answer) => void kept.set(address, answer),
  }
}

const repository = '/repos/meadow-works/sowing-machine'

/** Answers in the form of GitHub's, cut to some of their members, about a repository that does not exist. */
export const recordedAnswers: readonly (readonly [string, Recorded])[] = [
  [
    repository,
    {
      body: {
        id: 4711,
        full_name: 'meadow-works/sowing-machine',
        private: false,
        owner: { login: 'meadow-works', id: 815, type: 'Organization' },
        stargazers_count: 1234,
        forks_count: 56,
        archived: false,
        default_branch: 'trunk',
      },
    },
  ],
  [
    `${repository}/releases/latest`,
    {
      body: {
        tag_name: 'v2.1.0',
        draft: false,
        prerelease: false,
        published_at: '2026-05-20T08:30:00Z',
        assets: [{ download_count: 300 }, { download_count: 41 }],
      },
    },
  ],
  [
    `${repository}/actions/runs?branch=trunk&status=success&created=%3E%3D2026-05-18&per_page=1`,
    { body: { total_count: 17, workflow_runs: [{ id: 1, conclusion: 'success' }] } },
  ],
  ['/orgs/meadow-works', { body: { login: 'meadow-works', type: 'Organization' } }],
]
