// Saying whom somebody works for: stating, correcting, ending and withdrawing affiliations. All stay to be seen.
import { z } from 'zod'
import { type Actor, act } from '#acts/act.ts'
import { type Refusal, refuse } from '#acts/problem.ts'
import type { Read, Write } from '#database/handles.ts'
import { sayDay } from '#html/time.ts'
import { affiliationBy, affiliationsOf } from './affiliations.ts'
import { organisationNamed } from './organisations.ts'
import { personBy } from './persons.ts'
import {
  alreadyEnded,
  endsBeforeStart,
  noLongerStands,
  noSuchAffiliation,
  noSuchOrganisation,
  noSuchPerson,
  notYours,
  overlapping,
  tooFarAhead,
} from './problems.ts'
import { unfitAffiliation } from './rules.ts'
import type { PeopleTables } from './tables.ts'
import { affiliation } from './terms.ts'
import {
  type Affiliation,
  AffiliationId,
  independent,
  OrganisationId,
  OrganisationRef,
  type Person,
  PersonId,
  PlausibleDay,
  Source,
} from './words.ts'

const Employer = OrganisationRef.meta({
  title: 'Organisation',
  description: `As it is called in the list of organisations, or “${independent}” if you work for none. This is public.`,
})
const Until = PlausibleDay.optional().meta({
  title: 'Until',
  description: 'The first day on which it no longer held. Leave it empty while it lasts.',
})
const From = PlausibleDay.meta({ title: 'From', description: 'The first day.' })
const Reason = z.string().trim().min(3).max(200).meta({ title: 'Reason', description: 'Public: why it was wrong.' })
const SourceAsked = Source.optional().meta({
  title: 'Source',
  description: 'For foundation staff: where the statement comes from.',
})

const stated = {
  affiliation: AffiliationId,
  person: PersonId,
  organisation: OrganisationId.nullable(),
  from: PlausibleDay,
  until: PlausibleDay.nullable(),
  source: Source,
}

const isAnotherPerson = (actor: Actor, person: string | undefined): boolean =>
  actor.capacity === 'participant' && person !== undefined && person !== actor.person

/** What people say of themselves is their own word, in whatever capacity; of others, staff name a source. */
const sourceOf = (actor: Actor, about: string, source: Source | undefined): Source =>
  actor.person === about ? 'person' : (source ?? 'import')

/** Null: independent. Undefined: not known. */
const employerNamed = async (read: Read, ref: string): Promise<string | null | undefined> =>
  ref.toLowerCase() === independent ? null : (await organisationNamed(read, ref))?.id

type Wanted = { organisation: string; from: string; until?: string | undefined }
type Known = { employer: string | null | undefined; person: Person | undefined; affiliations: readonly Affiliation[] }

/** What is to be stated, or why not; `instead` is the affiliation that it takes the place of. */
function statement(
  wanted: Wanted,
  known: Known & { readonly instead?: string },
  limit: { at: string; monthsAhead: number },
): { person: string; organisation: string | null; from: string; until: string | null } | Refusal {
  if (!known.person || known.person.erased) return refuse(noSuchPerson)
  if (known.employer === undefined) return refuse(noSuchOrganisation)
  const said = { organisation: known.employer, from: wanted.from, until: wanted.until ?? null }
  const others = known.affiliations.filter(({ id }) => id !== known.instead)
  return unfitAffiliation(said, others, limit) ?? { person: known.person.id, ...said }
}

type Facts = {
  affiliation: string
  person: string
  organisation: string | null
  from: string
  until: string | null
  source: Source
}

const keep = (tx: Write, facts: Facts, { at, actor }: { at: string; actor: { capacity: string; person?: string } }) =>
  tx
    .on<PeopleTables>()
    .insertInto('affiliations')
    .values({
      id: facts.affiliation,
      person: facts.person,
      organisation: facts.organisation,
      from_day: facts.from,
      until_day: facts.until,
      source: facts.source,
      stated_by: actor.person ?? actor.capacity,
      stated: at,
      corrected_by: null,
      is_withdrawn: false,
    })
    .execute()

const alter = (
  tx: Write,
  id: string,
  change: Partial<{ until_day: string; corrected_by: string; is_withdrawn: true }>,
) => tx.on<PeopleTables>().updateTable('affiliations').set(change).where('id', '=', id).execute()

/** What people say of themselves needs no name a second time. */
const sayPlace = ({ person, organisation, from, until, source }: Omit<Facts, 'affiliation'>): string => {
  const isOwn = source === 'person'
  const does = organisation
    ? `${isOwn ? 'work' : 'works'} for ${organisation}`
    : isOwn
      ? 'are independent'
      : 'is independent'
  return `${isOwn ? 'they' : person} ${does} from ${sayDay(from)}${until ? ` until ${sayDay(until)}` : ''}`
}

