// API keys: made and checked by the library, which keeps only their hashes; listed and revoked here.
import { sha256 } from '#base/canonical.ts'
import { remembered } from '#base/remembered.ts'
import { Busy } from '#database/errors.ts'
import type { Load } from './library.ts'
import { hashOfToken } from './links.ts'
import { names } from './tables.ts'
import type { Account, KeyInfo, SignInOptions, WantedKey } from './words.ts'

/** A look-up writes to the database, so its answer is remembered, by the hash of the key. */
const kept = { seconds: 10, most: 1000 }

const scopesOf = (permissions: unknown): readonly string[] => {
  const read: unknown = typeof permissions === 'string' ? JSON.parse(permissions) : permissions
  return typeof read === 'object' && read !== null && 'acts' in read && Array.isArray(read.acts)
    ? read.acts.map(String)
    : []
}

type Found = { readonly account: Account; readonly scopes: readonly string[] }

async function keysOf(pool: SignInOptions['database']['pool'], account: string): Promise<readonly KeyInfo[]> {
  const { rows } = await pool.query(
    `select id, name, start, permissions, "createdAt", "expiresAt", "lastRequest" from ${names.apikey}
     where "referenceId" = $1 order by "createdAt" desc, id`,
    [account],
  )
  return rows.map(row => ({
    id: row.id,
    name: row.name ?? '',
    start: row.start ?? '',
    scopes: scopesOf(row.permissions),
    made: row.createdAt,
    expires: row.expiresAt,
    used: row.lastRequest,
  }))
}

/** The library calls a key unknown too when the database did not answer it in time. */
async function stands(pool: SignInOptions['database']['pool'], key: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from ${names.apikey} where key = $1 and enabled and ("expiresAt" is null or "expiresAt" > now())`,
    [hashOfToken(key)],
  )
  return rowCount !== 0
}

export function keyRing(
  { database }: Pick<SignInOptions, 'database'>,
  load: Load,
  accountById: (id: string) => Promise<Account | undefined>,
) {
  const { pool } = database
  const memory = remembered<Found | undefined>(kept)

  async function lookUp(key: string): Promise<Found | undefined> {
    const auth = await load()
    const { valid, key: found } = await auth.api.verifyApiKey({ body: { key } })
    if (!valid && (await stands(pool, key))) throw new Busy('A key that stands could not be checked')
    const account = valid && found ? await accountById(found.referenceId) : undefined
    return account && { account, scopes: scopesOf(found?.permissions) }
  }

  return {
    forget: memory.forget,
    /** A key revoked by another program on the same database may live ten seconds longer here. */
    accountOfKey: (key: string): Promise<Found | undefined> => memory.of(sha256(key), () => lookUp(key)),
    /** The key itself, which is never shown again. */
    async makeKey(account: string, { name, scopes, days }: WantedKey): Promise<string> {
      const auth = await load()
      const permissions = { acts: [...scopes] }
      const expiry = days ? { expiresIn: days * 86_400 } : {}
      const { key } = await auth.api.createApiKey({
        body: { userId: account, name, permissions, prefix: 'gh_', ...expiry },
      })
      return key
    },
    keysOf: (account: string) => keysOf(pool, account),
    async revokeKey(account: string, id: string): Promise<void> {
      await pool.query(`delete from ${names.apikey} where "referenceId" = $1 and id = $2`, [account, id])
      memory.forget()
    },
  }
}
