// The bodies that a charter sets up, and their seats: `bodies.yml`. No person is named there.
import { z } from 'zod'
import { Day } from '#base/instants.ts'
import { ClauseId, Slug } from './words.ts'
import { readYaml } from './yaml.ts'

const Text = z.string().trim().min(1).max(400)

export const Seat = z.strictObject({
  /** Unique within its body, kept for ever: the record names seats by it. */
  key: Slug,
  title: Text.max(120),
  /** `member`, `project`, `electorate` (those entitled to vote in an election), `host`, or the slug of a body. */
  appointedBy: Slug,
  /** Whether a membership that is paid for brings the seat. */
  isEntitlement: z.boolean(),
  /** The organisation it stands for; of a project's seat, the one its representative worked for on the source's day. */
  organisation: Slug.optional(),
  project: Slug.optional(),
  role: z.enum(['chair', 'vice-chair']).optional(),
})

export const Body = z.strictObject({
  slug: Slug,
  name: Text.max(120),
  kind: z.enum(['board', 'council', 'working-group', 'staff']),
  sphere: z.enum(['business', 'technical']),
  describes: Text,
  clauses: z.array(ClauseId).min(1, 'Expected at least one clause that sets up the body'),
  /** Where its seats are published; left out when the charter itself sets them up. */
  source: z.strictObject({ title: Text, address: z.url({ protocol: /^https$/ }), date: Day }).optional(),
  seats: z.array(Seat),
})

export const Bodies = z.strictObject({ bodies: z.array(Body).min(1) })

export type Seat = z.infer<typeof Seat>
export type Body = z.infer<typeof Body>

/** Who may appoint beside a body of the charter. */
export const appointers: readonly string[] = ['member', 'project', 'electorate', 'host']

/** The bodies of a file that was checked when its charter was loaded; throws on any other. */
export const bodiesIn = (text: string): readonly Body[] => Bodies.parse(readYaml('bodies.yml', text).value).bodies
