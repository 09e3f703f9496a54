// Bodies: boards, councils, working groups and offices, their seats, and who holds them. The door for other domains.
import type { Domain } from '#acts/domain.ts'
import { acts } from './acts.ts'
import { bodiesPage } from './bodiesPage.ts'
import { bodyPage } from './bodyPage.ts'
import { capacities, portrayal } from './capacities.ts'
import { desk } from './desk.ts'
import { seatLabel } from './labels.ts'
import { mails } from './mails.ts'
import { measures } from './measures.ts'
import { due, reactions } from './reactions.ts'
import { seatPage } from './seatPage.ts'
import { migrations, tableNames } from './tables.ts'
import { seatsTerm } from './terms.ts'
import { queries } from './views.ts'

export { type Composition, compositionOf, type SeatNow } from './composition.ts'
export { ordersForBodies, type SetUp } from './init.ts'
export { bodyNames, type Called } from './labels.ts'
export {
  allSeatsOf,
  bodiesAll,
  bodyBy,
  holdersOf,
  holdingsBy,
  holdingsIn,
  openSeats,
  type SeatHeld,
  seatBy,
  seatsForOrganisation,
  seatsHeldBy,
  seatsOf,
} from './queries.ts'
export { hasVotes } from './rules.ts'
export { seatsTerm } from './terms.ts'
export { type Body, BodyId, type Holding, Kind, kindWords, type Seat, SeatId, SeatName, Sphere } from './words.ts'

export const bodies: Domain = {
  name: 'bodies',
  describes: 'Boards, councils, working groups and offices: their seats, who appoints to them, and who holds them.',
  acts,
  terms: [seatsTerm],
  migrations,
  tables: tableNames,
  queries,
  pages: [bodiesPage, bodyPage, seatPage],
  nav: [{ label: 'Bodies', href: '/bodies', order: 30 }],
  reactions,
  mails,
  measures,
  labels: [seatLabel],
  capacities,
  portrays: portrayal,
  due,
  desk,
}
