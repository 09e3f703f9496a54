// The page of all reviews: those that are open with their clocks, and those that have ended.
import { type PageRequest, page } from '#acts/page.ts'
import { bodyBy } from '#domains/bodies/index.ts'
import { called, type Stage, stageName, stages } from '#domains/projects/index.ts'
import { filters, pager } from '#html/filter.ts'
import { type Html, html } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { type Row, table } from '#html/table.ts'
import { dayTime } from '#html/time.ts'
import { openReviews, reviewsPage as reviewsFound } from './finds.ts'
import { runningOf } from './landscape.ts'
import { clockShort, reviewBadge, reviewLink } from './marks.ts'
import { type Reviewing, reviewing } from './terms.ts'
import { openStates, type Review, ReviewState } from './words.ts'

const path = '/stewardship/reviews'
const perPage = 50
const ends = ReviewState.options.filter(state => !openStates.includes(state))

async function loads(request: PageRequest) {
  const { read, query, term, names } = request
  const state = ends.find(one => one === query.get('state'))
  const number = Math.max(1, Math.min(10_000, Number.parseInt(query.get('page') ?? '1', 10) || 1))
  const open = await openReviews(read)
  const found = await reviewsFound(read, {
    states: state ? [state] : ends,
    limit: perPage + 1,
    from: (number - 1) * perPage,
  })
  const ended = found.slice(0, perPage)
  const all = [...open, ...ended]
  const bodies = new Map(
    await Promise.all(
      [...new Set(open.map(({ body }) => body))].map(
        async slug => [slug, (await bodyBy(read, slug))?.name ?? slug] as const,
      ),
    ),
  )
  return {
    ...{ open, ended, state, number, hasMore: found.length > perPage, bodies },
    names: await names([
      ...new Set(all.flatMap(({ project, reviewer }) => [project, ...(reviewer ? [reviewer] : [])])),
    ]),
    stages: term(stages),
    reviewing: term(reviewing),
  }
}
type Loaded = Awaited<ReturnType<typeof loads>>

const nameOf = ({ names }: Loaded, { project }: Review): string => names.get(project)?.label ?? 'erased'

function openSection(loaded: Loaded, at: string): Section {
  const clockOf = (review: Review): Html | undefined => {
    const since = { stage: review.stage, stageSince: review.opened }
    const running = runningOf(since, { review, at, reviewing: loaded.reviewing })
    return running ? clockShort(running) : undefined
  }
  const rowOf = (review: Review): Row => ({
    project: reviewLink(review, nameOf(loaded, review)),
    state: reviewBadge(review),
    body: loaded.bodies.get(review.body) ?? review.body,
    due: dayTime(review.due),
    clock: clockOf(review),
    answered: review.answer ? dayTime(review.answer.at) : '',
  })
  return {
    title: 'Open',
    id: 'open',
    says: 'The one that has waited longest stands first.',
    body: table({
      caption: 'Open reviews',
      isCaptionHidden: true,
      columns: [
        { key: 'project', label: 'Project' },
        { key: 'state', label: 'State' },
        { key: 'body', label: 'Reviewed by' },
        { key: 'due', label: 'Fell due' },
        { key: 'clock', label: 'Clock' },
        { key: 'answered', label: 'Answered' },
      ],
      rows: loaded.open.map(rowOf),
      empty: 'No review is open. Each opens by itself when it is due.',
    }),
  }
}

const stateWords: Readonly<Record<string, string>> = {
  kept: 'Kept',
  cured: 'Cured',
  retired: 'Retired',
  dropped: 'Dropped',
}

function endedSection(loaded: Loaded): Section {
  const { ended, state, number, hasMore, names, stages: known } = loaded
  const rowOf = (review: Review): Row => ({
    project: reviewLink(review, nameOf(loaded, review)),
    state: reviewBadge(review),
    ended: review.ended ? dayTime(review.ended) : '',
    stage: stageName(known, review.stage),
    reviewer: review.reviewer ? called(names, review.reviewer) : html`<span class="quiet">the clock</span>`,
  })
  const finder = filters({
    action: path,
    selects: [
      {
        ...{ name: 'state', label: 'Ended as', any: 'Any end', value: state },
        choices: ends.map(value => ({ value, label: stateWords[value] ?? value })),
      },
    ],
    chips: state ? [{ label: stateWords[state] ?? state, href: path }] : [],
  })
  const list = table({
    caption: 'Reviews that have ended',
    isCaptionHidden: true,
    columns: [
      { key: 'project', label: 'Project' },
      { key: 'state', label: 'Ended as' },
      { key: 'ended', label: 'On' },
      { key: 'stage', label: 'Stage' },
      { key: 'reviewer', label: 'By' },
    ],
    rows: ended.map(rowOf),
    empty: 'No review has ended yet.',
  })
  const turned = (to: number): string => `${path}?${new URLSearchParams({ ...(state && { state }), page: String(to) })}`
  const turning = pager({
    newer: number > 1 ? turned(number - 1) : undefined,
    older: hasMore ? turned(number + 1) : undefined,
    summary: `Page ${number}`,
  })
  return { title: 'Ended', id: 'ended', body: html`${finder}${list}${(number > 1 || hasMore) && turning}` }
}

/** "Ecosystem project: every 6 months". */
const rhythm = ({ stages: plans }: Reviewing, known: readonly Stage[]) =>
  plans.map(({ stage, everyMonths }) => ({
    term: stageName(known, stage),
    value: everyMonths === 1 ? 'every month' : `every ${everyMonths} months`,
  }))

export const reviewsPage = page({
  path,
  loads,
  shows(loaded: Loaded, view) {
    const { reviewing: term, stages: known } = loaded
    return {
      crumbs: [{ label: 'Stewardship', href: '/stewardship' }],
      title: 'Reviews',
      summary: `Projects in the care of the ${view.foundation.name} are looked at again while they stay, by the requirements under which they came.`,
      isWide: true,
      facts: [
        ...rhythm(term, known),
        { term: 'To be looked at within', value: `${term.lookDays} days` },
        { term: 'Time to cure', value: `${term.cureDays} days` },
      ],
      sections: [openSection(loaded, view.at), endedSection(loaded)],
    }
  },
})
