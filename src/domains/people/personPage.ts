// The page of a person: name or pseudonym, whom they work for and have worked for, and what they have done here.
import { page } from '#acts/page.ts'
import { dayOf } from '#base/instants.ts'
import { stageBadge } from '#html/badge.ts'
import { shortCode } from '#html/code.ts'
import { type Html, html, link } from '#html/html.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime, instantTime } from '#html/time.ts'
import { affiliationsOf } from './affiliations.ts'
import { displayName } from './names.ts'
import { personBy } from './persons.ts'
import { holdsOn, standingOn } from './rules.ts'
import { type Affiliation, type Period, Source } from './words.ts'

export type Labels = ReadonlyMap<string, { readonly label: string; readonly href?: string }>

/** The name of an id as a link where it has a page. */
export const called = (labels: Labels, id: string): Html => {
  const found = labels.get(id)
  if (!found) return html`${id}`
  return found.href ? link({ label: found.label, href: found.href }) : html`${found.label}`
}

/** The ids that a list of affiliations speaks of. */
export const idsOf = (affiliations: readonly Affiliation[]): string[] =>
  affiliations.flatMap(({ person, organisation, statedBy }) => [person, statedBy, organisation ?? []].flat())

export const employerOf = ({ organisation }: Affiliation, labels: Labels): Html =>
  organisation ? called(labels, organisation) : html`Independent`

const sources = Source.meta()?.labels as Readonly<Record<Source, string>> // given beside the schema

export const sourceText = ({ source, statedBy, person, stated }: Affiliation, labels: Labels): Html =>
  html`<div>${sources[source]}${statedBy !== person && html`, stated by ${called(labels, statedBy)}`}<br>
<span class="quiet">on ${dayTime(stated)}</span></div>`

/** `since 1 March 2026`, or `1 March 2025 until 1 March 2026`; the last day named is the first that no longer counts. */
export const periodText = ({ from, until }: Period): Html =>
  until ? html`<div>${dayTime(from)} until ${dayTime(until)}</div>` : html`<div>since ${dayTime(from)}</div>`

/** A glyph and a word for what became of a statement, as of a day. */
export function standingBadge(affiliation: Affiliation, day: string): Html {
  if (affiliation.standing !== 'stands') return stageBadge(affiliation.standing, 'quiet')
  if (holdsOn(affiliation, day)) return stageBadge('holds now', 'good')
  return affiliation.from > day ? stageBadge('will hold', 'plain') : stageBadge('ended', 'quiet')
}

const rowOf = (one: Affiliation, labels: Labels, day: string): Row => ({
  employer: employerOf(one, labels),
  period: periodText(one),
  standing: standingBadge(one, day),
  source: sourceText(one, labels),
})

export const affiliationTable = (affiliations: readonly Affiliation[], labels: Labels, day: string): Html =>
  table({
    caption: 'Affiliations',
    isCaptionHidden: true,
    columns: [
      { key: 'employer', label: 'Works for' },
      { key: 'period', label: 'When' },
      { key: 'standing', label: 'Standing' },
      { key: 'source', label: 'Source' },
    ],
    rows: affiliations.map(one => rowOf(one, labels, day)),
    empty: 'Nothing has been stated about whom this person works for.',
  })

/** "Seedworks and Loam", "independent", or that nothing was said. */
export function worksFor(affiliations: readonly Affiliation[], labels: Labels, day: string): Html {
  const now = standingOn(affiliations, day)
  if (now.length === 0) return html`<span class="quiet">not stated</span>`
  return html`${now.map((one, index) => html`${index > 0 && ', '}${employerOf(one, labels)}`)}`
}

export const personPage = page({
  path: '/people/:person',
  async loads({ read, params, names, timeline, viewer }) {
    const person = await personBy(read, params.person ?? '')
    if (!person) return undefined
    const affiliations = await affiliationsOf(read, person.id)
    return {
      person,
      affiliations,
      labels: await names(idsOf(affiliations)),
      acts: await timeline(person.id),
      isOwn: viewer?.person === person.id,
    }
  },
  shows({ person, affiliations, labels, acts, isOwn }, { at, timeline, foundation }) {
    const day = dayOf(at)
    const name = displayName(person)
    return {
      kicker: 'Participant',
      title: name,
      ...(person.erased && { standing: stageBadge('erased', 'quiet') }),
      summary: summaryOf(person, foundation.short),
      facts: [
        { term: 'Works for', value: person.erased ? '–' : worksFor(affiliations, labels, day) },
        { term: 'Registered', value: dayTime(person.registered) },
        ...(person.erased ? [{ term: 'Erased', value: instantTime(person.erased) }] : []),
        { term: 'Id in the record', value: shortCode(person.id, 14) },
      ],
      ...(isOwn && {
        next: [{ kind: 'link' as const, label: 'Your account', href: '/account', says: 'Change what stands here.' }],
      }),
      sections: [
        {
          title: 'Affiliations',
          id: 'affiliations',
          says: 'Whom a person works for is public here, because rules about interests depend on it. Nothing stated is removed: what was wrong stays to be seen as corrected.',
          body: affiliationTable(affiliations, labels, day),
        },
      ],
      timeline: timeline(acts),
    }
  },
})

function summaryOf({ name, erased }: { name: string | null; erased: string | null }, short: string): string {
  if (erased)
    return 'This person has erased themselves: their name and everything sealed for them are destroyed. What they did stays in the record under an id.'
  return name === null
    ? `Takes part in ${short} under a pseudonym made from an id, as anybody may choose to.`
    : `Takes part in ${short}.`
}
