// The nouns of the people domain: persons, organisations, who works for whom and who controls whom.
import { z } from 'zod'
import { idOf } from '#base/ids.ts'
import { Day, type Instant } from '#base/instants.ts'
import { readable } from './names.ts'

export const PersonId = idOf('per', 'Person')
export const OrganisationId = idOf('org', 'Organisation')
export const AffiliationId = idOf('aff', 'Affiliation')
export type PersonId = z.infer<typeof PersonId>
export type OrganisationId = z.infer<typeof OrganisationId>

export const PersonName = readable(2, 80).meta({
  title: 'Name',
  description: 'The name you want to be known by, in any script.',
  autocomplete: 'name',
})

export const OrganisationName = readable(2, 120).meta({ title: 'Name of the organisation' })

/** The answer of somebody who works for no organisation; no organisation may be called so. */
export const independent = 'independent'

export const OrganisationSlug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected lower-case letters, digits and single hyphens')
  .max(80)
  .refine(slug => slug !== independent, 'This word is kept for people who work for no organisation')
  .meta({ title: 'Short name', description: 'For addresses; made from the name when left empty. It never changes.' })

/** An id, a short name or a name, so that people can type what they know and imports can refer to what they just added. */
export const OrganisationRef = z.string().trim().min(1, 'Expected the name of an organisation').max(120).meta({
  picks: 'organisation',
  title: 'Organisation',
  description: 'Its name or short name as it stands in the list of organisations.',
})

export const Homepage = z
  .url({ protocol: /^https?$/, error: 'Expected an address such as https://example.org' })
  .max(300)

/** Days before the first of them are slips of the keyboard: nobody at work today was hired then. */
export const PlausibleDay = Day.refine(day => day >= '1950-01-01', 'Expected a day after 1950')

/** Where a statement comes from: the person, their employer, a verified mail domain, or a published register. */
export const Source = z.enum(['person', 'employer', 'domain', 'import']).meta({
  title: 'Source',
  labels: {
    person: 'Said by the person',
    employer: 'Confirmed by the employer',
    domain: 'Seen from a verified mail domain',
    import: 'Taken from a published register',
  },
})
export type Source = z.infer<typeof Source>

export type Person = {
  readonly id: PersonId
  /** Null while the person withholds it, and for ever once it is erased. */
  readonly name: string | null
  readonly registered: Instant
  readonly erased: Instant | null
}

export type Organisation = {
  readonly id: OrganisationId
  readonly slug: string
  readonly name: string
  readonly homepage: string | null
}

/** A half-open period of days: `until` is the first day that no longer belongs to it. */
export type Period = { readonly from: Day; readonly until: Day | null }

/** One organisation decides for another: at most one controller on any day, and never in a circle. */
export type Control = Period & {
  readonly child: OrganisationId
  readonly parent: OrganisationId
  /** Where it is published. */
  readonly source: string | null
}

export type Affiliation = Period & {
  readonly id: string
  readonly person: PersonId
  /** Null: independent. */
  readonly organisation: OrganisationId | null
  readonly source: Source
  /** The person who stated it, or the capacity of a program. */
  readonly statedBy: string
  readonly stated: Instant
  /** What became of the statement: only those that stand are counted, all stay to be seen. */
  readonly standing: 'stands' | 'corrected' | 'withdrawn'
}
