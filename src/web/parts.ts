// What the site is made of beside a face: who signed in, and which person that is.
import type { By } from '#acts/capacity.ts'
import type { Face } from '#acts/face.ts'
import type { Viewer } from '#acts/page.ts'

/** A sign-in, which may not belong to a registered person yet. */
export type Account = { readonly id: string; readonly email: string }

export type KeyInfo = {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly scopes: readonly string[]
  readonly made: Date
  readonly expires: Date | null
  readonly used: Date | null
}
export type PasskeyInfo = { readonly id: string; readonly name: string; readonly made: Date | null }

/** Who this browser is; nothing else. Seats and offices are the acts' matter. */
export type SignIn = {
  readonly accountOf: (headers: Headers) => Promise<Account | undefined>
  /** Everything under `/auth/` that the library answers itself. */
  readonly handle: (request: Request) => Promise<Response>
  readonly providers: readonly { readonly id: string; readonly name: string }[]
  /** Sends a link that signs in once; does the same for every address, known or not. */
  readonly sendLink: (email: string, returnTo: string) => Promise<void>
  readonly isLinkOpen: (token: string) => Promise<boolean>
  /** The cookies of the new session; undefined where the link was used, is too old or never was. */
  readonly takeLink: (token: string) => Promise<readonly string[] | undefined>
  /** Where a provider signs in, and the cookie that ties its answer to this browser. */
  readonly departFor: (asked: {
    readonly provider: string
    readonly returnTo: string
    readonly errorTo: string
  }) => Promise<{ readonly address: string; readonly cookies: readonly string[] } | undefined>
  /** The cookies that end the session. */
  readonly signOut: (headers: Headers) => Promise<readonly string[]>
  /** The account of an API key and what it may do, undefined for an unknown or revoked one. */
  readonly accountOfKey: (
    key: string,
  ) => Promise<{ readonly account: Account; readonly scopes: readonly string[] } | undefined>
  readonly makeKey: (
    account: string,
    wanted: { readonly name: string; readonly scopes: readonly string[]; readonly days?: number },
  ) => Promise<string>
  readonly keysOf: (account: string) => Promise<readonly KeyInfo[]>
  readonly revokeKey: (account: string, id: string) => Promise<void>
  readonly passkeysOf: (account: string) => Promise<readonly PasskeyInfo[]>
  readonly removePasskey: (account: string, id: string) => Promise<void>
  /** Removes the sign-in with its sessions, passkeys and keys. */
  readonly forget: (account: string) => Promise<void>
}

export type WebParts = Face & {
  readonly signIn: SignIn
  readonly personOf: (account: string) => Promise<string | undefined>
  /** A name for the signed-in person, as they chose to be shown. */
  readonly nameOf: (person: string) => Promise<string>
  /** What is held about an account beside the record, for its own eyes. */
  readonly heldFor: (account: Account) => Promise<Readonly<Record<string, unknown>>>
  readonly charterVersion?: string
}

/** Who asks: nobody, an account without a person yet, or a person with the capacities they hold. */
export type Visitor = { readonly by: By; readonly account?: Account; readonly viewer?: Viewer }
