// Figures about the care for projects, with the pages on which they can be checked. Unknown is never a pass.

import type { Evidence, Measure, Measured } from '#acts/measure.ts'
import { addMonths, type Instant } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { landingsAll, medianOf, type Standing, sayMedian, standingsAll } from '#domains/assessments/index.ts'
import { type Project, projectsAll } from '#domains/projects/index.ts'
import { sayDay } from '#html/time.ts'
import { disagreementsIn, openReviews } from './finds.ts'
import { lateSince } from './rules.ts'

const landscape = [{ text: 'Requirement by project', href: '/stewardship' }]
const day = 86_400_000
const secondsInDay = 86_400
const mostEvidence = 20

type Seen = { readonly project: Project; readonly filed: Standing['filed']; readonly isUnread: boolean }

/** Every project that is not archived, with the newest assessment filed of it, and whether it could not be read the last time. */
async function seen(read: Read): Promise<readonly Seen[]> {
  const standings = await standingsAll(read)
  return (await projectsAll(read))
    .filter(({ isArchived }) => !isArchived)
    .map(project => {
      const standing = standings.get(project.id)
      return { project, filed: standing?.filed ?? null, isUnread: standing?.lastStage === 'failed' }
    })
}

/** Those that are not known could be either, so a share of them is an interval. */
function share(answers: readonly (boolean | undefined)[], rest: Pick<Measured, 'says' | 'evidence'>): Measured {
  const whole = answers.length
  const known = answers.filter(answer => answer !== undefined).length
  const yes = answers.filter(Boolean).length
  return {
    value: known === 0 ? null : yes / known,
    ...{ known, whole },
    ...rest,
    ...(known > 0 && known < whole && { low: yes / whole, high: (yes + whole - known) / whole }),
  }
}

export const licenceProven: Measure = {
  id: 'stewardship.licence-proven',
  title: 'Projects whose licence is open and proven by its text',
  formula:
    'Projects that are not archived whose newest assessment proves an allowed licence from its text, divided by those of which the text decides either. What was only declared does not count.',
  period: 'today',
  unit: 'share',
  async of(read) {
    const answers = (await seen(read)).map(({ filed }) => (filed?.licence ? filed.licence === 'pass' : undefined))
    const known = answers.filter(answer => answer !== undefined).length
    const says = `${answers.filter(Boolean).length} of ${known} whose licence text decides it; there are ${answers.length}.`
    return share(answers, { says, evidence: landscape })
  },
}

export const available: Measure = {
  id: 'stewardship.available',
  title: 'Projects that are available: read lately, and released within a year',
  formula:
    'Projects that are not archived whose repository was read in the last two months and has a tag of the twelve months before that names a release, divided by those of which it is known. Without such a tag it is not known, since releases may be made without; a repository that could not be read the last time is not available.',
  period: 'the last two months, and twelve months for releases',
  unit: 'share',
  async of(read, at) {
    const since = addMonths(at, -2)
    const answers = (await seen(read)).map(({ filed, isUnread }) => {
      if (isUnread) return false
      // Releases may be made without tags: none that names one decides nothing.
      return filed && filed.asOf >= since && (filed.releases ?? 0) > 0 ? true : undefined
    })
    const known = answers.filter(answer => answer !== undefined).length
    const says = `${answers.filter(Boolean).length} of ${known} of which it is known; there are ${answers.length}.`
    return share(answers, {
      says,
      evidence: [{ text: 'Not read', href: '/stewardship?state=unreachable' }, ...landscape],
    })
  },
}

const daysSince = (at: Instant, asOf: Instant): number => Math.max(0, (Date.parse(at) - Date.parse(asOf)) / day)

