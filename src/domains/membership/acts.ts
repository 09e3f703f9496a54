// The verbs of membership: admit, change the class, set the standing, end.
import { z } from 'zod'
import { type AnyAct, act } from '#acts/act.ts'
import { refuse } from '#acts/problem.ts'
import { Day, dayOf } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { OrganisationId, OrganisationRef, organisationNamed } from '#domains/people/index.ts'
import { sayDay } from '#html/time.ts'
import {
  alreadyMember,
  noSuchClass,
  noSuchOrganisation,
  notMember,
  overlapsFormer,
  sameClass,
  sameStanding,
  startsLater,
} from './problems.ts'
import { membershipsOf } from './queries.ts'
import { classOf, endOf } from './rules.ts'
import type { Tables } from './tables.ts'
import { type Class, classesTerm } from './terms.ts'
import { ClassKey, standingWords } from './words.ts'

const Reason = z
  .string()
  .trim()
  .min(1, 'Say why, in a sentence that everybody may read')
  .max(500)
  .meta({ title: 'Reason', description: 'One or two sentences for the public record.' })

async function findsMember({ organisation: ref }: { organisation: string }, read: Read) {
  const organisation = await organisationNamed(read, ref)
  const memberships = organisation ? await membershipsOf(read, organisation.id) : []
  return {
    organisation,
    member: memberships.find(({ standing }) => standing !== 'ended'),
    former: memberships.filter(({ standing }) => standing === 'ended'),
  }
}

const missing = (ref: string) => refuse(noSuchOrganisation, { detail: `There is no ${ref}.` })

const missingClass = (classes: readonly Class[]) =>
  refuse(noSuchClass, { detail: `The classes are: ${classes.map(({ key }) => key).join(', ')}.` })

export const admit = act({
  name: 'membership.admit',
  title: 'Admit a member',
  describes: 'Makes an organisation a member of one class; what the class brings stands in the charter.',
  under: classesTerm,
  by: ['staff', 'operator', 'clock'],
  takes: z.object({
    organisation: OrganisationRef,
    class: ClassKey,
    from: Day.optional().meta({ title: 'Member since', description: 'Today if left out; never a day to come.' }),
  }),
  records: z.object({ organisation: OrganisationId, class: ClassKey, from: Day }),
  refuses: [noSuchOrganisation, noSuchClass, alreadyMember, startsLater, overlapsFormer],
  finds: findsMember,
  decides({ input, found: { organisation, member, former }, at, term }) {
    if (!organisation) return missing(input.organisation)
    const classes = term(classesTerm)
    if (!classOf(classes, input.class)) return missingClass(classes)
    if (member) return refuse(alreadyMember, { detail: `Since ${sayDay(member.from)}, as ${member.class}.` })
    const from = input.from ?? dayOf(at)
    if (from > dayOf(at)) return refuse(startsLater)
    const ended = former.flatMap(({ until }) => until ?? []).find(until => until > from)
    if (ended) return refuse(overlapsFormer, { detail: `It ended on ${sayDay(ended)}.` })
    return { organisation: organisation.id, class: input.class, from }
  },
  writes: (tx, facts, { id }) =>
    tx
      .on<Tables>()
      .insertInto('members')
      .values({ ...facts, entry: id, until: null, standing: 'good' })
      .execute(),
  says: ({ organisation, class: key, from }) => `admitted ${organisation} as a member (${key}) from ${sayDay(from)} on`,
})

export const changeClass = act({
  name: 'membership.change-class',
  title: 'Change the class of a member',
  describes: 'Moves a member to another class from today on; seats stay as they are until staff settle them.',
  under: classesTerm,
  by: ['staff', 'operator', 'clock'],
  takes: z.object({ organisation: OrganisationRef, class: ClassKey }),
  records: z.object({ organisation: OrganisationId, membership: z.string(), before: ClassKey, class: ClassKey }),
  refuses: [noSuchOrganisation, noSuchClass, notMember, sameClass],
  finds: findsMember,
  decides({ input, found: { organisation, member }, term }) {
    if (!organisation) return missing(input.organisation)
    const classes = term(classesTerm)
    if (!classOf(classes, input.class)) return missingClass(classes)
    if (!member) return refuse(notMember)
    if (member.class === input.class) return refuse(sameClass)
    return { organisation: organisation.id, membership: member.entry, before: member.class, class: input.class }
  },
  writes: (tx, { membership, class: key }) =>
    tx.on<Tables>().updateTable('members').set({ class: key }).where('entry', '=', membership).execute(),
  says: ({ organisation, before, class: key }) => `moved ${organisation} from ${before} to ${key}`,
})

export const setStanding = act({
  name: 'membership.set-standing',
  title: 'Set the standing of a member',
  describes: 'Says that a member has lapsed, or is in good standing again, with the reason.',
  under: classesTerm,
  by: ['staff', 'operator', 'clock'],
  takes: z.object({
    organisation: OrganisationRef,
    standing: z
      .enum(['good', 'lapsed'])
      .meta({ title: 'Standing', labels: { good: 'In good standing', lapsed: 'Lapsed' } }),
    reason: Reason,
  }),
  records: z.object({
    organisation: OrganisationId,
    membership: z.string(),
    standing: z.enum(['good', 'lapsed']),
    reason: Reason,
  }),
  refuses: [noSuchOrganisation, notMember, sameStanding],
  finds: findsMember,
  decides({ input, found: { organisation, member } }) {
    if (!organisation) return missing(input.organisation)
    if (!member) return refuse(notMember)
    if (member.standing === input.standing) return refuse(sameStanding)
    const { standing, reason } = input
    return { organisation: organisation.id, membership: member.entry, standing, reason }
  },
  writes: (tx, { membership, standing }) =>
    tx.on<Tables>().updateTable('members').set({ standing }).where('entry', '=', membership).execute(),
  says: ({ organisation, standing, reason }) =>
    `found the membership of ${organisation} ${standingWords[standing]}: ${reason}`,
})

export const end = act({
  name: 'membership.end',
  title: 'End a membership',
  describes: 'Ends a membership from today on; the seats that it brought are closed with it.',
  under: classesTerm,
  by: ['staff', 'operator', 'clock'],
  takes: z.object({ organisation: OrganisationRef, reason: Reason }),
  records: z.object({ organisation: OrganisationId, membership: z.string(), until: Day, reason: Reason }),
  refuses: [noSuchOrganisation, notMember],
  finds: findsMember,
  decides({ input, found: { organisation, member }, at }) {
    if (!organisation) return missing(input.organisation)
    if (!member) return refuse(notMember)
    const until = endOf(member, dayOf(at))
    return { organisation: organisation.id, membership: member.entry, until, reason: input.reason }
  },
  writes: (tx, { membership, until }) =>
    tx.on<Tables>().updateTable('members').set({ until, standing: 'ended' }).where('entry', '=', membership).execute(),
  says: ({ organisation, reason }) => `ended the membership of ${organisation}: ${reason}`,
})

export const acts: readonly AnyAct[] = [admit, changeClass, setStanding, end]
