// How reviews, waivers and disagreements are called where only their ids are known.
import type { Label } from '#acts/domain.ts'
import type { Read } from '#database/handles.ts'
import { projectsBy } from '#domains/projects/index.ts'
import type { Tables } from './tables.ts'

const namesOf = async (read: Read, projects: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await projectsBy(read, projects)).map(({ id, name }) => [id, name]))

const reviews: Label = {
  prefix: 'rev',
  async of(read, ids) {
    const rows = await read
      .on<Tables>()
      .selectFrom('stewardship_reviews')
      .select(['id', 'project'])
      .where('id', 'in', ids)
      .execute()
    const names = await namesOf(
      read,
      rows.map(({ project }) => project),
    )
    return new Map(
      rows.map(({ id, project }) => [
        id,
        { label: `the review of ${names.get(project) ?? 'a project'}`, href: `/stewardship/reviews/${id}` },
      ]),
    )
  },
}

const waivers: Label = {
  prefix: 'wai',
  async of(read, ids) {
    const rows = await read
      .on<Tables>()
      .selectFrom('waivers')
      .select(['id', 'requirement'])
      .where('id', 'in', ids)
      .execute()
    return new Map(
      rows.map(({ id, requirement }) => [
        id,
        { label: `a waiver of ${requirement}`, href: `/stewardship/waivers#${id}` },
      ]),
    )
  },
}

const disagreements: Label = {
  prefix: 'dis',
  async of(read, ids) {
    const rows = await read
      .on<Tables>()
      .selectFrom('disagreements')
      .select(['id', 'requirement'])
      .where('id', 'in', ids)
      .execute()
    return new Map(
      rows.map(({ id, requirement }) => [
        id,
        { label: `a disagreement on ${requirement}`, href: `/stewardship/disagreements#${id}` },
      ]),
    )
  },
}

export const labels: readonly Label[] = [reviews, waivers, disagreements]
