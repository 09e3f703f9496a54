// From what a page shows to the whole document: frame, navigation, account corner, notice, colophon.
import type { PageView, Shown } from '#acts/page.ts'
import type { ClauseLink } from '#html/clause.ts'
import { type Html, html } from '#html/html.ts'
import { document } from '#html/layout.ts'
import { type Notice, notice } from '#html/notice.ts'
import { page } from '#html/page.ts'
import { drawOffer } from './offers.ts'
import type { Visitor, WebParts } from './parts.ts'
import { drawTimeline } from './timeline.ts'

export const clausesOf =
  (parts: WebParts) =>
  (ids: readonly string[]): readonly ClauseLink[] =>
    ids.map(id => ({ id, href: `/charter/${encodeURIComponent(id)}`, pledge: parts.pledge(id) }))

export function viewFor(parts: WebParts, visitor: Visitor, here: string): PageView {
  const clauses = clausesOf(parts)
  const { name, short } = parts.foundation()
  return {
    at: parts.now(),
    ...(visitor.viewer && { viewer: visitor.viewer }),
    here,
    clauses,
    foundation: { name, short },
    action: drawOffer(here, clauses),
    timeline: items => drawTimeline(items, clauses),
  }
}

const account = ({ account: signedIn, viewer }: Visitor, here: string): Html =>
  signedIn
    ? html`<a href="/desk">${viewer?.name ?? 'Your desk'}</a>
<form method="post" action="/sign-out"><button class="plain">Sign out</button></form>`
    : html`<a href="/sign-in?return=${encodeURIComponent(here)}">Sign in</a>`

const navigation = (parts: WebParts, here: string) =>
  [
    ...parts.engine.registry.domains.flatMap(domain => domain.nav ?? []),
    { label: 'Record', href: '/record', order: 90 },
  ]
    .sort((a, b) => a.order - b.order)
    .map(({ label, href }) => ({
      label,
      href,
      isCurrent: href === '/' ? here === '/' || here.startsWith('/charter') : here.startsWith(href),
    }))

const feeds = [
  { label: 'Acts (Atom)', href: '/feeds/record.atom', type: 'application/atom+xml' },
  { label: 'Acts (JSON)', href: '/feeds/record.json', type: 'application/feed+json' },
] as const

export type Drawn = Shown & {
  readonly notice?: Notice
  readonly isPrivate?: boolean
  /** Addresses of browser modules; the page must work without them. */
  readonly scripts?: readonly string[]
}

/** The document as text. `here` is the path with its query. */
export function render(parts: WebParts, visitor: Visitor, given: { shown: Drawn; here: string }): string {
  const { shown, here } = given
  const { name, accent, language, charter } = parts.foundation()
  const summary = typeof shown.summary === 'string' ? shown.summary : undefined
  return document({
    title: shown.title,
    ...(summary && { description: summary }),
    foundation: { name, accent },
    language,
    nav: navigation(parts, here),
    account: account(visitor, here),
    ...(shown.crumbs && { crumbs: shown.crumbs }),
    ...(shown.scripts && { scripts: shown.scripts }),
    ...(shown.notice && { notice: notice(shown.notice) }),
    body: page(shown),
    canonical: `${parts.baseUrl}${here.split('?')[0]}`,
    ...((shown.isPrivate || visitor.account) && { isPrivate: true }),
    colophon: {
      charter: { label: `Charter ${charter.slice(0, 8)}`, href: '/' },
      checkpoint: { label: 'Latest checkpoint', href: '/log/checkpoint' },
      links: [
        { label: 'The public record', href: '/record' },
        { label: 'Check it yourself', href: '/record/check' },
        { label: 'API', href: '/api' },
        { label: 'Acts and refusals', href: '/reference' },
        { label: 'Privacy', href: '/privacy' },
      ],
      feeds,
      generated: parts.now(),
    },
  }).toString()
}
