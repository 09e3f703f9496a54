// Asking a forge: conditionally, within a budget, never following it to another host, and never more than it lets us.
import { messageOf } from '#database/errors.ts'
import type { KeptAnswers } from './words.ts'

export type Asking = {
  /** Where the interface of the forge is, such as https://api.github.com */
  readonly base: string
  readonly token?: string
  /** Requests per hour that are left to other programs with the same token. */
  readonly reserve: number
  readonly now: () => number
}

/** What the forge answered. `at` is its own clock's time, in milliseconds. */
export type Answer =
  | { readonly found: unknown; readonly at: number }
  | { readonly missing: string }
  /** Nothing more is to be asked before that time, in milliseconds. */
  | { readonly later: number; readonly why: string }

const seconds = 15
const mostBytes = 1_000_000
const mostRedirects = 3

const headersOf = ({ token }: Asking, etag: string | undefined): Record<string, string> => ({
  accept: 'application/vnd.github+json',
  'user-agent': 'guildhall',
  'x-github-api-version': '2022-11-28',
  ...(token && { authorization: `Bearer ${token}` }),
  ...(etag && { 'if-none-match': etag }),
})

async function textOf(response: Response): Promise<string | undefined> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true })
    if (text.length > mostBytes) return undefined
  }
  return text
}

/** A repository that moved answers with its new address; the token goes to no other host. */
async function follow(url: URL, init: RequestInit): Promise<Response | undefined> {
  let at = url
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await fetch(at, { ...init, redirect: 'manual' })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status === 304 || response.status >= 400 || !location) return response
    await response.body?.cancel()
    const next = new URL(location, at)
    if (next.origin !== url.origin) return undefined
    at = next
  }
  return undefined
}

const numberIn = (headers: Headers, name: string): number | undefined => {
  const text = headers.get(name)
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined
}

/** Until when to be silent: as the forge asks, or until its count begins anew when little of it is left. */
function silence({ headers, status }: Response, { reserve, now }: Asking): number | undefined {
  const wait = numberIn(headers, 'retry-after')
  if (wait !== undefined && [403, 429, 503].includes(status)) return now() + wait * 1000
  const left = numberIn(headers, 'x-ratelimit-remaining')
  const reset = numberIn(headers, 'x-ratelimit-reset')
  if (left !== undefined && reset !== undefined && left <= reserve) return reset * 1000
  return status === 429 ? now() + 60_000 : undefined
}

const reasons: Readonly<Record<number, string>> = {
  401: 'the forge refuses our token',
  403: 'the forge shows it only to those who own it',
  404: 'the forge knows nothing of it, or shows it to nobody',
  410: 'the forge has it no more',
  451: 'the forge may not show it',
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One forge's door. Once it asks for silence, every further question is answered with `later` without being sent. */
export function askerOf(asking: Asking) {
  let silentUntil = 0

  async function answered(response: Response, address: string, kept: KeptAnswers): Promise<Answer> {
    const at = Date.parse(response.headers.get('date') ?? '') || asking.now()
    const known = response.status === 304 ? await kept.get(address) : undefined
    if (known) return { found: parsed(known.body), at }
    if (response.status !== 200) {
      await response.body?.cancel()
      return { missing: reasons[response.status] ?? `the forge answered ${response.status}` }
    }
    const body = await textOf(response)
    const found = body === undefined ? undefined : parsed(body)
    if (body === undefined || found === undefined)
      return { missing: 'the forge answered something that cannot be read' }
    const etag = response.headers.get('etag')
    if (etag) await kept.put(address, { etag, body })
    return { found, at }
  }

  return async function ask(path: string, kept: KeptAnswers, signal?: AbortSignal): Promise<Answer> {
    if (asking.now() < silentUntil) return { later: silentUntil, why: 'the forge allows no more questions for now' }
    const url = new URL(path, asking.base)
    const limit = AbortSignal.timeout(seconds * 1000)
    const known = await kept.get(url.href)
    try {
      const response = await follow(url, {
        headers: headersOf(asking, known?.etag),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      if (!response) return { missing: 'the forge leads elsewhere' }
      silentUntil = Math.max(silentUntil, silence(response, asking) ?? 0)
      if ([403, 429, 503].includes(response.status) && silentUntil > asking.now()) {
        await response.body?.cancel()
        return { later: silentUntil, why: 'the forge allows no more questions for now' }
      }
      return await answered(response, url.href, kept)
    } catch (error) {
      signal?.throwIfAborted()
      return { missing: limit.aborted ? `the forge did not answer within ${seconds} seconds` : unreachable(error) }
    }
  }
}

/** The reason of a failed request lies below `fetch failed`, and never holds more than a host's name. */
const unreachable = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : messageOf(error)
  return `the forge cannot be reached (${code})`
}

export type Ask = ReturnType<typeof askerOf>
