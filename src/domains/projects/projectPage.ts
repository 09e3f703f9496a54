// The page of one project: facts, the decision that took it in, goals and non-goals, assessment, neighbours, timeline, acts.
import { type PageRequest, type PageView, page } from '#acts/page.ts'
import {
  assessing,
  assessmentSection,
  assessmentsOf,
  observationsOf,
  observedSection,
} from '#domains/assessments/index.ts'
import { motionsAbout, tallyOf } from '#domains/motions/index.ts'
import { interestsIn } from '#domains/people/index.ts'
import type { Action } from '#html/action.ts'
import type { Fact } from '#html/facts.ts'
import { type Html, html, link } from '#html/html.ts'
import type { Section } from '#html/page.ts'
import { dayTime } from '#html/time.ts'
import { applicationsAbout, maintainersOf, projectBy } from './finds.ts'
import { decidersOf, holds, motionOffer, offerAsking } from './offers.ts'
import { applicationBadge, listed, projectBadge, prose, repositoryLink, similarList } from './parts.ts'
import { similarTo } from './similar.ts'
import { stages } from './terms.ts'
import type { Project } from './words.ts'

/** To archive or to restore: whoever has a seat in a body that decides this may move it. */
async function shelvingOffer(request: PageRequest, project: Project) {
  const verb = project.isArchived ? 'restore' : 'archive'
  const input = { project: project.slug, reason: `As moved: ${verb} ${project.name}.` }
  const resolves = { act: `projects.${verb}`, input }
  const bodies = await decidersOf(request, resolves)
  const seats = request.viewer?.capacities ?? []
  const body = bodies.find(({ slug }) => seats.some(actor => actor.body === slug && actor.capacity === 'seat-holder'))
  if (!body) return undefined
  return motionOffer(request, {
    body: body.slug,
    title: `${verb === 'archive' ? 'Archive' : 'Restore'} ${project.name}`,
    resolves,
  })
}

const correctable = ['homepage', 'repository', 'category', 'subcategory', 'licence', 'summary'] as const

async function offersOn(request: PageRequest, project: Project) {
  const isOurs = holds(request, ['maintainer'], project.id)
  const mayCorrect = isOurs || holds(request, ['staff'])
  const known = correctable.flatMap(name => (project[name] ? [[name, project[name]]] : []))
  const mayAssess = mayCorrect || holds(request, ['seat-holder', 'chair'])
  const sample = { asOf: request.at.slice(0, 10) }
  return {
    mayCorrect,
    correctHref: `/acts/projects/correct?${new URLSearchParams([['project', project.slug], ...known, ['_return', `/projects/${project.slug}`]])}`,
    assess:
      mayAssess && project.repository
        ? await offerAsking(request, 'projects.assess', { input: { subject: project.id }, sample })
        : undefined,
    maintainer: mayCorrect
      ? await offerAsking(request, 'projects.name-maintainer', {
          input: { project: project.slug },
          sample: { person: '' },
        })
      : undefined,
    shelve: await shelvingOffer(request, project),
  }
}

async function loads(request: PageRequest) {
  const { read, params, term, names, at } = request
  const ref = params.project ?? ''
  const project = await projectBy(read, ref)
  if (!project) return undefined
  if (ref !== project.slug) return { movedTo: `/projects/${project.slug}` }
  const applications = await applicationsAbout(read, project.id)
  const admission = applications.find(({ id }) => id === project.application)
  const maintainers = await maintainersOf(read, project.id)
  const organisations = await interestsIn(read, [project.id])
  const text = [project.name, project.category, project.subcategory, project.summary].join(' ')
  return {
    project,
    applications,
    admission,
    maintainers,
    organisations,
    tally: admission?.motion ? await tallyOf(read, admission.motion, at) : undefined,
    motions: await motionsAbout(read, project.id),
    similar: await similarTo(read, { text, limit: 6, but: project.id }),
    assessments: await assessmentsOf(read, [project.id, ...applications.map(({ id }) => id)]),
    observations: await observationsOf(read, project.id),
    names: await names([...maintainers, ...organisations]),
    offers: await offersOn(request, project),
    stages: term(stages),
    freshMonths: term(assessing).freshMonths,
    timeline: await request.timeline(project.id, 100),
    added: await request.added(project.id),
  }
}
type Loaded = Exclude<NonNullable<Awaited<ReturnType<typeof loads>>>, { movedTo: string }>

