// A form for every act: shown, filled again with what was typed when it did not fit, and sent once however often it is pressed.
import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { AnyAct } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import { isRefusal, type Refusal } from '#acts/problem.ts'
import { unfitInput } from '#acts/problems.ts'
import { clausesOf as clausesOfAct } from '#acts/registry.ts'
import type { Fact } from '#html/facts.ts'
import { fieldsOf, type JsonSchema, withSuggestions } from '#html/fields.ts'
import { form } from '#html/form.ts'
import { type Html, html, link } from '#html/html.ts'
import { parseForm, wantsMore } from '#html/parse.ts'
import { sentForm } from './body.ts'
import { idsIn, linked, namesFor, withPlaces } from './names.ts'
import { addressOfAct, faceFields, inputSchema, picksFor } from './offers.ts'
import { showPage, signInFirst } from './pages.ts'
import type { Visitor, WebParts } from './parts.ts'
import { clausesOf, type Drawn, render } from './render.ts'
import { remedyOf, statusOf } from './status.ts'
import { visitorOfRequest } from './visitor.ts'

/** Only a path of this site: nobody is sent elsewhere by a link that they were given. */
export const safeReturn = (wanted: FormDataEntryValue | string | null | undefined): string | undefined =>
  typeof wanted === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(wanted) ? wanted : undefined

const gaps = /\{([a-z]+)\}/gi

/** A way back may lead to what the act has just made: `/motions/{motion}` is filled in from the facts, which are public. */
const filledPath = (path: string, facts: object): string | undefined =>
  safeReturn(path.replace(gaps, (_, name: string) => encodeURIComponent(String(Reflect.get(facts, name) ?? ''))))

/** For whoever did nothing yet, there is nothing to fill in. */
const unfilled = (path: string | undefined): string => (path && !path.includes('{') ? path : '/')

export const withDone = (path: string, entry: string): string => `${path}${path.includes('?') ? '&' : '?'}done=${entry}`

/** Members that came in the address or with the form, as JSON where they are not plain text. */
const settled = (entries: Iterable<[string, FormDataEntryValue]>): [string, string][] =>
  [...entries].filter((pair): pair is [string, string] => typeof pair[1] === 'string')

type Filled = {
  readonly act: AnyAct
  readonly visitor: Visitor
  readonly values: Record<string, unknown>
  readonly hidden: Record<string, string>
  readonly refusal?: Refusal
}

/** Which fields are typed and which the page that led here has settled; without `_asks` all are typed. */
function sorted({ act, values, hidden }: Filled): {
  readonly schema: JsonSchema
  readonly settled: [string, unknown][]
} {
  const schema = inputSchema(act)
  const asks = hidden._asks?.split(' ')
  if (!asks) return { schema, settled: [] }
  const entries = Object.entries(schema.properties ?? {})
  return {
    schema: { ...schema, properties: Object.fromEntries(entries.filter(([name]) => asks.includes(name))) },
    settled: Object.entries(values).filter(([name]) => !asks.includes(name)),
  }
}

/** What is settled, for the reader: ids by name, and no more than words. */
async function settledFacts(parts: WebParts, { act }: Filled, settled: readonly [string, unknown][]): Promise<Fact[]> {
  const members = fieldsOf(inputSchema(act))
  const told = settled.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const names = await namesFor(parts.engine.registry, parts.read, idsIn(told.map(([, value]) => value)))
  return told.flatMap(([name, value]) => {
    const field = members.find(one => one.name === name)
    return field ? [{ term: field.title, value: linked(value, names) }] : []
  })
}

const refusalNotice = (refusal: Refusal): Drawn['notice'] => ({
  kind: 'error',
  title: refusal.refused.title,
  says: html`${refusal.detail && html`<p>${refusal.detail}</p>`}<p>${withPlaces(remedyOf(refusal))}</p><p>${link({ label: 'About this refusal', href: `/problems/${refusal.refused.id}` })}</p>`,
})

/** What is sealed is named, so that nobody wonders what everybody will read. */
function afterwards(act: AnyAct): string {
  const sealed = fieldsOf(inputSchema(act)).filter(({ name }) => act.seals?.includes(name))
  const but = sealed.length > 0 ? `, but for what is sealed: ${sealed.map(({ title }) => title).join(', ')}` : ''
  return `The rules of the charter are asked first. If none stands against it, it is done at once and stays in the public record, where everybody can read it${but}.`
}

