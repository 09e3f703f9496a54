// Links that sign in once. Made and mailed here; only taken by the library, in one step, so that two clicks make one session.
import { createHash, randomBytes } from 'node:crypto'
import { names } from './tables.ts'
import { linkMinutes, type SignInOptions, signInPath } from './words.ts'

/** What the database holds of a token: from it nobody can make the link again. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

const linkText = (foundation: string, url: string): string =>
  `Somebody asked to sign in to the ${foundation} with this address.\n\nOpen this page to sign in:\n${url}\n\nIt works once and for ${linkMinutes} minutes. If it was not you, there is nothing to do: without this page nobody can sign in.\n`

/** The page that a link leads to; it asks for a click, for mail programs open links by themselves. */
const addressOf = (baseUrl: string, token: string, returnTo: string): string =>
  `${baseUrl}${signInPath}/link?token=${token}&return=${encodeURIComponent(returnTo)}`

export function linkMaker({ database, baseUrl, post, foundation }: SignInOptions) {
  const { pool } = database

  /** Kept in the form in which the library's magic-link plugin looks for it. */
  async function make(email: string, returnTo: string): Promise<string> {
    const token = randomBytes(24).toString('base64url')
    const expires = new Date(Date.now() + linkMinutes * 60_000)
    await pool.query(`delete from ${names.verification} where "expiresAt" < now()`)
    await pool.query(`insert into ${names.verification} (id, identifier, value, "expiresAt") values ($1, $2, $3, $4)`, [
      randomBytes(16).toString('hex'),
      hashOfToken(token),
      JSON.stringify({ email: email.toLowerCase() }),
      expires,
    ])
    return addressOf(baseUrl, token, returnTo)
  }

  return {
    /** A link for the operator's terminal. */
    show: make,
    /** Does the same for every address, known or not. */
    async send(email: string, returnTo: string): Promise<void> {
      const url = await make(email, returnTo)
      const { name } = foundation()
      await post.send({ to: email, subject: `Sign in to the ${name}`, text: linkText(name, url) })
    },
    /** Whether a link can still be taken; looking does not use it up. */
    async isOpen(token: string): Promise<boolean> {
      const { rows } = await pool.query(
        `select 1 from ${names.verification} where identifier = $1 and "expiresAt" > now()`,
        [hashOfToken(token)],
      )
      return rows.length > 0
    },
  }
}
