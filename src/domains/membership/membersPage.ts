// The page of members: by class, since when, in what standing; what each class brings, and what it does not.
import { type PageRequest, page } from '#acts/page.ts'
import { bodyNames, type Called } from '#domains/bodies/index.ts'
import { stageBadge } from '#html/badge.ts'
import { empty } from '#html/empty.ts'
import { type Filters, filters } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { membersWanted } from './queries.ts'
import { type ClassCount, classOf, countByClass, inOrder, seatsDue } from './rules.ts'
import { type Class, classesTerm, type Entitlement } from './terms.ts'
import { namedMembers } from './views.ts'
import { Standing } from './words.ts'

type Bodies = ReadonlyMap<string, Called>

const path = '/members'

/** The address with these filters, without those left empty. */
function address(wanted: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}

const badges: Record<Standing, Html> = {
  good: stageBadge('in good standing', 'good'),
  lapsed: stageBadge('lapsed', 'warn'),
  ended: stageBadge('ended', 'quiet'),
}

const bodyLink = (bodies: Bodies, slug: string): Html =>
  link(bodies.get(slug) ?? { label: slug, href: `/bodies/${slug}` })

const entitlementText = ({ body, seats, shared }: Entitlement, bodies: Bodies): Html =>
  html`${seats} ${seats === 1 ? 'seat' : 'seats'} in ${bodyLink(bodies, body)}${shared ? ', shared by the whole class' : ' for each member'}`

function classRow({ class: one, good, lapsed }: ClassCount, bodies: Bodies): Row {
  const brings = one.entitles.map(
    entitled =>
      html`<li>${entitlementText(entitled, bodies)} <span class="quiet">(${seatsDue(entitled, good)} in all now)</span></li>`,
  )
  return {
    class: link({ label: one.name, href: address({ class: one.key }) }),
    who: one.describes,
    members: good + lapsed,
    lapsed: lapsed === 0 ? 'none' : lapsed,
    brings: brings.length === 0 ? 'no seat' : html`<ul>${brings}</ul>`,
  }
}

/** Says plainly whether money brings a vote on technical matters: what the charter gives, not what one would like to read. */
function technicalText(counts: readonly ClassCount[], bodies: Bodies): string {
  const isTechnical = ({ body }: Entitlement): boolean => bodies.get(body)?.sphere === 'technical'
  const classes = counts.filter(({ class: one }) => one.entitles.some(isTechnical)).map(({ class: one }) => one.name)
  if (classes.length === 0) return 'No class brings a seat, and so a vote, in a technical body.'
  return `These classes do bring seats with a vote in technical bodies: ${classes.join(', ')}. Each such seat is marked on the page of its body, and the charter’s rules bind its holder like everybody else.`
}

const classesSection = (counts: readonly ClassCount[], bodies: Bodies): Section => ({
  title: 'Classes',
  id: 'classes',
  says: `A class brings the seats named here and nothing else: no place on a programme, no mark on a project, no better result in an assessment. ${technicalText(counts, bodies)}`,
  body: table({
    caption: 'Classes of membership',
    isCaptionHidden: true,
    columns: [
      { key: 'class', label: 'Class' },
      { key: 'who', label: 'Who' },
      { key: 'members', label: 'Members', align: 'end' },
      { key: 'lapsed', label: 'Lapsed', align: 'end' },
      { key: 'brings', label: 'Brings' },
    ],
    rows: counts.map(count => classRow(count, bodies)),
    totals: { class: 'All', members: counts.reduce((sum, { good, lapsed }) => sum + good + lapsed, 0) },
    empty: 'The charter sets up no classes.',
  }),
})

type Wanted = { readonly class?: string; readonly standing?: Standing; readonly search?: string }