async function formPage(parts: WebParts, filled: Filled): Promise<Drawn> {
  const { act, values, hidden, refusal } = filled
  const { schema, settled } = sorted(filled)
  const body: Html = form({
    name: act.name.replace('.', '-'),
    action: addressOfAct(act),
    schema: withSuggestions(schema, await picksFor(parts, act)),
    submit: act.title,
    values,
    hidden: { ...hidden, ...(settled.length > 0 && { _settled: JSON.stringify(Object.fromEntries(settled)) }) },
    errors: refusal?.fields?.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [],
    after: afterwards(act),
  })
  return {
    title: act.title,
    summary: act.describes,
    facts: [...(await settledFacts(parts, filled, settled)), { term: 'Who may', value: capacityWords(act.by) }],
    clauses: clausesOf(parts)(
      refusal && refusal.clauses.length > 0 ? refusal.clauses : clausesOfAct(act, parts.engine),
    ),
    sections: [{ title: 'What you enter', body }],
    ...(refusal && refusal.refused !== unfitInput && { notice: refusalNotice(refusal) }),
    isPrivate: true,
  }
}

const actOf = (parts: WebParts, context: Context): AnyAct | undefined => {
  const act = parts.engine.registry.acts.get(`${context.req.param('domain')}.${context.req.param('verb')}`)
  return act?.isInternal ? undefined : act
}

async function showForm(parts: WebParts, context: Context): Promise<Response> {
  const act = actOf(parts, context)
  if (!act) return context.notFound()
  const url = new URL(context.req.url)
  const visitor = await visitorOfRequest(parts, context.req.raw.headers)
  if (!visitor.account) return signInFirst(context, `${url.pathname}${url.search}`)
  const given = settled(url.searchParams)
  const hidden = Object.fromEntries([...given.filter(([name]) => name.startsWith('_')), ['_key', randomUUID()]])
  const values = Object.fromEntries(
    given.filter(([name]) => !name.startsWith('_')).map(([name, text]) => [name, jsonOr(text)]),
  )
  return showPage(parts, context, {
    visitor,
    shown: await formPage(parts, { act, visitor, values, hidden }),
    isPrivate: true,
  })
}

/** Objects and lists travel as JSON in addresses; anything else is the text itself. */
const jsonOr = (text: string): unknown => {
  if (!/^[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What the page that led here has settled, groups and lists included. It is checked like everything else that is sent. */
function settledIn({ _settled }: Record<string, string>): object {
  const read = jsonOr(_settled ?? '')
  return typeof read === 'object' && read !== null ? read : {}
}

/** Whether the act just done took the visitor's own registration away. */
const hasLeft = async (parts: WebParts, { viewer, account }: Visitor): Promise<boolean> =>
  viewer?.person !== undefined && account !== undefined && (await parts.personOf(account.id)) === undefined

/** Ends the session in the browser; the entry is the one page about them that stays. */
async function farewell(parts: WebParts, context: Context, entry: string): Promise<Response> {
  for (const cookie of await parts.signIn.signOut(context.req.raw.headers))
    context.header('set-cookie', cookie, { append: true })
  return context.redirect(withDone(`/record/${entry}`, entry), 303)
}

async function takeForm(parts: WebParts, context: Context): Promise<Response> {
  const act = actOf(parts, context)
  if (!act) return context.notFound()
  const sent = await sentForm(context)
  const visitor = await visitorOfRequest(parts, context.req.raw.headers)
  const hidden = Object.fromEntries(settled(sent.entries()).filter(([name]) => name.startsWith('_')))
  const back = safeReturn(hidden._return)
  if (!visitor.account) return signInFirst(context, unfilled(back))
  // An object: every act takes one.
  const values = { ...(parseForm(inputSchema(act), sent) as Record<string, unknown>), ...settledIn(hidden) }
  if (wantsMore(sent))
    return showPage(parts, context, {
      visitor,
      shown: await formPage(parts, { act, visitor, values, hidden }),
    })
  const input = { ...values, ...faceFields(act, visitor) }
  const by = 'person' in visitor.by && hidden._as ? { ...visitor.by, as: hidden._as } : visitor.by
  const outcome = await parts.engine.performAndPlace({
    act: act.name,
    input,
    by,
    ...(hidden._mandate && { mandate: hidden._mandate }),
    ...(hidden._key && { idempotencyKey: hidden._key }),
  })
  if (!isRefusal(outcome)) {
    if (await hasLeft(parts, visitor)) return farewell(parts, context, outcome.entry.id)
    const path = back && filledPath(back, outcome.entry.facts)
    return context.redirect(withDone(path ?? `/record/${outcome.entry.id}`, outcome.entry.id), 303)
  }
  context.status(statusOf(outcome))
  const shown = await formPage(parts, {
    act,
    visitor,
    values,
    hidden: { ...hidden, _key: randomUUID() },
    refusal: outcome,
  })
  return context.html(render(parts, visitor, { shown, here: addressOfAct(act) }))
}

export function mountForms(site: Hono, parts: WebParts): void {
  site.get('/acts/:domain/:verb', context => showForm(parts, context))
  site.post('/acts/:domain/:verb', context => takeForm(parts, context))
}
