// /neutrality: who decides and who does the work, foundation-wide, by seats, votes and the projects counted together.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import { startOf } from '#base/instants.ts'
import { verdictWithin } from '#base/intervals.ts'
import { type Neutrality, neutralityOf, periodOf } from '#domains/contributors/index.ts'
import { verdictBadge } from '#html/badge.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { sayDay } from '#html/time.ts'
import { figuresTable, type Limits, limitsOf, sayBounds, sayPart, sayShare, shareBars } from './charts.ts'
import { contributionBody } from './part.ts'
import { type PaidRow, paidRows } from './paying.ts'
import { bodySeats, maintainerSeats, type Units, votesCast } from './seats.ts'
import { type Counted, countedProjects } from './subjects.ts'

type ProjectRow = Counted & { readonly found: Neutrality | undefined }

async function loads({ read, at, term }: PageRequest) {
  const { from, until } = periodOf({ at, term })
  const counted = await countedProjects(read, term)
  const subjects = counted.flatMap(({ subject }) => subject ?? [])
  const rows: ProjectRow[] = []
  for (const one of counted)
    rows.push({
      ...one,
      found: one.subject ? await neutralityOf(read, { subjects: [one.subject], at, term }) : undefined,
    })
  const said = {
    seats: await bodySeats(read, at, term),
    votes: await votesCast(read, startOf(from), term),
    maintainers: await maintainerSeats(read, { projects: counted.map(({ project }) => project.id), at, term }),
    together: await neutralityOf(read, { subjects, at, term }),
  }
  return {
    ...{ from, until, rows, limits: limitsOf(term), ...said },
    names: new Map(counted.flatMap(({ subject, project }) => (subject ? [[subject, project.name] as const] : []))),
    paid: await paidRows(read, { at, term }, said),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

type Said = { readonly title: string; readonly period: string; readonly what: string }

function unitsPart({ intervals, most }: Units, { title, period, what }: Said, limits: Limits): Html {
  if (!intervals) return html`<p class="quiet">None yet.</p>`
  const { total, knownTotal, topShare, factor, effective } = intervals
  const bars = shareBars({
    title,
    period,
    known: { has: knownTotal, of: total, what },
    limit: limits.largest,
    rows: most.slice(0, 6).map(({ label, href, count }) => ({
      label,
      href,
      low: count / total,
      high: (count + total - knownTotal) / total,
    })),
  })
  return html`${bars}${figuresTable(`${title}: figures`, [
    {
      label: `Fewest organisations that hold ${sayPart(limits.part)}`,
      bounds: factor,
      as: 'count',
      limit: limits.organisations,
    },
    { label: 'Share of the largest', bounds: topShare, as: 'share', limit: limits.largest },
    { label: 'Effective number of organisations', bounds: effective, as: 'index' },
  ])}`
}

const seatsSection = ({ seats, limits }: Loaded): Section => ({
  title: 'Seats',
  id: 'seats',
  says: 'Seats that are held, by the holder’s employer; companies under one control are one. Seats that nobody holds count for nobody.',
  body: html`${seats.map(
    one =>
      html`<h3>${link({ label: one.name, href: `/bodies/${one.slug}` })}</h3>${unitsPart(one, { title: `Seats of the ${one.name}`, period: 'today', what: 'seats held' }, limits)}`,
  )}`,
})

const votesSection = ({ votes, limits, from, until }: Loaded): Section => ({
  title: 'Votes cast',
  id: 'votes',
  says: 'By whom the voter worked for on the day of the vote; a vote that was changed counts once.',
  body: unitsPart(votes, { title: 'Votes cast', period: `${sayDay(from)} to ${sayDay(until)}`, what: 'votes' }, limits),
})

const maintainersSection = ({ maintainers, limits }: Loaded): Section => ({
  title: 'Maintainers',
  id: 'maintainers',
  says: 'The maintainers registered here of the projects counted together, by whom they say they work for; of two projects counts twice.',
  body: unitsPart(maintainers, { title: 'Maintainers', period: 'today', what: 'maintainers' }, limits),
})

function projectRow({ project, found }: ProjectRow, limits: Limits) {
  const commits = found?.kinds.find(({ kind }) => kind === 'commit')
  const name = link({ label: project.name, href: `/projects/${project.slug}#neutrality` })
  if (!commits) return { name, known: html`<span class="quiet">no history read yet</span>` }
  const { people, organisations } = commits
  const judged = (bounds: typeof people.absence, limit: Limits['people']) =>
    html`${sayBounds(bounds, 'count')} ${verdictBadge(verdictWithin(bounds, limit))}`
  return {
    name,
    people: judged(people.absence, limits.people),
    organisations: judged(organisations.factor, limits.organisations),
    largest: html`${sayBounds(organisations.topShare, 'share')} ${verdictBadge(verdictWithin(organisations.topShare, limits.largest))}`,
    known: sayShare(organisations.knownShare),
  }
}

const projectsSection = ({ rows, limits, together, names }: Loaded): Section => ({
  title: 'Projects',
  id: 'projects',
  body: html`${table({
    caption: 'Each project by its commits',
    columns: [
      { key: 'name', label: 'Project' },
      { key: 'people', label: `Fewest people who carry ${sayPart(limits.part)}` },
      { key: 'organisations', label: `Fewest organisations that carry ${sayPart(limits.part)}` },
      { key: 'largest', label: 'Share of the largest' },
      { key: 'known', label: 'Known', align: 'end' },
    ],
    rows: rows.map(row => projectRow(row, limits)),
    empty: 'No project is of a stage that the charter counts.',
  })}${together && html`<h3>All of them together</h3>${contributionBody(together, limits, names)}`}`,
})

const paidSection = (rows: readonly PaidRow[]): Section => ({
  title: 'Does paying buy a say?',
  id: 'paying',
  says: 'By class of membership: how many members, and their part of seats, votes and work, from what is known to what is possible. What anybody pays is not asked.',
  body: table({
    caption: 'Membership against seats, votes and work',
    narrow: 'scroll',
    columns: [
      { key: 'name', label: 'Class' },
      { key: 'members', label: 'Members', align: 'end' },
      ...(rows[0]?.shares ?? []).map(({ key, label, knownShare, isEmpty }) => ({
        ...{ key, align: 'end' as const },
        label: `${label} (${isEmpty ? 'none yet' : `known: ${sayShare(knownShare)}`})`,
      })),
    ],
    rows: rows.map(({ name, members, shares }) => ({
      name,
      members,
      ...Object.fromEntries(
        shares.map(({ key, bounds, isEmpty }) => [key, isEmpty ? undefined : sayBounds(bounds, 'share')]),
      ),
    })),
    empty: 'The charter has no classes of membership.',
  }),
})

const shows = (loaded: Loaded, view: PageView) => ({
  kicker: 'Neutrality',
  title: 'Who decides, and who does the work',
  summary: `Seats, votes and work in the ${view.foundation.name} by organisation: always from what is known to what is possible.`,
  isWide: true,
  facts: [
    { term: 'Period', value: `${sayDay(loaded.from)} to ${sayDay(loaded.until)}` },
    { term: 'Projects counted', value: loaded.rows.length },
    { term: 'The register behind it', value: link({ label: 'statements and imports', href: '/neutrality/register' }) },
  ],
  sections: [
    seatsSection(loaded),
    votesSection(loaded),
    maintainersSection(loaded),
    projectsSection(loaded),
    paidSection(loaded.paid),
  ],
})

export const neutralityPage = page({ path: '/neutrality', loads, shows })
