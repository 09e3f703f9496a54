// The page of one body: its seats and holders, its employers against the cap, and what has happened in it.
import { type PageRequest, page } from '#acts/page.ts'
import { fractionOf } from '#base/fractions.ts'
import { stageBadge } from '#html/badge.ts'
import { intervalChart } from '#html/chart.ts'
import { empty } from '#html/empty.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime, sayDay } from '#html/time.ts'
import { capBadge, capText } from './cap.ts'
import { type Composition, compositionOf, isHeld, type SeatNow } from './composition.ts'
import { bodyNames, type Called } from './labels.ts'
import {
  appointer,
  entitlement,
  idsOfHoldings,
  listed,
  type Names,
  named,
  plural,
  roleWords,
  untilTime,
} from './parts.ts'
import { hasVotes } from './rules.ts'
import { largestOf } from './shares.ts'
import { type SeatsOfKind, seatsTerm } from './terms.ts'
import { kindWords } from './words.ts'

type Shown = Composition & {
  readonly names: Names
  readonly bodies: ReadonlyMap<string, Called>
  readonly held: SeatsOfKind
}

const isNone = (list: readonly string[]): boolean => list.length === 0

function employerText({ principal, employers, published }: SeatNow, names: Names): Html {
  if (published) return html`${named(names, published)} <span class="quiet">(by the published list)</span>`
  if (!principal) return html`<span class="none" aria-label="none">–</span>`
  if (!employers) return html`${stageBadge('unproven', 'warn')}`
  return isNone(employers) ? html`independent` : listed(names, employers)
}

function holderText({ principal, next, published }: SeatNow, names: Names): Html {
  const later =
    next && html`<br><span class="quiet">then ${named(names, next.person)} from ${dayTime(next.from)}</span>`
  if (principal) return html`${named(names, principal.person)}${later}`
  return html`${published ? html`<span class="quiet">nobody registered yet</span>` : stageBadge('vacant', 'warn')}${later}`
}

const seatTitle = ({ id, title, role }: SeatNow): Html =>
  html`${link({ label: title, href: `/seats/${id}` })}${role && html` <span class="quiet">${roleWords[role]}</span>`}`

const seatRow = (seat: SeatNow, { names, bodies }: Shown): Row => ({
  seat: seatTitle(seat),
  appoints: appointer(seat, bodies),
  entitlement: entitlement(seat),
  holder: holderText(seat, names),
  employer: employerText(seat, names),
  alternate: isNone(seat.alternates.map(one => one.person))
    ? undefined
    : listed(
        names,
        seat.alternates.map(one => one.person),
      ),
  until: seat.principal && untilTime(seat.principal),
})

const seatColumns = [
  { key: 'seat', label: 'Seat' },
  { key: 'appoints', label: 'Appointed by' },
  { key: 'entitlement', label: 'Comes with a paid membership' },
  { key: 'holder', label: 'Holder' },
  { key: 'employer', label: 'Employer' },
  { key: 'alternate', label: 'Alternate' },
  { key: 'until', label: 'Until' },
] as const

const seatsSection = (shown: Shown): Section => ({
  title: 'Seats',
  id: 'seats',
  says: shown.body.source
    ? html`As published: ${link({ label: shown.body.source.title, href: shown.body.source.address })}, ${dayTime(shown.body.source.date)}. Holders are those registered here.`
    : undefined,
  body: table({
    caption: `Seats of ${shown.body.name}`,
    isCaptionHidden: true,
    columns: seatColumns,
    rows: shown.seats.map(seat => seatRow(seat, shown)),
    empty: 'This body has no seats yet.',
  }),
})

const percent = (count: number, whole: number): number => (whole === 0 ? 0 : (count / whole) * 100)

/** The cap as a share in percent, to draw the line at. */
const capLine = (cap: string | null) => {
  if (cap === null) return undefined
  const { over, under } = fractionOf(cap)
  return { value: percent(over, under), label: `the cap, ${cap}` }
}

