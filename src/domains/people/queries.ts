// Look-ups that pages, API and command line share. Nothing private leaves but to its own person.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { Day, dayOf, Instant } from '#base/instants.ts'
import { affiliationsOf, affiliationsWith } from './affiliations.ts'
import { Export, exported } from './exporting.ts'
import { displayName } from './names.ts'
import {
  controllersOf,
  controlsAbout,
  groupOf,
  organisationNamed,
  organisationsBy,
  organisationsPage,
} from './organisations.ts'
import { namesOf, personBy } from './persons.ts'
import { standingOn } from './rules.ts'
import { AffiliationId, OrganisationId, PersonId, Source } from './words.ts'

const Affiliation = z.object({
  id: AffiliationId,
  organisation: OrganisationId.nullable().meta({ description: 'Null: independent.' }),
  from: Day,
  until: Day.nullable(),
  source: Source,
  statedBy: z.string(),
  stated: Instant,
  standing: z.enum(['stands', 'corrected', 'withdrawn']),
})

const Person = z.object({
  id: PersonId,
  displayName: z.string(),
  registered: Instant,
  erased: Instant.nullable(),
  affiliations: z.array(Affiliation),
})

const personQuery = query({
  name: 'people.person',
  title: 'Look up a person',
  describes: 'A person as anybody may see them: name or pseudonym, and everything stated about whom they work for.',
  takes: z.object({ person: PersonId }),
  gives: Person,
  async finds({ person: id }, read) {
    const person = await personBy(read, id)
    if (!person) return undefined
    const affiliations = (await affiliationsOf(read, id)).map(({ person: _, ...rest }) => rest)
    const { registered, erased } = person
    return { id, displayName: displayName(person), registered, erased, affiliations }
  },
})

const Organisation = z.object({
  id: OrganisationId,
  slug: z.string(),
  name: z.string(),
  homepage: z.string().nullable(),
})

const organisationsQuery = query({
  name: 'people.organisations',
  title: 'List organisations',
  describes: 'Organisations by name, found by a part of it, 50 to a page.',
  takes: z.object({
    search: z.string().max(120).optional(),
    part: z.enum(['controlled', 'controlling']).optional(),
    page: z.coerce.number().int().min(1).max(1_000_000).optional(),
  }),
  gives: z.object({ organisations: z.array(Organisation), total: z.int(), page: z.int(), pages: z.int() }),
  finds: async (wanted, read, { at }) => {
    const { organisations, ...rest } = await organisationsPage(read, { ...wanted, at })
    return { organisations: [...organisations], ...rest }
  },
})

const organisationQuery = query({
  name: 'people.organisation',
  title: 'Look up an organisation',
  describes: 'An organisation by id, short name or name: who controls it, what it controls, and who works there today.',
  takes: z.object({ organisation: z.string().trim().min(1).max(120) }),
  gives: Organisation.extend({
    controllers: z.array(Organisation).meta({ description: 'All companies above it today, up to the top.' }),
    group: z.array(Organisation).meta({ description: 'Everything tied to it by control today, itself included.' }),
    controls: z.array(
      z.object({
        child: OrganisationId,
        parent: OrganisationId,
        from: Day,
        until: Day.nullable(),
        source: z.string().nullable(),
      }),
    ),
    people: z.array(z.object({ person: PersonId, displayName: z.string(), from: Day })),
  }),
  async finds({ organisation: ref }, read, { at }) {
    const organisation = await organisationNamed(read, ref)
    if (!organisation) return undefined
    const named = async (ids: readonly string[]) =>
      [...(await organisationsBy(read, ids)).values()].map(one => ({ ...one }))
    const here = standingOn(await affiliationsWith(read, organisation.id), dayOf(at))
    const names = await namesOf(
      read,
      here.map(({ person }) => person),
    )
    return {
      ...organisation,
      controllers: await named(await controllersOf(read, [organisation.id], at)),
      group: await named(await groupOf(read, organisation.id, at)),
      controls: [...(await controlsAbout(read, organisation.id))],
      people: here.map(({ person, from }) => ({ person, displayName: names.get(person) ?? person, from })),
    }
  },
})

const exportQuery = query({
  name: 'people.export',
  title: 'Export everything held about you',
  describes:
    'Everything held about the person who asks, and about nobody else: the register, affiliations, and every entry that names them with what is sealed in it.',
  takes: z.object({}),
  gives: Export,
  finds: async (_, read, asker) => (asker.person ? exported(read, asker.person, asker) : undefined),
})

export const queries = [personQuery, organisationsQuery, organisationQuery, exportQuery]
