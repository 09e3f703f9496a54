// The account page: everything a person says about themselves, accepts, takes away or destroys. It stands in the last
// domain because it gathers from people, bodies and conduct.
import { type Offer, type PageRequest, type PageView, page } from '#acts/page.ts'
import { dayOf } from '#base/instants.ts'
import { type SeatHeld, seatsHeldBy } from '#domains/bodies/index.ts'
import {
  type Affiliation,
  affiliationsOf,
  displayName,
  employerOf,
  independent,
  type Labels,
  organisationBy,
  ownPerson,
  periodText,
  sourceText,
  standingBadge,
} from '#domains/people/index.ts'
import { actionList } from '#html/action.ts'
import { stageBadge } from '#html/badge.ts'
import { shortCode } from '#html/code.ts'
import { empty } from '#html/empty.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { acceptancesOf } from './tables.ts'
import { codeOfConduct } from './terms.ts'
import { hashOfCode } from './words.ts'

type Own = NonNullable<Awaited<ReturnType<typeof ownPerson>>>

type Account = {
  readonly own: Own
  readonly affiliations: readonly Affiliation[]
  readonly seats: readonly SeatHeld[]
  readonly labels: Labels
  /** When the text in force was accepted. */
  readonly accepted?: string
  /** Chosen in the list of organisations just before. */
  readonly chosen?: string
  readonly offers: Readonly<Record<'rename' | 'consent' | 'employer' | 'independence' | 'accept' | 'erase', Offer>>
}

async function offersFor({ offer, term }: PageRequest, own: Own, chosen?: string): Promise<Account['offers']> {
  const period = ['from', 'until']
  return {
    rename: await offer('people.rename', {}, ['name']),
    consent: await offer('people.consent', { showName: !own.isNamePublic }),
    employer: await offer(
      'people.affiliate',
      chosen ? { organisation: chosen } : {},
      chosen ? period : ['organisation', ...period],
    ),
    independence: await offer('people.affiliate', { organisation: independent }, period),
    accept: await offer('conduct.accept', { hash: hashOfCode(term(codeOfConduct)) }),
    erase: await offer('people.erase', {}, ['confirmation']),
  }
}

const return_ = '/account'

/** A form page of its own, filled with what is known. */
const formLink = (act: string, label: string, values: Record<string, string>): Html =>
  link({ label, href: `/acts/people/${act}?${new URLSearchParams({ ...values, _return: return_ })}` })

function changes({ id, organisation, from, until, standing }: Affiliation, labels: Labels): Html | undefined {
  if (standing !== 'stands') return undefined
  const name = organisation ? (labels.get(organisation)?.label ?? organisation) : independent
  const known = { affiliation: id, organisation: name, from, ...(until && { until }) }
  return html`<div>${!until && html`${formLink('end-affiliation', 'End', { affiliation: id })} · `}${formLink('correct-affiliation', 'Correct', known)} · ${formLink('withdraw-affiliation', 'Withdraw', { affiliation: id })}<span class="sr"> ${name}</span></div>`
}

const ownAffiliations = ({ affiliations, labels }: Account, day: string): Html =>
  table({
    caption: 'What you have stated',
    isCaptionHidden: true,
    columns: [
      { key: 'employer', label: 'Works for' },
      { key: 'period', label: 'When' },
      { key: 'source', label: 'Source' },
      { key: 'change', label: 'Change' },
    ],
    rows: affiliations.map(one => ({
      employer: employerOf(one, labels),
      period: html`<div>${periodText(one)}${standingBadge(one, day)}</div>`,
      source: sourceText(one, labels),
      change: changes(one, labels),
    })),
    empty: 'You have not said whom you work for. Many acts need it, so that rules about interests can be kept.',
  })

const nameSection = ({ own, offers }: Account, { action }: PageView): Section => ({
  title: 'Name',
  id: 'name',
  says: own.isNamePublic
    ? html`Public pages call you <b>${own.heldName}</b>.`
    : html`Your name is <b>${own.heldName}</b>. Public pages call you <b>${displayName(own)}</b>.`,
  body: actionList([
    action(offers.consent, { label: own.isNamePublic ? 'Withhold my name' : 'Show my name' }),
    action(offers.rename, { label: 'Change my name' }),
  ]),
})

