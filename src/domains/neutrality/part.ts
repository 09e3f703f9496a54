// What concentration adds to the page of a project or an organisation: intervals with their known share, from stored counts.
import type { Domain } from '#acts/domain.ts'
import { dayOf } from '#base/instants.ts'
import {
  type Groups,
  type KindFigures,
  loadGroups,
  type Neutrality,
  neutralityOf,
} from '#domains/contributors/index.ts'
import { organisationBy } from '#domains/people/index.ts'
import { projectBy } from '#domains/projects/index.ts'
import { shortCode } from '#html/code.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime, sayDay } from '#html/time.ts'
import { figuresTable, type Limits, type Line, limitsOf, sayBounds, sayPart, sayShare, shareBars } from './charts.ts'
import { countedProjects, subjectsOf } from './subjects.ts'

export const kindWords = {
  commit: 'Commits',
  'co-author': 'Co-authored commits',
  merge: 'Merges of others’ work',
} as const

export const linesFor = ({ people, organisations }: KindFigures, limits: Limits): Line[] => [
  {
    label: `Fewest people who carry ${sayPart(limits.part)} (contributor absence factor)`,
    bounds: people.absence,
    as: 'count',
    limit: limits.people,
  },
  {
    label: `Fewest organisations that carry ${sayPart(limits.part)} (elephant factor)`,
    bounds: organisations.factor,
    as: 'count',
    limit: limits.organisations,
  },
  { label: 'Share of the largest organisation', bounds: organisations.topShare, as: 'share', limit: limits.largest },
  { label: 'Share of the largest contributor', bounds: people.topShare, as: 'share' },
  { label: 'Contributors', bounds: people.contributors, as: 'count' },
  { label: 'Herfindahl-Hirschman index of organisations', bounds: organisations.hhi, as: 'index' },
  { label: 'Effective number of organisations', bounds: organisations.effective, as: 'index' },
  { label: 'Gini of organisations', bounds: organisations.gini, as: 'index' },
  { label: 'Gini of people', bounds: people.gini, as: 'index' },
]

const sourceWords = {
  person: 'said by the person',
  employer: 'confirmed by the employer',
  domain: 'by mail domain',
  import: 'from published registers',
} as const

/** On what the known part rests. */
function basis({ organisations: { by, total, knownTotal, independent } }: KindFigures): Html {
  const parts = Object.entries(sourceWords).flatMap(([source, words]) => {
    const count = by[source as keyof typeof by] // the keys of sourceWords are those of `by`
    return count > 0 ? [`${sayShare(count / total)} ${words}`] : []
  })
  const rest = total - knownTotal > 0 ? `${sayShare((total - knownTotal) / total)} unknown` : undefined
  const alone = independent > 0 ? ` Of these, ${sayShare(independent / total)} by people who work for nobody.` : ''
  return html`<p class="quiet">Whom it is counted for: ${[...parts, ...(rest ? [rest] : [])].join(', ')}.${alone}</p>`
}

const shownMost = 6

function kindPart(figures: KindFigures, { from, until }: Neutrality, limits: Limits): Html {
  const { kind, people, organisations } = figures
  const { total, knownTotal, most } = organisations
  const unknown = total - knownTotal
  const bars = shareBars({
    title: `${kindWords[kind]}: share of each organisation`,
    period: `${sayDay(from)} to ${sayDay(until)}`,
    known: { has: knownTotal, of: total, what: kindWords[kind].toLowerCase() },
    limit: limits.largest,
    rows: most
      .slice(0, shownMost)
      .map(({ label, href, count }) => ({ label, href, low: count / total, high: (count + unknown) / total })),
  })
  const open =
    people.suggested > 0 &&
    html`<p>${people.suggested} suggested ${people.suggested === 1 ? 'merge of two identities is' : 'merges of two identities are'} undecided: figures about people run from all of them right to none.</p>`
  return html`<h3>${kindWords[kind]}</h3>${bars}${figuresTable(`${kindWords[kind]}: figures`, linesFor(figures, limits))}${basis(figures)}${open}`
}

const contributorsPart = ({ people }: KindFigures): Html =>
  table({
    caption: 'Those who contributed most',
    columns: [
      { key: 'who', label: 'Contributor' },
      { key: 'count', label: 'Commits', align: 'end' },
      { key: 'share', label: 'Share', align: 'end' },
    ],
    rows: people.most.map(({ label, href, count }) => ({
      who: href ? link({ label, href }) : label,
      count,
      share: sayShare(count / people.total),
    })),
    empty: 'Nobody.',
  })

