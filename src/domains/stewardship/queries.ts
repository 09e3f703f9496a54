// The look-ups that API and command line offer about stewardship; the landscape also as CSV.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { assessing } from '#domains/assessments/index.ts'
import { stages } from '#domains/projects/index.ts'
import { disagreementsIn, reviewBy, reviewsPage, waiversIn } from './finds.ts'
import { isWanted, type LandscapeRow, landscapeRows, sorted, states } from './landscape.ts'
import { byNumber } from './rules.ts'
import { reviewing } from './terms.ts'
import {
  CheckId,
  Disagreement,
  DisagreementState,
  Review,
  ReviewId,
  ReviewState,
  StageKey,
  Waiver,
  WaiverState,
} from './words.ts'

const perPage = 50
const Cell = z.enum(['pass', 'fail', 'unknown', 'needs-person', 'waived'])

const Row = z.object({
  project: z.string(),
  name: z.string(),
  stage: StageKey,
  repository: z.string().nullable(),
  criteria: z.string().nullable(),
  assessment: z.string().nullable(),
  asOf: z.string().nullable(),
  commit: z.string().nullable(),
  isOutOfDate: z.boolean(),
  /** Why the repository could not be read the last time. */
  unreachable: z.string().nullable(),
  outcomes: z.record(z.string(), Cell),
  clock: z
    .object({ is: z.enum(['next', 'due', 'late', 'cure', 'cure-over']), at: z.string(), review: z.string().nullable() })
    .nullable(),
  disagreements: z.int(),
  owed: z.int(),
})

const rowOf = ({
  project,
  standing,
  cells,
  isOutOfDate,
  running,
  disagreements,
  owed,
}: LandscapeRow): z.infer<typeof Row> => ({
  ...{ project: project.slug, name: project.name, stage: project.stage, repository: project.repository },
  ...{ criteria: standing?.filed?.criteria ?? null, assessment: standing?.filed?.assessment ?? null },
  ...{ asOf: standing?.filed?.asOf ?? null, commit: standing?.filed?.commit ?? null, isOutOfDate },
  unreachable: standing?.lastStage === 'failed' ? standing.lastReason : null,
  ...{ outcomes: { ...cells }, clock: running, disagreements, owed },
})

/** One column for each requirement that any of the projects has. */
function csvOf({ projects }: { projects: readonly z.infer<typeof Row>[] }): readonly (readonly string[])[] {
  const checks = [...new Set(projects.flatMap(({ outcomes }) => Object.keys(outcomes)))].sort(byNumber)
  const plain = [
    'project',
    'name',
    'stage',
    'repository',
    'criteria',
    'assessment',
    'asOf',
    'commit',
    'unreachable',
  ] as const
  const head = [...plain, 'isOutOfDate', 'clock', 'clockAt', 'disagreements', 'owed', ...checks]
  return [
    head,
    ...projects.map(one => [
      ...plain.map(name => one[name] ?? ''),
      ...[
        String(one.isOutOfDate),
        one.clock?.is ?? '',
        one.clock?.at ?? '',
        String(one.disagreements),
        String(one.owed),
      ],
      ...checks.map(check => one.outcomes[check] ?? ''),
    ]),
  ]
}

export const landscape = query({
  name: 'stewardship.landscape',
  title: 'The landscape by requirement',
  describes:
    'Every project that is not archived, with the outcome of each requirement, the clock that runs and the disagreements.',
  takes: z.object({
    stage: StageKey.optional(),
    search: z.string().max(100).optional(),
    state: z.enum(states).optional(),
    check: CheckId.optional(),
    outcome: Cell.optional(),
    sort: z.string().max(20).default('project'),
    order: z.enum(['up', 'down']).default('up'),
  }),
  gives: z.object({ projects: z.array(Row) }),
  async finds({ sort, order, ...wanted }, read, { at, term }) {
    const all = term(stages)
    const criteriaOf = (stage: string) => all.find(({ key }) => key === stage)?.criteria
    const rows = await landscapeRows(read, {
      at,
      freshMonths: term(assessing).freshMonths,
      reviewing: term(reviewing),
      criteriaOf,
    })
    const asked = { ...wanted, sort, isDown: order === 'down' }
    return {
      projects: sorted(
        rows.filter(row => isWanted(row, asked)),
        asked,
      ).map(rowOf),
    }
  },
  csv: csvOf,
})

export const reviews = query({
  name: 'stewardship.reviews',
  title: 'Reviews',
  describes: 'Reviews of projects that stay, the newest first.',
  takes: z.object({ state: ReviewState.optional(), page: z.coerce.number().int().min(1).default(1) }),
  gives: z.object({ reviews: z.array(Review) }),
  finds: async ({ state, page }, read) => ({
    reviews: [
      ...(await reviewsPage(read, { limit: perPage, from: (page - 1) * perPage, ...(state && { states: [state] }) })),
    ],
  }),
})

export const review = query({
  name: 'stewardship.review',
  title: 'A review',
  describes: 'A review with its notice, the answer to it, and how it ended.',
  takes: z.object({ review: ReviewId }),
  gives: Review,
  finds: ({ review: id }, read) => reviewBy(read, id),
})

export const waivers = query({
  name: 'stewardship.waivers',
  title: 'Waivers',
  describes: 'Requirements excused for a project and a time, and who asked and who decided; the newest first.',
  takes: z.object({ state: WaiverState.optional() }),
  gives: z.object({ waivers: z.array(Waiver) }),
  finds: async ({ state }, read) => ({ waivers: [...(await waiversIn(read, state && [state]))] }),
})

export const disagreements = query({
  name: 'stewardship.disagreements',
  title: 'Disagreements',
  describes:
    'Where a reviewer of a project finds otherwise than a check, with the reason or who owes it; the newest first.',
  takes: z.object({ state: DisagreementState.optional() }),
  gives: z.object({ disagreements: z.array(Disagreement) }),
  finds: async ({ state }, read) => ({
    disagreements: [...(await disagreementsIn(read, state ? { states: [state] } : {}))],
  }),
})

export const queries = [landscape, reviews, review, waivers, disagreements]
