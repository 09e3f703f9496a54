// Whole answers for public pages, kept until the next act: in front of everything else, so that a kept page costs what a file costs.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { sha256 } from '#base/canonical.ts'

type Kept = {
  readonly version: string
  readonly until: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly zipped: Buffer
  readonly etag: string
}

export type PageCache = {
  /** Answers from what is kept, or undefined. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
  /** Keeps a public answer for its address. */
  readonly keep: (address: string, version: string, answer: Response) => Promise<void>
}

const most = 500
/** Pages say "in 3 days": they may be a minute old, no more. */
const milliseconds = 60_000
const kept = [
  'content-type',
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
  'strict-transport-security',
  'permissions-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'link',
]

/** Signed-in visitors, and those just back from an act, are never answered from here. */
export const isPublicRequest = (method: string | undefined, url: string, isPersonal: boolean): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !isPersonal &&
  !/[?&]done=/.test(url) &&
  !/^\/(auth|acts|sign-in|outbox|desk)\b/.test(url)

function send(request: IncomingMessage, response: ServerResponse, page: Kept): true {
  const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const headers = { ...page.headers, etag: page.etag, 'cache-control': 'no-cache', vary: 'accept-encoding, cookie' }
  if (request.headers['if-none-match'] === page.etag) {
    response.writeHead(304, headers).end()
    return true
  }
  const body = isZipped ? page.zipped : page.body
  const encoded = isZipped ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(200, { ...headers, ...encoded, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
  return true
}

export function pageCache(version: () => Promise<string>, now: () => number = Date.now): PageCache {
  const pages = new Map<string, Kept>()
  return {
    async answer(request, response) {
      const { url = '/', method, headers } = request
      const isPersonal = headers.cookie !== undefined || headers.authorization !== undefined
      if (!isPublicRequest(method, url, isPersonal)) return false
      const page = pages.get(url)
      if (!page || page.until < now() || page.version !== (await version())) return false
      return send(request, response, page)
    },
    async keep(address, made, answer) {
      const body = Buffer.from(await answer.arrayBuffer())
      const headers = Object.fromEntries(
        kept.flatMap(name => (answer.headers.has(name) ? [[name, answer.headers.get(name) ?? '']] : [])),
      )
      pages.delete(address)
      pages.set(address, {
        version: made,
        until: now() + milliseconds,
        headers,
        body,
        zipped: gzipSync(body, { level: 6 }),
        etag: `"${sha256(body).slice(0, 24)}"`,
      })
      if (pages.size > most) pages.delete(pages.keys().next().value ?? '')
    },
  }
}
