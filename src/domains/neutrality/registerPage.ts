// /neutrality/register: what the counting rests on, and what one may do about it. Addresses and names of others stand nowhere here.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { addDays, dayOf } from '#base/instants.ts'
import {
  claimsOf,
  concentrationTerm,
  disputesAbout,
  domainsStated,
  importsInForce,
  openBook,
  pseudonym,
  register,
  rowsOf,
} from '#domains/contributors/index.ts'
import { organisationsBy } from '#domains/people/index.ts'
import type { Action } from '#html/action.ts'
import { shortCode } from '#html/code.ts'
import { type Html, html, link } from '#html/html.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { countedProjects } from './subjects.ts'

/** Undecided pairs in the counted projects, for staff: they decide by the pseudonyms' work, not by a name on a page. */
async function suggestedIn({ read, at, term }: PageRequest) {
  const subjects = (await countedProjects(read, term)).flatMap(({ subject }) => subject ?? [])
  const from = dayOf(addDays(at, -term(concentrationTerm).days))
  const rows = await rowsOf(read, { subjects, from, until: dayOf(addDays(at, 1)) })
  const book = await openBook(
    read,
    rows.map(({ identity }) => identity),
    term(register).precedence,
  )
  return book.suggested
}

const formOf = (act: string, values: Record<string, string> = {}): string =>
  `/acts/contributors/${act}?${new URLSearchParams({ ...values, _return: '/neutrality/register' })}`

async function loads(request: PageRequest) {
  const { read, viewer } = request
  const stated = await domainsStated(read)
  const own = viewer?.person ? await claimsOf(read, viewer.person) : []
  return {
    stated,
    own,
    disputes: await disputesAbout(read, own),
    organisations: await organisationsBy(read, [...new Set(stated.map(({ organisation }) => organisation))]),
    imports: await importsInForce(read),
    isStaff: viewer?.capacities.some(({ capacity }) => capacity === 'staff') ?? false,
    suggested: await suggestedIn(request),
    precedence: request.term(register).precedence,
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const domainsPart = ({ stated, organisations }: Loaded): Html =>
  table({
    caption: 'Mail domains',
    isCaptionHidden: true,
    columns: [
      { key: 'domain', label: 'Domain' },
      { key: 'organisation', label: 'Organisation' },
      { key: 'from', label: 'From' },
      { key: 'until', label: 'Until' },
      { key: 'entry', label: 'Stated' },
    ],
    rows: stated.map(({ domain, organisation, from_day, until_day, entry }) => {
      const one = organisations.get(organisation)
      return {
        domain,
        organisation: one ? link({ label: one.name, href: `/organisations/${one.slug}` }) : organisation,
        from: from_day,
        until: until_day,
        entry: link({ label: 'entry', href: `/record/${entry}` }),
      }
    }),
    empty: 'No mail domain is stated, so no address says anything about an employer.',
  })

const importsPart = ({ imports }: Loaded): Html =>
  table({
    caption: 'Imported registers',
    isCaptionHidden: true,
    columns: [
      { key: 'label', label: 'Register' },
      { key: 'addresses', label: 'Addresses', align: 'end' },
      { key: 'stints', label: 'Periods', align: 'end' },
      { key: 'source', label: 'SHA-256 of the file' },
      { key: 'imported', label: 'Imported' },
    ],
    rows: imports.map(({ label, addresses, stints, source, imported }) => ({
      ...{ label, addresses, stints, source: shortCode(source), imported: dayTime(imported.toISOString()) },
    })),
    empty: 'None was imported.',
  })

function ownPart({ own, disputes }: Loaded): Html {
  const row = (identity: string) => ({
    identity: pseudonym(identity),
    disputes: html`${disputes
      .filter(one => one.identity === identity)
      .map(
        ({ id, source, reason }) =>
          html`${source}: ${reason} ${link({ label: 'withdraw', href: formOf('withdraw-dispute', { dispute: id }) })} `,
      )}`,
    act: html`${link({ label: 'dispute what is said of it', href: formOf('dispute', { identity }) })} · ${link({ label: 'let go', href: formOf('release', { identity }) })}`,
  })
  return table({
    caption: 'Your identities',
    isCaptionHidden: true,
    columns: [
      { key: 'identity', label: 'Identity' },
      { key: 'disputes', label: 'Disputed' },
      { key: 'act', label: 'What you may do' },
    ],
    rows: own.map(row),
    empty: 'You have not proved an address of commits yet.',
  })
}

function suggestedPart({ suggested, isStaff }: Loaded): Html {
  const act = (name: string, label: string, pair: { first: string; second: string }) =>
    link({ label, href: formOf(name, pair) })
  return table({
    caption: 'Suggested merges',
    isCaptionHidden: true,
    columns: [
      { key: 'first', label: 'One' },
      { key: 'second', label: 'Other' },
      ...(isStaff ? [{ key: 'act', label: 'Decide' }] : []),
    ],
    rows: suggested.slice(0, 100).map(([first, second]) => ({
      first: pseudonym(first),
      second: pseudonym(second),
      act: html`${act('merge-identities', 'one person', { first, second })} · ${act('reject-merge', 'two people', { first, second })}`,
    })),
    empty: 'No two identities of the counted projects bear one full name undecided.',
  })
}

const linkTo = (label: string, act: string): Action => ({ kind: 'link', label, href: formOf(act) })

const shows = (loaded: Loaded, view: PageView) => ({
  crumbs: [{ label: 'Neutrality', href: '/neutrality' }],
  kicker: 'Neutrality',
  title: 'What the counting rests on',
  summary: `Whom work is counted for, the strongest statement first: ${loaded.precedence.join(', ')}. Addresses are kept in a private register; pages show pseudonyms, or the name of whoever proved an address and shows their name.`,
  next: [
    ...(view.viewer?.person
      ? [linkTo('Claim commits under your sign-in’s address', 'claim'), linkTo('Prove another address', 'ask-proof')]
      : []),
    ...(loaded.isStaff
      ? [
          linkTo('State a mail domain', 'state-domain'),
          linkTo('Take mail domains from homepages', 'take-homepages'),
          linkTo('Import a register', 'import-affiliations'),
        ]
      : []),
  ],
  sections: [
    ...(view.viewer?.person ? [{ title: 'Your identities', id: 'yours', body: ownPart(loaded) }] : []),
    {
      title: 'Mail domains',
      id: 'domains',
      says: 'A domain covers everything below it. Mail providers and forges say nothing.',
      body: domainsPart(loaded),
    },
    { title: 'Imported registers', id: 'imports', body: importsPart(loaded) },
    {
      title: 'Suggested merges',
      id: 'merges',
      says: 'Two identities under one full name may be one person. Nobody is merged by a name alone.',
      body: suggestedPart(loaded),
    },
  ],
})

export const registerPage = page({ path: '/neutrality/register', loads, shows })
