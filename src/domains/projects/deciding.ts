// Deciding about applications: reviews by those who decide, admission by a carried motion, declining by a lost one.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { canonical } from '#base/canonical.ts'
import { slugOf } from '#base/ids.ts'
import { dayOf, Instant } from '#base/instants.ts'
import type { Read, Write } from '#database/handles.ts'
import { type CheckResult, latestFiled, paperBy } from '#domains/assessments/index.ts'
import {
  behind,
  deciding,
  decisionFor,
  type Motion,
  MotionId,
  motionBy,
  motionsAbout,
  organisationsBehind,
  weighed,
} from '#domains/motions/index.ts'
import { interestsIn, OrganisationId, standBehind } from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import { keyOf } from './entering.ts'
import { applicationBy, projectBy, projectsLike, reviewsOf } from './finds.ts'
import {
  noSuchApplication,
  noSuchRequirement,
  notLost,
  notOpen,
  otherBody,
  otherKind,
  ownApplication,
  reasonWanted,
} from './problems.ts'
import { disagreementsIn, isOpen, reapplyFrom } from './rules.ts'
import type { Tables } from './tables.ts'
import { reapplying, stages } from './terms.ts'
import { type Application, ApplicationId, Disagreement, type Project, ProjectId, StageKey, Tick } from './words.ts'

/** What a motion to admit resolves. */
export const admission = ({ id, kind }: Pick<Application, 'id' | 'kind'>) => ({
  act: 'projects.admit',
  input: { application: id, as: kind },
})

async function findsForReview({ application: id }: { application: string }, read: Read) {
  const application = await applicationBy(read, id)
  const assessment = (await latestFiled(read, [id])).get(id)
  const paper = assessment && (await paperBy(read, assessment.findings.paper))
  const checks: readonly CheckResult[] = paper?.checks ?? []
  const subject = await behind(read, { act: 'projects.admit', input: { application: id } })
  return { application, assessment: assessment?.id ?? null, checks, subject }
}

export const review = act({
  name: 'projects.review',
  title: 'Review an application',
  describes: 'Gives a reviewer’s written opinion, with a finding for each requirement looked at.',
  under: stages,
  by: ['seat-holder', 'chair'],
  takes: z.object({
    application: ApplicationId,
    text: z.string().trim().min(20, 'Expected at least 20 characters').max(8000).meta({
      title: 'Opinion',
      description: 'What speaks for and against taking the project in. Everybody can read it.',
      widget: 'text',
    }),
    ticks: z.array(Tick).max(100).optional().meta({ title: 'Finding' }),
  }),
  records: z.object({
    application: ApplicationId,
    text: z.string(),
    assessment: z.string().nullable(),
    ticks: z.array(Tick),
    disagreements: z.array(Disagreement),
  }),
  refuses: [noSuchApplication, notOpen, ownApplication, otherBody, noSuchRequirement, reasonWanted],
  finds: findsForReview,
  weighs: {
    context: weighed.pick({ subjectOrganisations: true }),
    of: ({ found, at }) => ({ subjectOrganisations: organisationsBehind(found.subject, at) }),
  },
  decides({ input, found: { application, assessment, checks }, actor, term }) {
    if (!application) return refuse(noSuchApplication)
    if (!isOpen(application)) return refuse(notOpen)
    if (application.applicant === actor.person) return refuse(ownApplication)
    const body = actor.body ?? ''
    if (!decisionFor(term(deciding), { body, resolves: admission(application) })) return refuse(otherBody)
    const ticks = (input.ticks ?? []).filter(({ tick }) => tick !== 'left-open')
    const unknown = ticks.filter(({ check }) => !checks.some(({ id }) => id === check))
    if (unknown.length > 0) return refuse(noSuchRequirement, { detail: `Not known: ${listed(unknown)}.` })
    const disagreements = disagreementsIn(ticks, checks)
    const bare = disagreements.filter(({ reason }) => reason === '')
    if (bare.length > 0) return refuse(reasonWanted, { detail: `Without a reason: ${listed(bare)}.` })
    return { application: application.id, text: input.text, assessment, ticks, disagreements }
  },
  async writes(tx, { application, text, assessment, ticks, disagreements }, entry) {
    const { person = '', seat = null, body = null } = entry.actor
    const lists = { ticks: canonical(ticks), disagreements: canonical(disagreements) }
    const row = { entry: entry.id, application, person, seat, body, at: new Date(entry.at), text, assessment, ...lists }
    await tx.on<Tables>().insertInto('reviews').values(row).execute()
    await tx
      .on<Tables>()
      .updateTable('applications')
      .set({ stage: 'under-review' })
      .where('id', '=', application)
      .execute()
  },
  says: ({ application, disagreements }) =>
    `reviewed ${application}${disagreements.length > 0 ? `, finding otherwise than its assessment in ${disagreements.length}` : ''}`,
})

