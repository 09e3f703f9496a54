// /account/keys: keys for programs that act in one's name through the API; made here, shown once, revoked here.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { Registry } from '#acts/registry.ts'
import { codeBlock } from '#html/code.ts'
import type { FieldError } from '#html/control.ts'
import { form } from '#html/form.ts'
import { type Html, html } from '#html/html.ts'
import type { Notice } from '#html/notice.ts'
import { parseForm } from '#html/parse.ts'
import { table } from '#html/table.ts'
import { instantTime } from '#html/time.ts'
import { sentForm } from '../body.ts'
import { showPage } from '../pages.ts'
import type { KeyInfo, WebParts } from '../parts.ts'
import { forPerson, type Own } from './own.ts'

const mostKeys = 50

const wide = {
  read: 'Read: every look-up, also those that show only your own data',
  act: 'Act: everything that you may do yourself',
} as const

/** What a key may be made for; single acts are offered by the names that the API gives them. */
function wantedKey(registry: Registry) {
  const acts = [...registry.acts.values()].filter(act => !act.isInternal && !act.by.includes('newcomer'))
  const labels = Object.fromEntries(acts.map(act => [act.name, `${act.title} (${act.name})`]))
  const single = acts.map(act => z.literal(act.name).meta({ title: labels[act.name] }))
  return z.object({
    name: z
      .string()
      .trim()
      .min(1, 'Give it a name')
      .max(32)
      .meta({ title: 'Name', description: 'To know it again by.' }),
    scopes: z
      .array(z.enum(['read', 'act']).meta({ labels: wide }))
      .default([])
      .meta({ title: 'It may', description: 'Tick one at least, here or below.' }),
    acts: z.array(z.union(single)).default([]).meta({ title: 'Or only single acts' }),
    days: z
      .int()
      .min(1)
      .max(365, 'A key lives for a year at the most')
      .default(90)
      .meta({ title: 'Days until it expires', description: 'From 1 to 365.' }),
  })
}

type Shown = {
  readonly own: Own
  readonly values?: unknown
  readonly errors?: readonly FieldError[]
  /** The key just made. */
  readonly made?: string
}

const when = (at: Date | null, parts: WebParts, none: string): Html =>
  at ? instantTime(at.toISOString(), parts.now()) : html`<span class="quiet">${none}</span>`

const revoke = ({ id, name }: KeyInfo): Html =>
  html`<form method="post" action="/account/keys/${id}/revoke"><button class="plain">Revoke<span class="sr"> ${name}</span></button></form>`

const keyTable = (parts: WebParts, keys: readonly KeyInfo[]): Html =>
  table({
    caption: 'Your keys',
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Name' },
      { key: 'start', label: 'Begins with' },
      { key: 'scopes', label: 'It may' },
      { key: 'expires', label: 'Expires' },
      { key: 'used', label: 'Last used' },
      { key: 'revoke', label: 'Change' },
    ],
    rows: keys.map(key => ({
      name: key.name,
      start: html`<code>${key.start}…</code>`,
      scopes: key.scopes.join(', '),
      expires: when(key.expires, parts, 'never'),
      used: when(key.used, parts, 'not yet'),
      revoke: revoke(key),
    })),
    empty: 'You have no keys.',
  })

const madeNotice: Notice = {
  kind: 'success',
  title: 'The key is made',
  says: 'Copy it now: it is not kept here and cannot be shown again.',
}

async function show(parts: WebParts, context: Context, shown: Shown): Promise<Response> {
  const { own, values, errors = [], made } = shown
  const make = form({
    name: 'key',
    action: '/account/keys',
    schema: z.toJSONSchema(wantedKey(parts.engine.registry), { io: 'input' }),
    submit: 'Make a key',
    ...(values !== undefined && { values }),
    errors,
    after: 'Whoever holds the key acts in your name, as far as it reaches.',
  })
  const use =
    made && codeBlock(`curl -H 'authorization: Bearer ${made}' ${parts.baseUrl}/api/people/export`, 'The key in use')
  return showPage(parts, context, {
    visitor: own.visitor,
    isPrivate: true,
    shown: {
      title: 'API keys',
      summary: 'Keys let programs act in your name: through the API, and with the command guildhall.',
      crumbs: [{ label: 'Your account', href: '/account' }],
      ...(made && { notice: madeNotice }),
      sections: [
        ...(made && use
          ? [{ title: 'Your new key', body: html`${codeBlock(made, 'The new key')}<p>For example:</p>${use}` }]
          : []),
        { title: 'Keys you have', body: keyTable(parts, await parts.signIn.keysOf(own.account.id)) },
        { title: 'A new key', body: make },
      ],
    },
  })
}

async function make(parts: WebParts, context: Context, own: Own): Promise<Response> {
  const schema = wantedKey(parts.engine.registry)
  const values = parseForm(z.toJSONSchema(schema, { io: 'input' }), await sentForm(context))
  const parsed = schema.safeParse(values)
  const held = await parts.signIn.keysOf(own.account.id)
  const scopes = parsed.success ? [...parsed.data.scopes, ...parsed.data.acts] : []
  const errors: readonly FieldError[] = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })),
    ...(parsed.success && scopes.length === 0
      ? [{ path: 'scopes', message: 'Say what it may do: tick one at least.' }]
      : []),
    ...(held.length >= mostKeys ? [{ path: '', message: `You have ${mostKeys} keys: revoke one first.` }] : []),
  ]
  if (!parsed.success || errors.length > 0) {
    context.status(422)
    return show(parts, context, { own, values, errors })
  }
  const { name, days } = parsed.data
  return show(parts, context, { own, made: await parts.signIn.makeKey(own.account.id, { name, scopes, days }) })
}

export function mountKeys(site: Hono, parts: WebParts): void {
  site.get(
    '/account/keys',
    forPerson(parts, (context, own) => show(parts, context, { own })),
  )
  site.post(
    '/account/keys',
    forPerson(parts, (context, own) => make(parts, context, own)),
  )
  site.post(
    '/account/keys/:key/revoke',
    forPerson(parts, async (context, { account }) => {
      await parts.signIn.revokeKey(account.id, context.req.param('key') ?? '')
      return context.redirect('/account/keys', 303)
    }),
  )
}