const affiliationsSection = (account: Account, { action, at }: PageView): Section => {
  const { chosen, offers } = account
  const elsewhere = chosen && link({ label: 'It is another organisation', href: '/account#affiliations' })
  return {
    title: 'Whom you work for',
    id: 'affiliations',
    says: html`This is public: rules about interests and shares depend on it, and nothing stated is removed. Is yours missing from the ${link({ label: 'list of organisations', href: '/organisations' })}? Add it there.`,
    body: html`${ownAffiliations(account, dayOf(at))}
${actionList([
  action(offers.employer, {
    label: chosen ? `I work for ${chosen}` : 'Add an organisation I work for',
    says: chosen
      ? `${chosen}: since when?`
      : 'An organisation that you work for now, worked for earlier, or will work for.',
  }),
  action(offers.independence, {
    label: 'I work for no organisation',
    says: 'Or nobody: you are independent, and act for yourself alone.',
  }),
])}${elsewhere && html`<p>${elsewhere}</p>`}`,
  }
}

const conductSection = ({ accepted, offers }: Account, { action }: PageView): Section => ({
  title: 'Code of conduct',
  id: 'conduct',
  says: accepted
    ? html`You accepted the ${link({ label: 'text in force', href: '/conduct' })} on ${dayTime(accepted)}.`
    : html`Read the ${link({ label: 'text in force', href: '/conduct' })} first; you accept exactly that text.`,
  body: accepted
    ? stageBadge('accepted', 'good')
    : actionList([action(offers.accept, { label: 'I have read it and accept it', weight: 'main' })]),
})

const seatsSection = ({ seats }: Account): Section => ({
  title: 'Seats you hold',
  id: 'seats',
  body:
    seats.length === 0
      ? empty('You hold no seat.', { label: 'All bodies and their seats', href: '/bodies' })
      : html`<ul>${seats.map(({ seat, body, holding }) => {
          const place = link({ label: body.name, href: `/bodies/${body.slug}` })
          return html`<li>${place}: ${seat.title}${holding.as === 'alternate' && ', as alternate'}</li>`
        })}</ul>`,
})

const exportSection: Section = {
  title: 'Your data',
  id: 'export',
  says: 'Everything held about you: the register, what you stated, and every entry that names you, with what is sealed for you and the salts that prove it.',
  body: html`<p><a class="button plain" href="/api/people/export" download="my-guildhall-data.json">Download it as JSON</a></p>`,
}

const eraseSection = ({ offers }: Account, { action }: PageView): Section => ({
  title: 'Erase yourself',
  id: 'erase',
  says: 'Your name, your sign-in here and everything sealed for you are destroyed for good. What you did stays in the public record under an id, and pages say “erased”. Seats that you hold become vacant.',
  body: actionList([action(offers.erase, { label: 'Erase me for good', weight: 'grave' })]),
})

export const accountPage = page({
  path: '/account',
  needsSignIn: true,
  async loads(request): Promise<Account | undefined> {
    const { read, viewer, query, names, at, term } = request
    const own = viewer?.person ? await ownPerson(read, viewer.person) : undefined
    if (!own) return undefined
    const wanted = query.get('organisation')
    const chosen = wanted ? await organisationBy(read, { slug: wanted }) : undefined
    const affiliations = await affiliationsOf(read, own.id)
    const seats = await seatsHeldBy(read, own.id, at)
    const hash = hashOfCode(term(codeOfConduct))
    const ids = affiliations.flatMap(one => [one.statedBy, one.organisation ?? []].flat())
    return {
      own,
      affiliations,
      seats,
      labels: await names(ids),
      accepted: (await acceptancesOf(read, own.id)).find(one => one.hash === hash)?.accepted,
      chosen: chosen?.name,
      offers: await offersFor(request, own, chosen?.name),
    }
  },
  shows(account, view) {
    const { own } = account
    return {
      kicker: 'Only you see this page',
      title: 'Your account',
      summary: 'What you say about yourself, what you have accepted, and what you may take with you or have destroyed.',
      facts: [
        { term: 'Shown as', value: displayName(own) },
        { term: 'Registered', value: dayTime(own.registered) },
        { term: 'Id in the record', value: shortCode(own.id, 14) },
        { term: 'Public page', value: link({ label: 'as others see you', href: `/people/${own.id}` }) },
      ],
      sections: [
        nameSection(account, view),
        affiliationsSection(account, view),
        conductSection(account, view),
        seatsSection(account),
        exportSection,
        eraseSection(account, view),
      ],
    }
  },
})
