// The page of the whole landscape: requirement by project, sorted and filtered by links, with the clocks and disagreements.
import { type PageRequest, page } from '#acts/page.ts'
import { assessing, requirementsIn } from '#domains/assessments/index.ts'
import { type Stage, stages } from '#domains/projects/index.ts'
import { filters, pager } from '#html/filter.ts'
import { type Html, html, link } from '#html/html.ts'
import { type Column, type Row, table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import {
  isSortable,
  isWanted,
  type LandscapeRow,
  landscapeRows,
  type State,
  sorted,
  states,
  type Wanted,
} from './landscape.ts'
import { cellMark, cellWords, clockShort, key } from './marks.ts'
import { byNumber } from './rules.ts'
import { reviewing } from './terms.ts'

const path = '/stewardship'
const perPage = 50

const cellNames = Object.keys(cellWords) as readonly (keyof typeof cellWords)[] // its own keys

const oneOf = <Name extends string>(names: readonly Name[], text: string | null): Name | undefined =>
  names.find(name => name === text)

/** The stage looked at is the first unless the address names another: each has criteria, and so columns, of its own. */
function wantedIn(query: URLSearchParams, all: readonly Stage[]): Wanted & { readonly stage: string } {
  const sort = query.get('sort') ?? 'project'
  const check = query.get('check') ?? ''
  const known = isSortable(check) && /^[A-Z]/.test(check) ? check : undefined
  return {
    stage: all.find(({ key: name }) => name === query.get('stage'))?.key ?? all[0]?.key ?? '',
    search: query.get('search')?.trim().slice(0, 100) || undefined,
    state: oneOf(states, query.get('state')),
    check: known,
    outcome: oneOf(cellNames, query.get('outcome')),
    sort: isSortable(sort) ? sort : 'project',
    isDown: query.get('order') === 'down',
  }
}

async function loads({ read, query, term, at }: PageRequest) {
  const all = term(stages)
  const wanted = wantedIn(query, all)
  const { freshMonths } = term(assessing)
  const criteriaOf = (stage: string) => all.find(({ key: name }) => name === stage)?.criteria
  const rows = await landscapeRows(read, { at, freshMonths, reviewing: term(reviewing), criteriaOf })
  const ofStage = rows.filter(({ project }) => project.stage === wanted.stage)
  const found = sorted(
    ofStage.filter(row => isWanted(row, wanted)),
    wanted,
  )
  const number = Math.max(1, Math.min(10_000, Number.parseInt(query.get('page') ?? '1', 10) || 1))
  const newest = ofStage
    .flatMap(({ standing }) => standing?.filed ?? [])
    .toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))[0]
  return {
    ...{ rows, ofStage, found, wanted, number, freshMonths, at, stages: all },
    shown: found.slice((number - 1) * perPage, number * perPage),
    requirements: newest ? await requirementsIn(read, newest.paper) : [],
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

type Address = Partial<
  Record<'stage' | 'search' | 'state' | 'check' | 'outcome' | 'sort' | 'order' | 'page' | 'format', string>
>

export function address(
  { stages: all, wanted }: Pick<Loaded, 'stages' | 'wanted'>,
  changes: Address,
  to = path,
): string {
  const { stage, search, state, check, outcome, sort, isDown } = wanted
  const now: Address = {
    stage: stage === all[0]?.key ? undefined : stage,
    ...{ search, state, check, outcome },
    sort: sort === 'project' ? undefined : sort,
    order: isDown ? 'down' : undefined,
  }
  const set = Object.entries({ ...now, ...changes }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return set.length === 0 ? to : `${to}?${new URLSearchParams(set)}`
}

const stateWords: Readonly<Record<State, string>> = {
  'out-of-date': 'Assessment out of date',
  unreachable: 'Repository could not be read',
  clock: 'A clock runs',
  disagreement: 'With a disagreement',
  fails: 'Something fails',
  waived: 'Something is waived',
}

function finder(loaded: Loaded): Html {
  const { wanted, requirements, ofStage, stages: all } = loaded
  const count = (change: Partial<Wanted>): number =>
    ofStage.filter(row => isWanted(row, { sort: '', isDown: false, ...change })).length
  const without = (name: keyof Address): string => address(loaded, { [name]: undefined })
  const { search, state, check, outcome } = wanted
  const chips = [
    ...(search ? [{ label: `“${search}”`, href: without('search') }] : []),
    ...(state ? [{ label: stateWords[state], href: without('state') }] : []),
    ...(check ? [{ label: check, href: without('check') }] : []),
    ...(outcome ? [{ label: cellWords[outcome], href: without('outcome') }] : []),
  ]
  return filters({
    action: path,
    search: { name: 'search', label: 'Name or category', value: search },
    selects: [
      {
        ...{ name: 'stage', label: 'Stage', any: all[0]?.name ?? '', value: wanted.stage },
        choices: all.slice(1).map(({ key: value, name: label }) => ({ value, label })),
      },
      {
        ...{ name: 'state', label: 'Standing', any: 'Any', value: state },
        choices: states.map(value => ({ value, label: stateWords[value], count: count({ state: value }) })),
      },
      {
        ...{ name: 'check', label: 'Requirement', any: 'Any', value: check },
        choices: requirements.map(({ id, title }) => ({ value: id, label: `${id} ${title}` })),
      },
      {
        ...{ name: 'outcome', label: 'Outcome', any: 'Any', value: outcome },
        choices: cellNames.map(value => ({ value, label: cellWords[value], count: count({ check, outcome: value }) })),
      },
    ],
    hidden: { ...(wanted.sort !== 'project' && { sort: wanted.sort }), ...(wanted.isDown && { order: 'down' }) },
    chips,
    clear: address(loaded, { search: undefined, state: undefined, check: undefined, outcome: undefined }),
  })
}

/** The first click sorts what is worst or newest first, the second turns it round. */
function sorting(loaded: Loaded, by: string, first: 'up' | 'down' = 'up'): NonNullable<Column['sort']> {
  const { sort, isDown } = loaded.wanted
  const isNow = sort === by
  const order = isNow ? (isDown ? undefined : 'down') : first === 'down' ? 'down' : undefined
  const href = address(loaded, { sort: by === 'project' ? undefined : by, order })
  return { href, ...(isNow && { direction: isDown ? 'descending' : 'ascending' }) }
}

const requirementIds = ({ shown, requirements }: Loaded): readonly string[] =>
  [...new Set([...requirements.map(({ id }) => id), ...shown.flatMap(({ cells }) => Object.keys(cells))])].sort(
    byNumber,
  )

const columnsOf = (loaded: Loaded): Column[] => [
  { key: 'project', label: 'Project', sort: sorting(loaded, 'project') },
  ...requirementIds(loaded).map(id => ({ key: id, label: id, sort: sorting(loaded, id) })),
  { key: 'fails', label: 'Fails', align: 'end', sort: sorting(loaded, 'fails', 'down') },
  { key: 'assessed', label: 'Assessed', sort: sorting(loaded, 'assessed') },
  { key: 'clock', label: 'Clock', sort: sorting(loaded, 'clock') },
  { key: 'disagreements', label: 'Disagreements', align: 'end', sort: sorting(loaded, 'disagreements', 'down') },
]

function assessed({ standing, isOutOfDate }: LandscapeRow): Html {
  const failed = standing?.lastStage === 'failed'
  const unread = failed && html`<br><span class="bad">not read ${dayTime(standing.lastAsOf)}</span>`
  if (!standing?.filed)
    return failed
      ? html`<span class="bad">could not be read</span>`
      : html`<span class="quiet">${standing ? 'under way' : 'not yet'}</span>`
  const { assessment, asOf } = standing.filed
  return html`<a href="/assessments/${assessment}">${dayTime(asOf)}</a>${isOutOfDate && html` <span class="warn">out of date</span>`}${unread}`
}

const disagreed = ({ project, disagreements, owed }: LandscapeRow): Html | string =>
  disagreements === 0
    ? ''
    : html`<a href="/stewardship/disagreements?project=${project.slug}">${disagreements}</a>${owed > 0 && html` <span class="warn">${owed} owed</span>`}`

function rowOf(row: LandscapeRow, ids: readonly string[]): Row {
  const { project, cells, counts, running, standing } = row
  return {
    ...Object.fromEntries(ids.map(id => [id, cellMark(cells[id])])),
    project: html`<a href="/projects/${project.slug}">${project.name}</a>`,
    fails: standing?.filed ? counts.fail : '',
    assessed: assessed(row),
    clock: running ? clockShort(running) : '',
    disagreements: disagreed(row),
  }
}

const legend = ({ requirements }: Loaded): Html =>
  html`${key}${
    requirements.length > 0 &&
    html`<details><summary>What the requirements ask</summary><ul class="columns">${requirements.map(
      ({ id, title }) => html`<li><b>${id}</b> ${title}</li>`,
    )}</ul></details>`
  }`

const exported = (loaded: Loaded): Html =>
  html`<p>${link({ label: 'As CSV', href: address(loaded, { format: 'csv' }, '/api/stewardship/landscape') })} · ${link({ label: 'As JSON', href: address(loaded, {}, '/api/stewardship/landscape') })}</p>`

function matter(loaded: Loaded): Html {
  const { shown, found, number } = loaded
  const ids = requirementIds(loaded)
  const list = table({
    caption: 'Requirement by project',
    isCaptionHidden: true,
    narrow: 'scroll',
    columns: columnsOf(loaded),
    rows: shown.map(row => rowOf(row, ids)),
    empty: 'No project matches.',
  })
  const pages = Math.max(1, Math.ceil(found.length / perPage))
  const turned = (to: number): string => address(loaded, { page: to === 1 ? undefined : String(to) })
  const turning = pager({
    newer: number > 1 ? turned(number - 1) : undefined,
    older: number < pages ? turned(number + 1) : undefined,
    summary: `Page ${number} of ${pages}`,
  })
  return html`<div class="marks">${list}</div>${pages > 1 && turning}${exported(loaded)}`
}

export const landscapePage = page({
  path,
  loads,
  shows(loaded: Loaded, view) {
    const { ofStage, found, wanted, freshMonths, stages: all } = loaded
    const count = (fits: (row: LandscapeRow) => boolean): number => ofStage.filter(fits).length
    const name = all.find(({ key: stage }) => stage === wanted.stage)?.name ?? ''
    return {
      title: 'Stewardship',
      summary: `How the projects in the care of the ${view.foundation.name} keep their requirements, as their repositories and their reviewers say. Unknown is never a pass.`,
      isWide: true,
      facts: [
        { term: name, value: ofStage.length },
        {
          term: 'All requirements pass',
          value: count(
            ({ counts, standing }) =>
              standing?.filed != null &&
              counts.pass + counts.waived === Object.values(counts).reduce((sum, part) => sum + part, 0),
          ),
        },
        { term: `Not assessed in ${freshMonths} months`, value: count(({ isOutOfDate }) => isOutOfDate) },
        {
          term: 'Under notice',
          value: count(row => row.isUnderReview && row.running?.is.startsWith('cure') === true),
          source: { label: 'reviews', href: '/stewardship/reviews' },
        },
        { term: 'Reviews late', value: count(row => row.isUnderReview && row.running?.is === 'late') },
        {
          term: 'Disagreements',
          value: ofStage.reduce((sum, row) => sum + row.disagreements, 0),
          source: { label: 'all', href: '/stewardship/disagreements' },
        },
        {
          term: 'With a waiver',
          value: count(({ counts }) => counts.waived > 0),
          source: { label: 'all', href: '/stewardship/waivers' },
        },
      ],
      sections: [
        { title: 'Find', id: 'find', says: `Shown: ${found.length} of ${ofStage.length}.`, body: finder(loaded) },
        { title: 'Requirement by project', id: 'landscape', body: html`${legend(loaded)}${matter(loaded)}` },
      ],
    }
  },
})
