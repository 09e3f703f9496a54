// What the clock does of itself: assessments on schedule, reviews that fall due, notices whose time is over, what has expired or is late.
//
// Everything is found by asking what is the case now, so a program that was down does on its return what fell due meanwhile.
import type { Deed, Domain } from '#acts/domain.ts'
import { addDays, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { assessing, type LastAsked, lastAsked, standingBy } from '#domains/assessments/index.ts'
import { projectsWatched, type Stage, stageBy, stages, type Watched } from '#domains/projects/index.ts'
import { clocksAll, openReviews, reasonsLate, waiversOf, waiversPast } from './finds.ts'
import { assessFrom, type Clock, endingOf, firstAssessFrom, lateSince, nextDue, waivedBy } from './rules.ts'
import { planFor, type Reviewing, reviewing } from './terms.ts'
import type { Review } from './words.ts'

/** So many are under way at once, so that a few slow repositories keep nobody waiting and a whole landscape floods nothing. */
export const mostUnderWay = 4

type Rhythm = { readonly everyDays: number; readonly againDays: number }

/** From when on this should be assessed again; the empty text for at once. */
export function assessmentDue(
  { id, stageSince }: Pick<Watched, 'id' | 'stageSince'>,
  last: LastAsked | undefined,
  { everyDays, againDays }: Rhythm,
): Instant | '' {
  if (!last) return firstAssessFrom(stageSince, { subject: id, everyDays })
  if (last.asOf < stageSince) return ''
  return last.stage === 'failed' ? addDays(last.asOf, againDays) : assessFrom(last.asOf, { subject: id, everyDays })
}

type Watch = {
  readonly projects: readonly Watched[]
  readonly last: ReadonlyMap<string, LastAsked>
  readonly stages: readonly Stage[]
  readonly at: Instant
}

const isUnderWay = (last: LastAsked | undefined): boolean => last?.stage === 'asked'

function request({ stages: known, at }: Pick<Watch, 'stages' | 'at'>, { id, stage, repository }: Watched): Deed[] {
  const criteria = stageBy(known, stage)?.criteria
  return criteria && repository
    ? [{ act: 'assessments.request', input: { subject: id, repository, criteria, asOf: at } }]
    : []
}

/** Those that have waited longest first, and no more than there is room for. */
export function scheduled(watch: Watch, rhythm: Rhythm): readonly Deed[] {
  const { projects, last, at } = watch
  const room = mostUnderWay - [...last.values()].filter(isUnderWay).length
  if (room <= 0) return []
  return projects
    .filter(({ id, repository }) => repository !== null && !isUnderWay(last.get(id)))
    .map(project => ({ project, from: assessmentDue(project, last.get(project.id), rhythm) }))
    .filter(({ from }) => from <= at)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    .flatMap(({ project }) => request(watch, project))
    .slice(0, room)
}

type Opening = {
  readonly open: readonly Review[]
  readonly clocks: ReadonlyMap<string, Clock>
  readonly term: Reviewing
}

function openings({ projects, at }: Watch, { open, clocks, term }: Opening): readonly Deed[] {
  const busy = new Set(open.map(({ project }) => project))
  return projects
    .filter(({ id, stage, stageSince }) => {
      const plan = planFor(term, stage)
      return plan && !busy.has(id) && nextDue(stageSince, clocks.get(id), plan) <= at
    })
    .map(({ id }) => ({ act: 'stewardship.open-review', input: { project: id } }))
}

/** The repository is read once more before its fate is settled, also where the program comes back late. */
async function settling(read: Read, watch: Watch, review: Review): Promise<readonly Deed[]> {
  const { notice, project: id } = review
  const project = watch.projects.find(one => one.id === id)
  if (!notice || watch.at < notice.cureBy) return []
  const last = watch.last.get(id)
  if (isUnderWay(last)) return []
  if (project?.repository && (!last || last.asOf < addDays(notice.cureBy, -1))) return request(watch, project)
  const waived = waivedBy(await waiversOf(read, id), watch.at)
  const { is } = endingOf(review, { standing: await standingBy(read, id), waived })
  return is === 'waits' ? [] : [{ act: 'stewardship.settle', input: { review: review.id } }]
}

function reminders(open: readonly Review[], at: Instant): readonly Deed[] {
  const isLate = (review: Review): boolean => !review.isReminded && (lateSince(review) ?? '9') <= at
  return open.filter(isLate).map(({ id }) => ({ act: 'stewardship.remind', input: { review: id } }))
}

export const dueWith =
  (watches: boolean): NonNullable<Domain['due']> =>
  async (read, at, term) => {
    const [projects, last, open] = [await projectsWatched(read), await lastAsked(read), await openReviews(read)]
    const watch: Watch = { projects, last, stages: term(stages), at }
    const settled: Deed[] = []
    for (const review of open) settled.push(...(await settling(read, watch, review)))
    return [
      ...settled,
      ...openings(watch, { open, clocks: await clocksAll(read), term: term(reviewing) }),
      ...reminders(open, at),
      ...(await waiversPast(read, at)).map(waiver => ({ act: 'stewardship.end-waiver', input: { waiver } })),
      ...(await reasonsLate(read, at)).map(disagreement => ({
        act: 'stewardship.withdraw-finding',
        input: { disagreement },
      })),
      ...(watches ? scheduled(watch, term(assessing)) : []),
    ]
  }
