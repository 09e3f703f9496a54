// A stand-in for sign-in where a test is about something else: whoever's id is the whole cookie is signed in.
import type { SignIn } from '#web/parts.ts'

export const cookieSignIn: SignIn = {
  accountOf: async headers => {
    const id = headers.get('cookie')
    return id ? { id, email: 'somebody@example.org' } : undefined
  },
  handle: async () => new Response(null, { status: 404 }),
  providers: [],
  sendLink: async () => {},
  isLinkOpen: async () => false,
  takeLink: async () => undefined,
  departFor: async () => undefined,
  signOut: async () => [],
  accountOfKey: async () => undefined,
  makeKey: async () => '',
  keysOf: async () => [],
  revokeKey: async () => {},
  passkeysOf: async () => [],
  removePasskey: async () => {},
  forget: async () => {},
}
