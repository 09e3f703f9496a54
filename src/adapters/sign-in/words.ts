// Nouns of sign-in: an account is an address that somebody proved to hold; which person that is, is the acts' matter.
import type { Database } from '#database/open.ts'
import type { Post } from '../mail/post.ts'

export type Account = { readonly id: string; readonly email: string }
export type KeyInfo = {
  readonly id: string
  readonly name: string
  /** The first characters, by which its owner knows it again. */
  readonly start: string
  readonly scopes: readonly string[]
  readonly made: Date
  readonly expires: Date | null
  readonly used: Date | null
}
/** For the person themselves: rows as they are kept. */
export type HeldSignIn = {
  readonly address: object | undefined
  readonly sessions: readonly object[]
  readonly providers: readonly object[]
  readonly passkeys: readonly object[]
  readonly keys: readonly object[]
}
export type PasskeyInfo = { readonly id: string; readonly name: string; readonly made: Date | null }
export type WantedKey = { readonly name: string; readonly scopes: readonly string[]; readonly days?: number }

export type OidcProvider = {
  readonly id: string
  readonly name: string
  readonly discoveryUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

export type SignInOptions = {
  readonly database: Pick<Database, 'pool'>
  readonly baseUrl: string
  readonly secret: string
  readonly post: Post
  readonly foundation: () => { readonly name: string }
  readonly providers: readonly OidcProvider[]
  readonly github?: { readonly clientId: string; readonly clientSecret: string }
}

/** Where the library answers. */
export const authPath = '/auth'
/** Where the pages of signing in stand. */
export const signInPath = '/sign-in'
export const linkMinutes = 15
export const cookiePrefix = 'guildhall'