const listed = (list: readonly { readonly check: string }[]): string => list.map(({ check }) => check).join(', ')

async function findsForAdmitting({ application: id }: { application: string }, read: Read) {
  const application = await applicationBy(read, id)
  const slug = slugOf(application?.name ?? '')
  return {
    application,
    project: application?.project ? await projectBy(read, application.project) : undefined,
    alike: application ? await projectsLike(read, { slug }) : [],
    motion: (await motionsAbout(read, id)).find(
      ({ stage, resolves }) => stage === 'carried' && resolves?.act === 'projects.admit',
    ),
    organisations: await interestsIn(read, [id]),
  }
}
type Admitting = Awaited<ReturnType<typeof findsForAdmitting>>

/** Another project may have taken the short name since; then the id tells the two apart. */
const freeSlug = (name: string, id: string, alike: readonly Project[]): string =>
  alike.some(({ slug }) => slug === slugOf(name)) ? `${slugOf(name).slice(0, 70)}-${id.slice(-6)}` : slugOf(name)

function admitted(application: Application, found: Admitting, { id, day }: { id: string; day: string }) {
  const { project, motion, organisations } = found
  const { name, repository, licence, summary, goals, nonGoals } = application
  return {
    application: application.id,
    as: application.kind,
    project: project?.id ?? id,
    isNew: project === undefined,
    slug: project?.slug ?? freeSlug(name, id, found.alike),
    ...{ name, repository, licence, summary, goals, nonGoals },
    homepage: application.homepage ?? project?.homepage ?? null,
    accepted: project && !project.isArchived && project.accepted ? project.accepted : day,
    applicant: application.applicant,
    organisations: [...organisations],
    motion: motion?.id ?? null,
    reasons: motion?.reasons ?? '',
  }
}

const Admitted = z.object({
  application: ApplicationId,
  as: StageKey,
  project: ProjectId,
  isNew: z.boolean(),
  slug: z.string(),
  name: z.string(),
  repository: z.string(),
  homepage: z.string().nullable(),
  licence: z.string(),
  summary: z.string(),
  goals: z.string(),
  nonGoals: z.string(),
  accepted: z.string(),
  applicant: z.string(),
  organisations: z.array(OrganisationId),
  motion: MotionId.nullable(),
  reasons: z.string(),
})

export const admit = act({
  name: 'projects.admit',
  title: 'Admit a project',
  describes: 'Takes a project into the landscape at the stage applied for, as a carried motion decided.',
  under: stages,
  by: ['clock', 'staff'],
  takes: z.object({ application: ApplicationId, as: StageKey }),
  records: Admitted,
  refuses: [noSuchApplication, notOpen, otherKind],
  finds: findsForAdmitting,
  decides({ input, found, at, fresh }) {
    const { application } = found
    if (!application) return refuse(noSuchApplication)
    if (!isOpen(application)) return refuse(notOpen)
    if (application.kind !== input.as) return refuse(otherKind, { detail: `It applies for: ${application.kind}.` })
    return admitted(application, found, { id: fresh('prj'), day: dayOf(at) })
  },
  writes: takeIn,
  says: ({ project, application, as }) => `admitted ${project} (${as}), as ${application} asked`,
})

