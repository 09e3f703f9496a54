// Accounts: found by id, made for the operator, and forgotten with everything that signs in to them.
import { randomBytes } from 'node:crypto'
import { names } from './tables.ts'
import type { Account, HeldSignIn, PasskeyInfo, SignInOptions } from './words.ts'

/** Everything the sign-in holds about an account, but for what would open it: secrets and their hashes. */
async function heldBy(pool: SignInOptions['database']['pool'], account: string): Promise<HeldSignIn> {
  const rowsOf = async (table: string, columns: string, owner = '"userId"') =>
    (await pool.query(`select ${columns} from ${table} where ${owner} = $1 order by "createdAt"`, [account])).rows
  const [address] = await rowsOf(names.user, 'email, "emailVerified" as proven, "createdAt" as made', 'id')
  const ofKeys = 'name, start, permissions, "createdAt" as made, "expiresAt" as ends, "lastRequest" as used'
  return {
    address,
    sessions: await rowsOf(names.session, '"createdAt" as begun, "expiresAt" as ends'),
    providers: await rowsOf(names.account, '"providerId" as provider, "accountId" as id, "createdAt" as made'),
    passkeys: await rowsOf(names.passkey, 'name, "publicKey" as public, "createdAt" as made'),
    keys: await rowsOf(names.apikey, ofKeys, '"referenceId"'),
  }
}

export function accountBook({ database }: Pick<SignInOptions, 'database'>) {
  const { pool } = database
  const accountById = async (id: string): Promise<Account | undefined> => {
    const { rows } = await pool.query(`select id, email from ${names.user} where id = $1`, [id])
    return rows[0]
  }
  return {
    accountById,
    addressOf: async (account: string): Promise<string | undefined> => (await accountById(account))?.email,
    /** The account of an address, made where there is none: for the operator and the founding only. Its address counts as proven once a link was taken. */
    async accountFor(email: string): Promise<Account> {
      const { rows } = await pool.query(
        `insert into ${names.user} (id, name, email, "emailVerified") values ($1, '', $2, false)
         on conflict (email) do update set email = excluded.email returning id, email`,
        [randomBytes(16).toString('hex'), email.toLowerCase()],
      )
      return rows[0]
    },
    /** Removes the sign-in with its sessions, passkeys, keys and links that were not taken. */
    async forgetAccount(account: string): Promise<void> {
      const email = (await accountById(account))?.email
      await pool.query(`delete from ${names.apikey} where "referenceId" = $1`, [account])
      await pool.query(`delete from ${names.user} where id = $1`, [account])
      if (email) await pool.query(`delete from ${names.verification} where value = $1`, [JSON.stringify({ email })])
    },
    heldOf: (account: string) => heldBy(pool, account),
    /** Whether somebody signs in with this address. */
    async isAddressTaken(email: string): Promise<boolean> {
      const { rows } = await pool.query(`select from ${names.user} where email = $1`, [email.toLowerCase()])
      return rows.length > 0
    },
    async passkeysOf(account: string): Promise<readonly PasskeyInfo[]> {
      const { rows } = await pool.query(
        `select id, name, "createdAt" from ${names.passkey} where "userId" = $1 order by "createdAt", id`,
        [account],
      )
      return rows.map(row => ({ id: row.id, name: row.name || 'Passkey', made: row.createdAt }))
    },
    async removePasskey(account: string, id: string): Promise<void> {
      await pool.query(`delete from ${names.passkey} where "userId" = $1 and id = $2`, [account, id])
    },
  }
}