export const assessmentAge: Measure = {
  id: 'stewardship.assessment-age',
  title: 'Age of the assessments',
  formula:
    'The median age in days of the newest assessments of projects that are not archived. Not measured as long as half of them or more have none.',
  period: 'today',
  unit: 'days',
  async of(read, at) {
    const all = await seen(read)
    const ages = all.flatMap(({ filed }) => (filed ? [daysSince(at, filed.asOf)] : [])).sort((a, b) => a - b)
    // Those without an assessment are as old as can be, so the median is taken over all.
    const middle = ages[Math.floor((all.length - 1) / 2)]
    const says = `${ages.length} of ${all.length} projects have been assessed; the oldest was ${Math.floor(ages.at(-1) ?? 0)} days ago.`
    return {
      value: middle === undefined ? null : Math.floor(middle),
      ...{ known: ages.length, whole: all.length, says },
      evidence: [{ text: 'By age', href: '/stewardship?sort=assessed' }],
    }
  },
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const openDisagreements: Measure = {
  id: 'stewardship.reasons-owed',
  title: 'Disagreements whose reason is owed',
  formula:
    'Findings of reviewers against a check, of projects in the landscape, for which no reason has been given yet.',
  period: 'now',
  unit: 'count',
  async of(read) {
    const open = await disagreementsIn(read, { states: ['owed', 'reasoned'] })
    const owed = open.filter(({ state }) => state === 'owed')
    return {
      value: owed.length,
      ...{ known: open.length, whole: open.length },
      says: `${plural(open.length, 'finding stands', 'findings stand')} against a check, ${owed.length} without a reason yet.`,
      evidence: [{ text: 'Disagreements', href: '/stewardship/disagreements' }],
    }
  },
}

export const overdue: Measure = {
  id: 'stewardship.reviews-overdue',
  title: 'Reviews that wait too long for a reviewer',
  formula: 'Open reviews that nobody looked at by their day, and answers to notices that nobody looked at by theirs.',
  period: 'now',
  unit: 'count',
  async of(read, at) {
    const open = await openReviews(read)
    const late = open.filter(review => (lateSince(review) ?? '9') <= at)
    return {
      value: late.length,
      ...{ known: open.length, whole: open.length },
      says: `${late.length} of ${plural(open.length, 'open review', 'open reviews')}.`,
      evidence: [
        { text: 'Reviews', href: '/stewardship/reviews' },
        ...late
          .slice(0, mostEvidence)
          .map(({ id, due }) => ({ text: `Due ${sayDay(due)}`, href: `/stewardship/reviews/${id}` })),
      ],
    }
  },
}

const newcomersPeriod = '365 days before each newest assessment'

const newcomersOf = ({ project, filed }: Seen): readonly Evidence[] =>
  filed && filed.newcomers !== null
    ? [{ text: `${project.name}: ${filed.newcomers}`, href: `/assessments/${filed.assessment}#newcomers` }]
    : []

export const newcomers: Measure = {
  id: 'stewardship.newcomers',
  title: 'Newcomers to the code',
  formula:
    'People whose first commit of all to a project fell into the 365 days that its newest assessment ends with, summed over projects that are not archived; machines left out. Somebody new to two projects counts in both, and so does whoever comes back under an address that .mailmap does not know.',
  period: newcomersPeriod,
  unit: 'count',
  async of(read) {
    const all = await seen(read)
    const counts = all.flatMap(({ filed }) => filed?.newcomers ?? [])
    const sum = counts.reduce((total, count) => total + count, 0)
    return {
      value: counts.length === 0 ? null : sum,
      ...{ known: counts.length, whole: all.length },
      says: `${sum} in the ${counts.length} projects of which it is known; there are ${all.length}.`,
      evidence: [...landscape, ...all.flatMap(newcomersOf).slice(0, mostEvidence)],
    }
  },
}

export const firstLanding: Measure = {
  id: 'stewardship.first-landing',
  title: 'How long the first commit of a newcomer takes to land',
  formula:
    'The median, over the newcomers of all projects that are not archived, of the time from the author date of their first commit to the committer date of the first commit on the branch’s own line from which it is reached. After a rebase or a squash that is the least it took. Where a forge wrote both dates at once, the first commit is a merge, or the clocks cannot be right, it is unknown: low as if those had taken no time, high as if they never ended. Not measured where fewer than half are known.',
  period: newcomersPeriod,
  unit: 'days',
  async of(read) {
    const [all, landings] = [await seen(read), await landingsAll(read)]
    const told = all.filter(({ project }) => landings.has(project.id))
    const firsts = told.flatMap(({ project }) => landings.get(project.id) ?? [])
    const median = medianOf(firsts)
    const [low, high] = [median.low, median.high].map(seconds => (seconds === null ? null : seconds / secondsInDay))
    const known = firsts.filter(({ seconds }) => seconds !== null).length
    return {
      ...{
        value: low ?? null,
        known,
        whole: firsts.length,
        evidence: told
          .filter(({ filed }) => filed?.newcomers)
          .flatMap(newcomersOf)
          .slice(0, mostEvidence),
      },
      ...(typeof low === 'number' && { low, high }),
      says: `In other words ${sayMedian(median)}. The dates tell of ${known} of ${plural(firsts.length, 'newcomer', 'newcomers')}, in ${told.length} of ${plural(all.length, 'project', 'projects')}.`,
    }
  },
}

export const measures: readonly Measure[] = [
  licenceProven,
  available,
  assessmentAge,
  openDisagreements,
  overdue,
  newcomers,
  firstLanding,
]