async function takeIn(tx: Write, facts: z.infer<typeof Admitted>, entry: { id: string; at: Instant }): Promise<void> {
  const { application, as, project, isNew, nonGoals, applicant, organisations, motion, reasons, ...rest } = facts
  const on = tx.on<Tables>()
  const row = {
    ...rest,
    non_goals: nonGoals,
    stage: as,
    is_archived: false,
    application,
    repository_key: keyOf(rest.repository),
    stage_since: new Date(entry.at),
    reapply_from: null,
  }
  if (isNew)
    await on
      .insertInto('projects')
      .values({ id: project, ...row, entered: new Date(entry.at) })
      .execute()
  else await on.updateTable('projects').set(row).where('id', '=', project).execute()
  await on
    .updateTable('applications')
    .set({ stage: 'admitted', project, decided: new Date(entry.at), decision: entry.id, motion, reasons })
    .where('id', '=', application)
    .execute()
  await on
    .insertInto('maintainers')
    .values({ subject: project, person: applicant })
    .onConflict(same => same.columns(['subject', 'person']).doNothing())
    .execute()
  await standBehind(tx, { subject: project, organisations, entry: entry.id })
}

async function findsForDeclining(input: { application: string; motion: string }, read: Read) {
  const application = await applicationBy(read, input.application)
  const motion = await motionBy(read, input.motion)
  return { application, motion, reviews: await reviewsOf(read, input.application) }
}

const isAgainst = (motion: Motion | undefined, application: Application): motion is Motion =>
  motion?.stage === 'lost' &&
  motion.resolves?.act === 'projects.admit' &&
  motion.resolves.input.application === application.id

function whyLost({ title, tally }: Motion): string {
  if (!tally) return `The motion “${title}” was lost.`
  const { counts, needs, has, isQuorate } = tally
  const votes = `${counts.for} for, ${counts.against} against, ${counts.abstain} abstaining`
  const short = isQuorate
    ? `it needed ${needs.majority} and had ${has.majority}`
    : `a quorum of ${needs.quorum} was needed and ${has.quorum} took part`
  return `The motion “${title}” was lost: ${votes}; ${short}.`
}

export const decline = act({
  name: 'projects.decline',
  title: 'Decline an application',
  describes:
    'Ends an application whose motion was lost, with the reasons and the day from which it may be tried again.',
  under: reapplying,
  by: ['clock'],
  isInternal: true,
  takes: z.object({ application: ApplicationId, motion: MotionId }),
  records: z.object({
    application: ApplicationId,
    motion: MotionId,
    reasons: z.string(),
    reviews: z.array(z.string()),
    reapplyFrom: Instant,
  }),
  refuses: [noSuchApplication, notOpen, notLost],
  finds: findsForDeclining,
  decides({ found: { application, motion, reviews }, at, term }) {
    if (!application) return refuse(noSuchApplication)
    if (!isOpen(application)) return refuse(notOpen)
    if (!isAgainst(motion, application)) return refuse(notLost)
    return {
      application: application.id,
      motion: motion.id,
      reasons: whyLost(motion),
      reviews: reviews.map(({ entry }) => entry),
      reapplyFrom: reapplyFrom(at, term(reapplying).months),
    }
  },
  writes: (tx, { application, motion, reasons, reapplyFrom: from }, entry) =>
    tx
      .on<Tables>()
      .updateTable('applications')
      .set({
        stage: 'declined',
        decided: new Date(entry.at),
        decision: entry.id,
        motion,
        reasons,
        reapply_from: new Date(from),
      })
      .where('id', '=', application)
      .execute(),
  says: ({ application, reapplyFrom: from }) =>
    `declined ${application}; it may be tried again from ${sayDay(from)} on`,
})
