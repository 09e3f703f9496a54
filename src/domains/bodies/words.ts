// The nouns of bodies: the body, its seats, and who holds them from when to when.
import { z } from 'zod'
import { idOf } from '#base/ids.ts'
import { Day } from '#base/instants.ts'

/** A body's id is its slug: it stands in addresses, in the charter and in the record. */
export const BodyId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected lower-case letters, digits and single hyphens')
  .max(80)
  .meta({ title: 'Body', examples: ['technical-council'] })

export const SeatId = idOf('sea', 'Seat')

/** Unique within its body and kept for ever, so that people can say which seat they mean. */
export const SeatKey = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected lower-case letters, digits and single hyphens')
  .max(80)
  .meta({ title: 'Key', description: 'A short name, unique within the body: chair, member-3.' })

/** A seat named by its id, or by its body and key where the id is not yet known: orders that set a foundation up. */
export const SeatName = z
  .string()
  .regex(
    /^(sea_[0-9a-hjkmnp-tv-z]{20}|[a-z0-9-]{1,80}\/[a-z0-9-]{1,80})$/,
    'Expected the id of a seat, or its body and key such as technical-council/chair',
  )
  .meta({ title: 'Seat', description: 'Its id, or its body and key: technical-council/chair.' })

export const kinds = ['board', 'council', 'working-group', 'staff'] as const
export const Kind = z.enum(kinds).meta({
  title: 'Kind',
  labels: { board: 'Board', council: 'Council', 'working-group': 'Working group', staff: 'Staff' },
})
export type Kind = z.infer<typeof Kind>
export const kindWords: Record<Kind, string> = {
  board: 'board',
  council: 'council',
  'working-group': 'working group',
  staff: 'staff',
}

/** What a body decides about: money and rights, or code and standards. A charter may keep the two apart. */
export const Sphere = z.enum(['business', 'technical']).meta({ title: 'Sphere' })
export type Sphere = z.infer<typeof Sphere>

export const Role = z.enum(['chair', 'vice-chair']).meta({ title: 'Role' })
export type Role = z.infer<typeof Role>

export const Standing = z.enum(['principal', 'alternate'])
export type Standing = z.infer<typeof Standing>

export const Source = z
  .strictObject({ title: z.string().max(400), address: z.url({ protocol: /^https$/ }), date: Day })
  .meta({ title: 'Where its seats are published' })
export type Source = z.infer<typeof Source>

export type Body = {
  readonly slug: string
  readonly name: string
  readonly kind: Kind
  readonly sphere: Sphere
  readonly describes: string
  /** The clauses of the charter that set it up. */
  readonly clauses: readonly string[]
  readonly source: Source | null
}

export type Seat = {
  readonly id: string
  readonly body: string
  readonly key: string
  readonly title: string
  /** `member`, `project`, `electorate`, `host`, or the slug of a body. */
  readonly appointedBy: string
  /** Whether a membership that is paid for brings the seat. */
  readonly isEntitlement: boolean
  readonly role: Role | null
  /** The id of the organisation that the seat is for. */
  readonly forOrganisation: string | null
  /** The slug of the project that the seat is for. */
  readonly forProject: string | null
  readonly opened: Day
  readonly closed: Day | null
}

/** Half-open days: from the first day of holding up to, and not including, `until`. */
export type Period = { readonly from: Day; readonly until: Day | null }

/** Who holds a seat when; `entry` is the appointment in the record, and names the holding. */
export type Holding = Period & {
  readonly entry: string
  readonly seat: string
  readonly person: string
  readonly as: Standing
}
