// Everything one organisation holds: membership, seats with its share of each body, votes, projects, people and control.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { bodyNames, type Called, openSeats, type Seat, seatsForOrganisation } from '#domains/bodies/index.ts'
import { classesTerm, classOf, membershipsOf } from '#domains/membership/index.ts'
import { loadOrganisationPart, organisationBy, organisationFacts, organisationSections } from '#domains/people/index.ts'
import { stageBadge } from '#html/badge.ts'
import { html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { behindOf, votesOf } from './holdings.ts'
import { applicationBadge, projectBadge, projectLink } from './parts.ts'
import { stages } from './terms.ts'

async function loads(request: PageRequest) {
  const { read, params, term, names } = request
  const ref = params.organisation ?? ''
  const organisation = await organisationBy(read, ref.startsWith('org_') ? { id: ref } : { slug: ref })
  if (!organisation) return undefined
  if (ref !== organisation.slug) return { movedTo: `/organisations/${organisation.slug}` }
  const votes = await votesOf(request, organisation.id)
  return {
    part: await loadOrganisationPart(request, organisation),
    memberships: await membershipsOf(read, organisation.id),
    classes: term(classesTerm),
    seats: await seatsForOrganisation(read, organisation.id),
    all: await openSeats(read),
    bodies: await bodyNames(read),
    behind: await behindOf(read, organisation.id),
    votes,
    names: await names(votes.flatMap(({ motion, person }) => [motion, person])),
    stages: term(stages),
    added: await request.added(organisation.id),
    timeline: await request.timeline(organisation.id, 50),
  }
}
type Loaded = Exclude<NonNullable<Awaited<ReturnType<typeof loads>>>, { movedTo: string }>

const membershipSection = ({ memberships, classes }: Loaded): Section => ({
  title: 'Membership',
  id: 'membership',
  body: table({
    caption: 'Membership',
    isCaptionHidden: true,
    columns: [
      { key: 'class', label: 'Class' },
      { key: 'from', label: 'On this register from' },
      { key: 'until', label: 'Until' },
      { key: 'standing', label: 'Standing' },
    ],
    rows: memberships.map(one => ({
      class: classOf(classes, one.class)?.name ?? one.class,
      from: dayTime(one.from),
      until: one.until && dayTime(one.until),
      standing: stageBadge(
        one.standing === 'good' ? 'in good standing' : one.standing,
        one.standing === 'good' ? 'good' : 'quiet',
      ),
    })),
    empty: 'It is not, and was not, a member.',
  }),
})

/** "2 of 21 (10 %)": the seats that are for it, of all open seats of the body. */
function shareOf(body: string, { seats, all }: Loaded): string {
  const own = seats.filter(seat => seat.body === body).length
  const whole = all.filter(seat => seat.body === body).length
  return `${own} of ${whole} (${whole === 0 ? 0 : Math.round((own * 100) / whole)} %)`
}

const bodyLink = (bodies: ReadonlyMap<string, Called>, slug: string) =>
  link(bodies.get(slug) ?? { label: slug, href: `/bodies/${slug}` })

const seatRow = (seat: Seat, loaded: Loaded) => ({
  seat: link({ label: seat.title, href: `/seats/${seat.id}` }),
  body: bodyLink(loaded.bodies, seat.body),
  how: seat.isEntitlement ? 'brought by membership' : `appointed by: ${seat.appointedBy}`,
  share: shareOf(seat.body, loaded),
})

const seatsSection = (loaded: Loaded): Section => ({
  title: 'Seats',
  id: 'seats',
  says: 'Seats that are for this organisation, and what part of each body they are. People of it may hold other seats: see the page of each body.',
  body: table({
    caption: 'Seats',
    isCaptionHidden: true,
    columns: [
      { key: 'seat', label: 'Seat' },
      { key: 'body', label: 'Body' },
      { key: 'how', label: 'How' },
      { key: 'share', label: 'Share of the body', align: 'end' },
    ],
    rows: loaded.seats.map(seat => seatRow(seat, loaded)),
    empty: 'No seat is for this organisation.',
  }),
})

const votesSection = ({ votes, names }: Loaded): Section => ({
  title: 'Votes',
  id: 'votes',
  says: 'What was voted for its seats and by its people while they worked for it, the newest first.',
  body: table({
    caption: 'Votes',
    isCaptionHidden: true,
    columns: [
      { key: 'motion', label: 'Motion' },
      { key: 'choice', label: 'Vote' },
      { key: 'person', label: 'Cast by' },
      { key: 'at', label: 'When' },
    ],
    rows: votes.map(({ motion, choice, person, at, entry }) => ({
      motion: link({ label: names.get(motion)?.label ?? motion, href: `/motions/${motion}` }),
      choice,
      person: link({ label: names.get(person)?.label ?? 'erased', href: `/people/${person}` }),
      at: html`${dayTime(at)} ${link({ label: 'entry', href: `/record/${entry}` })}`,
    })),
    empty: 'No vote has been cast.',
  }),
})

const projectsSection = ({ behind, stages: known }: Loaded): Section => ({
  title: 'Projects',
  id: 'projects',
  says: 'Projects and applications that it was named as standing behind. Its people keep out of decisions about them.',
  body: table({
    caption: 'Projects',
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Name' },
      { key: 'stage', label: 'Stage' },
    ],
    rows: [
      ...behind.projects.map(project => ({ name: projectLink(project), stage: projectBadge(project, known) })),
      ...behind.applications.map(one => ({
        name: html`${link({ label: one.name, href: `/applications/${one.id}` })} <span class="quiet">application</span>`,
        stage: applicationBadge(one),
      })),
    ],
    empty: 'It stands behind no project here.',
  }),
})

export const organisationPage = page({
  path: '/organisations/:organisation',
  loads,
  shows(loaded: Loaded, view: PageView) {
    const { part, timeline } = loaded
    return {
      crumbs: [{ label: 'Organisations', href: '/organisations' }],
      kicker: 'Organisation',
      title: part.organisation.name,
      summary: 'Everything that this organisation holds here: membership, seats, votes, projects and people.',
      facts: organisationFacts(part, view.at),
      next: part.offers.map(offer => view.action(offer)),
      sections: [
        membershipSection(loaded),
        seatsSection(loaded),
        votesSection(loaded),
        projectsSection(loaded),
        ...loaded.added(view).sections,
        ...organisationSections(part, view),
      ],
      timeline: view.timeline(timeline),
    }
  },
})
