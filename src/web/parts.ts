// What the site is made of beside a face: who signed in, and which person that is.
import type { By } from '#acts/capacity.ts'
import type { Face } from '#acts/face.ts'
import type { Viewer } from '#acts/page.ts'

/** A sign-in, which may not belong to a registered person yet. */
export type Account = { readonly id: string; readonly email: string }

/** Who this browser is; nothing else. Seats and offices are the acts' matter. */
export type SignIn = {
  readonly accountOf: (headers: Headers) => Promise<Account | undefined>
  /** Everything under `/auth/`. */
  readonly handle: (request: Request) => Promise<Response>
  /** Sends a link that signs in once; always answers the same, whether the address is known or not. */
  readonly sendLink: (email: string, returnTo: string) => Promise<void>
  /** The account of an API key and what it may do, undefined for an unknown or revoked one. */
  readonly accountOfKey: (
    key: string,
  ) => Promise<{ readonly account: Account; readonly scopes: readonly string[] } | undefined>
  readonly signOut: (headers: Headers) => Promise<Headers>
  readonly providers: readonly { readonly id: string; readonly name: string }[]
}

export type WebParts = Face & {
  readonly signIn: SignIn
  readonly personOf: (account: string) => Promise<string | undefined>
  /** A name for the signed-in person, as they chose to be shown. */
  readonly nameOf: (person: string) => Promise<string>
  readonly charterVersion?: string
}

/** Who asks: nobody, an account without a person yet, or a person with the capacities they hold. */
export type Visitor = { readonly by: By; readonly account?: Account; readonly viewer?: Viewer }
