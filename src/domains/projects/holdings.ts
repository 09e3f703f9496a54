// What an organisation has a part in: votes for its seats and by its people, projects and applications it stands behind.

import { z } from 'zod'
import type { PageRequest } from '#acts/page.ts'
import { dayOf, isWithin } from '#base/instants.ts'
import type { Read } from '#database/handles.ts'
import { seatsForOrganisation } from '#domains/bodies/index.ts'
import { affiliationsWith, subjectsOf } from '#domains/people/index.ts'
import { entriesPage } from '#record/queries.ts'
import { applicationsBy, projectsBy } from './finds.ts'
import type { Application, Project } from './words.ts'

const Vote = z.object({ motion: z.string(), choice: z.string(), seat: z.string() })
export type VoteCast = z.infer<typeof Vote> & { readonly person: string; readonly at: string; readonly entry: string }

/** The newest votes; read from the record, for there stands under whose seat and by whom each was cast. */
export async function votesOf({ read }: Pick<PageRequest, 'read'>, organisation: string): Promise<readonly VoteCast[]> {
  const seats = new Set((await seatsForOrganisation(read, organisation)).map(({ id }) => id))
  const people = (await affiliationsWith(read, organisation)).filter(({ standing }) => standing === 'stands')
  const subjects = [...new Set([...seats, ...people.map(({ person }) => person)])]
  const found = await Promise.all(
    subjects.map(subject => entriesPage(read, { subject, act: 'motions.vote', limit: 100 })),
  )
  const leaves = new Map(found.flat().map(({ leaf }) => [leaf.id, leaf]))
  return [...leaves.values()]
    .flatMap(({ id, at, facts, actor }) => {
      const vote = Vote.safeParse(facts)
      return vote.success && actor.person ? [{ ...vote.data, person: actor.person, at, entry: id }] : []
    })
    .filter(
      ({ seat, person, at }) =>
        seats.has(seat) || people.some(one => one.person === person && isWithin(dayOf(at), one.from, one.until)),
    )
    .sort((a, b) => (a.entry < b.entry ? 1 : -1))
    .slice(0, 100)
}

/** An application that was admitted is left out: its project stands for it. */
export async function behindOf(
  read: Read,
  organisation: string,
): Promise<{ readonly projects: readonly Project[]; readonly applications: readonly Application[] }> {
  const subjects = await subjectsOf(read, organisation)
  const applications = await applicationsBy(read, subjects)
  return {
    projects: await projectsBy(read, subjects),
    applications: applications.filter(({ stage }) => stage !== 'admitted'),
  }
}
