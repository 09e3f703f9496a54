// The domains' pages, mounted: load, then show, or say plainly that there is no such thing.
import type { Context, Hono } from 'hono'
import type { Added, AnyPage, PageRequest } from '#acts/page.ts'
import type { Registry } from '#acts/registry.ts'
import type { Notice } from '#html/notice.ts'
import { entryBy } from '#record/queries.ts'
import { idsIn, linked, namesFor } from './names.ts'
import { makeOffer } from './offers.ts'
import type { Visitor, WebParts } from './parts.ts'
import { type Drawn, render, viewFor } from './render.ts'
import { fullSentence, timelineAbout } from './timeline.ts'
import { visitorOfRequest } from './visitor.ts'

/** The path and query of a request, without what only told of an act just done. */
export const hereOf = (url: URL): string => {
  const query = new URLSearchParams(url.search)
  query.delete('done')
  return query.size > 0 ? `${url.pathname}?${query}` : url.pathname
}

export function requestFor(
  parts: WebParts,
  visitor: Visitor,
  asked: { url: URL; params: Record<string, string> },
): PageRequest {
  const { engine, read } = parts
  const request: PageRequest = {
    read,
    params: asked.params,
    query: asked.url.searchParams,
    ...(visitor.viewer && { viewer: visitor.viewer }),
    at: parts.now(),
    term: engine.term,
    offer: makeOffer(parts, visitor),
    timeline: (subject, limit = 30) => timelineAbout(engine.registry, read, { subject, limit }),
    names: ids => namesFor(engine.registry, read, ids),
    added: subject => addedBy(engine.registry, request, subject),
  }
  return request
}

async function addedBy(registry: Registry, request: PageRequest, subject: string): Promise<Added> {
  const found = await Promise.all(registry.domains.map(domain => domain.adds?.(request, subject)))
  return view => {
    const additions = found.flatMap(shows => shows?.(view) ?? [])
    return {
      facts: additions.flatMap(({ facts = [] }) => facts),
      next: additions.flatMap(({ next = [] }) => next),
      sections: additions.flatMap(({ sections = [] }) => sections),
    }
  }
}

/** What was just done, told once on the page the visitor came back to, with the way to its receipt. */
export async function doneNotice(parts: WebParts, entryId: string | null): Promise<Notice | undefined> {
  const entry = entryId ? await entryBy(parts.read, entryId) : undefined
  if (!entry) return undefined
  const { registry } = parts.engine
  const sentence = fullSentence(registry, entry.leaf)
  const names = await namesFor(registry, parts.read, idsIn([sentence]))
  const says = linked(`${sentence}.`, names)
  return {
    kind: 'success',
    title: 'Done, and in the record',
    says,
    receipt: { label: 'Receipt', href: `/record/${entry.id}` },
  }
}

/** A signed-out visitor to a page that is somebody's own is asked to sign in first. */
export const signInFirst = (context: Context, here: string): Response =>
  context.redirect(`/sign-in?return=${encodeURIComponent(here)}`, 303)

export async function showPage(
  parts: WebParts,
  context: Context,
  given: { visitor: Visitor; shown: Drawn; isPrivate?: boolean },
) {
  const url = new URL(context.req.url)
  const notice = await doneNotice(parts, url.searchParams.get('done'))
  const shown = { ...given.shown, isPrivate: given.isPrivate ?? false, ...(notice && { notice }) }
  // As bytes at once: text would be walked through twice more on its way out.
  const body = Buffer.from(render(parts, given.visitor, { shown, here: hereOf(url) }))
  context.header('content-type', 'text/html; charset=UTF-8')
  if (shown.looksAgain !== undefined) context.header('refresh', `${shown.looksAgain}; url=${hereOf(url)}`)
  return context.body(body)
}

async function answer(parts: WebParts, page: AnyPage, context: Context): Promise<Response> {
  const url = new URL(context.req.url)
  const here = hereOf(url)
  const visitor = await visitorOfRequest(parts, context.req.raw.headers)
  if (page.needsSignIn && !visitor.viewer?.person)
    return visitor.account
      ? context.redirect(`/welcome?return=${encodeURIComponent(here)}`, 303)
      : signInFirst(context, here)
  const data: unknown = await page.loads(requestFor(parts, visitor, { url, params: context.req.param() }))
  if (data === undefined) return context.notFound()
  if (typeof data === 'object' && data !== null && 'movedTo' in data) return context.redirect(String(data.movedTo), 301)
  const shown = page.shows(data, viewFor(parts, visitor, here))
  return showPage(parts, context, { visitor, shown, isPrivate: page.needsSignIn === true })
}

export function mountPages(site: Hono, parts: WebParts, pages: readonly AnyPage[]): void {
  for (const page of pages) site.get(page.path, context => answer(parts, page, context))
}
