// /outbox: letters that would have been mailed, on one's own machine only. Sign-in links lie among them.
import type { Context, Hono } from 'hono'
import type { Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { empty } from '#html/empty.ts'
import { pager } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import { instantTime } from '#html/time.ts'
import type { WebParts } from '../parts.ts'
import { remoteOf } from '../remote.ts'
import { showPrivate } from './own.ts'

/** A letter kept instead of mailed. */
export type KeptLetter = {
  readonly id: string
  readonly at: Instant
  readonly to: string
  readonly subject: string
  readonly text: string
}
/** Where letters lie that no server mails: newest first, from before the one named. */
export type Outbox = {
  readonly page: (read: Read, limit: number, before?: string) => Promise<readonly KeptLetter[]>
  readonly size: (read: Read) => Promise<number>
}

const perPage = 20
const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const ownNames = ['localhost', '127.0.0.1', '[::1]']

/** Not forwarded, from this machine, and by a name of this machine, so that no other site's name leads a browser here. */
function isOwnMachine(context: Context): boolean {
  const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded'].some(name =>
    context.req.header(name),
  )
  return !forwarded && loopback.test(remoteOf(context)) && ownNames.includes(new URL(context.req.url).hostname)
}

/** The text with every address as a link. */
const withLinks = (text: string): Html =>
  html`${text.split(/(https?:\/\/[^\s<>"]+)/).map((part, place) => (place % 2 === 1 ? link({ label: part, href: part }) : part))}`

const letter = (parts: WebParts, { to, subject, at, text }: KeptLetter): Html =>
  html`<article class="letter"><h3>${subject}</h3><p class="quiet">To ${to}, ${instantTime(at, parts.now())}</p>
<p class="letter-text">${withLinks(text)}</p></article>`

async function show(parts: WebParts, outbox: Outbox, context: Context): Promise<Response> {
  if (!isOwnMachine(context)) return context.notFound()
  const before = context.req.query('before')
  const found = await outbox.page(parts.read, perPage + 1, before)
  const letters = found.slice(0, perPage)
  const last = letters.at(-1)
  const pages = pager({
    ...(before !== undefined && { newer: '/outbox' }),
    ...(found.length > perPage && last && { older: `/outbox?before=${last.id}` }),
    summary: `${letters.length} of ${await outbox.size(parts.read)} letters`,
  })
  return showPrivate(parts, context, {
    title: 'Outbox',
    summary: 'Letters that would have been mailed. They are kept here for 30 days, because no mail server is set up.',
    notice: {
      kind: 'warning',
      title: 'Only on your own machine',
      says: 'Whoever reads this page can sign in as anybody. It exists for requests from this machine only, and not at all once SMTP_URL is set.',
    },
    sections: [
      {
        title: 'Letters',
        body: letters.length > 0 ? html`${letters.map(one => letter(parts, one))}${pages}` : empty('No letters yet.'),
      },
    ],
  })
}

export const mountOutbox = (site: Hono, parts: WebParts, outbox: Outbox): void => {
  site.get('/outbox', context => show(parts, outbox, context))
}
