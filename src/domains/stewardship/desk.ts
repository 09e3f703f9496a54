// What stewardship asks of somebody: reviews that wait for their seat, notices to their projects, waivers to decide, reasons owed.
import type { DeskItem, Domain } from '#acts/domain.ts'
import type { PageRequest } from '#acts/page.ts'
import { startOf } from '#base/instants.ts'
import { type Project, projectsBy } from '#domains/projects/index.ts'
import { disagreementsIn, openReviews, waiversIn } from './finds.ts'
import { planFor, reviewing } from './terms.ts'
import type { Review, Waiver } from './words.ts'

type Mine = {
  readonly person: string
  /** Bodies in which a seat of theirs may find and decide. */
  readonly bodies: ReadonlySet<string | undefined>
  readonly keeps: ReadonlySet<string | undefined>
  readonly nameOf: (project: string) => string
  readonly stageOf: (project: string) => string
}

const seats = ['seat-holder', 'chair']

function reviewItem(review: Review, { bodies, keeps, nameOf }: Mine): DeskItem[] {
  const [name, href] = [nameOf(review.project), `/stewardship/reviews/${review.id}`]
  const { notice, answer } = review
  if (keeps.has(review.project)) {
    if (!notice)
      return [{ title: `Under review: ${name}`, href, says: 'You need not do anything now.', kind: 'theirs' }]
    const says = answer
      ? 'You have answered; the reviewers look again.'
      : 'Say what you have done, or the project is retired on that day.'
    return [{ title: `Notice to ${name}`, href, says, due: notice.cureBy, ...(answer && { kind: 'theirs' as const }) }]
  }
  if (!bodies.has(review.body) || (notice && !answer)) return []
  return answer
    ? [{ title: `Look again: ${name}`, href, says: 'It has answered the notice.', due: answer.lookBy }]
    : [
        {
          title: `Review: ${name}`,
          href,
          says: 'Nobody has said yet whether it keeps its requirements.',
          due: review.lookBy,
        },
      ]
}

function waiverItem(waiver: Waiver, mine: Mine, request: PageRequest): DeskItem[] {
  const { project, check, requester, until, id } = waiver
  const href = `/stewardship/waivers#${id}`
  const title = `Waiver of ${check} for ${mine.nameOf(project)}`
  if (requester === mine.person)
    return [{ title, href, says: 'You asked for it; somebody else decides.', kind: 'theirs' }]
  const body = planFor(request.term(reviewing), mine.stageOf(project))?.body
  if (!mine.bodies.has(body) || mine.keeps.has(project)) return []
  return [{ title, href, says: 'It waits for a decision by somebody other than whoever asked.', due: startOf(until) }]
}

async function namesOf(request: PageRequest, ids: readonly string[]): Promise<ReadonlyMap<string, Project>> {
  return new Map((await projectsBy(request.read, ids)).map(project => [project.id, project]))
}

export const desk: NonNullable<Domain['desk']> = async request => {
  const { read, viewer } = request
  if (!viewer?.person) return []
  const { person, capacities } = viewer
  const [open, asked, owed] = [
    await openReviews(read),
    await waiversIn(read, ['requested']),
    (await disagreementsIn(read, { states: ['owed'] })).filter(({ reviewer }) => reviewer === person),
  ]
  const projects = await namesOf(request, [...new Set([...open, ...asked, ...owed].map(({ project }) => project))])
  const mine: Mine = {
    person,
    bodies: new Set(capacities.filter(({ capacity }) => seats.includes(capacity)).map(({ body }) => body)),
    keeps: new Set(capacities.filter(({ capacity }) => capacity === 'maintainer').map(({ project }) => project)),
    nameOf: id => projects.get(id)?.name ?? 'a project',
    stageOf: id => projects.get(id)?.stage ?? '',
  }
  return [
    ...owed.map(({ project, check, owedBy, id }) => ({
      title: `Your reason: ${check} of ${mine.nameOf(project)}`,
      href: `/stewardship/disagreements#${id}`,
      says: 'You found otherwise than the check. Without a reason the finding lapses on that day.',
      due: owedBy,
    })),
    ...open.flatMap(review => reviewItem(review, mine)),
    ...asked.flatMap(waiver => waiverItem(waiver, mine, request)),
  ]
}
