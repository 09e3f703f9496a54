// The page of one application: where it stands, what it says, what the repository shows, reviews, votes, and what may be done.
import { type Offer, type PageRequest, type PageView, page } from '#acts/page.ts'
import { assessing, assessmentSection, assessmentsOf } from '#domains/assessments/index.ts'
import { motionsAbout } from '#domains/motions/index.ts'
import { interestsIn } from '#domains/people/index.ts'
import type { Action } from '#html/action.ts'
import { stageBadge } from '#html/badge.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { table } from '#html/table.ts'
import { dayTime, instantTime } from '#html/time.ts'
import { admission } from './deciding.ts'
import { applicationBy, projectsBy, reviewsOf } from './finds.ts'
import { decidersOf, holds, motionOffer, offerAsking } from './offers.ts'
import { applicationBadge, called, listed, prose, repositoryLink, similarList } from './parts.ts'
import { type Known, nextOf, stepsOf } from './path.ts'
import { reviewsSection } from './reviewPart.ts'
import { isOpen, stageName } from './rules.ts'
import { reapplying, stages } from './terms.ts'
import type { Application } from './words.ts'

async function offersOn(request: PageRequest, application: Application, bodies: readonly string[]) {
  const input = { application: application.id }
  const seats = (request.viewer?.capacities ?? []).filter(
    ({ capacity }) => capacity === 'seat-holder' || capacity === 'chair',
  )
  const body = bodies.find(slug => seats.some(actor => actor.body === slug)) ?? bodies[0] ?? ''
  const motion = { body, title: `Admit ${application.name}`, resolves: admission(application) }
  const isOwn = holds(request, ['maintainer'], application.id)
  const mayAssess = holds(request, ['maintainer', 'seat-holder', 'chair', 'staff'], application.id)
  const sample = { asOf: request.at.slice(0, 10) }
  return {
    review: isOpen(application)
      ? await request.offer('projects.review', { ...input, text: 'An opinion of some length.' })
      : undefined,
    move: isOpen(application) ? await motionOffer(request, motion) : undefined,
    withdraw: isOpen(application) && isOwn ? await request.offer('projects.withdraw', input) : undefined,
    assess: mayAssess
      ? await offerAsking(request, 'projects.assess', { input: { subject: application.id }, sample })
      : undefined,
    mayReadContacts: isOwn || holds(request, ['staff']),
  }
}

async function loads(request: PageRequest) {
  const { read, params, names, term } = request
  const application = await applicationBy(read, params.application ?? '')
  if (!application) return undefined
  const bodies = await decidersOf(request, admission(application))
  const reviews = await reviewsOf(read, application.id)
  const motions = (await motionsAbout(read, application.id)).filter(
    ({ resolves }) => resolves?.act === 'projects.admit',
  )
  const organisations = await interestsIn(read, [application.id])
  const persons = reviews.flatMap(({ person, seat }) => [person, seat ?? []].flat())
  const known: Known = {
    application,
    reviews,
    motions,
    assessments: await assessmentsOf(read, [application.id]),
    deciders: bodies.map(({ name }) => name),
    months: term(reapplying).months,
  }
  return {
    known,
    organisations,
    bodies,
    similar: await projectsBy(read, application.similar),
    names: await names([
      application.applicant,
      ...(application.project ? [application.project] : []),
      ...organisations,
      ...persons,
    ]),
    offers: await offersOn(
      request,
      application,
      bodies.map(({ slug }) => slug),
    ),
    stages: term(stages),
    freshMonths: term(assessing).freshMonths,
    timeline: await request.timeline(application.id, 100),
  }
}
type Loaded = NonNullable<Awaited<ReturnType<typeof loads>>>

const stepsSection = ({ known }: Loaded): Section => ({
  title: 'Where it stands',
  id: 'steps',
  says: nextOf(known),
  body: table({
    caption: 'Where it stands',
    isCaptionHidden: true,
    columns: [
      { key: 'step', label: 'Step' },
      { key: 'at', label: 'When' },
      { key: 'says', label: 'What' },
    ],
    rows: stepsOf(known).map(({ name, at, says }) => ({
      step: at ? stageBadge(name, 'good') : stageBadge(name, 'quiet'),
      at: at ? dayTime(at) : html`<span class="quiet">not yet</span>`,
      says,
    })),
    empty: '',
  }),
})

const text = (title: string, id: string, matter: string): Section => ({ title, id, body: prose(matter) })

