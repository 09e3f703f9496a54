// A visitor without scripts: requests with a cookie jar, forms sent as a browser sends them, signing in by the mailed link.
import assert from 'node:assert/strict'
import type { Hono } from 'hono'
import type { OutboxLetter } from '#adapters/mail/post.ts'
import { formDataOf } from './form-fields.ts'

export type Answer = {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** Where a redirect leads. */
  readonly location: string | null
}

export type Fields = Record<string, string> | [string, string][]

export type Visit = {
  readonly cookies: ReadonlyMap<string, string>
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  /** Sends fields as a form of this site would; as pairs where a name comes more than once. */
  readonly post: (path: string, fields: Fields, headers?: Record<string, string>) => Promise<Answer>
  /** Opens a page and goes along every redirect within the site. */
  readonly follow: (path: string) => Promise<Answer & { readonly path: string }>
  /** Fills in and sends the form on this page whose action it is; what is not given stays as the page has it. */
  readonly submit: (path: string, action: string, fields?: Record<string, string>) => Promise<Answer>
  /** Asks for a link, finds it in the outbox and clicks it. */
  readonly signIn: (email: string, returnTo?: string) => Promise<Answer>
  /** Signs in and registers. */
  readonly register: (email: string, name: string) => Promise<void>
}

type Place = {
  readonly site: Hono
  readonly baseUrl: string
  readonly letters: () => Promise<readonly OutboxLetter[]>
}

/** The only address in a letter. */
export const linkIn = (letter: OutboxLetter | undefined): URL => {
  const found = /https?:\/\/\S+/.exec(letter?.text ?? '')?.[0]
  if (!found) throw new Error('There is no letter with a link')
  return new URL(found)
}

/** As @hono/node-server gives it for a request from this machine. */
const fromLoopback = { incoming: { socket: { remoteAddress: '127.0.0.1', remotePort: 50_000, remoteFamily: 'IPv4' } } }

function formWith(markup: string, action: string): FormData {
  const start = markup.search(new RegExp(`<form[^>]*action="${action.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`))
  if (start < 0) throw new Error(`There is no form for ${action} on this page`)
  return formDataOf(markup.slice(start, markup.indexOf('</form>', start)))
}

function browser({ site, baseUrl }: Place) {
  const cookies = new Map<string, string>()
  const keep = (set: readonly string[]): void => {
    for (const line of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  async function send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers)
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (jar !== '' && !headers.has('cookie')) headers.set('cookie', jar)
    const answer = await site.request(new Request(`${baseUrl}${path}`, { ...init, headers }), undefined, fromLoopback)
    keep(answer.headers.getSetCookie())
    const location = answer.headers.get('location')
    return { status: answer.status, headers: answer.headers, text: await answer.text(), location }
  }
  return { cookies, send }
}

const localPath = (location: string, baseUrl: string): string => {
  const url = new URL(location, baseUrl)
  assert.equal(url.origin, baseUrl, `A redirect leads away from the site: ${location}`)
  return `${url.pathname}${url.search}`
}

export function visitor(place: Place): Visit {
  const { cookies, send } = browser(place)
  const { baseUrl, letters } = place
  const get: Visit['get'] = (path, headers = {}) => send(path, { headers })
  const post: Visit['post'] = (path, fields, headers = {}) =>
    send(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: baseUrl, ...headers } })
  const follow: Visit['follow'] = async path => {
    const answer = await get(path)
    return answer.location ? follow(localPath(answer.location, baseUrl)) : { ...answer, path }
  }
  const submit: Visit['submit'] = async (path, action, fields = {}) => {
    const { text } = await get(path)
    const data = formWith(text, action)
    for (const [name, value] of Object.entries(fields)) data.set(name, value)
    return post(action, Object.fromEntries([...data].map(([name, value]) => [name, String(value)])))
  }
  const signIn: Visit['signIn'] = async (email, returnTo = '/desk') => {
    const asked = await submit(`/sign-in?return=${encodeURIComponent(returnTo)}`, '/sign-in', { email })
    assert.equal(asked.status, 303, asked.text)
    const url = linkIn((await letters()).find(({ to }) => to === email.toLowerCase()))
    const taken = await submit(`${url.pathname}${url.search}`, '/sign-in/link')
    assert.equal(taken.status, 303, taken.text)
    return follow(localPath(taken.location ?? '', baseUrl))
  }
  const register: Visit['register'] = async (email, name) => {
    await signIn(email)
    const done = await submit('/welcome', '/acts/people/register', { name, showName: 'true' })
    assert.equal(done.status, 303, done.text)
  }
  return { cookies, get, post, follow, submit, signIn, register }
}
