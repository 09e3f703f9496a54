// The log as files, receipts and feeds: what programs read.
import type { Context, Hono } from 'hono'
import { entriesPage } from '#record/queries.ts'
import { logFile, receiptOf } from '#record/serve.ts'
import type { WebParts } from '../parts.ts'
import { namesOfEntries, sayPlainly } from '../timeline.ts'

const cacheOf = { immutable: 'public, max-age=31536000, immutable', brief: 'public, max-age=2' } as const

async function serveLog(parts: WebParts, context: Context): Promise<Response> {
  const file = await logFile(parts.read, context.req.path.replace(/^\/log\//, ''))
  if (!file) return context.notFound()
  const headers = {
    'content-type': file.type,
    'cache-control': cacheOf[file.cache],
    'access-control-allow-origin': '*',
  }
  return context.body(new Uint8Array(file.bytes), 200, headers)
}

async function serveReceipt(parts: WebParts, context: Context): Promise<Response> {
  const entry = context.req.param('entry') ?? ''
  const receipt = await receiptOf(parts.read, entry)
  if (!receipt) return context.notFound()
  return context.body(receipt, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${entry.replace(/[^a-z0-9_]/g, '')}.tlog-proof"`,
    'cache-control': 'no-cache',
  })
}

type Item = { readonly id: string; readonly at: string; readonly act: string; readonly says: string }

async function feedItems(parts: WebParts, about: string | undefined): Promise<readonly Item[]> {
  const { registry } = parts.engine
  const entries = await entriesPage(parts.read, { limit: 50, subject: about })
  const names = await namesOfEntries(registry, parts.read, entries)
  return entries.map(({ id, at, leaf }) => ({ id, at, act: leaf.act, says: sayPlainly(registry, leaf, names) }))
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`).replace(/[^\P{Cc}\n\t]/gu, '')

function atom(parts: WebParts, items: readonly Item[], self: string): string {
  const { name } = parts.foundation()
  const entries = items.map(
    ({
      id,
      at,
      act,
      says,
    }) => `<entry><id>${escaped(`${parts.baseUrl}/record/${id}`)}</id><title>${escaped(says)}</title>
<updated>${at}</updated><category term="${escaped(act)}"/><link href="${escaped(`${parts.baseUrl}/record/${id}`)}"/><summary>${escaped(says)}</summary></entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${escaped(self)}</id><title>${escaped(name)}: acts</title>
<updated>${items[0]?.at ?? '1970-01-01T00:00:00.000Z'}</updated><author><name>${escaped(name)}</name></author>
<link rel="self" href="${escaped(self)}"/><link href="${escaped(`${parts.baseUrl}/record`)}"/>
${entries.join('\n')}</feed>
`
}

const json = (parts: WebParts, items: readonly Item[], self: string) => ({
  version: 'https://jsonfeed.org/version/1.1',
  title: `${parts.foundation().name}: acts`,
  home_page_url: `${parts.baseUrl}/record`,
  feed_url: self,
  items: items.map(({ id, at, act, says }) => ({
    id: `${parts.baseUrl}/record/${id}`,
    url: `${parts.baseUrl}/record/${id}`,
    content_text: says,
    date_published: at,
    tags: [act],
  })),
})

async function serveFeed(parts: WebParts, context: Context): Promise<Response> {
  const about = context.req.query('about')
  const self = `${parts.baseUrl}${context.req.path}${about ? `?about=${encodeURIComponent(about)}` : ''}`
  const items = await feedItems(parts, about)
  return context.req.path.endsWith('.atom')
    ? context.body(atom(parts, items, self), 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
    : context.body(JSON.stringify(json(parts, items, self)), 200, {
        'content-type': 'application/feed+json; charset=utf-8',
      })
}

export function mountRecordFiles(site: Hono, parts: WebParts): void {
  site.get('/log/*', context => serveLog(parts, context))
  site.get('/record/:entry/receipt', context => serveReceipt(parts, context))
  site.get('/feeds/record.atom', context => serveFeed(parts, context))
  site.get('/feeds/record.json', context => serveFeed(parts, context))
}
