// Writes a landscape file in landscape2's format: from plain items, or from everything that stands in the landscape.
import { stringify } from 'yaml'
import type { Read } from '#database/handles.ts'
import { membersWanted } from '#domains/membership/index.ts'
import { organisationsBy } from '#domains/people/index.ts'
import { projectsAll } from '../finds.ts'
import type { LandscapeMapping } from '../terms.ts'
import type { Project } from '../words.ts'
import { type Item, unsorted } from './words.ts'

function rawOf({ name, description, homepage, project, repository, secondPath, accepted, licence }: Item): object {
  const extra = { ...(accepted && { accepted }), ...(licence && { annotations: { licence } }) }
  return {
    item: null,
    name,
    ...(description && { description }),
    ...(homepage && { homepage_url: homepage }),
    ...(project && { project }),
    ...(repository && { repo_url: repository }),
    ...(secondPath && { second_path: [secondPath] }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/** In the order given: a category stands where its first item does. */
export function writeLandscape(items: readonly Item[]): string {
  const landscape = [...Map.groupBy(items, ({ category }) => category)].map(([category, own]) => ({
    category: null,
    name: category,
    subcategories: [...Map.groupBy(own, ({ subcategory }) => subcategory)].map(([subcategory, list]) => ({
      subcategory: null,
      name: subcategory,
      items: list.map(rawOf),
    })),
  }))
  return stringify({ landscape }, { nullStr: '', lineWidth: 0 })
}

function projectItem(project: Project, { projects, archived }: LandscapeMapping): Item {
  const { name, homepage, repository, category, subcategory, summary, accepted, licence, stage } = project
  const place = projects.find(one => one.stage === stage)
  const isSorted = place === undefined || place.category === '*'
  const topic = category && subcategory ? `${category} / ${subcategory}` : undefined
  const mark = project.isArchived ? archived : place?.project
  return {
    line: 0,
    category: isSorted ? (category ?? unsorted) : place.category,
    subcategory: isSorted ? (subcategory ?? unsorted) : (place.subcategory ?? unsorted),
    name,
    ...(homepage && { homepage }),
    ...(repository && { repository }),
    ...(mark && { project: mark }),
    ...(summary && { description: summary }),
    ...(accepted && { accepted }),
    ...(licence && { licence }),
    ...(!isSorted && topic && { secondPath: topic }),
  }
}

async function memberItems(read: Read, { members }: LandscapeMapping): Promise<Item[]> {
  const found = await membersWanted(read)
  const organisations = await organisationsBy(
    read,
    found.map(({ organisation }) => organisation),
  )
  return found.flatMap(({ organisation: id, class: key, from }) => {
    const organisation = organisations.get(id)
    if (!organisation) return []
    const [subcategory] = Object.entries(members.classes).find(([, name]) => name === key) ?? [key]
    const name = `${organisation.name}${members.suffix}`
    const { homepage } = organisation
    return [{ line: 0, category: members.category, subcategory, name, accepted: from, ...(homepage && { homepage }) }]
  })
}

const inOrder = (items: readonly Item[]): Item[] =>
  items.toSorted((a, b) => {
    const [left, right] = [a, b].map(({ category, subcategory, name }) => `${category}\n${subcategory}\n${name}`)
    return (left ?? '') < (right ?? '') ? -1 : 1
  })

/** Everything in the landscape and every member, in the order of their names: reading it back gives no orders. */
export async function exportLandscape(read: Read, mapping: LandscapeMapping): Promise<string> {
  const projects = (await projectsAll(read)).map(project => projectItem(project, mapping))
  return writeLandscape([...inOrder(projects), ...inOrder(await memberItems(read, mapping))])
}
