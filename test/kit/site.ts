// The site over a test house: pages and forms as a browser without JavaScript meets them. A cookie says who signed in.
import type { Hono } from 'hono'
import { namesOf, people, personOfAccount } from '#domains/people/index.ts'
import type { WebParts } from '#web/parts.ts'
import { createSite, type SiteOptions } from '#web/site.ts'
import type { House } from './house.ts'
import { cookieSignIn } from './signed-in.ts'

export const baseUrl = 'http://localhost:4000'

const accountIn = (headers: Headers): string | undefined =>
  /account=([^;]+)/.exec(decodeURIComponent(headers.get('cookie') ?? ''))?.[1]

/** Whoever asks is the account that the cookie names. */
const signIn: WebParts['signIn'] = {
  ...cookieSignIn,
  async accountOf(headers) {
    const id = accountIn(headers)
    return id === undefined ? undefined : { id, email: 'somebody@people.example' }
  },
}

export function siteOver(house: House, options: SiteOptions = {}): Hono {
  const { engine, read, clock } = house
  if (!house.registry.domains.includes(people)) throw new Error('A site needs the people domain')
  const parts: WebParts = {
    engine,
    read,
    signIn,
    now: clock.at,
    foundation: () => ({
      name: 'Lantern Foundation',
      short: 'Lantern',
      accent: '#2f5d8a',
      language: 'en',
      charter: '0'.repeat(64),
    }),
    pledge: () => undefined,
    version: async () => 'test',
    heldFor: async () => ({}),
    vkey: 'test',
    baseUrl,
    log: line => {
      throw new Error(line)
    },
    personOf: account => personOfAccount(read, account),
    nameOf: async person => (await namesOf(read, [person])).get(person) ?? person,
  }
  return createSite(parts, options)
}

/** What one browser can do: open a page, and send the form that stands on it. */
export type Visit = {
  readonly open: (path: string) => Promise<{ status: number; text: string; location: string | null }>
  readonly send: (path: string, fields: FormData | Record<string, string>) => ReturnType<Visit['open']>
}

/** A browser signed in as this account, or signed out. */
export function visiting(site: Hono, account?: string): Visit {
  const headers = { origin: baseUrl, ...(account && { cookie: `account=${encodeURIComponent(account)}` }) }
  const answered = async (response: Response) => ({
    status: response.status,
    text: await response.text(),
    location: response.headers.get('location'),
  })
  return {
    open: async path => answered(await site.request(`${baseUrl}${path}`, { headers })),
    async send(path, fields) {
      const body = new URLSearchParams()
      const entries = fields instanceof FormData ? fields.entries() : Object.entries(fields)
      for (const [name, value] of entries) if (typeof value === 'string') body.append(name, value)
      return answered(await site.request(`${baseUrl}${path}`, { method: 'POST', headers, body }))
    },
  }
}
