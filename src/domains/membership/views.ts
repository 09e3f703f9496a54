// The look-ups that API and command line offer about members.
import { z } from 'zod'
import { query } from '#acts/query.ts'
import { Day } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { seatsForOrganisation } from '#domains/bodies/index.ts'
import { OrganisationId, OrganisationRef, organisationNamed, organisationsBy } from '#domains/people/index.ts'
import { membershipsOf, membersWanted } from './queries.ts'
import { ClassKey, type Member, Standing } from './words.ts'

const MemberView = z.object({
  organisation: OrganisationId,
  slug: z.string(),
  name: z.string(),
  class: ClassKey,
  from: Day,
  until: Day.nullable(),
  standing: Standing,
  entry: z.string().meta({ description: 'The admission in the record.' }),
})

/** With names, in the order of the names: those that hold the words searched for. */
export async function namedMembers(
  read: Read,
  wanted: { readonly class?: string; readonly standing?: Member['standing']; readonly search?: string },
): Promise<readonly z.infer<typeof MemberView>[]> {
  const members = await membersWanted(read, wanted)
  const organisations = await organisationsBy(
    read,
    members.map(({ organisation }) => organisation),
  )
  const named = members.flatMap(member => {
    const organisation = organisations.get(member.organisation)
    return organisation ? [{ ...member, slug: organisation.slug, name: organisation.name }] : []
  })
  const words = (wanted.search ?? '').trim().toLocaleLowerCase('en')
  const byName = new Intl.Collator('en')
  return named
    .filter(({ name }) => name.toLocaleLowerCase('en').includes(words))
    .sort((a, b) => byName.compare(a.name, b.name))
}

export const list = query({
  name: 'membership.list',
  title: 'Members',
  describes: 'Members with their class, since when, and their standing; former ones only when asked for.',
  takes: z.object({
    class: ClassKey.optional(),
    standing: Standing.optional(),
    search: z.string().max(100).optional().meta({ description: 'Part of a name.' }),
  }),
  gives: z.object({ members: z.array(MemberView) }),
  finds: async (wanted, read) => ({ members: [...(await namedMembers(read, wanted))] }),
})

export const show = query({
  name: 'membership.show',
  title: 'A member',
  describes: 'Every membership an organisation has or had, and the seats that are for it now.',
  takes: z.object({ organisation: OrganisationRef }),
  gives: z.object({
    organisation: OrganisationId,
    slug: z.string(),
    name: z.string(),
    memberships: z.array(MemberView.omit({ organisation: true, slug: true, name: true })),
    seats: z.array(z.object({ seat: z.string(), body: z.string(), title: z.string(), isEntitlement: z.boolean() })),
  }),
  async finds({ organisation: ref }, read) {
    const organisation = await organisationNamed(read, ref)
    const memberships = organisation ? await membershipsOf(read, organisation.id) : []
    if (!organisation || memberships.length === 0) return undefined
    const seats = await seatsForOrganisation(read, organisation.id)
    return {
      organisation: organisation.id,
      slug: organisation.slug,
      name: organisation.name,
      memberships: memberships.map(({ organisation: _, ...rest }) => rest),
      seats: seats.map(({ id, body, title, isEntitlement }) => ({ seat: id, body, title, isEntitlement })),
    }
  },
})

export const queries = [list, show] as const
