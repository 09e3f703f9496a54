// Sign-in: sessions, one-time links, passkeys, other providers and API keys. It only knows who this browser is.
import { accountBook } from './accounts.ts'
import { keyRing } from './keys.ts'
import type { Library } from './library.ts'
import { linkMaker } from './links.ts'
import { type Account, cookiePrefix, type SignInOptions } from './words.ts'

export { loadSecret } from './secret.ts'
export { signInMigrations } from './tables.ts'
export type { Account, KeyInfo, OidcProvider, PasskeyInfo, SignInOptions, WantedKey } from './words.ts'

export type OpenSignIn = ReturnType<typeof openSignIn>

const sessionCookie = `${cookiePrefix}.session_token=`

function loader(options: SignInOptions) {
  let loaded: Promise<Library> | undefined
  const open = async (): Promise<Library> => (await import('./library.ts')).openLibrary(options)
  return {
    load: (): Promise<Library> => {
      loaded ??= open()
      return loaded
    },
    /** Begins to load what the next step needs; a fault shows there. */
    warm: (): void => {
      loaded ??= open()
      loaded.catch(() => {
        loaded = undefined
      })
    },
    /** Providers are asked for their addresses when the library opens; one that was away is asked again by opening anew. */
    reload: (): void => {
      loaded = undefined
    },
  }
}

/** The library hides why it failed: where the database was lost, asking it something says so. */
async function honestly<Answer>({ database: { pool } }: SignInOptions, work: () => Promise<Answer>): Promise<Answer> {
  const answer = await work().catch(async fault => {
    await pool.query('select')
    throw fault
  })
  if (answer === undefined) await pool.query('select')
  return answer
}

/** Takes a link and gives the session's cookies, or undefined where it was used, is too old or never was. */
async function takeLink(auth: Library, token: string): Promise<readonly string[] | undefined> {
  const query = { token, callbackURL: '/' }
  const answer = await auth.api.magicLinkVerify({ query, headers: new Headers(), asResponse: true })
  const cookies = answer.headers.getSetCookie()
  return cookies.some(cookie => cookie.includes(sessionCookie)) ? cookies : undefined
}

export type Departure = { readonly address: string; readonly cookies: readonly string[] }

type Asked = { readonly provider: string; readonly returnTo: string; readonly errorTo: string }

/** Where another provider signs in, with the cookie that ties its answer to this browser; undefined where it cannot be reached. */
async function departFor(auth: Library, { provider, returnTo, errorTo }: Asked): Promise<Departure | undefined> {
  const body = { provider, callbackURL: returnTo, errorCallbackURL: errorTo, disableRedirect: true }
  const answer = await auth.api.signInSocial({ body, headers: new Headers(), asResponse: true }).catch(() => undefined)
  if (!answer?.ok) return undefined
  const { url } = (await answer.json()) as { url?: string } // the library's own answer
  return url ? { address: url, cookies: answer.headers.getSetCookie() } : undefined
}

export function openSignIn(options: SignInOptions) {
  const { load, reload, warm } = loader(options)
  const links = linkMaker(options)
  const { accountById, forgetAccount, ...book } = accountBook(options)
  const { forget: forgetKeys, ...keys } = keyRing(options, load, accountById)
  return {
    ...book,
    ...keys,
    providers: [
      ...(options.github ? [{ id: 'github', name: 'GitHub' }] : []),
      ...options.providers.map(({ id, name }) => ({ id, name })),
    ],
    handle: async (request: Request): Promise<Response> => (await load()).handler(request),
    async accountOf(headers: Headers): Promise<Account | undefined> {
      if (!headers.get('cookie')?.includes(sessionCookie)) return undefined
      const session = await honestly(options, async () => (await load()).api.getSession({ headers }))
      return session ? { id: session.user.id, email: session.user.email } : undefined
    },
    sendLink: links.send,
    showLink: (email: string, returnTo = '/desk'): Promise<string> => links.show(email, returnTo),
    /** Whoever opens a link is about to take it. */
    isLinkOpen(token: string): Promise<boolean> {
      warm()
      return links.isOpen(token)
    },
    takeLink: (token: string) => honestly(options, async () => takeLink(await load(), token)),
    async departFor(asked: Asked): Promise<Departure | undefined> {
      const departure = await departFor(await load(), asked)
      if (!departure) reload()
      return departure
    },
    /** Removes the sign-in with its sessions, passkeys and keys. */
    async forget(account: string): Promise<void> {
      await forgetAccount(account)
      forgetKeys()
    },
    /** Ends the session in the database and gives the cookies that end it in the browser. */
    async signOut(headers: Headers): Promise<readonly string[]> {
      const answer = await (await load()).api.signOut({ headers, body: { disableRedirect: true }, asResponse: true })
      return answer.headers.getSetCookie()
    },
  }
}