export const affiliate = act({
  name: 'people.affiliate',
  title: 'Say whom you work for',
  describes: 'States an affiliation with an organisation, or independence, for a period. Affiliations are public.',
  under: affiliation,
  by: ['staff', 'operator', 'participant'],
  takes: z.object({
    organisation: Employer,
    from: From,
    until: Until,
    person: PersonId.optional().meta({ title: 'Person', description: 'For foundation staff: about whom.' }),
    source: SourceAsked,
  }),
  records: z.object(stated),
  refuses: [notYours, noSuchPerson, noSuchOrganisation, endsBeforeStart, tooFarAhead, overlapping],
  async finds({ organisation, person }, read, actor) {
    const about = person ?? actor.person ?? ''
    return {
      employer: await employerNamed(read, organisation),
      person: await personBy(read, about),
      affiliations: await affiliationsOf(read, about),
    }
  },
  decides({ input, found, actor, at, term, fresh }) {
    if (isAnotherPerson(actor, input.person)) return refuse(notYours)
    const said = statement(input, found, { at, ...term(affiliation) })
    if ('refused' in said) return said
    return { affiliation: fresh('aff'), ...said, source: sourceOf(actor, said.person, input.source) }
  },
  writes: keep,
  says: facts => `stated that ${sayPlace(facts)}`,
})

const findAbout = async (read: Read, id: string) => {
  const old = await affiliationBy(read, id)
  return {
    old,
    person: old && (await personBy(read, old.person)),
    affiliations: old ? await affiliationsOf(read, old.person) : [],
  }
}

/** The affiliation, when this actor may change it now. */
function changeable(old: Affiliation | undefined, actor: Actor): Affiliation | Refusal {
  if (!old) return refuse(noSuchAffiliation)
  if (isAnotherPerson(actor, old.person)) return refuse(notYours)
  return old.standing === 'stands' ? old : refuse(noLongerStands)
}

export const correctAffiliation = act({
  name: 'people.correct-affiliation',
  title: 'Correct an affiliation',
  describes: 'Puts a right statement in the place of a wrong one, which stays to be seen as corrected.',
  under: affiliation,
  by: ['staff', 'operator', 'participant'],
  takes: z.object({
    affiliation: AffiliationId,
    organisation: Employer,
    from: From,
    until: Until,
    reason: Reason,
    source: SourceAsked,
  }),
  records: z.object({ ...stated, corrects: AffiliationId, reason: z.string() }),
  refuses: [
    noSuchAffiliation,
    notYours,
    noLongerStands,
    noSuchPerson,
    noSuchOrganisation,
    endsBeforeStart,
    tooFarAhead,
    overlapping,
  ],
  finds: async ({ affiliation: id, organisation }, read) => ({
    ...(await findAbout(read, id)),
    employer: await employerNamed(read, organisation),
  }),
  decides({ input, found, actor, at, term, fresh }) {
    const old = changeable(found.old, actor)
    if ('refused' in old) return old
    const said = statement(input, { ...found, instead: old.id }, { at, ...term(affiliation) })
    if ('refused' in said) return said
    const { reason } = input
    return {
      affiliation: fresh('aff'),
      corrects: old.id,
      ...said,
      source: sourceOf(actor, said.person, input.source),
      reason,
    }
  },
  async writes(tx, facts, entry) {
    await alter(tx, facts.corrects, { corrected_by: facts.affiliation })
    await keep(tx, facts, entry)
  },
  says: facts => `corrected that ${sayPlace(facts)}: ${facts.reason}`,
})

const ended = { affiliation: AffiliationId, person: PersonId }

export const endAffiliation = act({
  name: 'people.end-affiliation',
  title: 'End an affiliation',
  describes: 'States the first day on which an affiliation no longer held, or will no longer hold.',
  under: affiliation,
  by: ['staff', 'operator', 'participant'],
  takes: z.object({
    affiliation: AffiliationId,
    until: PlausibleDay.meta({ title: 'Until', description: 'The day after the last one.' }),
  }),
  records: z.object({ ...ended, until: PlausibleDay }),
  refuses: [noSuchAffiliation, notYours, noLongerStands, alreadyEnded, endsBeforeStart],
  finds: ({ affiliation: id }, read) => affiliationBy(read, id),
  decides({ input: { until }, found, actor }) {
    const old = changeable(found, actor)
    if ('refused' in old) return old
    if (old.until !== null) return refuse(alreadyEnded, { detail: `It ended on ${sayDay(old.until)}.` })
    if (until <= old.from) return refuse(endsBeforeStart, { detail: `It began on ${old.from}.` })
    return { affiliation: old.id, person: old.person, until }
  },
  writes: (tx, facts) => alter(tx, facts.affiliation, { until_day: facts.until }),
  says: facts => `ended ${facts.affiliation} of ${facts.person} on ${sayDay(facts.until)}`,
})

export const withdrawAffiliation = act({
  name: 'people.withdraw-affiliation',
  title: 'Withdraw an affiliation',
  describes: 'Takes back an affiliation that never was; it stays to be seen as withdrawn.',
  under: affiliation,
  by: ['staff', 'operator', 'participant'],
  takes: z.object({ affiliation: AffiliationId, reason: Reason }),
  records: z.object({ ...ended, reason: z.string() }),
  refuses: [noSuchAffiliation, notYours, noLongerStands],
  finds: ({ affiliation: id }, read) => affiliationBy(read, id),
  decides({ input: { reason }, found, actor }) {
    const old = changeable(found, actor)
    return 'refused' in old ? old : { affiliation: old.id, person: old.person, reason }
  },
  writes: (tx, facts) => alter(tx, facts.affiliation, { is_withdrawn: true }),
  says: facts => `withdrew ${facts.affiliation} of ${facts.person}: ${facts.reason}`,
})
