// Sign-in: sessions, one-time links, passkeys, other providers and API keys. It only knows who this browser is.
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { genericOAuth, magicLink } from 'better-auth/plugins'
import { sha256 } from '#base/canonical.ts'
import type { Database } from '#database/open.ts'
import type { Post } from '../mail/post.ts'
import { names } from './tables.ts'

export { signInMigrations } from './tables.ts'

export type Account = { readonly id: string; readonly email: string }
export type KeyInfo = {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly scopes: readonly string[]
  readonly made: Date
  readonly expires: Date | null
}
export type PasskeyInfo = { readonly id: string; readonly name: string; readonly made: Date | null }

export type SignInOptions = {
  readonly database: Pick<Database, 'pool'>
  readonly baseUrl: string
  readonly secret: string
  readonly post: Post
  readonly foundation: () => { readonly name: string }
  readonly providers: readonly {
    readonly id: string
    readonly name: string
    readonly discoveryUrl: string
    readonly clientId: string
    readonly clientSecret: string
  }[]
  readonly github?: { readonly clientId: string; readonly clientSecret: string }
}

/** Where the library answers. */
export const authPath = '/auth'
const linkMinutes = 15
const keySeconds = 10

/** The secret of the sessions: given, or made once and kept beside the data. */
export async function loadSecret(folder: string): Promise<string> {
  const path = join(folder, 'session.secret')
  const made = randomBytes(32).toString('hex')
  await writeFile(path, made, { mode: 0o600, flag: 'wx' }).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault
  })
  return (await readFile(path, 'utf8')).trim()
}

const linkText = (foundation: string, url: string): string =>
  `Somebody asked to sign in to the ${foundation} with this address.\n\nOpen this page to sign in:\n${url}\n\nIt works once and for ${linkMinutes} minutes. If it was not you, there is nothing to do: without this page nobody can sign in.\n`

/** The page that a link leads to; it asks for a click, for mail programs open links by themselves. */
const linkAddress = (baseUrl: string, token: string, returnTo: string): string =>
  `${baseUrl}/sign-in/link?token=${encodeURIComponent(token)}&return=${encodeURIComponent(returnTo)}`

function configure(options: SignInOptions, deliver: (email: string, token: string) => Promise<void>) {
  const { baseUrl, secret, database, providers, github } = options
  return betterAuth({
    baseURL: baseUrl,
    basePath: authPath,
    secret,
    database: database.pool,
    trustedOrigins: [baseUrl],
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    user: { modelName: names.user },
    session: { modelName: names.session, expiresIn: 30 * 86_400, updateAge: 86_400 },
    account: { modelName: names.account, accountLinking: { enabled: true } },
    verification: { modelName: names.verification },
    advanced: { cookiePrefix: 'guildhall', useSecureCookies: baseUrl.startsWith('https:') },
    ...(github && { socialProviders: { github } }),
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token }) => deliver(email, token),
      }),
      passkey({
        rpID: new URL(baseUrl).hostname,
        rpName: options.foundation().name,
        origin: baseUrl,
        schema: { passkey: { modelName: names.passkey } },
      }),
      apiKey({
        rateLimit: { enabled: false },
        enableSessionForAPIKeys: false,
        schema: { apikey: { modelName: names.apikey } },
      }),
      genericOAuth({
        config: providers.map(({ id, ...rest }) => ({
          providerId: id,
          ...rest,
          scopes: ['openid', 'email', 'profile'],
          pkce: true,
        })),
      }),
    ],
  })
}

const scopesOf = (permissions: unknown): readonly string[] => {
  const read: unknown = typeof permissions === 'string' ? JSON.parse(permissions) : permissions
  return typeof read === 'object' && read !== null && 'acts' in read && Array.isArray(read.acts)
    ? read.acts.map(String)
    : []
}

export type OpenSignIn = Awaited<ReturnType<typeof openSignIn>>

