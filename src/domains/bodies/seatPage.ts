// The page of one seat: what it is, who holds it now, who held it before, and what may be done about it.
import { type Offer, type PageRequest, type PageView, page } from '#acts/page.ts'
import { dayOf } from '#base/instants.ts'
import type { Action } from '#html/action.ts'
import { stageBadge } from '#html/badge.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { bodyNames, type Called } from './labels.ts'
import { appointer, entitlement, idsOfHoldings, type Names, named, roleWords, untilTime } from './parts.ts'
import { bodyBy, holdingsOf, seatBy } from './queries.ts'
import { isEmpty, isOpenAfter, principalOn, runsOn } from './rules.ts'
import { seatsTerm } from './terms.ts'
import type { Body, Holding, Seat } from './words.ts'

type Place = { readonly seat: Seat; readonly holdings: readonly Holding[]; readonly today: string }

/** What may be done about the seat as it stands; each is rehearsed for the viewer. */
async function offersFor({ offer, viewer }: PageRequest, { seat, holdings, today }: Place) {
  if (seat.closed !== null) return []
  const input = { seat: seat.id }
  const open = holdings.filter(holding => isOpenAfter(holding, today))
  const principals = open.filter(({ as }) => as === 'principal')
  const isOwn = viewer?.person !== undefined && open.some(({ person }) => person === viewer.person)
  const offers: Offer[] = []
  if (isOwn) offers.push(await offer('bodies.resign', input))
  if (principals.length < 2)
    offers.push(
      await offer('bodies.appoint', { ...input, from: startFor(principals, today) }, ['person', 'from', 'until']),
    )
  if (principals.length === 0) return [...offers, await offer('bodies.close-seat', input, ['reason'])]
  offers.push(await offer('bodies.appoint-alternate', { ...input, from: today }, ['person', 'from', 'until']))
  for (const { person, as } of open)
    if (as === 'alternate') offers.push(await offer('bodies.withdraw-alternate', { ...input, person }))
  offers.push(await offer('bodies.vacate', input, ['reason']), await offer('bodies.close-seat', input, ['reason']))
  return offers
}

/** The first day on which somebody else could hold the seat, as far as that is known. */
const startFor = ([first]: readonly Holding[], today: string): string => first?.until ?? today

const standingOf = (holding: Holding, today: string): Html => {
  if (isEmpty(holding)) return stageBadge('not for a whole day', 'quiet')
  if (runsOn(holding, today)) return stageBadge('now', 'good')
  return holding.from > today ? stageBadge('to come', 'plain') : stageBadge('ended', 'quiet')
}

const historyTable = ({ seat, holdings, today }: Place, names: Names): Html =>
  table({
    caption: `Holders of ${seat.title}`,
    isCaptionHidden: true,
    columns: [
      { key: 'person', label: 'Who' },
      { key: 'as', label: 'As' },
      { key: 'from', label: 'From' },
      { key: 'until', label: 'Until' },
      { key: 'standing', label: 'Standing' },
    ],
    rows: holdings.map(holding => ({
      person: named(names, holding.person),
      as: holding.as === 'principal' ? 'holder' : 'alternate',
      from: dayTime(holding.from),
      until: untilTime(holding),
      standing: standingOf(holding, today),
    })),
    empty: 'Nobody registered here has held this seat yet.',
  })

type Shown = Place & { readonly body: Body; readonly names: Names; readonly bodies: ReadonlyMap<string, Called> }

