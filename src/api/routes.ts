// The API: an act is POST /api/domain/verb, a look-up is GET /api/domain/name. Both are read from the declarations.
import type { Context, Hono } from 'hono'
import type { By } from '#acts/capacity.ts'
import type { Placed } from '#acts/parts.ts'
import { isRefusal, type Refusal, refuse } from '#acts/problem.ts'
import { noSuchAct, signInFirst, unfitInput } from '#acts/problems.ts'
import { csvOf } from '#base/csv.ts'
import { faceFields } from '#web/offers.ts'
import type { Visitor, WebParts } from '#web/parts.ts'
import { problemBody, statusOf } from '#web/status.ts'
import { sentenceOf } from '#web/timeline.ts'
import { byOf } from '#web/visitor.ts'
import { mountApiReference } from './reference.ts'
import { allows, mayRead, outOfScope } from './scopes.ts'

const refusalAnswer = (context: Context, refusal: Refusal): Response =>
  context.body(JSON.stringify(problemBody(refusal, context.req.path)), statusOf(refusal), {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(refusal.refused.kind === 'busy' && { 'retry-after': '2' }),
    ...(refusal.refused === signInFirst && { 'www-authenticate': 'Bearer' }),
  })

type Asker = Pick<Visitor, 'by' | 'account'> & { readonly scopes?: readonly string[] | 'unknown key' }

const unknownKey = refuse(signInFirst, {
  detail: 'This key is unknown, revoked or expired.',
  remedy: 'Make a key on your account page, or leave the Authorization header out.',
})

/** Why the key, where one came along, does not do for this act or look-up. */
function barredBy({ scopes }: Asker, name: string, reaches: typeof allows): Refusal | undefined {
  if (scopes === 'unknown key') return unknownKey
  return scopes && !reaches(scopes, name) ? outOfScope(name, scopes) : undefined
}

/** A key in the Authorization header goes before a session; an unknown key is nobody, whatever cookies came along. */
async function askerOf(parts: WebParts, context: Context): Promise<Asker> {
  const key = /^Bearer (\S{10,200})$/.exec(context.req.header('authorization') ?? '')?.[1]
  if (key) {
    const found = await parts.signIn.accountOfKey(key)
    return { ...(await byOf(parts, found?.account)), scopes: found?.scopes ?? 'unknown key' }
  }
  return byOf(parts, context.req.header('cookie') ? await parts.signIn.accountOf(context.req.raw.headers) : undefined)
}

const actName = (context: Context): string => `${context.req.param('domain')}.${context.req.param('verb')}`

async function bodyOf(context: Context): Promise<Record<string, unknown> | undefined> {
  try {
    const text = await context.req.text()
    const body: unknown = text === '' ? {} : JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined
  } catch {
    return undefined
  }
}

/** `If-Match` carries an entry's id, quoted or not. */
const unquoted = (text: string | undefined): string | undefined => text?.replace(/^(?:W\/)?"?|"?$/g, '') || undefined

function doneAnswer(parts: WebParts, context: Context, done: Placed): Response {
  const { entry, follows, isRepeat, place } = done
  context.header('etag', `"${entry.id}"`)
  context.header('location', `/record/${entry.id}`)
  return context.json(
    {
      entry,
      ...place,
      says: sentenceOf(parts.engine.registry, entry),
      receipt: `${parts.baseUrl}/record/${entry.id}/receipt`,
      follows: follows.map(({ id, act }) => ({ id, act })),
    },
    isRepeat ? 200 : 201,
  )
}

async function perform(parts: WebParts, context: Context): Promise<Response> {
  const act = parts.engine.registry.acts.get(actName(context))
  if (!act || act.isInternal) return refusalAnswer(context, refuse(noSuchAct))
  const asker = await askerOf(parts, context)
  const barred = barredBy(asker, act.name, allows)
  if (barred) return refusalAnswer(context, barred)
  const body = await bodyOf(context)
  if (!body) return malformed(context)
  const { as, mandate, rehearse } = context.req.query()
  const by: By = 'person' in asker.by && as ? { ...asker.by, as } : asker.by
  const idempotencyKey = context.req.header('idempotency-key')
  const lastSeen = unquoted(context.req.header('if-match'))
  const order = { act: act.name, input: { ...body, ...faceFields(act, asker) }, by, mandate, idempotencyKey, lastSeen }
  if (rehearse !== undefined) {
    const answer = await parts.engine.rehearse(order)
    return isRefusal(answer)
      ? refusalAnswer(context, answer)
      : context.json({ facts: openFacts(answer.facts, act.seals) })
  }
  const outcome = await parts.engine.performAndPlace(order)
  return isRefusal(outcome) ? refusalAnswer(context, outcome) : doneAnswer(parts, context, outcome)
}

/** A rehearsal shows what everybody would read. */
const openFacts = (facts: object, seals: readonly string[] = []): object =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !seals.includes(name)))

const malformed = (context: Context): Response =>
  context.body(
    JSON.stringify({
      type: 'about:blank',
      title: 'The body is not a JSON object',
      status: 400,
      instance: context.req.path,
      remedy: 'Send one JSON object, such as { "motion": "mot_…" }.',
    }),
    400,
    { 'content-type': 'application/problem+json' },
  )

async function lookUp(parts: WebParts, context: Context): Promise<Response> {
  const query = parts.engine.registry.queries.get(actName(context))
  if (!query) return refusalAnswer(context, refuse(noSuchAct))
  const asker = await askerOf(parts, context)
  const barred = barredBy(asker, query.name, mayRead)
  if (barred) return refusalAnswer(context, barred)
  const parsed = query.takes.safeParse(context.req.query())
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }))
    return refusalAnswer(context, refuse(unfitInput, { fields }))
  }
  const found: unknown = await query.finds(parsed.data, parts.read, {
    ...('person' in asker.by && { person: asker.by.person }),
    at: parts.now(),
    held: async () => (asker.account ? parts.heldFor(asker.account) : {}),
    term: parts.engine.term,
  })
  if (found === undefined) return context.notFound()
  if (query.csv && context.req.query('format') === 'csv') return csvAnswer(context, query.name, query.csv(found))
  return context.json(query.gives.parse(found) as object) // every look-up gives an object
}

const csvAnswer = (context: Context, name: string, rows: readonly (readonly string[])[]): Response =>
  context.body(csvOf(rows), 200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name.replace('.', '-')}.csv"`,
  })

export function mountApi(site: Hono, parts: WebParts): void {
  mountApiReference(site, parts)
  site.post('/api/:domain/:verb', context => perform(parts, context))
  site.get('/api/:domain/:verb', context => lookUp(parts, context))
}
