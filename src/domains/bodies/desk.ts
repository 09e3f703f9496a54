// What somebody's seats tell them: a term that ends soon.
import type { Domain } from '#acts/domain.ts'
import { addDays, dayOf, startOf } from '#base/instants.ts'
import { seatsHeldBy } from './queries.ts'
import { seatsTerm } from './terms.ts'

export const desk: NonNullable<Domain['desk']> = async ({ read, viewer, at, term }) => {
  if (!viewer?.person) return []
  const soon = dayOf(addDays(at, term(seatsTerm).remindDays))
  return (await seatsHeldBy(read, viewer.person, at)).flatMap(({ seat, body, holding: { until } }) =>
    until === null || until > soon
      ? []
      : [
          {
            title: `Your term ends: ${seat.title}, ${body.name}`,
            href: `/seats/${seat.id}`,
            says: 'From that day on the seat is somebody else’s, or vacant until you are appointed again.',
            due: startOf(until),
            kind: 'theirs' as const,
          },
        ],
  )
}
