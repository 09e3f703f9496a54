// How an assessment is called where only its id is known.
import type { Label } from '#acts/domain.ts'
import { sayDay } from '#html/time.ts'
import { shortAddress } from './rules.ts'
import type { Tables } from './tables.ts'

export const assessmentLabel: Label = {
  prefix: 'ass',
  of: async (read, ids) => {
    const rows = await read
      .on<Tables>()
      .selectFrom('assessments')
      .select(['id', 'repository', 'as_of'])
      .where('id', 'in', ids)
      .execute()
    return new Map(
      rows.map(({ id, repository, as_of }) => [
        id,
        {
          label: `an assessment of ${shortAddress(repository)} as of ${sayDay(as_of.toISOString())}`,
          href: `/assessments/${id}`,
        },
      ]),
    )
  },
}
