// Pages that belong to whoever is signed in: the visitor is found, or asked to sign in, before anything is shown.
import type { Context } from 'hono'
import { hereOf, showPage, signInFirst } from '../pages.ts'
import type { Account, Visitor, WebParts } from '../parts.ts'
import type { Drawn } from '../render.ts'
import { visitorOfRequest } from '../visitor.ts'

export type Own = { readonly visitor: Visitor; readonly account: Account; readonly here: string }

/** Runs `answer` for somebody signed in; everybody else goes to the sign-in and comes back. */
export const forSignedIn =
  (parts: WebParts, answer: (context: Context, own: Own) => Promise<Response> | Response) =>
  async (context: Context): Promise<Response> => {
    const here = hereOf(new URL(context.req.url))
    const visitor = await visitorOfRequest(parts, context.req.raw.headers)
    const { account } = visitor
    if (!account) return signInFirst(context, context.req.method === 'GET' ? here : '/desk')
    return answer(context, { visitor, account, here })
  }

export const welcomePath = (back: string): string => `/welcome?return=${encodeURIComponent(back)}`

/** After any way of signing in: newcomers register first, everybody else goes on to where they wanted. */
export const arrival = (back: string): string => `/sign-in/done?return=${encodeURIComponent(back)}`

/** The same for registered persons; a newcomer registers first. */
export const forPerson = (
  parts: WebParts,
  answer: (context: Context, own: Own & { readonly person: string }) => Promise<Response> | Response,
) =>
  forSignedIn(parts, (context, own) => {
    const person = own.visitor.viewer?.person
    return person ? answer(context, { ...own, person }) : context.redirect(welcomePath(own.here), 303)
  })

/** Cookies that the sign-in made, on the answer to come. */
export const setCookies = (context: Context, cookies: readonly string[]): void => {
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true })
}

/** A page that is nobody else's to keep: shown to whoever asks, signed in or not. */
export const showPrivate = async (parts: WebParts, context: Context, shown: Drawn): Promise<Response> =>
  showPage(parts, context, { visitor: await visitorOfRequest(parts, context.req.raw.headers), shown, isPrivate: true })
