// Offers: an act on a page, rehearsed for the visitor, drawn as a form or as the reason why it is off.
import { z } from 'zod'
import type { AnyAct } from '#acts/act.ts'
import { actorsFor } from '#acts/capacity.ts'
import type { Picks } from '#acts/domain.ts'
import type { Offer, PageView } from '#acts/page.ts'
import { citing, isRefusal } from '#acts/problem.ts'
import { signInFirst, unfitInput } from '#acts/problems.ts'
import { clausesOf } from '#acts/registry.ts'
import { hashOf } from '#base/canonical.ts'
import type { Action } from '#html/action.ts'
import type { ClauseLink } from '#html/clause.ts'
import { type JsonSchema, pickedBy, withSuggestions } from '#html/fields.ts'
import { formFields } from '#html/form.ts'
import { html, link } from '#html/html.ts'
import { withPlaces } from './names.ts'
import type { Visitor, WebParts } from './parts.ts'
import { reasonOf, remedyOf } from './status.ts'

const schemas = new WeakMap<AnyAct, JsonSchema>()

/** What an act takes, as JSON Schema without what the faces fill in themselves; made once for each act. */
export function inputSchema(act: AnyAct): JsonSchema {
  const made = schemas.get(act) ?? shown(z.toJSONSchema(act.takes, { io: 'input', unrepresentable: 'any' }))
  schemas.set(act, made)
  return made
}

function shown(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([, member]) => !(typeof member === 'object' && 'fromFace' in member),
  )
  const names = new Set(properties.map(([name]) => name))
  const required = schema.required?.filter(name => names.has(name))
  return { ...schema, properties: Object.fromEntries(properties), ...(required && { required }) }
}

type FaceField = readonly [name: string, what: unknown]

const faceNames = new WeakMap<AnyAct, readonly FaceField[]>()

function faceNamesOf(act: AnyAct): readonly FaceField[] {
  const known = faceNames.get(act)
  if (known) return known
  const { properties = {} } = z.toJSONSchema(act.takes, { io: 'input', unrepresentable: 'any' })
  const names = Object.entries(properties).flatMap(([name, member]): FaceField[] =>
    typeof member === 'object' && 'fromFace' in member ? [[name, member.fromFace]] : [],
  )
  faceNames.set(act, names)
  return names
}

/** Fields that a face fills in and nobody types: `account` is the sign-in's id, `email` its verified address. */
export const faceFields = (act: AnyAct, visitor: Pick<Visitor, 'account'>): Record<string, unknown> =>
  Object.fromEntries(
    faceNamesOf(act).map(([name, what]) => [name, what === 'email' ? visitor.account?.email : visitor.account?.id]),
  )

/** What may be chosen in the fields of this act, or in those named. */
export async function picksFor(
  parts: Pick<WebParts, 'engine' | 'read' | 'now'>,
  act: AnyAct,
  asks?: readonly string[],
): Promise<Picks> {
  const members = Object.entries(inputSchema(act).properties ?? {})
    .filter(([name]) => asks?.includes(name) ?? true)
    .flatMap(([, member]) => (typeof member === 'object' ? (pickedBy(member) ?? []) : []))
  const pickers = [...new Set(members)].flatMap(kind => parts.engine.registry.pickers.get(kind) ?? [])
  const found = await Promise.all(
    pickers.map(async ({ kind, isOnly, of }) => [kind, { isOnly, from: await of(parts.read, parts.now()) }] as const),
  )
  return new Map(found)
}

export const addressOfAct = (act: AnyAct): string => `/acts/${act.name.replace('.', '/')}`

export const makeOffer =
  (parts: WebParts, visitor: Visitor) =>
  async (name: string, input: Record<string, unknown>, asks: readonly string[] = []): Promise<Offer> => {
    const act = parts.engine.registry.acts.get(name)
    if (!act) throw new Error(`A page offers ${name}, which no domain declares`)
    const order = { act: name, input: { ...input, ...faceFields(act, visitor) }, by: visitor.by }
    const answer = await parts.engine.rehearse(order)
    // What is unfit is still to be typed, and the form itself will say so; but only whoever may do the act at all gets one.
    const isUnfit = isRefusal(answer) && answer.refused === unfitInput
    const refusal = isUnfit
      ? await actorsFor(parts.engine.registry, parts.read, { act, by: visitor.by, at: parts.now() })
      : answer
    if (isRefusal(refusal)) {
      const clauses = refusal.refused === signInFirst ? [] : clausesOf(act, parts.engine)
      return { act, input, asks, refusal: citing(refusal, clauses) }
    }
    return { act, input, asks, ...(asks.length > 0 && { picks: await picksFor(parts, act, asks) }) }
  }

const simple = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** More fields than these do not fit beside a page. */
const mostAsked = 3

/** Whether a button alone would only lead to a form with faults: something is needed that the page neither asks nor knows. */
const wantsMore = (act: AnyAct, input: object, asks: readonly string[]): boolean =>
  inputSchema(act).required?.some(name => !asks.includes(name) && !Object.hasOwn(input, name)) ?? false

/** Fields settled by the page are hidden, those asked are shown; a form that asks for much is a page of its own. */
export const drawOffer =
  (here: string, clauses: (ids: readonly string[]) => readonly ClauseLink[]): PageView['action'] =>
  ({ act, input, asks, refusal, picks }, { label = act.title, says, weight, leadsTo } = {}): Action => {
    if (refusal) {
      const [clause] = clauses(refusal.clauses)
      const remedy =
        refusal.refused === signInFirst
          ? html`${link({ label: 'Sign in', href: `/sign-in?return=${encodeURIComponent(here)}` })}.`
          : withPlaces(remedyOf(refusal))
      return { kind: 'off', label, reason: reasonOf(refusal), remedy, ...(clause && { clause }) }
    }
    const settled = Object.entries(input).filter(([name]) => !asks.includes(name))
    const hidden = Object.fromEntries([
      ...settled.map(([name, value]) => [name, simple(value) ? String(value) : JSON.stringify(value)]),
      ['_return', leadsTo ?? here],
      ...(asks.length > 0 ? [['_asks', asks.join(' ')]] : []),
    ])
    if (asks.length > mostAsked || settled.some(([, value]) => !simple(value)) || wantsMore(act, input, asks)) {
      const query = new URLSearchParams(hidden)
      return { kind: 'link', label, href: `${addressOfAct(act)}?${query}`, ...(says && { says }) }
    }
    const schema = picks ? withSuggestions(inputSchema(act), picks) : inputSchema(act)
    const wanted = new Set(asks)
    const asked = {
      ...schema,
      properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => wanted.has(name))),
    }
    // Two forms of one act on a page need ids of their own.
    const name = `${act.name.replace('.', '-')}-${hashOf(hidden).slice(0, 8)}`
    const fields = asks.length > 0 ? formFields({ name, schema: asked, values: input }) : undefined
    return {
      kind: 'form',
      label,
      to: addressOfAct(act),
      hidden,
      ...(fields && { fields }),
      ...(says && { says }),
      ...(weight && { weight }),
    }
  }