export async function openSignIn(options: SignInOptions) {
  const { baseUrl, post, foundation } = options
  const { pool } = options.database
  /** Links asked for by this program itself, to be shown to the operator instead of sent. */
  const shown = new Map<string, (token: string) => void>()
  const returns = new Map<string, string>()
  const auth = configure(options, async (email, token) => {
    const show = shown.get(email)
    if (show) return show(token)
    const url = linkAddress(baseUrl, token, returns.get(email) ?? '/desk')
    await post.send({
      to: email,
      subject: `Sign in to the ${foundation().name}`,
      text: linkText(foundation().name, url),
    })
  })
  const keys = new Map<string, { at: number; found: { account: Account; scopes: readonly string[] } | undefined }>()
  const accountById = async (id: string): Promise<Account | undefined> => {
    const { rows } = await pool.query(`select id, email from ${names.user} where id = $1`, [id])
    return rows[0]
  }

  async function askLink(email: string, returnTo: string): Promise<void> {
    returns.set(email.toLowerCase(), returnTo)
    try {
      await auth.api.signInMagicLink({ body: { email, callbackURL: returnTo }, headers: new Headers() })
    } finally {
      returns.delete(email.toLowerCase())
    }
  }

  async function lookUpKey(key: string) {
    const { valid, key: found } = await auth.api.verifyApiKey({ body: { key } })
    const account = valid && found ? await accountById(found.referenceId) : undefined
    return account && { account, scopes: scopesOf(found?.permissions) }
  }

  return {
    providers: [
      ...(options.github ? [{ id: 'github', name: 'GitHub', kind: 'social' as const }] : []),
      ...options.providers.map(({ id, name }) => ({ id, name, kind: 'oidc' as const })),
    ],
    handle: (request: Request): Promise<Response> => auth.handler(request),
    async accountOf(headers: Headers): Promise<Account | undefined> {
      const session = await auth.api.getSession({ headers })
      return session ? { id: session.user.id, email: session.user.email } : undefined
    },
    /** Sends a link that signs in once; answers the same for every address. */
    sendLink: askLink,
    /** A link for the operator's terminal. */
    async showLink(email: string, returnTo = '/desk'): Promise<string> {
      const token = await new Promise<string>((resolve, reject) => {
        shown.set(email.toLowerCase(), resolve)
        askLink(email, returnTo).catch(reject)
      }).finally(() => shown.delete(email.toLowerCase()))
      return linkAddress(baseUrl, token, returnTo)
    },
    /** The account of an address, made where there is none: for the operator and the founding only. */
    async accountFor(email: string): Promise<Account> {
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.findUserByEmail(email)
      if (found) return { id: found.user.id, email: found.user.email }
      const made = await internalAdapter.createUser(
        { email: email.toLowerCase(), name: '', emailVerified: false },
        { method: 'magic-link' },
      )
      return { id: made.id, email: made.email }
    },
    addressOf: async (account: string): Promise<string | undefined> => (await accountById(account))?.email,
    /** Removes the sign-in with its sessions, passkeys and keys. */
    async forget(account: string): Promise<void> {
      await pool.query(`delete from ${names.apikey} where "referenceId" = $1`, [account])
      await pool.query(`delete from ${names.user} where id = $1`, [account])
      keys.clear()
    },
    /** Remembered for ten seconds, for a look-up writes to the database; a key revoked elsewhere lives that long at the most. */
    async accountOfKey(key: string) {
      const hashed = sha256(key)
      const known = keys.get(hashed)
      if (known && Date.now() - known.at < keySeconds * 1000) return known.found
      const found = await lookUpKey(key)
      if (keys.size > 1000) keys.clear()
      keys.set(hashed, { at: Date.now(), found })
      return found
    },
    async makeKey(
      account: string,
      wanted: { name: string; scopes: readonly string[]; days?: number },
    ): Promise<string> {
      const { key } = await auth.api.createApiKey({
        body: {
          userId: account,
          name: wanted.name,
          permissions: { acts: [...wanted.scopes] },
          prefix: 'gh_',
          ...(wanted.days && { expiresIn: wanted.days * 86_400 }),
        },
      })
      return key
    },
    async keysOf(account: string): Promise<readonly KeyInfo[]> {
      const { rows } = await pool.query(
        `select id, name, start, permissions, "createdAt", "expiresAt" from ${names.apikey} where "referenceId" = $1 order by "createdAt" desc`,
        [account],
      )
      return rows.map(row => ({
        id: row.id,
        name: row.name ?? '',
        start: row.start ?? '',
        scopes: scopesOf(row.permissions),
        made: row.createdAt,
        expires: row.expiresAt,
      }))
    },
    async revokeKey(account: string, id: string): Promise<void> {
      await pool.query(`delete from ${names.apikey} where "referenceId" = $1 and id = $2`, [account, id])
      keys.clear()
    },
    async passkeysOf(account: string): Promise<readonly PasskeyInfo[]> {
      const { rows } = await pool.query(`select id, name, "createdAt" from ${names.passkey} where "userId" = $1`, [
        account,
      ])
      return rows.map(row => ({ id: row.id, name: row.name ?? 'Passkey', made: row.createdAt }))
    },
    async removePasskey(account: string, id: string): Promise<void> {
      await pool.query(`delete from ${names.passkey} where "userId" = $1 and id = $2`, [account, id])
    },
    /** The headers that end a session in the browser and the database. */
    async signOut(headers: Headers): Promise<Headers> {
      const answer = await auth.api.signOut({ headers, asResponse: true })
      return answer.headers
    },
  }
}