function factsOf({ seat, body, names, bodies, holdings, today }: Shown): readonly Fact[] {
  const principal = principalOn(holdings, seat.id, today)
  const whose: readonly Fact[] = [
    ...(seat.forOrganisation ? [{ term: 'Organisation', value: named(names, seat.forOrganisation) }] : []),
    ...(seat.forProject
      ? [{ term: 'Project', value: link({ label: seat.forProject, href: `/projects/${seat.forProject}` }) }]
      : []),
  ]
  return [
    { term: 'Body', value: link({ label: body.name, href: `/bodies/${body.slug}` }) },
    { term: 'Holder', value: principal ? named(names, principal.person) : 'nobody registered' },
    ...(principal ? [{ term: 'Until', value: untilTime(principal) }] : []),
    { term: 'Appointed by', value: appointer(seat, bodies) },
    { term: 'Comes with a paid membership', value: entitlement(seat) },
    ...whose,
    ...(seat.role ? [{ term: 'Role', value: roleWords[seat.role] }] : []),
    { term: 'Key', value: html`<code>${body.slug}/${seat.key}</code>` },
    { term: 'Since', value: dayTime(seat.opened) },
    ...(seat.closed ? [{ term: 'Closed', value: dayTime(seat.closed) }] : []),
  ]
}

type Words = { readonly label: string; readonly says?: string; readonly weight?: 'grave' }

const words: Readonly<Record<string, Words>> = {
  'bodies.appoint': { label: 'Appoint', says: 'Put somebody into this seat, now or when the present term ends.' },
  'bodies.appoint-alternate': { label: 'Name the alternate', says: 'Name who acts when the holder does not.' },
  'bodies.resign': { label: 'Resign', says: 'You hold this seat. You may give it up from today on.', weight: 'grave' },
  'bodies.vacate': { label: 'End the appointment', says: 'The holder and the alternate leave today.', weight: 'grave' },
  'bodies.close-seat': { label: 'Close the seat', says: 'Takes the seat away for good.', weight: 'grave' },
}

function actionOf(view: PageView, offer: Offer, names: Names): Action {
  const { person } = offer.input
  if (typeof person !== 'string') return view.action(offer, words[offer.act.name])
  return view.action(offer, { label: `Withdraw ${names.get(person)?.label ?? 'the alternate'}`, weight: 'grave' })
}

async function loads(request: PageRequest) {
  const { read, params, at, names, timeline, term } = request
  const seat = await seatBy(read, params.seat ?? '')
  const body = seat && (await bodyBy(read, seat.body))
  if (!seat || !body) return undefined
  const holdings = await holdingsOf(read, seat.id)
  const place = { seat, holdings, today: dayOf(at) }
  return {
    ...place,
    body,
    names: await names([...idsOfHoldings(holdings), ...(seat.forOrganisation ? [seat.forOrganisation] : [])]),
    bodies: await bodyNames(read),
    months: term(seatsTerm).kinds[body.kind].termMonths,
    offers: await offersFor(request, place),
    acts: await timeline(seat.id, 50),
  }
}

const standing = ({ seat, holdings, today }: Place): Html => {
  if (seat.closed !== null) return stageBadge('closed', 'quiet')
  return principalOn(holdings, seat.id, today) ? stageBadge('held', 'good') : stageBadge('vacant', 'warn')
}

export const seatPage = page({
  path: '/seats/:seat',
  loads,
  shows: (shown: NonNullable<Awaited<ReturnType<typeof loads>>>, view) => ({
    crumbs: [
      { label: 'Bodies', href: '/bodies' },
      { label: shown.body.name, href: `/bodies/${shown.body.slug}` },
    ],
    kicker: `Seat in the ${shown.body.sphere} sphere`,
    title: shown.seat.title,
    standing: standing(shown),
    summary: `A seat of ${shown.body.name}: who appoints to it, who holds it and who held it before.`,
    facts: factsOf(shown),
    clauses: view.clauses(shown.body.clauses),
    next: shown.offers.map(offer => actionOf(view, offer, shown.names)),
    sections: [
      {
        title: 'Holders',
        id: 'holders',
        says: `One appointment lasts ${shown.months === null ? 'as long as it says' : `at most ${shown.months} months`}. Each is an entry in the record below.`,
        body: historyTable(shown, shown.names),
      },
    ],
    timeline: view.timeline(shown.acts),
  }),
})
