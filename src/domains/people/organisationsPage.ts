// The list of organisations: found by name, filtered by control, fifty to a page.
import { type Offer, page } from '#acts/page.ts'
import { dayOf } from '#base/instants.ts'
import type { Action } from '#html/action.ts'
import { filters } from '#html/filter.ts'
import { type Html, html, link, safeHref } from '#html/html.ts'
import { type Row, table } from '#html/table.ts'
import { headcounts } from './affiliations.ts'
import { controlsAbout, type OrganisationsPage, organisationsPage as pageOf } from './organisations.ts'
import { called, type Labels } from './personPage.ts'
import { holdsOn } from './rules.ts'
import { organisations as organisationsTerm } from './terms.ts'
import type { Control, Organisation } from './words.ts'

const parts = { controlled: 'Controlled by another', controlling: 'Control others' } as const
type Part = keyof typeof parts

type Wanted = { readonly search?: string; readonly part?: Part; readonly page?: number }

function wantedIn(query: URLSearchParams): Wanted {
  const search = query.get('search')?.trim().slice(0, 120)
  const part = query.get('part')
  const number = Number(query.get('page') ?? 1)
  return {
    ...(search && { search }),
    ...((part === 'controlled' || part === 'controlling') && { part }),
    ...(Number.isSafeInteger(number) && number > 1 && { page: number }),
  }
}

const addressOf = ({ search, part, page: number }: Wanted): string => {
  const query = new URLSearchParams()
  if (search) query.set('search', search)
  if (part) query.set('part', part)
  if (number && number > 1) query.set('page', String(number))
  return query.size > 0 ? `/organisations?${query}` : '/organisations'
}

const finder = (wanted: Wanted): Html =>
  filters({
    action: '/organisations',
    search: { name: 'search', label: 'Name', value: wanted.search },
    selects: [
      {
        name: 'part',
        label: 'Control',
        any: 'Any',
        choices: Object.entries(parts).map(([value, label]) => ({ value, label })),
        value: wanted.part,
      },
    ],
    chips: [
      ...(wanted.search ? [{ label: `Name: ${wanted.search}`, href: addressOf({ part: wanted.part }) }] : []),
      ...(wanted.part ? [{ label: parts[wanted.part], href: addressOf({ search: wanted.search }) }] : []),
    ],
    clear: '/organisations',
  })

/** Alphabetical, so the ways on are called previous and next. */
const turning = (wanted: Wanted, { page: number, pages }: OrganisationsPage): Html | false =>
  pages > 1 &&
  html`<nav class="pager" aria-label="Pages"><p>Page ${number} of ${pages}</p>${
    number > 1 && html`<a rel="prev" href="${safeHref(addressOf({ ...wanted, page: number - 1 }))}">← Previous</a>`
  }${number < pages && html`<a rel="next" href="${safeHref(addressOf({ ...wanted, page: number + 1 }))}">Next →</a>`}</nav>`

type Known = {
  readonly controls: readonly Control[]
  readonly labels: Labels
  readonly people: ReadonlyMap<string, number>
}

function rowOf({ id, name, slug, homepage }: Organisation, { controls, labels, people }: Known): Row {
  const parent = controls.find(one => one.child === id)?.parent
  return {
    name: html`<div>${link({ label: name, href: `/organisations/${slug}` })}${
      homepage && html`<br><a class="quiet" rel="nofollow" href="${safeHref(homepage)}">${hostOf(homepage)}</a>`
    }</div>`,
    parent: parent && called(labels, parent),
    children: controls.filter(one => one.parent === id).length || undefined,
    people: people.get(id),
    own: html`<a href="/account?organisation=${encodeURIComponent(slug)}#affiliations">I work here<span class="sr">: ${name}</span></a>`,
  }
}

/** Forms of many fields stand on pages of their own, so that the list stays in sight. */
const formPage = ({ act }: Offer): Action => ({
  kind: 'link',
  label: act.title,
  href: `/acts/${act.name.replace('.', '/')}?_return=/organisations`,
})

const hostOf = (address: string): string => URL.parse(address)?.host ?? address

const columns = [
  { key: 'name', label: 'Organisation' },
  { key: 'parent', label: 'Controlled by' },
  { key: 'children', label: 'Controls', align: 'end' },
  { key: 'people', label: 'People', align: 'end' },
] as const

export const organisationsPage = page({
  path: '/organisations',
  async loads({ read, query, at, names, offer, viewer, term }) {
    const wanted = wantedIn(query)
    const found = await pageOf(read, { ...wanted, at })
    const ids = found.organisations.map(({ id }) => id)
    const controls = (await controlsAbout(read)).filter(one => holdsOn(one, dayOf(at)))
    const isStaff = viewer?.capacities.some(({ capacity }) => capacity === 'staff') ?? false
    const offers = [
      await offer('people.add-organisation', {}),
      ...(isStaff ? [await offer('people.state-control', {})] : []),
    ]
    return {
      wanted,
      found,
      controls,
      labels: await names(controls.map(({ parent }) => parent)),
      people: await headcounts(read, ids, at),
      offers,
      isSignedIn: viewer?.person !== undefined,
      meaning: term(organisationsTerm).control,
    }
  },
  shows({ wanted, found, offers, isSignedIn, meaning, ...known }, { action }) {
    const isNarrowed = wanted.search !== undefined || wanted.part !== undefined
    const body = table({
      caption: isNarrowed ? `${found.total} found` : `${found.total} organisations`,
      columns: isSignedIn ? [...columns, { key: 'own', label: 'Yours' }] : columns,
      rows: found.organisations.map(one => rowOf(one, known)),
      empty: isNarrowed ? 'No organisation fits. Look for a part of its name.' : 'No organisation has been added yet.',
    })
    return {
      title: 'Organisations',
      summary:
        'Companies, universities and others that people here work for or that are members, and who controls whom.',
      isWide: true,
      facts: [
        { term: 'Known', value: found.total },
        { term: 'What control means here', value: meaning },
      ],
      next: offers.map(one => (one.refusal ? action(one) : formPage(one))),
      sections: [{ title: 'The list', body: html`${finder(wanted)}${body}${turning(wanted, found)}` }],
    }
  },
})