function filterForm(wanted: Wanted, counts: readonly ClassCount[]): Html {
  const { class: key, standing, search } = wanted
  const chosen = key === undefined ? undefined : counts.find(({ class: one }) => one.key === key)?.class.name
  const chips = [
    ...(key === undefined ? [] : [{ label: chosen ?? key, href: address({ ...wanted, class: undefined }) }]),
    ...(standing === undefined ? [] : [{ label: standing, href: address({ ...wanted, standing: undefined }) }]),
    ...(search ? [{ label: `“${search}”`, href: address({ ...wanted, search: undefined }) }] : []),
  ]
  const selects: Filters['selects'] = [
    {
      name: 'class',
      label: 'Class',
      any: 'Any class',
      value: key,
      choices: counts.map(({ class: one, good, lapsed }) => ({
        value: one.key,
        label: one.name,
        count: good + lapsed,
      })),
    },
    {
      name: 'standing',
      label: 'Standing',
      any: 'Members now',
      value: standing,
      choices: [
        { value: 'good', label: 'In good standing' },
        { value: 'lapsed', label: 'Lapsed' },
        { value: 'ended', label: 'Former members' },
      ],
    },
  ]
  return filters({
    action: path,
    search: { name: 'search', label: 'Name', value: search },
    selects,
    chips,
    clear: path,
  })
}

type Named = Awaited<ReturnType<typeof namedMembers>>[number]

const memberRow = (member: Named, classes: readonly Class[]): Row => ({
  name: link({ label: member.name, href: `/organisations/${member.slug}` }),
  class: classOf(classes, member.class)?.name ?? member.class,
  from: dayTime(member.from),
  until: member.until ? dayTime(member.until) : undefined,
  standing: badges[member.standing],
})

function membersTable(members: readonly Named[], classes: readonly Class[], isFormer: boolean): Html {
  const place = (key: string) => classOf(classes, key)?.order ?? Number.MAX_SAFE_INTEGER
  const sorted = members.toSorted((a, b) => place(a.class) - place(b.class))
  return table({
    caption: 'Members',
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Organisation' },
      { key: 'class', label: 'Class' },
      { key: 'from', label: 'Member since, as recorded' },
      ...(isFormer ? [{ key: 'until', label: 'Until' }] : []),
      { key: 'standing', label: 'Standing' },
    ],
    rows: sorted.map(member => memberRow(member, classes)),
    empty: html`No member matches. ${link({ label: 'Show all members', href: path })}`,
  })
}

const wantedIn = (query: URLSearchParams): Wanted => ({
  class: query.get('class') || undefined,
  standing: Standing.safeParse(query.get('standing')).data,
  search: query.get('search')?.slice(0, 100) || undefined,
})

async function loads({ read, query, term, offer }: PageRequest) {
  const wanted = wantedIn(query)
  const classes = inOrder(term(classesTerm))
  return {
    wanted,
    classes,
    counts: countByClass(classes, await membersWanted(read)),
    members: await namedMembers(read, wanted),
    bodies: await bodyNames(read),
    admit: await offer('membership.admit', {}, ['organisation', 'class', 'from']),
  }
}

const noMembers = (): Html =>
  empty('No organisation is a member yet. Members are admitted by an act of the staff, in public.')

export const membersPage = page({
  path,
  loads,
  shows(shown: Awaited<ReturnType<typeof loads>>, view) {
    const { counts, classes, wanted, members } = shown
    const total = counts.reduce((sum, { good, lapsed }) => sum + good + lapsed, 0)
    const list = html`${filterForm(wanted, counts)}${membersTable(members, classes, wanted.standing === 'ended')}`
    const isNone = total === 0 && wanted.standing === undefined
    return {
      title: 'Members',
      summary: `The organisations that carry the ${view.foundation.name}, by class: since when, in what standing, and what a membership brings.`,
      isWide: true,
      facts: [
        { term: 'Members', value: total },
        ...counts.map(({ class: one, good, lapsed }) => ({ term: one.name, value: good + lapsed })),
      ],
      next: [view.action(shown.admit, { label: 'Admit a member' })],
      sections: [
        {
          title: 'Members',
          id: 'members',
          says: isNone
            ? undefined
            : `Shown: ${members.length} of ${total}. Where nobody stated when a membership began, it is recorded from the day on which it was entered here.`,
          body: isNone ? noMembers() : list,
        },
        classesSection(counts, shown.bodies),
      ],
    }
  },
})
