// The list of motions, and all pages of this domain.
import { type Offer, type PageRequest, type PageView, page } from '#acts/page.ts'
import { type Body, bodiesAll } from '#domains/bodies/index.ts'
import type { Action } from '#html/action.ts'
import { filters, pager } from '#html/filter.ts'
import { type Html, html, type Link, link } from '#html/html.ts'
import { table } from '#html/table.ts'
import { instantTime } from '#html/time.ts'
import { motionsPage, stateBy } from './finds.ts'
import { offerAsking } from './offers.ts'
import type { VoteState } from './rules.ts'
import { motionBadge, motionPage } from './showing.ts'
import { type Motion, Stage, stages } from './words.ts'

const perPage = 50
type Wanted = { readonly body?: string; readonly stage?: Stage; readonly page: number }
type Listed = { readonly motion: Motion; readonly state?: VoteState }
type ListShown = {
  readonly wanted: Wanted
  readonly listed: readonly Listed[]
  readonly total: number
  readonly bodies: readonly Body[]
  readonly moves: readonly { readonly offer: Offer; readonly body?: Body }[]
}

function wantedIn(query: URLSearchParams): Wanted {
  const stage = Stage.safeParse(query.get('stage'))
  const number = Number(query.get('page') ?? '1')
  return {
    body: query.get('body') || undefined,
    stage: stage.success ? stage.data : undefined,
    page: Number.isSafeInteger(number) && number > 0 && number < 100_000 ? number : 1,
  }
}

/** One form for each body on which the viewer has a seat; nobody is told to sign in first. */
async function moveOffers(request: PageRequest, bodies: readonly Body[]): Promise<ListShown['moves']> {
  const sample = { title: 'A motion to be moved', reasons: 'Reasons for everybody who will read the record.' }
  const held = new Set(
    (request.viewer?.capacities ?? []).filter(({ capacity }) => capacity === 'seat-holder').map(({ body }) => body),
  )
  const mine = bodies.filter(({ slug }) => held.has(slug))
  const wanted = mine.length > 0 ? mine : bodies.slice(0, 1)
  return Promise.all(
    wanted.map(async body => ({
      body,
      offer: await offerAsking(request, 'motions.move', { input: { body: body.slug }, sample }),
    })),
  )
}

async function loadList(request: PageRequest): Promise<ListShown> {
  const { read, at } = request
  const wanted = wantedIn(request.query)
  const bodies = await bodiesAll(read)
  const { motions, total } = await motionsPage(read, { ...wanted, limit: perPage, from: (wanted.page - 1) * perPage })
  const listed: Listed[] = []
  for (const motion of motions) listed.push({ motion, state: await stateOfOpen(request, motion, at) })
  return { wanted, bodies, total, listed, moves: await moveOffers(request, bodies) }
}

/** The votes of those that have ended need no look at every seat: their result stands in their row. */
const stateOfOpen = async ({ read }: PageRequest, motion: Motion, at: string): Promise<VoteState | undefined> =>
  motion.stage === 'open' ? stateBy(read, motion, at) : undefined

function standing({ motion, state }: Listed): string | undefined {
  const tally = state ?? motion.tally
  if (!tally) return undefined
  const { counts, needs, has } = tally
  if (motion.stage !== 'open') return `${counts.for} for, ${counts.against} against, ${counts.abstain} abstaining`
  return `Needs ${needs.majority}, has ${has.majority}; quorum needs ${needs.quorum}, has ${has.quorum}`
}

const timeOf = ({ motion }: Listed, at: string): Html => {
  if (motion.ended) return html`Ended ${instantTime(motion.ended, at)}`
  if (motion.opening) return html`Closes ${instantTime(motion.opening.closes, at)}`
  return motion.secondBy
    ? html`Second by ${instantTime(motion.secondBy, at)}`
    : html`Moved ${instantTime(motion.moved, at)}`
}

const columns = [
  { key: 'title', label: 'Motion' },
  { key: 'body', label: 'Before' },
  { key: 'stage', label: 'Stage' },
  { key: 'standing', label: 'Votes' },
  { key: 'time', label: 'When' },
]

function address({ body, stage, page: number }: Partial<Wanted>): string {
  const query = new URLSearchParams()
  if (body) query.set('body', body)
  if (stage) query.set('stage', stage)
  if (number && number > 1) query.set('page', String(number))
  return query.size > 0 ? `/motions?${query}` : '/motions'
}

function filterBar({ wanted, bodies }: ListShown): Html {
  const { body, stage } = wanted
  const name = bodies.find(({ slug }) => slug === body)?.name ?? body
  const chips: Link[] = [
    ...(body ? [{ label: `Before: ${name}`, href: address({ stage }) }] : []),
    ...(stage ? [{ label: `Stage: ${stage}`, href: address({ body }) }] : []),
  ]
  return filters({
    action: '/motions',
    selects: [
      {
        name: 'body',
        label: 'Before',
        any: 'Any body',
        value: body,
        choices: bodies.map(one => ({ value: one.slug, label: one.name })),
      },
      {
        name: 'stage',
        label: 'Stage',
        any: 'Any stage',
        value: stage,
        choices: stages.map(one => ({ value: one, label: `${one.charAt(0).toUpperCase()}${one.slice(1)}` })),
      },
    ],
    chips,
    clear: chips.length > 1 ? '/motions' : undefined,
  })
}

function pagerOf({ wanted, total }: ListShown): Html {
  const { page: number } = wanted
  const last = Math.max(1, Math.ceil(total / perPage))
  return pager({
    summary: total === 1 ? '1 motion' : `${total} motions, page ${number} of ${last}`,
    newer: number > 1 ? address({ ...wanted, page: number - 1 }) : undefined,
    older: number < last ? address({ ...wanted, page: number + 1 }) : undefined,
  })
}

function register(shown: ListShown, at: string): Html {
  const nameOf = new Map(shown.bodies.map(({ slug, name }) => [slug, name]))
  const rows = shown.listed.map(one => ({
    title: link({ label: one.motion.title, href: `/motions/${one.motion.id}` }),
    body: link({ label: nameOf.get(one.motion.body) ?? one.motion.body, href: `/bodies/${one.motion.body}` }),
    stage: motionBadge(one.motion.stage),
    standing: standing(one),
    time: timeOf(one, at),
  }))
  const isFiltered = shown.wanted.body !== undefined || shown.wanted.stage !== undefined
  const empty = isFiltered ? 'No motion fits these filters.' : 'Nobody has moved anything yet.'
  return table({ caption: 'Motions', isCaptionHidden: true, columns, rows, empty })
}

const movesOf = ({ moves }: ListShown, view: PageView): Action[] =>
  moves.map(({ offer, body }) =>
    view.action(offer, { label: moves.length > 1 && body ? `Move a motion: ${body.name}` : 'Move a motion' }),
  )

export const motionsListPage = page({
  path: '/motions',
  loads: loadList,
  shows: (shown, view) => ({
    kicker: 'Register',
    title: 'Motions',
    summary:
      'What the bodies have been asked to decide, how the votes stand now, and how they ended, with every count and its proof.',
    isWide: true,
    next: movesOf(shown, view),
    sections: [
      {
        title: shown.wanted.stage ? `Motions that are ${shown.wanted.stage}` : 'Before the bodies now, then decided',
        id: 'motions',
        body: html`${filterBar(shown)}${register(shown, view.at)}${pagerOf(shown)}`,
      },
    ],
  }),
})

export const pages = [motionsListPage, motionPage]