function decisionSection({ known: { application } }: Loaded): Section[] {
  const { stage, reasons, motion, decision, decided, reapplyFrom } = application
  if (!decision || !decided) return []
  const again = reapplyFrom && html`<p>It may be tried again from ${dayTime(reapplyFrom)} on.</p>`
  const places = [
    ...(motion ? [link({ label: 'The motion and every vote', href: `/motions/${motion}` })] : []),
    link({ label: 'The entry in the record', href: `/record/${decision}` }),
  ]
  const body = html`${reasons && prose(reasons)}${again}<p>${places.map((place, index) => html`${index > 0 && ' · '}${place}`)}</p>`
  return [
    {
      title: 'Decision',
      id: 'decision',
      says: html`${stage[0]?.toUpperCase()}${stage.slice(1)} on ${dayTime(decided)}.`,
      body,
    },
  ]
}

const motionsSection = ({ known: { motions } }: Loaded): Section[] =>
  motions.length === 0
    ? []
    : [
        {
          title: 'Motions',
          id: 'motions',
          body: html`<ul>${motions.map(({ id, title, stage, moved }) => html`<li>${link({ label: title, href: `/motions/${id}` })} <span class="quiet">moved ${dayTime(moved)}, ${stage}</span></li>`)}</ul>`,
        },
      ]

const similarSection = ({ similar }: Loaded): Section => ({
  title: 'Similar projects',
  id: 'similar',
  says: 'The nearest projects, as the applicant sees it. A decision to admit says why there is room for both.',
  body: similar.length > 0 ? similarList(similar) : html`<p class="quiet">None was named.</p>`,
})

const factsOf = ({ known: { application }, names, organisations, bodies, stages: all }: Loaded): Fact[] => [
  { term: 'Applies as', value: stageName(all, application.kind) },
  { term: 'Repository', value: repositoryLink(application.repository) },
  ...(application.homepage
    ? [
        {
          term: 'Homepage',
          value: link({ label: application.homepage.replace(/^https?:\/\//, ''), href: application.homepage }),
        },
      ]
    : []),
  { term: 'Licence', value: application.licence },
  { term: 'Filed', value: instantTime(application.filed) },
  { term: 'Filed by', value: called(names, application.applicant) },
  { term: 'Behind it', value: listed(names, organisations, 'nobody was named') },
  {
    term: 'Decided by',
    value: html`${bodies.map(({ slug, name }, index) => html`${index > 0 && ' or '}${link({ label: name, href: `/bodies/${slug}` })}`)}`,
  },
  ...(application.project ? [{ term: 'Project', value: called(names, application.project) }] : []),
]

/** A review is long, so its form has a page of its own; what stands in the way is said here. */
function reviewAction(view: PageView, offer: Offer | undefined, application: Application): Action[] {
  if (!offer) return []
  if (offer.refusal) return [view.action(offer)]
  return [{ kind: 'link', label: 'Write a review', href: `/applications/${application.id}/review` }]
}

function actions({ offers, known: { application } }: Loaded, view: PageView): Action[] {
  const { move, withdraw, assess, mayReadContacts } = offers
  const contacts: Action = {
    kind: 'link',
    label: 'Contacts',
    says: 'Sealed: for the applicant and the staff.',
    href: `/applications/${application.id}/contacts`,
  }
  return [
    ...reviewAction(view, offers.review, application),
    ...(move
      ? [
          view.action(move, {
            label: 'Move to admit it',
            says: 'A carried motion admits the project at once.',
            leadsTo: '/motions/{motion}',
          }),
        ]
      : []),
    ...(assess ? [view.action(assess)] : []),
    ...(withdraw ? [view.action(withdraw, { weight: 'grave' })] : []),
    ...(mayReadContacts ? [contacts] : []),
  ]
}

const summaryOf = ({ known: { application } }: Loaded): Html => html`${application.summary}`

export const applicationPage = page({
  path: '/applications/:application',
  loads,
  shows(loaded: Loaded, view) {
    const { known, freshMonths, timeline } = loaded
    const { application, assessments } = known
    return {
      crumbs: [{ label: 'Applications', href: '/applications' }],
      kicker: 'Application',
      title: application.name,
      standing: applicationBadge(application),
      summary: summaryOf(loaded),
      facts: factsOf(loaded),
      clauses: view.clauses(timeline.at(-1)?.under ?? []),
      next: actions(loaded, view),
      sections: [
        stepsSection(loaded),
        ...decisionSection(loaded),
        text('Goals', 'goals', application.goals),
        text('Non-goals', 'non-goals', application.nonGoals),
        similarSection(loaded),
        assessmentSection(assessments, { at: view.at, months: freshMonths }),
        reviewsSection(known.reviews, loaded.names),
        ...motionsSection(loaded),
      ],
      timeline: view.timeline(timeline),
    }
  },
})
