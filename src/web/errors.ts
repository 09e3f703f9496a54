// What went wrong, said plainly: a page for people, a problem document for programs, never a stack.
import type { Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Busy, causeOf, DatabaseLost } from '#database/errors.ts'
import { html } from '#html/html.ts'
import { Unplaced } from '#record/waiting.ts'
import { hereOf } from './pages.ts'
import type { WebParts } from './parts.ts'
import { render } from './render.ts'

type Said = {
  readonly status: 400 | 403 | 404 | 413 | 415 | 429 | 500 | 503
  readonly title: string
  readonly remedy: string
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number
  /** What was done all the same. */
  readonly entry?: string
}

const wantsJson = (context: Context): boolean =>
  context.req.path.startsWith('/api') || context.req.header('accept')?.startsWith('application/json') === true

function say(parts: WebParts, context: Context, said: Said): Response {
  const { status, title, remedy, retryAfter, entry } = said
  context.status(status)
  context.header('cache-control', 'no-store')
  if (retryAfter) context.header('retry-after', String(retryAfter))
  if (entry) context.header('location', `/record/${entry}`)
  const here = hereOf(new URL(context.req.url))
  if (wantsJson(context))
    return context.body(JSON.stringify({ type: 'about:blank', title, status, instance: here, remedy, entry }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    })
  const done = entry && html`<p><a href="/record/${entry}">See what was done</a>.</p>`
  const search = html`${done}<p><a href="/">Go to the charter</a>, or look in <a href="/record">the record</a>.</p>`
  const shown = {
    title,
    summary: remedy,
    isPrivate: true,
    sections: [{ title: 'Where to go', body: search }],
  }
  return context.html(render(parts, { by: { nobody: true } }, { shown, here }))
}

const httpSaid: Readonly<Record<400 | 403 | 413 | 429, Omit<Said, 'status'>>> = {
  400: { title: 'This request could not be read', remedy: 'Check that it is well formed and send it again.' },
  403: {
    title: 'This request did not come from a page of this site',
    remedy: 'Open the page again here and send the form from it.',
  },
  413: { title: 'This is too large', remedy: 'Send less: the most that is taken is 256 kB.' },
  429: { title: 'Too many requests', remedy: 'Wait a minute, then try again.' },
}

/** Programs send no origin: what stops them there is the type of their body, which a form could have. */
const notJson: Said = {
  status: 415,
  title: 'The body is not said to be JSON',
  remedy: 'Send one JSON object, with the header content-type: application/json.',
}

export const tooMany = (parts: WebParts, context: Context): Response =>
  say(parts, context, { status: 429, ...httpSaid[429], retryAfter: 60 })
export const tooLarge = (parts: WebParts, context: Context): Response =>
  say(parts, context, { status: 413, ...httpSaid[413] })

const waitForDatabase =
  'Nothing that was confirmed is lost. Try again in a minute; whoever runs this site finds the reason in its log.'
const lookFirst = 'It was lost while it was asked for this. Look whether it was done before you send it again.'

/** Times in which the program can do nothing, and the person only waits; undefined for a fault of ours. */
function laterOf(fault: Error, isChange: boolean): Said | undefined {
  if (fault instanceof Busy)
    return {
      status: 503,
      title: 'Too much is asked at this moment',
      remedy: 'Nothing was changed. Try again in some seconds.',
      retryAfter: 5,
    }
  // No time to ask again: programs that heed it would send the same once more, and it is done.
  if (fault instanceof Unplaced)
    return {
      status: 503,
      title: 'This is done, but its place in the record is not known yet',
      remedy:
        'Do not send it again. Its entry stands in the record, and will tell its place and have its receipt there.',
      entry: fault.entry,
    }
  if (!(fault instanceof DatabaseLost)) return undefined
  return {
    status: 503,
    title: 'The database cannot be reached at this moment',
    remedy: isChange && fault.outcome === 'unknown' ? lookFirst : waitForDatabase,
    retryAfter: 10,
  }
}

/** Faults are logged by the request's id and the fault's name: its message may hold private matter. */
export function mountErrors(site: Hono, parts: WebParts): void {
  site.notFound(context =>
    say(parts, context, {
      status: 404,
      title: 'There is no such page',
      remedy: 'It may have moved, or the address may have been cut short on its way to you.',
    }),
  )
  site.onError((fault, context) => {
    if (fault instanceof HTTPException) {
      if (fault.status === 403 && context.req.path.startsWith('/api/')) return say(parts, context, notJson)
      const status = ([400, 403, 413, 429] as const).find(known => known === fault.status)
      return status ? say(parts, context, { status, ...httpSaid[status] }) : fault.getResponse()
    }
    const later = laterOf(fault, !['GET', 'HEAD'].includes(context.req.method))
    if (later) {
      parts.log(`${later.title} (${causeOf(fault)})`)
      return say(parts, context, later)
    }
    const id = context.res.headers.get('x-request-id') ?? context.req.header('x-request-id') ?? 'unknown'
    parts.log(`${context.req.method} ${new URL(context.req.url).pathname} failed (request ${id}): ${traceOf(fault)}`)
    return say(parts, context, {
      status: 500,
      title: 'Something went wrong on our side',
      remedy: `Nothing was half done. Try again; if it stays, tell the foundation the number of this request: ${id}.`,
    })
  })
}

/** Name and places of a fault without its message. */
const traceOf = (fault: Error): string => {
  const places = (fault.stack ?? '')
    .split('\n')
    .filter(line => line.trim().startsWith('at '))
    .slice(0, 4)
  return [fault.name, ...places.map(line => line.trim())].join(' ')
}
