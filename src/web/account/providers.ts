// /sign-in/with/…: leaving for another site that signs in, and what of the library's own addresses is open to browsers.
import type { Context, Hono } from 'hono'
import { html, link } from '#html/html.ts'
import { sentForm } from '../body.ts'
import { safeReturn } from '../forms.ts'
import type { WebParts } from '../parts.ts'
import { arrival, setCookies, showPrivate } from './own.ts'

/**
 * A page that goes on by itself, not a redirect: the site's policy lets a form lead to this site only, and browsers hold
 * that against the redirect that answers it.
 */
async function leave(parts: WebParts, context: Context): Promise<Response> {
  const provider = parts.signIn.providers.find(({ id }) => id === context.req.param('provider'))
  if (!provider) return context.notFound()
  const back = safeReturn((await sentForm(context)).get('return')) ?? '/desk'
  const here = `/sign-in?return=${encodeURIComponent(back)}`
  const departure = await parts.signIn.departFor({ provider: provider.id, returnTo: arrival(back), errorTo: here })
  if (!departure) return context.redirect(`${here}&error=provider_unreachable`, 303)
  setCookies(context, departure.cookies)
  context.header('refresh', `0; url=${departure.address}`)
  return showPrivate(parts, context, {
    title: `On to ${provider.name}`,
    summary: 'You sign in there and come back here.',
    sections: [
      {
        title: 'If nothing happens',
        body: html`<p>${link({ label: `Go on to ${provider.name}`, href: departure.address })}.</p>`,
      },
    ],
  })
}

/** What a browser needs of the library; everything else it offers is done by our own pages or not at all. */
const open: readonly (readonly [method: 'GET' | 'POST', path: string])[] = [
  ['GET', '/auth/callback/:provider'],
  ['GET', '/auth/passkey/generate-register-options'],
  ['POST', '/auth/passkey/verify-registration'],
  ['GET', '/auth/passkey/generate-authenticate-options'],
  ['POST', '/auth/passkey/verify-authentication'],
]

export function mountProviders(site: Hono, parts: WebParts): void {
  site.post('/sign-in/with/:provider', context => leave(parts, context))
  for (const [method, path] of open) site.on(method, path, context => parts.signIn.handle(context.req.raw))
  site.post('/sign-out', async context => {
    setCookies(context, await parts.signIn.signOut(context.req.raw.headers))
    return context.redirect('/', 303)
  })
}