function ownersPart({ ownership }: Neutrality, limits: Limits): Html {
  if (!ownership) return html``
  const { files, known, most, topShare, called } = ownership
  const bars = shareBars({
    title: 'Files whose every owner is of one organisation',
    period: 'at the commit read last',
    known: { has: known, of: files, what: 'files' },
    limit: limits.largest,
    rows: most
      .slice(0, shownMost)
      .map(({ group, low, high }) => ({ ...called(group), low: low / files, high: high / files })),
  })
  const line = {
    label: 'Largest share of files owned by one organisation alone',
    bounds: topShare,
    as: 'share',
    limit: limits.largest,
  } as const
  return html`<h3>Owners of code</h3>${bars}${figuresTable('Owners of code: figures', [line])}`
}

const evidence = ({ heads, machineMerges, botCommits }: Neutrality, names: ReadonlyMap<string, string>): Html =>
  html`<p class="quiet">Read from ${heads.map(
    ({ subject, commit, asOf }, index) =>
      html`${index > 0 && ', '}${names.get(subject)} at ${shortCode(commit)} on ${dayTime(asOf)}`,
  )}. ${botCommits} commits by machines and ${machineMerges} merges pressed by a forge are counted for nobody. ${link({ label: 'What the counting rests on, and how to correct it', href: '/neutrality/register' })}.</p>`

export function contributionBody(found: Neutrality, limits: Limits, names: ReadonlyMap<string, string>): Html {
  const commits = found.kinds.find(({ kind }) => kind === 'commit')
  return html`${found.kinds.map(one => kindPart(one, found, limits))}${commits && contributorsPart(commits)}${ownersPart(found, limits)}${evidence(found, names)}`
}

const says =
  'As intervals: what is unknown could be anybody’s, so a promise is kept or broken only where the whole interval says so.'

async function projectPart(
  request: Parameters<NonNullable<Domain['adds']>>[0],
  id: string,
): Promise<Section | undefined> {
  const { read, at, term } = request
  const project = await projectBy(read, id)
  const [counted] = project ? await subjectsOf(read, [project]) : []
  if (!project || !counted?.subject) return undefined
  const found = await neutralityOf(read, { subjects: [counted.subject], at, term })
  if (!found) return undefined
  const names = new Map([[counted.subject, project.name]])
  return { title: 'Neutrality', id: 'neutrality', says, body: contributionBody(found, limitsOf(term), names) }
}

const partTitle = { title: 'Part in the projects', id: 'part' } as const

const countedWith = ({ label, href }: ReturnType<Groups['called']>): Section => ({
  ...partTitle,
  body: html`<p>It is under the control of ${href ? link({ label, href: `${href}#part` }) : label}: companies under one control count as one, so its work is counted there.</p>`,
})

async function organisationPart(
  request: Parameters<NonNullable<Domain['adds']>>[0],
  id: string,
): Promise<Section | undefined> {
  const { read, at, term } = request
  if (!(await organisationBy(read, { id }))) return undefined
  const groups = await loadGroups(read)
  const group = groups.groupOn(id, dayOf(at))
  if (group !== id) return countedWith(groups.called(group))
  const rows: Record<string, Html | string | number>[] = []
  for (const { project, subject } of await countedProjects(read, term)) {
    const found = subject ? await neutralityOf(read, { subjects: [subject], at, term }) : undefined
    for (const { kind, organisations } of found?.kinds ?? []) {
      const { most, total, knownTotal } = organisations
      const count = most.find(one => one.group === id)?.count ?? 0
      const bounds = { low: count / total, high: (count + total - knownTotal) / total }
      if (count > 0)
        rows.push({
          project: link({ label: project.name, href: `/projects/${project.slug}#neutrality` }),
          kind: kindWords[kind],
          share: sayBounds(bounds, 'share'),
          known: sayShare(knownTotal / total),
        })
    }
  }
  const columns = [
    { key: 'project', label: 'Project' },
    { key: 'kind', label: 'What' },
    { key: 'share', label: 'Its share', align: 'end' as const },
    { key: 'known', label: 'Known', align: 'end' as const },
  ]
  return {
    ...partTitle,
    says: 'Its share of the work in the projects that are counted together, companies under its control with it: from what is known to what is possible.',
    body: table({
      caption: 'Part in the projects',
      isCaptionHidden: true,
      columns,
      rows,
      empty: 'No contribution is known to be for it.',
    }),
  }
}

export const adds: NonNullable<Domain['adds']> = async (request, subject) => {
  const part = subject.startsWith('org_')
    ? await organisationPart(request, subject)
    : await projectPart(request, subject)
  return part && (() => ({ sections: [part] }))
}
