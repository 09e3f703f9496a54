// What people know of one organisation, for the page that shows everything it holds: control and people, with what staff may do.
import type { Offer, PageRequest, PageView } from '#acts/page.ts'
import { dayOf } from '#base/instants.ts'
import { stageBadge } from '#html/badge.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { affiliationsWith } from './affiliations.ts'
import { controllersOf, controlsAbout, groupOf } from './organisations.ts'
import { called, idsOf, type Labels, periodText, sourceText, standingBadge } from './personPage.ts'
import { holdsOn, standingOn } from './rules.ts'
import type { Affiliation, Control, Organisation, OrganisationId } from './words.ts'

export type OrganisationPart = {
  readonly organisation: Organisation
  readonly affiliations: readonly Affiliation[]
  readonly controls: readonly Control[]
  /** All companies above it today. */
  readonly controllers: readonly OrganisationId[]
  /** Everything tied to it by control today, itself included. */
  readonly group: readonly OrganisationId[]
  readonly labels: Labels
  /** Empty for those who are not staff. */
  readonly offers: readonly Offer[]
}

/** For the `loads` of the organisation's page. */
export async function loadOrganisationPart(
  { read, at, names, offer, viewer }: PageRequest,
  organisation: Organisation,
): Promise<OrganisationPart> {
  const { id, slug } = organisation
  const affiliations = await affiliationsWith(read, id)
  const controls = await controlsAbout(read, id)
  const controllers = await controllersOf(read, [id], at)
  const group = await groupOf(read, id, at)
  const isStaff = viewer?.capacities.some(({ capacity }) => capacity === 'staff') ?? false
  const open = controls.filter(one => one.child === id && one.until === null)
  const offers = isStaff
    ? [
        await offer('people.correct-organisation', { organisation: slug }, ['name', 'homepage']),
        ...(open.length === 0
          ? [await offer('people.state-control', { child: slug }, ['parent', 'from', 'until', 'source'])]
          : []),
        ...(await Promise.all(
          open.map(({ parent }) => offer('people.end-control', { child: slug, parent }, ['until'])),
        )),
      ]
    : []
  const labels = await names([...idsOf(affiliations), ...group, ...controls.flatMap(one => [one.child, one.parent])])
  return { organisation, affiliations, controls, controllers, group, labels, offers }
}

/** The facts that stand at the top of the page. */
export const organisationFacts = (part: OrganisationPart, at: string): { term: string; value: Html | string }[] => {
  const people = new Set(standingOn(part.affiliations, dayOf(at)).map(({ person }) => person)).size
  const homepage = part.organisation.homepage
  return [
    ...(homepage ? [{ term: 'Homepage', value: link({ label: homepage, href: homepage }) }] : []),
    { term: 'Controlled by', value: part.controllers.length > 0 ? listed(part.controllers, part.labels) : 'no other' },
    { term: 'People here who say they work for it', value: String(people) },
  ]
}

const listed = (ids: readonly string[], labels: Labels): Html =>
  html`${ids.map((id, index) => html`${index > 0 && ', '}${called(labels, id)}`)}`

const controlTable = ({ controls, labels }: OrganisationPart, day: string): Html =>
  table({
    caption: 'Control',
    isCaptionHidden: true,
    columns: [
      { key: 'child', label: 'Organisation' },
      { key: 'parent', label: 'Controlled by' },
      { key: 'period', label: 'When' },
      { key: 'standing', label: 'Standing' },
      { key: 'source', label: 'Source' },
    ],
    rows: controls.map(one => ({
      child: called(labels, one.child),
      parent: called(labels, one.parent),
      period: periodText(one),
      standing: holdsOn(one, day)
        ? stageBadge('holds now', 'good')
        : stageBadge(one.from > day ? 'will hold' : 'ended', 'quiet'),
      source: one.source && link({ label: 'published', href: one.source }),
    })),
    empty: 'No control is stated: it counts as standing alone.',
  })

const peopleTable = ({ affiliations, labels }: OrganisationPart, day: string): Html =>
  table({
    caption: 'People',
    isCaptionHidden: true,
    columns: [
      { key: 'person', label: 'Person' },
      { key: 'period', label: 'When' },
      { key: 'standing', label: 'Standing' },
      { key: 'source', label: 'Source' },
    ],
    rows: affiliations.map(one => ({
      person: called(labels, one.person),
      period: periodText(one),
      standing: standingBadge(one, day),
      source: sourceText(one, labels),
    })),
    empty: 'Nobody here has said that they work for it.',
  })

/** Sections for the organisation's page; the offers go to its "what you may do next". */
export const organisationSections = (part: OrganisationPart, { at }: Pick<PageView, 'at'>): readonly Section[] => [
  {
    title: 'People',
    id: 'people',
    says: 'Who says that they work here, now or earlier. Ended and corrected statements stay to be seen.',
    body: peopleTable(part, dayOf(at)),
  },
  {
    title: 'Control',
    id: 'control',
    says: 'Who controls it and what it controls. Where rules look at interests and shares, a group of organisations counts as one.',
    body: controlTable(part, dayOf(at)),
  },
]
