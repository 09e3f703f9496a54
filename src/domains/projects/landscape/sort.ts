// Sorts items of a landscape file into projects and members, as the charter's mapping says. Pure.
import type { LandscapeMapping } from '../terms.ts'
import { type Item, type LandscapeFault, unsorted } from './words.ts'

export type ProjectItem = {
  readonly line: number
  readonly name: string
  readonly stage: string
  readonly isArchived: boolean
  readonly homepage?: string
  readonly repository?: string
  readonly category?: string
  readonly subcategory?: string
  readonly summary?: string
  readonly accepted?: string
  readonly licence?: string
}
export type MemberItem = {
  readonly line: number
  readonly name: string
  readonly class: string
  readonly homepage?: string
  readonly since?: string
}
export type Sorted = {
  readonly projects: readonly ProjectItem[]
  readonly members: readonly MemberItem[]
  readonly faults: readonly LandscapeFault[]
}

type Place = LandscapeMapping['projects'][number]

export const placeOf = (
  { category, subcategory }: Pick<Item, 'category' | 'subcategory'>,
  { projects }: LandscapeMapping,
): Place | undefined =>
  projects.find(place => place.category === category && (place.subcategory ?? subcategory) === subcategory) ??
  projects.find(place => place.category === '*')

/** Where the category says the stage, the second path says what the project is about. */
function topicOf(
  { category, subcategory, secondPath }: Item,
  place: Place,
): { category?: string; subcategory?: string } {
  if (place.category === '*') return category === unsorted ? {} : { category, subcategory }
  const [first, second] = secondPath?.split(' / ') ?? []
  return first && second ? { category: first, subcategory: second } : {}
}

function projectIn(item: Item, place: Place, { archived }: LandscapeMapping): ProjectItem {
  const { line, name, homepage, repository, accepted, licence } = item
  const given = { homepage, repository, accepted, licence, summary: item.description, ...topicOf(item, place) }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { line, name, stage: place.stage, isArchived: item.project === archived, ...set }
}

const without = (name: string, suffix: string): string =>
  suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length).trim() : name

export function sortItems(items: readonly Item[], mapping: LandscapeMapping): Sorted {
  const projects: ProjectItem[] = []
  const members: MemberItem[] = []
  const faults: LandscapeFault[] = []
  for (const item of items) {
    const { line, name, subcategory, homepage, accepted } = item
    const fault = (expected: string) =>
      faults.push({ line, item: name, expected, found: `${item.category} / ${subcategory}` })
    if (item.category === mapping.members.category) {
      const key = mapping.members.classes[subcategory]
      if (key === undefined) fault(`one of the classes ${Object.keys(mapping.members.classes).join(', ')}`)
      else
        members.push({
          line,
          name: without(name, mapping.members.suffix),
          class: key,
          ...(homepage && { homepage }),
          ...(accepted && { since: accepted }),
        })
      continue
    }
    const place = placeOf(item, mapping)
    if (place) projects.push(projectIn(item, place, mapping))
    else fault('a category that the charter gives a stage to')
  }
  return { projects, members, faults }
}
