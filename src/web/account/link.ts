// /sign-in/link: what a mailed link leads to. Opening it changes nothing; the click on its button signs in.
import type { Context, Hono } from 'hono'
import { type Html, html, link } from '#html/html.ts'
import { sentForm } from '../body.ts'
import { safeReturn } from '../forms.ts'
import type { WebParts } from '../parts.ts'
import { visitorOfRequest } from '../visitor.ts'
import { arrival, setCookies, showPrivate, welcomePath } from './own.ts'
import { returnOf } from './sign-in.ts'

const button = (token: string, back: string): Html =>
  html`<form class="action" method="post" action="/sign-in/link"><input type="hidden" name="token" value="${token}">
<input type="hidden" name="return" value="${back}"><button class="main">Sign in</button></form>`

async function closed(parts: WebParts, context: Context, back: string): Promise<Response> {
  context.status(410)
  const again = { label: 'Ask for a new link', href: `/sign-in?return=${encodeURIComponent(back)}` }
  return showPrivate(parts, context, {
    title: 'This link cannot be used',
    summary: 'It has been used already, is older than 15 minutes, or was cut short on its way to you.',
    sections: [{ title: 'What to do', body: html`<p>${link(again)}. It takes a moment.</p>` }],
  })
}

async function ask(parts: WebParts, context: Context): Promise<Response> {
  const back = returnOf(context)
  const token = context.req.query('token') ?? ''
  if (!(await parts.signIn.isLinkOpen(token))) return closed(parts, context, back)
  return showPrivate(parts, context, {
    title: 'Sign in with this link',
    summary: 'One click more, because some mail programs open links by themselves.',
    sections: [{ title: 'Is it you?', body: button(token, back) }],
  })
}

async function take(parts: WebParts, context: Context): Promise<Response> {
  const sent = await sentForm(context)
  const back = safeReturn(sent.get('return')) ?? '/desk'
  const cookies = await parts.signIn.takeLink(String(sent.get('token') ?? ''))
  if (!cookies) return closed(parts, context, back)
  setCookies(context, cookies)
  return context.redirect(arrival(back), 303)
}

async function arrive(parts: WebParts, context: Context): Promise<Response> {
  const back = returnOf(context)
  const { account, viewer } = await visitorOfRequest(parts, context.req.raw.headers)
  if (!account) return context.redirect(`/sign-in?error=no_session&return=${encodeURIComponent(back)}`, 303)
  return context.redirect(viewer?.person ? back : welcomePath(back), 303)
}

export function mountLink(site: Hono, parts: WebParts): void {
  site.get('/sign-in/link', context => ask(parts, context))
  site.post('/sign-in/link', context => take(parts, context))
  site.get('/sign-in/done', context => arrive(parts, context))
}
