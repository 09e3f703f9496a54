// /welcome: somebody who has signed in for the first time registers here, and is told what comes next.
import type { Context, Hono } from 'hono'
import type { DeskItem } from '#acts/domain.ts'
import type { PageView } from '#acts/page.ts'
import { type Action, action } from '#html/action.ts'
import { empty } from '#html/empty.ts'
import { type Html, html, link } from '#html/html.ts'
import { safeReturn } from '../forms.ts'
import { inputSchema } from '../offers.ts'
import { requestFor, showPage } from '../pages.ts'
import type { Visitor, WebParts } from '../parts.ts'
import { type Drawn, viewFor } from '../render.ts'
import { deskItems, isAsked } from './desk-items.ts'
import { deskList } from './items.ts'
import { forSignedIn, type Own, setCookies } from './own.ts'

/** The acts by which a newcomer becomes a participant. */
const entrances = (parts: WebParts) =>
  [...parts.engine.registry.acts.values()].filter(act => !act.isInternal && act.by.includes('newcomer'))

const forgetMe: Action = {
  kind: 'form',
  label: 'Forget my sign-in',
  to: '/welcome/forget',
  weight: 'plain',
}

async function registering(parts: WebParts, context: Context, { visitor, account, here }: Own): Promise<Drawn> {
  const request = requestFor(parts, visitor, { url: new URL(context.req.url), params: {} })
  const view = viewFor(parts, visitor, here)
  const offers = await Promise.all(
    entrances(parts).map(act => request.offer(act.name, {}, Object.keys(inputSchema(act).properties ?? {}))),
  )
  const forms: Html = html`${offers.map(offer => action(view.action(offer, { weight: 'main' })))}`
  return {
    kicker: 'One step more',
    title: 'Welcome',
    summary: `You are signed in as ${account.email}. Register to take part; the address itself is never shown.`,
    sections: [
      { title: 'Register', body: offers.length > 0 ? forms : empty('Nobody can register here.') },
      {
        title: 'What is kept',
        body: html`<p>The record keeps an id for you. Your name and your sign-in lie apart from it and can be erased at any time;
see ${link({ label: 'privacy', href: '/privacy' })}.</p>`,
      },
      {
        title: 'If you do not want to stay',
        body: html`<p>Your mail address is all that is kept until you register.</p>${action(forgetMe)}`,
      },
    ],
  }
}

const onward = (back: string): Html => html`<p>${link({ label: 'Go on to where you wanted to go', href: back })}</p>`

const nextSteps = (items: readonly DeskItem[], view: PageView): Html =>
  items.length > 0 ? deskList(items, view) : html`<p>Nothing is asked of you before you begin.</p>`

async function registered(parts: WebParts, context: Context, { visitor, here }: Own): Promise<Drawn> {
  const request = requestFor(parts, visitor, { url: new URL(context.req.url), params: {} })
  const back = safeReturn(context.req.query('return')) ?? '/desk'
  return {
    kicker: visitor.viewer?.name ?? 'Welcome',
    title: 'You are registered',
    summary: 'These are the next steps. They can wait, but some acts need them first.',
    sections: [
      {
        title: 'Next',
        body: nextSteps((await deskItems(parts, request)).filter(isAsked), viewFor(parts, visitor, here)),
      },
      { title: 'Then', body: onward(back) },
    ],
  }
}

const isRegistered = (visitor: Visitor): boolean => visitor.viewer?.person !== undefined

/** Participants erase themselves by an act; this is for those who never became one. */
async function forget(parts: WebParts, context: Context, { visitor, account }: Own): Promise<Response> {
  if (isRegistered(visitor)) return context.redirect('/account', 303)
  setCookies(context, await parts.signIn.signOut(context.req.raw.headers))
  await parts.signIn.forget(account.id)
  return context.redirect('/', 303)
}

export const mountWelcome = (site: Hono, parts: WebParts): void => {
  site.get(
    '/welcome',
    forSignedIn(parts, async (context, own) => {
      const shown = await (isRegistered(own.visitor) ? registered : registering)(parts, context, own)
      return showPage(parts, context, { visitor: own.visitor, shown, isPrivate: true })
    }),
  )
  site.post(
    '/welcome/forget',
    forSignedIn(parts, (context, own) => forget(parts, context, own)),
  )
}
