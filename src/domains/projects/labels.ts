// How projects and applications are called where only their ids are known.
import type { Label } from '#acts/domain.ts'
import type { Tables } from './tables.ts'

export const projectLabel: Label = {
  prefix: 'prj',
  of: async (read, ids) => {
    const rows = await read
      .on<Tables>()
      .selectFrom('projects')
      .select(['id', 'slug', 'name'])
      .where('id', 'in', ids)
      .execute()
    return new Map(rows.map(({ id, slug, name }) => [id, { label: name, href: `/projects/${slug}` }]))
  },
}

export const applicationLabel: Label = {
  prefix: 'app',
  of: async (read, ids) => {
    const rows = await read
      .on<Tables>()
      .selectFrom('applications')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .execute()
    return new Map(
      rows.map(({ id, name }) => [id, { label: `the application of ${name}`, href: `/applications/${id}` }]),
    )
  },
}
