// /desk: what is due from the person who is signed in, what is theirs, in which capacities they act, and what they did.
import type { Context, Hono } from 'hono'
import type { Actor } from '#acts/act.ts'
import { capacityWords } from '#acts/capacity.ts'
import { empty } from '#html/empty.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Names, namesFor } from '../names.ts'
import { requestFor, showPage } from '../pages.ts'
import type { WebParts } from '../parts.ts'
import { viewFor } from '../render.ts'
import { deskItems, isAsked } from './desk-items.ts'
import { deskList } from './items.ts'
import { forPerson, type Own } from './own.ts'

const latest = 15

const placesOf = ({ seat, onBehalfOf, project, body }: Actor): readonly string[] =>
  [seat, onBehalfOf, project, body].filter(id => id !== undefined)

const named = (names: Names, id: string): Html => {
  const found = names.get(id)
  return found?.href ? link({ label: found.label, href: found.href }) : html`${found?.label ?? id}`
}

function capacity(actor: Actor, names: Names): Html {
  const [place] = placesOf(actor)
  const standsFor = actor.onBehalfOf && actor.seat && html` for ${named(names, actor.onBehalfOf)}`
  const words = capacityWords([actor.capacity])
  return html`<li>${words[0]?.toUpperCase()}${words.slice(1)}${place && html`: ${named(names, place)}`}${standsFor}</li>`
}

async function capacitiesPart(parts: WebParts, actors: readonly Actor[]): Promise<Section> {
  const names = await namesFor(parts.engine.registry, parts.read, actors.flatMap(placesOf))
  return {
    title: 'You act as',
    id: 'capacities',
    body: html`<ul>${actors.map(actor => capacity(actor, names))}</ul>`,
  }
}

const accountLinks = (person: string): Html =>
  html`<ul><li>${link({ label: 'Name, affiliations, export and erasure', href: '/account' })}</li>
<li>${link({ label: 'Passkeys', href: '/account/passkeys' })}</li><li>${link({ label: 'API keys', href: '/account/keys' })}</li>
<li>${link({ label: 'Your page as others see it', href: `/people/${person}` })}</li></ul>`

async function desk(parts: WebParts, context: Context, { visitor, person, here }: Own & { readonly person: string }) {
  const request = requestFor(parts, visitor, { url: new URL(context.req.url), params: {} })
  const view = viewFor(parts, visitor, here)
  const items = await deskItems(parts, request)
  const asked = items.filter(isAsked)
  const theirs = items.filter(item => !isAsked(item))
  const due: Section = {
    title: 'Due from you',
    id: 'due',
    body: asked.length > 0 ? deskList(asked, view) : empty('Nothing is due from you.'),
  }
  const own: Section = { title: 'Under way', id: 'theirs', body: deskList(theirs, view) }
  return showPage(parts, context, {
    visitor,
    isPrivate: true,
    shown: {
      kicker: visitor.viewer?.name ?? 'Your desk',
      title: 'Your desk',
      summary: 'What waits for you, in which capacities you act, and what you did last. Only you see this page.',
      sections: [
        due,
        ...(theirs.length > 0 ? [own] : []),
        await capacitiesPart(parts, visitor.viewer?.capacities ?? []),
        { title: 'Your account', id: 'account', body: accountLinks(person) },
      ],
      timeline: view.timeline(await request.timeline(person, latest)),
    },
  })
}

export const mountDesk = (site: Hono, parts: WebParts): void => {
  site.get(
    '/desk',
    forPerson(parts, (context, own) => desk(parts, context, own)),
  )
}
