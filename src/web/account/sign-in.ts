// /sign-in: an address for a one-time link, other providers, and passkeys where the browser runs scripts.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { sha256 } from '#base/canonical.ts'
import { form } from '#html/form.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Notice } from '#html/notice.ts'
import type { Section } from '#html/page.ts'
import { sentForm } from '../body.ts'
import { safeReturn } from '../forms.ts'
import { limiter } from '../limits.ts'
import { showPage } from '../pages.ts'
import type { WebParts } from '../parts.ts'
import { scriptPath } from '../scripts.ts'
import { visitorOfRequest } from '../visitor.ts'
import { arrival, showPrivate } from './own.ts'

const Address = z.object({
  email: z
    .email('Type a whole mail address, such as ada@example.org')
    .max(254, 'Type a mail address of at most 254 characters')
    .meta({
      title: 'Mail address',
      description: 'You get a link that signs you in; there is no password.',
      autocomplete: 'email',
    }),
})
const schema = z.toJSONSchema(Address, { io: 'input' })

export const returnOf = (context: Context): string => safeReturn(context.req.query('return')) ?? '/desk'

/** What a sign-in that came back without success says; anything else a provider may send is said in general. */
const failures: Readonly<Record<string, Notice>> = {
  access_denied: {
    kind: 'information',
    title: 'You did not sign in',
    says: 'The other site was told not to. Try again, or use another way.',
  },
  email_not_found: {
    kind: 'error',
    title: 'That site did not tell a mail address',
    says: 'Allow it to share one, or sign in with a link by mail.',
  },
  account_not_linked: {
    kind: 'error',
    title: 'That site has not checked your mail address',
    says: 'Somebody is registered here with this address. Sign in with a link by mail instead.',
  },
  provider_unreachable: {
    kind: 'error',
    title: 'That site cannot be reached at this moment',
    says: 'Try again in a minute, or sign in with a link by mail.',
  },
}

const failureOf = (error: string | undefined): Notice | undefined =>
  error === undefined
    ? undefined
    : (failures[error] ?? {
        kind: 'error',
        title: 'That did not sign you in',
        says: 'It may have taken too long, or begun in another browser. Begin again here.',
      })

const providerButtons = (parts: WebParts, back: string): Html =>
  html`<ul class="actions">${parts.signIn.providers.map(
    ({ id, name }) => html`<li><form class="action" method="post" action="/sign-in/with/${id}">
<input type="hidden" name="return" value="${back}"><button class="plain">Sign in with ${name}</button></form></li>`,
  )}</ul>`

const passkeyPart = (back: string): Html =>
  html`<div data-passkey="sign-in" data-next="${arrival(back)}"><p class="quiet" data-without>Passkeys need JavaScript, which is off or
not supported in this browser.</p><p data-with hidden><button type="button" class="plain">Sign in with a passkey</button></p>
<p role="status" data-status></p></div>`

type Shown = {
  readonly back: string
  readonly email?: string
  readonly errors?: readonly string[]
  readonly notice?: Notice
}

function sections(parts: WebParts, { back, email, errors = [] }: Shown): readonly Section[] {
  const byMail = form({
    name: 'sign-in',
    action: '/sign-in',
    schema,
    submit: 'Send me a link',
    hidden: { return: back },
    ...(email !== undefined && { values: { email } }),
    errors: errors.map(message => ({ path: 'email', message })),
    after: 'Somebody who is new here signs in the same way and registers afterwards.',
  })
  const others = parts.signIn.providers.length > 0 && {
    title: 'With an account elsewhere',
    says: 'Only the mail address is taken over.',
    body: providerButtons(parts, back),
  }
  return [
    { title: 'By mail', body: byMail },
    ...(others ? [others] : []),
    { title: 'With a passkey', says: 'If you have added one to your account.', body: passkeyPart(back) },
  ]
}

async function show(parts: WebParts, context: Context, shown: Shown): Promise<Response> {
  const visitor = await visitorOfRequest(parts, context.req.raw.headers)
  const already: Notice | undefined = visitor.account && {
    kind: 'information',
    title: 'You are signed in',
    says: link({ label: 'Go to your desk', href: '/desk' }),
  }
  const notice = shown.notice ?? already
  return showPage(parts, context, {
    visitor,
    isPrivate: true,
    shown: {
      title: 'Sign in',
      summary: 'Reading needs no sign-in. Acting does, so that the record can say who did what.',
      sections: sections(parts, shown),
      scripts: [scriptPath('passkey')],
      ...(notice && { notice }),
    },
  })
}

/** So many links at once for one address, then one a minute: nobody's letter box is filled from here. */
const lettersPerAddress = { perMinute: 1, burst: 5 }

function takeAddress(parts: WebParts) {
  const mayWrite = limiter(lettersPerAddress)
  return async (context: Context): Promise<Response> => {
    const sent = await sentForm(context)
    const back = safeReturn(sent.get('return')) ?? '/desk'
    const email = String(sent.get('email') ?? '').trim()
    const parsed = Address.safeParse({ email })
    if (!parsed.success) {
      context.status(422)
      return show(parts, context, {
        back,
        email,
        errors: parsed.error.issues.slice(0, 1).map(({ message }) => message),
      })
    }
    if (!mayWrite(sha256(email.toLowerCase()))) {
      context.status(429)
      return show(parts, context, {
        back,
        email,
        errors: ['Several links were just sent to this address. Use the newest, or wait some minutes.'],
      })
    }
    try {
      await parts.signIn.sendLink(email.toLowerCase(), back)
    } catch (fault) {
      // The fault's message may hold the address.
      parts.log(`A sign-in link could not be mailed: ${fault instanceof Error ? fault.name : 'unknown fault'}`)
      context.status(503)
      return show(parts, context, {
        back,
        email,
        errors: ['The mail could not be handed over. Try again in a minute.'],
      })
    }
    return context.redirect(`/sign-in/sent?return=${encodeURIComponent(back)}`, 303)
  }
}

const sentPage =
  (parts: WebParts, outbox: boolean) =>
  async (context: Context): Promise<Response> => {
    const again = `/sign-in?return=${encodeURIComponent(returnOf(context))}`
    const toOutbox = outbox && {
      title: 'On your own machine',
      body: html`<p>No mail leaves this machine: letters land in the ${link({ label: 'outbox', href: '/outbox' })}.</p>`,
    }
    return showPrivate(parts, context, {
      title: 'Look into your mail',
      summary: 'If the address is right, a link is on its way. It signs you in once, within 15 minutes.',
      sections: [
        ...(toOutbox ? [toOutbox] : []),
        {
          title: 'If nothing comes',
          body: html`<p>Look among unwanted mail, or ${link({ label: 'ask for another link', href: again })}.</p>`,
        },
      ],
    })
  }

export function mountSignIn(site: Hono, parts: WebParts, options: { readonly outbox: boolean }): void {
  site.get('/sign-in', context => {
    const notice = failureOf(context.req.query('error'))
    return show(parts, context, { back: returnOf(context), ...(notice && { notice }) })
  })
  site.post('/sign-in', takeAddress(parts))
  site.get('/sign-in/sent', sentPage(parts, options.outbox))
}
