// The landscape: every project in one table, by category, with filters; all of it from one look into the database.
import { type PageRequest, page } from '#acts/page.ts'
import { slugOf } from '#base/ids.ts'
import { stageBadge } from '#html/badge.ts'
import { empty } from '#html/empty.ts'
import { filters } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { type Listed as Found, projectsListed } from './finds.ts'
import { projectLink, repositoryLink } from './parts.ts'
import { categoryOf, matches, stageName } from './rules.ts'
import { type Stage, stages } from './terms.ts'

const path = '/projects'

/** With the category as headings and filters name it. */
type Listed = Found & { readonly group: string }

type Wanted = {
  readonly search?: string
  readonly stage?: string
  readonly category?: string
  readonly archived?: 'only' | 'without'
}

function wantedIn(query: URLSearchParams): Wanted {
  const archived = query.get('archived')
  return {
    search: query.get('search')?.trim().slice(0, 100) || undefined,
    stage: query.get('stage') || undefined,
    category: query.get('category') || undefined,
    archived: archived === 'only' || archived === 'without' ? archived : undefined,
  }
}

function address(wanted: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}

const isWanted = (project: Listed, wanted: Wanted): boolean =>
  matches(project, wanted) && (!wanted.archived || project.isArchived === (wanted.archived === 'only'))

async function loads({ read, query, term }: PageRequest) {
  const all = (await projectsListed(read)).map(project => ({ ...project, group: categoryOf(project) }))
  const wanted = wantedIn(query)
  return { all, wanted, found: all.filter(project => isWanted(project, wanted)), stages: term(stages) }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const counted = (values: readonly string[]): { value: string; label: string; count: number }[] =>
  [...Map.groupBy(values, value => value)]
    .map(([value, same]) => ({ value, label: value, count: same.length }))
    .sort((a, b) => (a.value < b.value ? -1 : 1))

function finder({ all, wanted, stages: known }: Loaded): Html {
  const shown = all.filter(project => isWanted(project, { archived: wanted.archived }))
  const archived = all.filter(({ isArchived }) => isArchived).length
  const without = (name: keyof Wanted): string => address({ ...wanted, [name]: undefined })
  const chips = [
    ...(wanted.search ? [{ label: `“${wanted.search}”`, href: without('search') }] : []),
    ...(wanted.stage ? [{ label: stageName(known, wanted.stage), href: without('stage') }] : []),
    ...(wanted.category ? [{ label: wanted.category, href: without('category') }] : []),
    ...(wanted.archived
      ? [{ label: wanted.archived === 'only' ? 'Archived only' : 'Without archived', href: without('archived') }]
      : []),
  ]
  return filters({
    action: path,
    search: { name: 'search', label: 'Search', value: wanted.search },
    selects: [
      {
        name: 'stage',
        label: 'Stage',
        any: 'Any stage',
        value: wanted.stage,
        choices: known.map(({ key, name }) => ({
          value: key,
          label: name,
          count: shown.filter(({ stage }) => stage === key).length,
        })),
      },
      {
        name: 'category',
        label: 'Category',
        any: 'Any category',
        value: wanted.category,
        choices: counted(shown.map(({ group }) => group)),
      },
      {
        name: 'archived',
        label: 'Archived',
        any: 'With archived',
        value: wanted.archived,
        choices: [
          { value: 'without', label: 'Without archived', count: all.length - archived },
          { value: 'only', label: 'Archived only', count: archived },
        ],
      },
    ],
    chips,
    clear: path,
  })
}

const rowOf = (project: Listed, known: readonly Stage[]): Row => ({
  name: project.summary
    ? html`${projectLink(project)}<br><span class="quiet">${shortened(project.summary)}</span>`
    : projectLink(project),
  stage: project.isArchived ? stageBadge('archived', 'quiet') : stageName(known, project.stage),
  licence: project.licence,
  repository: project.repository && repositoryLink(project.repository),
})

const shortened = (text: string): string =>
  text.length > 140 ? `${text.slice(0, 140).replace(/\s+\S*$/, '')} …` : text

type List = { readonly projects: readonly Listed[]; readonly known: readonly Stage[] }

function listOf(title: string, { projects, known }: List): Section {
  const isDeclared = projects.some(({ licence }) => licence !== null)
  const columns = [
    { key: 'name', label: 'Project' },
    { key: 'stage', label: 'Stage' },
    ...(isDeclared ? [{ key: 'licence', label: 'Licence declared' }] : []),
    { key: 'repository', label: 'Repository' },
  ]
  const rows = projects.map(project => rowOf(project, known))
  return { title, id: slugOf(title), body: table({ caption: title, isCaptionHidden: true, columns, rows, empty: '' }) }
}

/** The projects of a later stage are few and stand first, under its name; all others in their categories. */
function sectionsOf({ found, stages: known }: Loaded): Section[] {
  const later = known.filter(({ requires }) => requires !== null).toReversed()
  const isLater = ({ stage }: Listed): boolean => later.some(({ key }) => key === stage)
  const first = later.flatMap(({ key, name }) => {
    const projects = found.filter(({ stage }) => stage === key)
    return projects.length > 0 ? [listOf(name, { projects, known })] : []
  })
  const groups = Map.groupBy(
    found.filter(project => !isLater(project)),
    ({ group }) => group,
  )
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  return [...first, ...sorted.map(([category, projects]) => listOf(category, { projects, known }))]
}

/** "137 (68 archived)". */
const countOf = (all: readonly Listed[], key: string): string => {
  const own = all.filter(({ stage }) => stage === key)
  const archived = own.filter(({ isArchived }) => isArchived).length
  return archived > 0 ? `${own.length} (${archived} archived)` : String(own.length)
}

const nothingFound = ({ all }: Loaded): Html =>
  all.length === 0
    ? empty('No project is in the landscape yet. Projects are admitted by a vote, or imported by the operator.')
    : html`<p>No project matches. ${link({ label: 'Show all projects', href: path })}</p>`

export const landscapePage = page({
  path,
  loads,
  shows(loaded: Loaded, view) {
    const { all, found, stages: known } = loaded
    const lists = sectionsOf(loaded)
    return {
      title: 'Projects',
      summary: `The landscape of the ${view.foundation.name}: what is looked after here, at which stage, and where it lives.`,
      isWide: true,
      facts: [
        ...known.map(({ key, name }) => ({ term: name, value: countOf(all, key) })),
        { term: 'Categories', value: new Set(all.map(({ group }) => group)).size },
      ],
      next: [{ kind: 'link' as const, label: 'Apply for a project', href: '/apply' }],
      sections: [
        {
          title: 'Find',
          id: 'find',
          says: `Shown: ${found.length} of ${all.length}.`,
          body: found.length === 0 ? html`${finder(loaded)}${nothingFound(loaded)}` : finder(loaded),
        },
        ...lists,
      ],
    }
  },
})
