// From a landscape file to orders for the differences: what is not known yet is added, what differs is corrected. Pure.
import { slugOf } from '#base/ids.ts'
import type { Member } from '#domains/membership/index.ts'
import type { Organisation } from '#domains/people/index.ts'
import { repositoryKey } from '../rules.ts'
import type { LandscapeMapping } from '../terms.ts'
import type { Project } from '../words.ts'
import { type MemberItem, type ProjectItem, sortItems } from './sort.ts'
import type { Item } from './words.ts'

/** `line` is where the item stands in the file, so that a refusal can name it. */
export type LandscapeOrder = {
  readonly act: string
  readonly input: Readonly<Record<string, unknown>>
  readonly line: number
  readonly item: string
}

export type KnownLandscape = {
  readonly organisations: readonly Pick<Organisation, 'id' | 'slug' | 'name' | 'homepage'>[]
  readonly members: readonly Pick<Member, 'organisation' | 'class'>[]
  readonly projects: readonly Project[]
}

export const nothingKnown: KnownLandscape = { organisations: [], members: [], projects: [] }

type Deed = Pick<LandscapeOrder, 'act' | 'input'>

function deedsForMember({ name, class: key, homepage, since }: MemberItem, known: KnownLandscape): Deed[] {
  const slug = slugOf(name)
  const organisation = known.organisations.find(one => one.slug === slug)
  const naming = { name, ...(homepage && { homepage }) }
  const admission: Deed = {
    act: 'membership.admit',
    input: { organisation: slug, class: key, ...(since && { from: since }) },
  }
  if (!organisation) return [{ act: 'people.add-organisation', input: { ...naming, slug } }, admission]
  const isCorrect = organisation.name === name && (!homepage || organisation.homepage === homepage)
  const correction: Deed = { act: 'people.correct-organisation', input: { organisation: slug, ...naming } }
  const member = known.members.find(one => one.organisation === organisation.id)
  const change: Deed = { act: 'membership.change-class', input: { organisation: slug, class: key } }
  return [...(isCorrect ? [] : [correction]), ...(member ? (member.class === key ? [] : [change]) : [admission])]
}

const facts = ['homepage', 'repository', 'category', 'subcategory', 'summary', 'accepted', 'licence'] as const

/** The same repository is the same project, whatever it is called now. */
function projectFor({ name, repository }: ProjectItem, { projects }: KnownLandscape): Project | undefined {
  const key = repository && repositoryKey(repository)
  return (
    projects.find(one => key && one.repository && repositoryKey(one.repository) === key) ??
    projects.find(one => one.slug === slugOf(name))
  )
}

const reason = 'So it stands in the published landscape.'

function deedsForProject(item: ProjectItem, known: KnownLandscape): Deed[] {
  const project = projectFor(item, known)
  const { line: _, isArchived, ...rest } = item
  if (!project) return [{ act: 'projects.enter', input: { ...rest, ...(isArchived && { isArchived }) } }]
  const ref = { project: project.slug }
  const different = facts.filter(name => item[name] !== undefined && item[name] !== project[name])
  const corrected = Object.fromEntries(different.map(name => [name, item[name]]))
  return [
    ...(different.length > 0 ? [{ act: 'projects.correct', input: { ...ref, ...corrected } }] : []),
    // These want a decision: without one they are refused, and the file is not imported half.
    ...(item.stage === project.stage ? [] : [{ act: 'projects.change-stage', input: { ...ref, stage: item.stage } }]),
    ...(isArchived === project.isArchived
      ? []
      : [{ act: isArchived ? 'projects.archive' : 'projects.restore', input: { ...ref, reason } }]),
  ]
}

/** For `engine.performAll` by the operator, in one transaction. Nothing for what is known already. */
export function ordersForLandscape(
  items: readonly Item[],
  { mapping, known = nothingKnown }: { readonly mapping: LandscapeMapping; readonly known?: KnownLandscape },
): readonly LandscapeOrder[] {
  const { members, projects } = sortItems(items, mapping)
  const placed =
    ({ line, name }: { line: number; name: string }) =>
    (deed: Deed) => ({ ...deed, line, item: name })
  return [
    ...members.flatMap(member => deedsForMember(member, known).map(placed(member))),
    ...projects.flatMap(project => deedsForProject(project, known).map(placed(project))),
  ]
}