function decisionSection({ project, admission, tally }: Loaded): Section {
  const title = 'How it came here'
  if (!admission?.decided)
    return {
      title,
      id: 'decision',
      body: html`<p>It was in the landscape before this register was opened${project.accepted && html`, taken in on ${dayTime(project.accepted)}`}. What was decided then, and why, is not known here.</p>`,
    }
  const votes =
    tally &&
    html`<p>${tally.counts.for} for, ${tally.counts.against} against, ${tally.counts.abstain} abstaining; ${tally.needs.majority} were needed.</p>`
  const motion =
    admission.motion && html` · ${link({ label: 'The motion and every vote', href: `/motions/${admission.motion}` })}`
  return {
    title,
    id: 'decision',
    says: html`Admitted on ${dayTime(admission.decided)}, with these reasons:`,
    body: html`${prose(admission.reasons ?? '')}${votes}<p>${link({ label: 'The application', href: `/applications/${admission.id}` })}${motion}</p>`,
  }
}

const purpose = ({ project }: Loaded): Section[] => [
  ...(project.goals ? [{ title: 'Goals', id: 'goals', body: prose(project.goals) }] : []),
  {
    title: 'Non-goals',
    id: 'non-goals',
    body: project.nonGoals
      ? prose(project.nonGoals)
      : html`<p class="quiet">It has not said here what it is not for.</p>`,
  },
]

const neighbours = ({ similar }: Loaded): Section => ({
  title: 'Nearest projects',
  id: 'similar',
  says: 'By name, category and summary; a guess of the program, not a judgement.',
  body: similar.length > 0 ? similarList(similar) : html`<p class="quiet">Nothing in the landscape is near.</p>`,
})

const history = ({ applications, motions }: Loaded): Section[] => {
  const lines = [
    ...applications.map(
      one =>
        html`<li>${link({ label: 'Application', href: `/applications/${one.id}` })} of ${dayTime(one.filed)} ${applicationBadge(one)}</li>`,
    ),
    ...motions.map(
      ({ id, title, stage }) =>
        html`<li>${link({ label: title, href: `/motions/${id}` })} <span class="quiet">motion, ${stage}</span></li>`,
    ),
  ]
  return lines.length === 0
    ? []
    : [{ title: 'Applications and motions', id: 'applications', body: html`<ul>${lines}</ul>` }]
}

const outward = (address: string): Html => link({ label: address.replace(/^https?:\/\/|\/$/g, ''), href: address })

function factsOf({ project, names, organisations, maintainers }: Loaded): Fact[] {
  const { category, subcategory, homepage, repository, licence, accepted } = project
  return [
    ...(category
      ? [
          {
            term: 'Category',
            value: link({
              label: subcategory ? `${category} / ${subcategory}` : category,
              href: `/projects?${new URLSearchParams({ category: subcategory ? `${category} / ${subcategory}` : category })}`,
            }),
          },
        ]
      : []),
    ...(homepage ? [{ term: 'Homepage', value: outward(homepage) }] : []),
    ...(repository ? [{ term: 'Repository', value: repositoryLink(repository) }] : []),
    { term: 'Licence declared', value: licence ?? html`<span class="quiet">not declared here</span>` },
    ...(accepted ? [{ term: 'Taken in', value: dayTime(accepted) }] : []),
    { term: 'Behind it', value: listed(names, organisations, 'nobody was named') },
    { term: 'Maintainers here', value: listed(names, maintainers, 'none registered') },
  ]
}

function actions({ offers, project, stages: all }: Loaded, view: PageView): Action[] {
  const next = all.find(({ requires }) => requires === project.stage)
  return [
    ...(next && !project.isArchived
      ? [
          {
            kind: 'link' as const,
            label: `Apply: ${next.name}`,
            href: `/apply?${new URLSearchParams({ kind: next.key, name: project.name, repository: project.repository ?? '' })}`,
          },
        ]
      : []),
    ...(offers.assess ? [view.action(offers.assess)] : []),
    ...(offers.mayCorrect ? [{ kind: 'link' as const, label: 'Correct the facts', href: offers.correctHref }] : []),
    ...(offers.maintainer ? [view.action(offers.maintainer)] : []),
    ...(offers.shelve
      ? [view.action(offers.shelve, { label: project.isArchived ? 'Move to restore it' : 'Move to archive it' })]
      : []),
  ]
}

export const projectPage = page({
  path: '/projects/:project',
  loads,
  shows(loaded: Loaded, view) {
    const { project, assessments, freshMonths, timeline } = loaded
    const added = loaded.added(view)
    return {
      crumbs: [{ label: 'Projects', href: '/projects' }],
      kicker: 'Project',
      title: project.name,
      standing: projectBadge(project, loaded.stages),
      summary: project.summary ?? `A project in the landscape of the ${view.foundation.name}.`,
      facts: [...factsOf(loaded), ...added.facts],
      clauses: view.clauses([...new Set(timeline.flatMap(({ under }) => under))]),
      next: [...added.next, ...actions(loaded, view)],
      sections: [
        decisionSection(loaded),
        ...purpose(loaded),
        assessmentSection(assessments, { at: view.at, months: freshMonths }),
        ...added.sections,
        ...observedSection(loaded.observations),
        neighbours(loaded),
        ...history(loaded),
      ],
      timeline: view.timeline(timeline),
    }
  },
})
