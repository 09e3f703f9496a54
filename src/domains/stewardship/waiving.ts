// Waivers: a requirement excused for one project and a time, asked for by one person and granted by another, in public.
import { z } from 'zod'
import { act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { Day, dayOf, startOf } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { standingBy } from '#domains/assessments/index.ts'
import { maintainersOf, noSuchProject, notYours, ProjectRef, projectBy } from '#domains/projects/index.ts'
import { sayDay } from '#html/time.ts'
import { patchWaiver } from './changes.ts'
import { waiverBy, waiversOf } from './finds.ts'
import {
  noSuchRequirement,
  noSuchWaiver,
  notExpired,
  notReviewed,
  otherReviewers,
  ownProject,
  samePerson,
  waiverDecided,
  waiverOver,
  waiverStands,
  waiverTooLong,
} from './problems.ts'
import { lastDay } from './rules.ts'
import type { Tables } from './tables.ts'
import { planFor, reviewing, waiving } from './terms.ts'
import { behind, contextOf, weighed } from './weighing.ts'
import { CheckId, ProjectId, Said, WaiverId } from './words.ts'

const standing = ['requested', 'granted']

async function findsForRequest({ project: ref }: { project: string }, read: Read) {
  const project = await projectBy(read, ref)
  return {
    project,
    standing: project && (await standingBy(read, project.id)),
    waivers: project ? await waiversOf(read, project.id) : [],
  }
}

export const requestWaiver = act({
  name: 'stewardship.request-waiver',
  title: 'Ask for a waiver',
  describes: 'Asks that a requirement be excused for one project until a day, with a reason; somebody else decides.',
  under: waiving,
  by: ['maintainer', 'seat-holder', 'chair', 'staff'],
  takes: z.object({
    project: ProjectRef,
    check: CheckId,
    reason: Said.meta({
      title: 'Reason',
      description: 'Why it cannot be met now. Everybody can read it.',
      widget: 'text',
    }),
    until: Day.meta({ title: 'Until', description: 'The day on which it ends.' }),
  }),
  records: z.object({
    waiver: WaiverId,
    project: ProjectId,
    check: CheckId,
    reason: z.string(),
    until: Day,
    body: z.string(),
  }),
  refuses: [noSuchProject, notYours, notReviewed, noSuchRequirement, waiverStands, waiverTooLong],
  finds: findsForRequest,
  decides({ input: { check, reason, until }, found, actor, at, term, fresh }) {
    const { project, waivers } = found
    if (!project) return refuse(noSuchProject)
    if (actor.capacity === 'maintainer' && actor.project !== project.id) return refuse(notYours)
    const plan = planFor(term(reviewing), project.stage)
    if (project.isArchived || !plan) return refuse(notReviewed)
    if (found.standing?.filed?.outcomes[check] === undefined)
      return refuse(noSuchRequirement, { detail: `Not known: ${check}.` })
    if (waivers.some(one => one.check === check && standing.includes(one.state) && one.until > dayOf(at)))
      return refuse(waiverStands)
    const latest = lastDay(at, term(waiving).mostMonths)
    if (until <= dayOf(at) || until > latest)
      return refuse(waiverTooLong, { detail: `The latest is ${sayDay(latest)}.` })
    return { waiver: fresh('wai'), project: project.id, check, reason, until, body: plan.body }
  },
  writes: (tx, { waiver, project, check, reason, until }, entry) =>
    tx
      .on<Tables>()
      .insertInto('waivers')
      .values({
        ...{ id: waiver, project, requirement: check, reason, requester: entry.actor.person ?? '' },
        ...{ requested: new Date(entry.at), until_day: until, state: 'requested', entry: entry.id },
      })
      .execute(),
  says: ({ waiver, project, check, until }) =>
    `asked in ${waiver} that ${check} be waived for ${project} until ${sayDay(until)}`,
})

async function findsWaiver({ waiver: id }: { waiver: string }, read: Read) {
  const waiver = await waiverBy(read, id)
  return {
    waiver,
    project: waiver && (await projectBy(read, waiver.project)),
    maintainers: waiver ? await maintainersOf(read, waiver.project) : [],
    subject: await behind(read, waiver?.project),
  }
}

export const decideWaiver = act({
  name: 'stewardship.decide-waiver',
  title: 'Decide about a waiver',
  describes: 'Grants or refuses a waiver that somebody else asked for, with a reason.',
  under: waiving,
  by: ['seat-holder', 'chair'],
  takes: z.object({
    waiver: WaiverId,
    decision: z
      .enum(['granted', 'refused'])
      .meta({ title: 'Decision', labels: { granted: 'Grant it', refused: 'Refuse it' } }),
    reason: Said.meta({ title: 'Reason', widget: 'text' }),
  }),
  records: z.object({
    waiver: WaiverId,
    project: ProjectId,
    check: CheckId,
    decision: z.enum(['granted', 'refused']),
    reason: z.string(),
    until: Day,
  }),
  refuses: [noSuchWaiver, waiverDecided, otherReviewers, samePerson, ownProject],
  finds: findsWaiver,
  weighs: { context: weighed, of: ({ found, at }) => contextOf(found.subject, at) },
  decides({ input: { decision, reason }, found: { waiver, project, maintainers }, actor, at, term }) {
    if (!waiver || !project) return refuse(noSuchWaiver)
    if (waiver.state !== 'requested' || at >= startOf(waiver.until)) return refuse(waiverDecided)
    const body = planFor(term(reviewing), project.stage)?.body
    if (actor.body !== body)
      return refuse(otherReviewers, body === undefined ? {} : { detail: `The body is: ${body}.` })
    if (actor.person === waiver.requester) return refuse(samePerson)
    if (maintainers.includes(actor.person ?? '')) return refuse(ownProject)
    const { id, check, until } = waiver
    return { waiver: id, project: project.id, check, decision, reason, until }
  },
  writes: (tx, { waiver, decision, reason }, entry) =>
    patchWaiver(tx, waiver, {
      ...{ state: decision, decider: entry.actor.person ?? '', decided: new Date(entry.at), decision: reason },
      entry: entry.id,
    }),
  says: ({ waiver, project, check, decision, until }) =>
    decision === 'granted'
      ? `granted ${waiver}: ${check} is waived for ${project} until ${sayDay(until)}`
      : `refused ${waiver} of ${check} for ${project}`,
})

const endings = { clock: 'expired', maintainer: 'withdrawn' } as const

export const endWaiver = act({
  name: 'stewardship.end-waiver',
  title: 'End a waiver',
  describes:
    'Ends a waiver: the clock on its last day, before that whoever asked for it, the maintainers, or a seat that decides.',
  under: waiving,
  by: ['clock', 'maintainer', 'seat-holder', 'chair', 'staff'],
  takes: z.object({ waiver: WaiverId }),
  records: z.object({
    waiver: WaiverId,
    project: ProjectId,
    check: CheckId,
    state: z.enum(['expired', 'withdrawn', 'ended']),
  }),
  refuses: [noSuchWaiver, waiverOver, notExpired, notYours, otherReviewers],
  finds: findsWaiver,
  decides({ found: { waiver, project }, actor, at, term }) {
    if (!waiver || !project) return refuse(noSuchWaiver)
    if (!standing.includes(waiver.state)) return refuse(waiverOver)
    const { id, check, until, requester } = waiver
    const facts = { waiver: id, project: project.id, check }
    if (actor.capacity === 'clock')
      return at < startOf(until)
        ? refuse(notExpired, { detail: `It ends on ${sayDay(until)}.` })
        : { ...facts, state: endings.clock }
    if (actor.person === requester) return { ...facts, state: endings.maintainer }
    if (actor.capacity === 'maintainer')
      return actor.project === project.id ? { ...facts, state: endings.maintainer } : refuse(notYours)
    const body = planFor(term(reviewing), project.stage)?.body
    return actor.body === body ? { ...facts, state: 'ended' as const } : refuse(otherReviewers)
  },
  writes: (tx, { waiver, state }, entry) => patchWaiver(tx, waiver, { state, entry: entry.id }),
  says: ({ waiver, project, check, state }) =>
    `${state === 'expired' ? 'noted that' : 'ended'} ${waiver} of ${check} for ${project}${state === 'expired' ? ' has expired' : ''}`,
})
