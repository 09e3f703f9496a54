// The landscape: every project in one table, by category, with filters; all of it from one look into the database.
import { type PageRequest, page } from '#acts/page.ts'
import { slugOf } from '#base/ids.ts'
import { stageBadge } from '#html/badge.ts'
import { empty } from '#html/empty.ts'
import { filters } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { projectsAll } from './finds.ts'
import { projectLink, repositoryLink } from './parts.ts'
import { stageName } from './rules.ts'
import { type Stage, stages } from './terms.ts'
import type { Project } from './words.ts'

const path = '/projects'

type Wanted = {
  readonly search?: string
  readonly stage?: string
  readonly category?: string
  readonly archived?: 'only' | 'with'
}

function wantedIn(query: URLSearchParams): Wanted {
  const archived = query.get('archived')
  return {
    search: query.get('search')?.trim().slice(0, 100) || undefined,
    stage: query.get('stage') || undefined,
    category: query.get('category') || undefined,
    archived: archived === 'only' || archived === 'with' ? archived : undefined,
  }
}

function address(wanted: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}

/** `Training` names a category, `Training / Graph` one of its parts. */
const categoryOf = ({ category, subcategory }: Project): string =>
  subcategory ? `${category} / ${subcategory}` : (category ?? 'Without category')

const words = ({ name, summary, category, subcategory, repository }: Project): string =>
  [name, summary, category, subcategory, repository].join(' ').toLowerCase()

const isWanted = (project: Project, { search, stage, category, archived }: Wanted): boolean =>
  (archived === 'with' || project.isArchived === (archived === 'only')) &&
  (!stage || project.stage === stage) &&
  (!category || project.category === category || categoryOf(project) === category) &&
  (!search ||
    search
      .toLowerCase()
      .split(/\s+/)
      .every(word => words(project).includes(word)))

async function loads({ read, query, term }: PageRequest) {
  const all = await projectsAll(read)
  const wanted = wantedIn(query)
  return { all, wanted, found: all.filter(project => isWanted(project, wanted)), stages: term(stages) }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const counted = (values: readonly string[]): { value: string; label: string; count: number }[] =>
  [...Map.groupBy(values, value => value)]
    .map(([value, same]) => ({ value, label: value, count: same.length }))
    .sort((a, b) => (a.value < b.value ? -1 : 1))

function finder({ all, wanted, stages: known }: Loaded): Html {
  const active = all.filter(({ isArchived }) => !isArchived)
  const shown =
    wanted.archived === 'with' ? all : wanted.archived === 'only' ? all.filter(one => one.isArchived) : active
  const without = (name: keyof Wanted): string => address({ ...wanted, [name]: undefined })
  const chips = [
    ...(wanted.search ? [{ label: `“${wanted.search}”`, href: without('search') }] : []),
    ...(wanted.stage ? [{ label: stageName(known, wanted.stage), href: without('stage') }] : []),
    ...(wanted.category ? [{ label: wanted.category, href: without('category') }] : []),
    ...(wanted.archived
      ? [{ label: wanted.archived === 'only' ? 'Archived only' : 'With archived', href: without('archived') }]
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
        choices: counted(shown.map(categoryOf)),
      },
      {
        name: 'archived',
        label: 'Archived',
        any: 'Without archived',
        value: wanted.archived,
        choices: [
          { value: 'with', label: 'With archived', count: all.length },
          { value: 'only', label: 'Archived only', count: all.length - active.length },
        ],
      },
    ],
    chips,
    clear: path,
  })
}

const rowOf = (project: Project, known: readonly Stage[]): Row => ({
  name: project.summary
    ? html`${projectLink(project)}<br><span class="quiet">${shortened(project.summary)}</span>`
    : projectLink(project),
  stage: project.isArchived ? stageBadge('archived', 'quiet') : stageName(known, project.stage),
  licence: project.licence,
  repository: project.repository && repositoryLink(project.repository),
})

const shortened = (text: string): string =>
  text.length > 140 ? `${text.slice(0, 140).replace(/\s+\S*$/, '')} …` : text

const listOf = (
  category: string,
  { projects, known }: { projects: readonly Project[]; known: readonly Stage[] },
): Section => ({
  title: category,
  id: slugOf(category),
  body: table({
    caption: category,
    isCaptionHidden: true,
    columns: [
      { key: 'name', label: 'Project' },
      { key: 'stage', label: 'Stage' },
      { key: 'licence', label: 'Licence declared' },
      { key: 'repository', label: 'Repository' },
    ],
    rows: projects.map(project => rowOf(project, known)),
    empty: '',
  }),
})

/** Those of the last stage first: they stand before the categories in which all others are. */
function sectionsOf({ found, stages: known }: Loaded): Section[] {
  const groups = Map.groupBy(found, categoryOf)
  const rank = (projects: readonly Project[]): number =>
    Math.min(...projects.map(({ stage }) => -known.findIndex(({ key }) => key === stage)))
  return [...groups]
    .sort(([a, as], [b, bs]) => rank(as) - rank(bs) || (a < b ? -1 : 1))
    .map(([category, projects]) => listOf(category, { projects, known }))
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
    const active = all.filter(({ isArchived }) => !isArchived)
    const lists = sectionsOf(loaded)
    return {
      title: 'Projects',
      summary: `The landscape of the ${view.foundation.name}: what is looked after here, at which stage, and where it lives.`,
      isWide: true,
      facts: [
        ...known.map(({ key, name }) => ({ term: name, value: active.filter(({ stage }) => stage === key).length })),
        { term: 'Archived', value: all.length - active.length },
        { term: 'Categories', value: new Set(all.map(categoryOf)).size },
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