function employersChart({ shares, names, held, seats }: Shown, on: string): Html {
  const { unproven, groups } = shares
  const label = (ids: readonly string[]) => ids.map(id => names.get(id)?.label ?? 'erased').join(', ')
  return intervalChart({
    title: 'Seats by employer',
    period: `on ${sayDay(on)}`,
    known: { has: shares.held - unproven.length, of: seats.length, what: 'seats' },
    formula:
      'Seats whose holders work for the employer or a company related to it by control ÷ all open seats. The upper end adds every seat whose holder has not said whom they work for.',
    unit: '%',
    min: 0,
    max: 100,
    reference: capLine(held.employerShare),
    intervals: groups.map(group => ({
      label: label(group.employers),
      estimate: percent(group.seats.length, shares.seats),
      low: percent(group.seats.length, shares.seats),
      high: percent(group.seats.length + unproven.length, shares.seats),
    })),
  })
}

function employersSection(shown: Shown, on: string): Section | undefined {
  const { shares, body } = shown
  if (!hasVotes(body) || shown.seats.length === 0) return undefined
  const { low, high } = largestOf(shares)
  const says =
    shares.held === 0
      ? 'No holder is known yet, so nothing can be said about employers.'
      : html`The largest employer holds ${low === high ? low : html`${low} to ${high}`} of ${plural(shares.seats, 'seat')}. ${capText(shown.held.employerShare, shares.seats)}. ${capBadge(shown, shown.held.employerShare)}`
  const chart =
    shares.groups.length > 0
      ? employersChart(shown, on)
      : empty('No employer is known for any seat. Holders say on their own page whom they work for.')
  return { title: 'Employers', id: 'employers', says, body: chart }
}

const termText = (months: number | null): string => (months === null ? 'no limit' : plural(months, 'month'))

function factsOf({ body, seats, shares, names, held }: Shown): readonly Fact[] {
  const filled = seats.filter(isHeld).length
  const chairs = seats.filter(({ role, principal }) => role === 'chair' && principal)
  const voting: readonly Fact[] = [
    { term: 'Employer cap', value: capText(held.employerShare, shares.seats) },
    { term: 'Alternates for a seat', value: held.alternates },
  ]
  return [
    { term: 'Kind', value: kindWords[body.kind] },
    { term: 'Sphere', value: body.sphere },
    { term: 'Seats filled', value: `${filled} of ${seats.length}` },
    {
      term: 'Chair',
      value:
        chairs.length > 0
          ? listed(
              names,
              chairs.flatMap(({ principal }) => principal?.person ?? []),
            )
          : 'nobody registered yet',
    },
    { term: 'Longest term', value: termText(held.termMonths) },
    ...(hasVotes(body) ? voting : []),
  ]
}

const idsOf = ({ seats, shares }: Composition): readonly string[] => [
  ...seats.flatMap(seat => idsOfHoldings([seat.principal, seat.next, ...seat.alternates])),
  ...seats.flatMap(seat => [...(seat.employers ?? []), ...(seat.published ? [seat.published] : [])]),
  ...shares.groups.flatMap(({ employers }) => employers),
]

async function loads({ read, params, at, term, names, offer, timeline }: PageRequest) {
  const slug = params.body ?? ''
  const found = await compositionOf(read, slug, at)
  if (!found) return undefined
  return {
    ...found,
    names: await names(idsOf(found)),
    bodies: await bodyNames(read),
    held: term(seatsTerm).kinds[found.body.kind],
    acts: await timeline(slug, 15),
    addSeat: await offer('bodies.add-seat', { body: slug }, [
      'key',
      'title',
      'appointedBy',
      'isEntitlement',
      'role',
      'organisation',
      'project',
    ]),
  }
}

export const bodyPage = page({
  path: '/bodies/:body',
  loads,
  shows: (shown: NonNullable<Awaited<ReturnType<typeof loads>>>, view) => ({
    crumbs: [{ label: 'Bodies', href: '/bodies' }],
    kicker: `${shown.body.sphere} ${kindWords[shown.body.kind]}`,
    title: shown.body.name,
    summary: shown.body.describes,
    isWide: true,
    facts: factsOf(shown),
    clauses: view.clauses(shown.body.clauses),
    sections: [seatsSection(shown), employersSection(shown, view.at)].filter(section => section !== undefined),
    next: [view.action(shown.addSeat, { label: 'Add a seat', says: 'Seats are appointed to on their own pages.' })],
    timeline: view.timeline(shown.acts),
  }),
})
