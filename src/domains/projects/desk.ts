// What projects ask of somebody: a review of each open application that they may review; and how their own applications stand.
import type { DeskItem, Domain } from '#acts/domain.ts'
import type { PageRequest } from '#acts/page.ts'
import { applicationsPage, openApplicationsBy, reviewsOf } from './finds.ts'
import { holds } from './offers.ts'
import { type Application, openStages } from './words.ts'

const most = 100
const sampleReview = 'An opinion of some length.'

const hrefOf = ({ id }: Application): string => `/applications/${id}`

const own = (application: Application): DeskItem => ({
  title: `Your application: ${application.name}`,
  href: hrefOf(application),
  says: application.stage === 'filed' ? 'It is filed and waits for a review.' : 'It is under review.',
  kind: 'theirs',
})

async function mayReview(request: PageRequest, { id }: Application): Promise<boolean> {
  const { refusal } = await request.offer('projects.review', { application: id, text: sampleReview })
  return refusal === undefined
}

async function reviewsWanted(request: PageRequest, person: string): Promise<readonly DeskItem[]> {
  if (!holds(request, ['seat-holder', 'alternate', 'chair'])) return []
  const items: DeskItem[] = []
  for (const application of await applicationsPage(request.read, { stages: openStages, limit: most })) {
    const reviews = await reviewsOf(request.read, application.id)
    if (reviews.some(review => review.person === person) || !(await mayReview(request, application))) continue
    const says = reviews.length === 0 ? 'Nobody has reviewed it yet.' : 'Others have reviewed it; you have not.'
    items.push({ title: `Review: ${application.name}`, href: `${hrefOf(application)}/review`, says })
  }
  return items
}

export const desk: NonNullable<Domain['desk']> = async request => {
  const person = request.viewer?.person
  if (!person) return []
  const applications = await openApplicationsBy(request.read, person)
  return [...(await reviewsWanted(request, person)), ...applications.map(own)]
}
